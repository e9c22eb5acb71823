"""One job, from what was asked to what is posted. Every path ends in words for the person."""

from __future__ import annotations

import asyncio

from bot.audience import person_or_stranger
from bot.blocks import answer_reply, only_you_reply, unsure_reply, working_message
from bot.desk import Desk
from bot.intake import Place
from bot.intent import Kind
from bot.job import Job
from bot.kept import Answered, Asked, Doubt, asked_key
from bot.message import simple
from bot.post import Posting
from bot.reviews import more_job, review_job, state_of
from bot.running import Reason, message_name, thread_name
from bot.shelf import new_key
from bot.telling import guarded
from knowledge.requests import read_question
from knowledge.types import Answer, Turn


def start(desk: Desk, posting: Posting, job: Job) -> None:
    """`job` is being done, and can be stopped from its thread."""
    thread, message = thread_name(job.place), message_name(job.mark)
    desk.start(do(desk, posting, job), thread, thread_name(job.place, job.place.person), message)


async def do(desk: Desk, posting: Posting, job: Job) -> None:
    """`job` is done, or the person has read why not and under which reference."""
    try:
        with desk.meters.timed("message"):
            await guarded(desk, posting, job.place, _in_turn(desk, posting, job))
    except asyncio.CancelledError:
        reason = desk.running.why_stopped()
        if reason is None:  # the program ends: the work stays pending
            raise
        await _stopped(desk, posting, job.place, reason)
    if job.mark:
        await desk.stored(desk.seen.done, job.mark)


async def _stopped(desk: Desk, posting: Posting, place: Place, reason: Reason) -> None:
    if reason is Reason.DELETED:
        await posting.drop()
        return
    said = simple(desk.wording.say("stopped"))
    await guarded(desk, posting, place, posting.whisper(place, said))
    await posting.status(place, "")


async def _in_turn(desk: Desk, posting: Posting, job: Job) -> None:
    """One after the other in a thread, so that a follow-up knows what was said before it."""
    async with desk.running.in_turn(job.thread):
        await _within_limits(desk, posting, job)


async def _within_limits(desk: Desk, posting: Posting, job: Job) -> None:
    seconds = desk.limits.wait(job.place.team, job.place.person)
    if seconds:
        await posting.whisper(job.place, simple(desk.wording.say("too_fast", seconds=seconds)))
        return
    await _DOES[job.intent.kind](desk, posting, job)


async def _question(desk: Desk, posting: Posting, job: Job) -> None:
    working = working_message("working_question", desk.wording)
    showing = asyncio.ensure_future(posting.begin(job.place, working))
    try:
        answer = await _answered(desk, posting, job)
    finally:
        await showing
    desk.running.past_stopping()
    reply = answer_reply(answer, desk.wording)
    if job.private:
        key, kept = new_key(), Answered(answer, job.place, desk.advisor.release)
        await desk.stored(desk.shelves.answers.keep, key, kept)
        reply = (*reply, *only_you_reply(key, desk.wording))
    await posting.reply(job.place, reply)


async def _both(desk: Desk, posting: Posting, job: Job) -> None:
    await _question(desk, posting, job)
    await review_job(desk, posting, job)


async def _unsure(desk: Desk, posting: Posting, job: Job) -> None:
    key, doubt = new_key(), Doubt(job.intent, job.place, job.external)
    await desk.stored(desk.shelves.doubts.keep, key, doubt)
    await desk.stored(desk.memory.join, job.thread)
    await posting.whisper(job.place, unsure_reply(key, desk.wording))


async def _thanks(desk: Desk, posting: Posting, job: Job) -> None:
    await posting.reply(job.place, simple(desk.wording.say("thanks")))


async def _greeting(desk: Desk, posting: Posting, job: Job) -> None:
    await desk.stored(desk.memory.join, job.thread)
    await posting.reply(job.place, simple(desk.wording.say("help")))


async def _own_collections(desk: Desk, posting: Posting, job: Job) -> str:
    """The workspace whose own documents may be cited; none for guests and in shared channels."""
    if job.external:
        return ""
    person = await person_or_stranger(posting.client, desk.people, job.place)
    return "" if person.guest else job.place.team


async def _answered(desk: Desk, posting: Posting, job: Job) -> Answer:
    """The answer to the job's question, remembered for the thread's next one."""
    turns = await desk.stored(desk.memory.turns, job.thread)
    release = desk.advisor.release
    state = await state_of(desk, job)
    question = read_question(
        job.intent.question,
        history=turns,
        state=state,
        release=release,
        workspace=await _own_collections(desk, posting, job),
    )
    answer = await desk.think(desk.advisor.answer, question)
    await desk.stored(desk.audit.answered, job.place.team, job.place.person, answer)
    key = asked_key(answer.id, job.place.team, job.place.person)
    await desk.stored(desk.shelves.asked.keep, key, Asked(answer.question, job.place))
    said = " ".join(statement.text for statement in answer.statements)
    turn = Turn(question.text, said or (answer.abstention.message if answer.abstention else ""))
    await desk.stored(desk.memory.join, job.thread)
    await desk.stored(desk.memory.remember, job.thread, job.place.person, turn)
    return answer


_DOES = {
    Kind.QUESTION: _question,
    Kind.REVIEW: review_job,
    Kind.BOTH: _both,
    Kind.UNSURE: _unsure,
    Kind.THANKS: _thanks,
    Kind.GREETING: _greeting,
    Kind.MORE: more_job,
}
