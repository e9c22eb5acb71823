"""The slash command. Only the person who types it sees the reply, until they share it."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from bot.audience import among_ourselves, is_public
from bot.blocks import answer_reply
from bot.desk import Desk
from bot.intake import Place, plain_text, tenant
from bot.intent import Intent, Kind, read_intent
from bot.job import Job
from bot.listeners.pressed import pressed_at
from bot.message import simple
from bot.post import Responder
from bot.respond import start
from bot.sharing import share_once
from bot.telling import guarded

if TYPE_CHECKING:
    from slack_bolt.async_app import AsyncAck, AsyncApp, AsyncRespond
    from slack_sdk.web.async_client import AsyncWebClient

COMMAND = "/safepolicing"


def register(app: AsyncApp, desk: Desk) -> None:
    """The command says at once that it works; what it found follows."""

    async def command(
        ack: AsyncAck, body: dict[str, Any], client: AsyncWebClient, respond: AsyncRespond
    ) -> None:
        text = plain_text(str(body.get("text") or ""))
        word, rest = _first_word(text)
        at_once = immediate(desk, word, rest)
        await ack(response_type="ephemeral", text=at_once or desk.wording.say("command_working"))
        if at_once:
            return
        posting, place = Responder(client, respond), asked_at(body)
        if word == "forget":
            desk.start(guarded(desk, posting, place, _forget(desk, posting, place)))
        else:
            external = bool(body.get("is_ext_shared_channel"))
            job = Job(read_words(desk, text), place, external=external, private=True)
            start(desk, posting, job)

    async def share(
        ack: AsyncAck, body: dict[str, Any], client: AsyncWebClient, respond: AsyncRespond
    ) -> None:
        await ack()
        posting, place = Responder(client, respond), pressed_at(body)
        work = _share(desk, posting, place, body["actions"][0]["value"])
        desk.start(guarded(desk, posting, place, work))

    app.command(COMMAND)(command)
    app.action("answer_share")(share)


def asked_at(body: dict[str, Any]) -> Place:
    """The channel in which the command was typed; a command has no thread."""
    channel = str(body.get("channel_id") or "")
    return Place(
        team=tenant(body),
        channel=channel,
        thread="",
        person=str(body["user_id"]),
        direct=False,
        person_team=str(body.get("team_id") or ""),
    )


def immediate(desk: Desk, word: str, rest: str) -> str:
    """What needs no work: the help, or that something is missing; else ""."""
    if word in ("", "help"):
        return desk.wording.say("command_help")
    if word in ("ask", "review") and not rest:
        return desk.wording.say("command_empty", word=f"{COMMAND} {word}")
    return ""


def read_words(desk: Desk, text: str) -> Intent:
    """What the command asks. Without a known first word it is a question, or policy text."""
    word, rest = _first_word(text)
    if word == "status":
        return Intent(Kind.QUESTION, question=desk.wording.say("command_status"))
    if word == "bodies":
        state = rest or desk.wording.say("any_state")
        return Intent(Kind.QUESTION, question=desk.wording.say("command_bodies", state=state))
    if word == "review":
        return Intent(Kind.REVIEW, excerpt=rest)
    if word == "ask":
        return Intent(Kind.QUESTION, question=rest)
    found = read_intent(text)
    pasted = found.kind in (Kind.REVIEW, Kind.BOTH)
    return found if pasted else Intent(Kind.QUESTION, question=text)


def _first_word(text: str) -> tuple[str, str]:
    first, _, rest = text.partition(" ")
    return first.lower().rstrip(":"), rest.strip()


async def _forget(desk: Desk, posting: Responder, place: Place) -> None:
    turns, marks = await desk.forget_person(place.team, place.person)
    await posting.reply(place, simple(desk.wording.say("forgotten", turns=turns, marks=marks)))


async def _share(desk: Desk, posting: Responder, place: Place, key: str) -> None:
    kept = await desk.stored(desk.shelves.answers.get, key)
    if kept is None:
        await posting.reply(place, simple(desk.wording.say("gone")))
    elif kept.place.person != place.person:
        await posting.reply(place, simple(desk.wording.say("not_yours")))
    elif kept.release != desk.advisor.release:
        await posting.reply(place, simple(desk.wording.say("outdated")))
    elif is_public(kept.answer) or await among_ourselves(posting.client, place.channel):
        reply = answer_reply(kept.answer, desk.wording)
        await share_once(desk, posting, place, key, partial(posting.share, reply))
    else:
        await posting.reply(place, simple(desk.wording.say("not_shared")))
