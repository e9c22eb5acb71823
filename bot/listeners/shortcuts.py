"""The message shortcut, and the global shortcut with its modal."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from bot.desk import Desk
from bot.failure import failure_of
from bot.intake import Place, plain_text, read_upload, tenant
from bot.intent import Intent, Kind
from bot.job import Job
from bot.message import simple
from bot.modal import review_modal, typed, working_modal
from bot.post import Poster, Responder, open_direct, sound_view
from bot.respond import do, start
from bot.telling import guarded, tell
from knowledge.errors import InputError
from knowledge.places import read_state

if TYPE_CHECKING:
    from slack_bolt.async_app import AsyncAck, AsyncApp, AsyncRespond
    from slack_sdk.web.async_client import AsyncWebClient

MESSAGE, GLOBAL, VIEW = "review_message", "review_new", "review_modal"


def register(app: AsyncApp, desk: Desk) -> None:
    """A message, or what is typed into the modal, is reviewed for the person who asked."""

    async def on_message(
        ack: AsyncAck, body: dict[str, Any], client: AsyncWebClient, respond: AsyncRespond
    ) -> None:
        await ack()
        posting, job = Responder(client, respond), read_shortcut(body)
        if job.intent.excerpt or job.uploads:
            start(desk, posting, job)
        else:
            said = simple(desk.wording.say("nothing_to_review"))
            desk.start(guarded(desk, posting, job.place, posting.reply(job.place, said)))

    async def open_modal(ack: AsyncAck, body: dict[str, Any], client: AsyncWebClient) -> None:
        await ack()
        view = sound_view(review_modal(desk.wording, VIEW))
        # At once: what lets a view be opened lasts three seconds.
        error = await failure_of(client.views_open(trigger_id=body["trigger_id"], view=view))
        if error:
            desk.start(_say_why(desk, client, body, error))

    async def submitted(ack: AsyncAck, body: dict[str, Any], client: AsyncWebClient) -> None:
        told = typed(body["view"])
        wrong = problems(desk, told)
        if wrong:
            await ack(response_action="errors", errors=wrong)
            return
        await ack(response_action="update", view=working_modal(desk.wording))
        desk.start(_in_direct_message(desk, client, body, told))

    app.shortcut(MESSAGE)(on_message)
    app.shortcut(GLOBAL)(open_modal)
    app.action("home_review")(open_modal)
    app.view(VIEW)(submitted)


def read_shortcut(body: dict[str, Any]) -> Job:
    """A review of the message that the shortcut was used on."""
    message = body.get("message") or {}
    channel = str((body.get("channel") or {}).get("id") or "")
    place = Place(
        team=tenant(body),
        channel=channel,
        thread=str(message.get("thread_ts") or message.get("ts") or ""),
        person=str(body["user"]["id"]),
        direct=False,
        person_team=str(body["user"].get("team_id") or ""),
        begun=bool(message.get("thread_ts")),
    )
    excerpt = plain_text(str(message.get("text") or ""))
    uploads = tuple(read_upload(item) for item in message.get("files") or ())
    external = bool(body.get("is_ext_shared_channel"))
    intent = Intent(Kind.REVIEW, excerpt=excerpt)
    return Job(intent, place, external=external, private=True, uploads=uploads)


def problems(desk: Desk, told: dict[str, Any]) -> dict[str, str]:
    """What is wrong with a filled-in modal, by block."""
    if not told["text"].strip() and not told["files"]:
        return {"text": desk.wording.modal["empty"]}
    try:
        read_state(told["state"])
    except InputError as error:
        return {"state": str(error)}
    return {}


def _direct(body: dict[str, Any]) -> Place:
    """The direct message with whoever did this; a person's id is a place that can be posted to."""
    person = str(body["user"]["id"])
    team = str(body["user"].get("team_id") or "")
    return Place(tenant(body), person, "", person, direct=True, person_team=team)


async def _say_why(
    desk: Desk, client: AsyncWebClient, body: dict[str, Any], error: Exception
) -> None:
    place = _direct(body)
    place = replace(place, channel=await open_direct(client, place.person))
    await tell(desk, desk.poster(client), place, error)


async def _in_direct_message(
    desk: Desk, client: AsyncWebClient, body: dict[str, Any], told: dict[str, Any]
) -> None:
    """The modal's text and files are reviewed."""
    place, poster = _direct(body), desk.poster(client)
    await guarded(desk, poster, place, _send(desk, poster, place, told))


async def _send(desk: Desk, poster: Poster, place: Place, told: dict[str, Any]) -> None:
    place = replace(place, channel=await open_direct(poster.client, place.person))
    uploads = tuple(read_upload(item) for item in told["files"])
    intent = Intent(Kind.REVIEW, excerpt=told["text"].strip())
    await do(desk, poster, Job(intent, place, uploads=uploads, state=read_state(told["state"])))
