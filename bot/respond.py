"""One job, from what was asked to what is posted. Every path ends in words for the person."""

from __future__ import annotations

from bot.blocks import answer_reply, unsure_reply
from bot.desk import Answered, Desk, Doubt
from bot.failure import log_failure, needed_scope, told
from bot.intake import Incoming, Place
from bot.intent import Kind
from bot.job import Job, read_job
from bot.message import Reply, actions, button, simple
from bot.post import Posting
from bot.reviews import review_job
from knowledge.requests import read_question
from knowledge.types import Answer, Turn


async def respond(desk: Desk, posting: Posting, message: Incoming) -> None:
    """`message` is answered, once, and not pending any more."""
    await do(desk, posting, read_job(message))


async def do(desk: Desk, posting: Posting, job: Job) -> None:
    """`job` is done, or the person has read why not and under which reference."""
    try:
        await _within_limits(desk, posting, job)
    except Exception as error:  # noqa: BLE001 whatever failed, the person is told
        await tell(desk, posting, job.place, error)
    finally:
        if job.mark:
            await desk.stored(desk.seen.done, job.mark)


async def tell(desk: Desk, posting: Posting, place: Place, error: Exception) -> None:
    """The person has read what `error` means; if Slack itself fails, the log has it."""
    scope = needed_scope(error)
    said = desk.wording.say("missing_scope", scope=scope) if scope else told(error, desk.wording)
    try:
        await posting.whisper(place, simple(said))
        await posting.status(place, "")
    except Exception as failed:  # noqa: BLE001 whatever failed, the person is told
        log_failure(failed)


async def _within_limits(desk: Desk, posting: Posting, job: Job) -> None:
    seconds = desk.limits.wait(job.place.team, job.place.person)
    if seconds:
        await posting.whisper(job.place, simple(desk.wording.say("too_fast", seconds=seconds)))
        return
    await _DOES[job.intent.kind](desk, posting, job)


async def _question(desk: Desk, posting: Posting, job: Job) -> None:
    await posting.status(job.place, desk.wording.say("status_question"))
    answer = await _answered(desk, job)
    reply = answer_reply(answer, desk.wording)
    await posting.reply(job.place, _shareable(desk, job, answer, reply) if job.private else reply)


async def _both(desk: Desk, posting: Posting, job: Job) -> None:
    await _question(desk, posting, job)
    await review_job(desk, posting, job)


async def _unsure(desk: Desk, posting: Posting, job: Job) -> None:
    key = desk.doubts.put(Doubt(job.intent, job.place))
    await desk.stored(desk.memory.join, job.thread)
    await posting.whisper(job.place, unsure_reply(key, desk.wording))


async def _thanks(desk: Desk, posting: Posting, job: Job) -> None:
    await posting.reply(job.place, simple(desk.wording.say("thanks")))


async def _greeting(desk: Desk, posting: Posting, job: Job) -> None:
    await desk.stored(desk.memory.join, job.thread)
    await posting.reply(job.place, simple(desk.wording.say("help")))


async def _answered(desk: Desk, job: Job) -> Answer:
    """The answer to the job's question, remembered for the thread's next one."""
    turns = await desk.stored(desk.memory.turns, job.thread)
    release = desk.advisor.release
    question = read_question(job.intent.question, history=turns, state=job.state, release=release)
    answer = await desk.think(desk.advisor.answer, question)
    said = " ".join(statement.text for statement in answer.statements)
    turn = Turn(question.text, said or (answer.abstention.message if answer.abstention else ""))
    await desk.stored(desk.memory.join, job.thread)
    await desk.stored(desk.memory.remember, job.thread, job.place.person, turn)
    return answer


def _shareable(desk: Desk, job: Job, answer: Answer, reply: Reply) -> Reply:
    key = desk.answers.put(Answered(answer, job.place))
    share = actions(button("answer_share", desk.wording.say("share_channel"), key))
    return (*reply, *simple(desk.wording.say("only_you"), share))


_DOES = {
    Kind.QUESTION: _question,
    Kind.REVIEW: review_job,
    Kind.BOTH: _both,
    Kind.UNSURE: _unsure,
    Kind.THANKS: _thanks,
    Kind.GREETING: _greeting,
}
