"""Reviews for one person: of what was pasted, of each file, with pages, and never for guests."""

from __future__ import annotations

from dataclasses import replace

from bot.blocks import working_message
from bot.desk import Desk
from bot.intake import Upload
from bot.intent import Intent, Kind
from bot.job import Job
from bot.kept import Part, Reviewed
from bot.message import Message, Reply, contexts, header, simple
from bot.post import Posting
from bot.review_blocks import review_reply
from bot.running import thread_name
from bot.shelf import new_key
from bot.telling import guarded
from bot.uploads import allowed_hosts, fetch
from knowledge.reading import read_bytes
from knowledge.requests import read_excerpt
from knowledge.reviewing import of_document
from knowledge.types import Review


async def review_job(desk: Desk, posting: Posting, job: Job) -> None:
    """Every excerpt and file of `job` is reviewed, or the person has read why not."""
    refused = await _refused(desk, posting, job)
    if refused:
        await posting.whisper(job.place, simple(refused))
        return
    await desk.stored(desk.memory.join, job.thread)
    if job.intent.excerpt:
        await _review_pasted(desk, posting, job)
    for upload in job.uploads:  # what is wrong with one file is told, and the next one is read
        await guarded(desk, posting, job.place, _review_file(desk, posting, job, upload))
    if not job.place.direct:  # what only one person sees does not end the status by itself
        await posting.status(job.place, "")


async def more_job(desk: Desk, posting: Posting, job: Job) -> None:
    """The text that came before in this thread, and this one after it, are reviewed as one."""
    before = await desk.stored(desk.shelves.parts.get, _parts_key(job))
    if before is None:
        await posting.whisper(job.place, simple(desk.wording.say("nothing_before")))
        return
    whole = f"{before.excerpt}\n\n{job.intent.excerpt}"
    await review_job(desk, posting, replace(job, intent=Intent(Kind.REVIEW, excerpt=whole)))


async def state_of(desk: Desk, job: Job) -> str | None:
    """The state that the person gave, else the workspace's."""
    return job.state or await desk.stored(desk.workspaces.state, job.place.team)


def _parts_key(job: Job) -> str:
    return thread_name(job.place, job.place.person)


async def _show(desk: Desk, posting: Posting, job: Job, working: Message) -> None:
    """In a channel only a line by Slack itself is seen: the review is for one person."""
    if job.place.direct:
        await posting.begin(job.place, working)
    else:
        await posting.status(job.place, desk.wording.say("status_review"))


async def _refused(desk: Desk, posting: Posting, job: Job) -> str:
    """Why nothing is reviewed for this person here, or ""."""
    if job.external:
        return desk.wording.say("no_reviews_external")
    if (await desk.people.look(posting.client, job.place)).guest:
        return desk.wording.say("no_reviews_guest")
    return ""


async def _review_pasted(desk: Desk, posting: Posting, job: Job) -> None:
    await _show(desk, posting, job, working_message("working_review", desk.wording))
    release, state = desk.advisor.release, await state_of(desk, job)
    excerpt = read_excerpt(job.intent.excerpt, state=state, release=release)
    part = Part(job.intent.excerpt, job.place)
    await desk.stored(desk.shelves.parts.keep, _parts_key(job), part)
    review = await desk.think(desk.advisor.review, excerpt)
    await _whisper(desk, posting, job, _kept(job, review, excerpt.text))


async def _review_file(desk: Desk, posting: Posting, job: Job, upload: Upload) -> None:
    settings = desk.settings
    hosts = allowed_hosts(settings.slack_file_hosts, settings.slack_api_url)
    await _show(desk, posting, job, working_message("file_reading", desk.wording, upload.name))
    data = await fetch(posting.client, upload, hosts, desk.wording)
    document = await desk.think(read_bytes, data, upload.name)
    await _show(desk, posting, job, working_message("working_review", desk.wording))
    release, state = desk.advisor.release, await state_of(desk, job)
    excerpt = read_excerpt(document.text, state=state, release=release)
    review = of_document(await desk.think(desk.advisor.review, excerpt), document)
    kept = replace(_kept(job, review, document.text, upload.name), unread=document.notes)
    await _whisper(desk, posting, job, kept)


def _kept(job: Job, review: Review, text: str, name: str = "") -> Reviewed:
    """An event says whether its channel is shared; a command or a shortcut does not."""
    return Reviewed(review, job.place, text, name, internal=not job.private)


async def _whisper(desk: Desk, posting: Posting, job: Job, kept: Reviewed) -> None:
    desk.running.past_stopping()
    await desk.stored(desk.audit.reviewed, job.place.team, job.place.person, kept.review)
    key, name = new_key(), kept.document
    await desk.stored(desk.shelves.reviews.keep, key, kept)
    reply = review_reply(
        kept.review, desk.wording, key=key, private=job.private or not job.place.direct
    )
    if name:
        reply = named(reply, name)
    elif job.place.thread and not job.private:
        reply = hinted(reply, desk.wording.say("more_hint"))
    await posting.whisper(job.place, reply)


def named(reply: Reply, name: str) -> Reply:
    """`reply` with the name of the file that it is about on top."""
    first = replace(reply[0], blocks=(header(name), *reply[0].blocks))
    return (first, *reply[1:])


def hinted(reply: Reply, hint: str) -> Reply:
    """`reply` with a small line at the end."""
    last = replace(reply[-1], blocks=(*reply[-1].blocks, *contexts([hint])))
    return (*reply[:-1], last)
