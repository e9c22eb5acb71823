"""One message, from what was asked to what is posted. Every path ends in words for the person."""

from __future__ import annotations

from dataclasses import dataclass

from bot.blocks import answer_reply, unsure_reply
from bot.desk import Desk, Doubt, Reviewed
from bot.failure import log_failure, told
from bot.intake import Incoming, Place
from bot.intent import Intent, Kind, read_intent
from bot.memory import Thread
from bot.message import simple
from bot.post import Poster
from bot.review_blocks import review_reply
from knowledge.requests import read_excerpt, read_question
from knowledge.types import Answer, Turn


@dataclass(frozen=True, slots=True)
class Job:
    """What a message wants, where the reply goes, and how the message is marked."""

    intent: Intent
    place: Place
    mark: str = ""
    external: bool = False


async def respond(desk: Desk, poster: Poster, message: Incoming) -> None:
    """`message` is answered, once, and not pending any more."""
    job = Job(read_intent(message.text), message.place, message.mark, message.external)
    await do(desk, poster, job)


async def do(desk: Desk, poster: Poster, job: Job) -> None:
    """`job` is done, or the person has read why not and under which reference."""
    try:
        await _within_limits(desk, poster, job)
    except Exception as error:
        await _tell(desk, poster, job.place, error)
    finally:
        if job.mark:
            await desk.stored(desk.seen.done, job.mark)


async def _within_limits(desk: Desk, poster: Poster, job: Job) -> None:
    seconds = desk.limits.wait(job.place.team, job.place.person)
    if seconds:
        await poster.whisper(job.place, simple(desk.wording.say("too_fast", seconds=seconds)))
        return
    await _DOES[job.intent.kind](desk, poster, job)


async def _question(desk: Desk, poster: Poster, job: Job) -> None:
    await poster.status(job.place, desk.wording.say("status_question"))
    answer = await _answered(desk, job)
    await poster.reply(job.place, answer_reply(answer, desk.wording))


async def _review(desk: Desk, poster: Poster, job: Job) -> None:
    if job.external:
        await poster.whisper(job.place, simple(desk.wording.say("no_reviews_external")))
        return
    await poster.status(job.place, desk.wording.say("status_review"))
    excerpt = read_excerpt(job.intent.excerpt, release=desk.advisor.release)
    review = await desk.think(desk.advisor.review, excerpt)
    await desk.stored(desk.memory.join, _thread(job.place))
    key = desk.reviews.put(Reviewed(review, job.place))
    private = not job.place.direct
    await poster.whisper(job.place, review_reply(review, desk.wording, key=key, private=private))
    if private:  # what only one person sees does not end the status by itself
        await poster.status(job.place, "")


async def _both(desk: Desk, poster: Poster, job: Job) -> None:
    await _question(desk, poster, job)
    await _review(desk, poster, job)


async def _unsure(desk: Desk, poster: Poster, job: Job) -> None:
    key = desk.doubts.put(Doubt(job.intent, job.place))
    await desk.stored(desk.memory.join, _thread(job.place))
    await poster.whisper(job.place, unsure_reply(key, desk.wording))


async def _thanks(desk: Desk, poster: Poster, job: Job) -> None:
    await poster.reply(job.place, simple(desk.wording.say("thanks")))


async def _greeting(desk: Desk, poster: Poster, job: Job) -> None:
    await desk.stored(desk.memory.join, _thread(job.place))
    await poster.reply(job.place, simple(desk.wording.say("help")))


async def _answered(desk: Desk, job: Job) -> Answer:
    """The answer to the job's question, remembered for the thread's next one."""
    thread = _thread(job.place)
    turns = await desk.stored(desk.memory.turns, thread)
    release = desk.advisor.release
    question = read_question(job.intent.question, history=turns, release=release)
    answer = await desk.think(desk.advisor.answer, question)
    said = " ".join(statement.text for statement in answer.statements)
    turn = Turn(question.text, said or (answer.abstention.message if answer.abstention else ""))
    await desk.stored(desk.memory.join, thread)
    await desk.stored(desk.memory.remember, thread, job.place.person, turn)
    return answer


async def _tell(desk: Desk, poster: Poster, place: Place, error: Exception) -> None:
    """The person has read what `error` means; if Slack itself fails, the log has it."""
    try:
        await poster.whisper(place, simple(told(error, desk.wording)))
        await poster.status(place, "")
    except Exception as failed:
        log_failure(failed)


def _thread(place: Place) -> Thread:
    return Thread(place.team, place.channel, place.thread)


_DOES = {
    Kind.QUESTION: _question,
    Kind.REVIEW: _review,
    Kind.BOTH: _both,
    Kind.UNSURE: _unsure,
    Kind.THANKS: _thanks,
    Kind.GREETING: _greeting,
}
