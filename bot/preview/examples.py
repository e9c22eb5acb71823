"""Examples of every kind of message, made by the code that makes the real ones."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

from bot.blocks import answer_reply, evidence, only_you_reply, unsure_reply, working_message
from bot.feedback import Mark
from bot.feedback_blocks import thanks_reply, why_reply
from bot.home import Seen, home_view
from bot.message import Message, Reply, actions, button, header, simple
from bot.modal import review_modal, working_modal
from bot.preview.page import Example
from bot.preview.values import Reviewer, Values, abstained, example_values
from bot.review_blocks import details_reply, review_reply, shared_reply
from bot.reviews import hinted, named
from bot.wording import Wording, load_wording
from knowledge.types import AbstentionKind

_FILE = Path(__file__).parents[1] / "data" / "preview.toml"
KEY = "example"
# Sentences that stand alone: the name in the wording, the heading, and the blanks.
SENTENCES: tuple[tuple[str, str, dict[str, Any]], ...] = (
    ("help", "A greeting", {}),
    ("thanks", "Thanks", {}),
    ("stopped", "Stopped", {}),
    ("stop_too_late", "Stopped too late", {}),
    ("too_fast", "Asking too fast", {"seconds": 12}),
    ("interrupted", "After a crash", {}),
    ("not_in_channel", "Not a member of the channel", {}),
    ("missing_scope", "A permission is missing", {"scope": "files:read"}),
    ("no_reviews_guest", "A guest asks for a review", {}),
    ("no_reviews_external", "A review in a shared channel", {}),
    ("nothing_to_review", "A shortcut on a message without text", {}),
    ("nothing_before", "More of a text that is gone", {}),
    ("gone", "A button that came too late", {}),
    ("outdated", "A button of a review from before an update", {}),
    ("shared", "Share, pressed again", {}),
    ("not_yours", "A button of somebody else's", {}),
    ("exported", "The export, by direct message", {}),
    ("question_kept", "The question is kept", {}),
    ("forgotten", "After /safepolicing forget", {"turns": 3, "marks": 1}),
    ("command_help", "/safepolicing help", {}),
)
OF_FILES = ("file_too_large", "file_unreadable", "file_refused")


def examples(reviewer: Reviewer, today: date) -> tuple[Example, ...]:
    """Every kind of message, in the order of the page."""
    wording = load_wording()
    values = example_values(read_told(), reviewer, today)
    return (
        *_answers(values, wording),
        *_reviews(values, wording),
        *_feedback(values, wording),
        *_views(reviewer, today, wording),
        *_sentences(values, wording),
    )


@lru_cache(maxsize=1)
def read_told() -> dict[str, Any]:
    """The texts of `bot/data/preview.toml`."""
    with _FILE.open("rb") as file:
        return tomllib.load(file)


def _answers(values: Values, wording: Wording) -> Iterator[Example]:
    told, answer = values.told, values.answer
    working = (working_message("working_question", wording),)
    reply = answer_reply(answer, wording)
    work = working[0].text
    yield Example("working", "Work is shown", "working", working, told["question"], work)
    yield Example("working-posted", "The same, where nothing streams", "message", working)
    yield Example("answer", "An answer, with sources", "stream", reply, told["question"], work)
    shared = (*reply, *only_you_reply(KEY, wording))
    asked = f"/safepolicing ask {told['question']}"
    yield Example("answer-private", "An answer to a command", "private", shared, asked)
    for kind, message, choices in (
        (AbstentionKind.AMBIGUOUS, told["ambiguous"], told["choices"]),
        (AbstentionKind.NOT_IN_SOURCES, told["missing"], ()),
    ):
        declined = answer_reply(abstained(answer, kind, message, choices), wording)
        yield Example(f"abstained-{kind}", f"Declined: {kind}", "message", declined)


def _reviews(values: Values, wording: Wording) -> Iterator[Example]:
    review, told = values.review, values.told
    own = hinted(review_reply(review, wording, key=KEY, private=False), wording.say("more_hint"))
    private = review_reply(review, wording, key=KEY, private=True)
    shared = shared_reply(review, wording, key=KEY, person="JO.SAMPLE")
    doubt = unsure_reply(KEY, wording)
    title, work = "A review in a direct message", wording.say("working_review")
    yield Example("review", title, "stream", own, told["excerpt"], work)
    yield Example("review-private", "A review in a channel", "private", private)
    yield Example("review-file", "A review of a file", "message", named(private, told["file"]))
    yield Example("review-shared", "The review, shared", "message", shared)
    yield Example("details", "Details", "private", details_reply(review, wording))
    yield Example("unsure", "Question or excerpt?", "private", doubt, told["doubtful"])


def _feedback(values: Values, wording: Wording) -> Iterator[Example]:
    answer = values.answer
    mark = Mark("T", "U", answer.id, answer.release, evidence(answer), helpful=False)
    thanks = thanks_reply(mark, wording, own_question=True)
    yield Example("why", "After a thumb down", "private", why_reply(mark, wording))
    yield Example("thanks-noted", "After a reason", "private", thanks)


def _views(reviewer: Reviewer, today: date, wording: Wording) -> Iterator[Example]:
    for admin, name in ((True, "an administrator"), (False, "everybody else")):
        view = home_view(wording, Seen(reviewer.release, 30, today, state="KS", admin=admin))
        yield Example(f"home-{admin}".lower(), f"App Home, for {name}", "home", _shown(view))
    yield Example("modal", "The form", "modal", _shown(review_modal(wording, "example")))
    yield Example("modal-working", "The form, sent", "modal", _shown(working_modal(wording)))


def _sentences(values: Values, wording: Wording) -> Iterator[Example]:
    failed = wording.say("failed", reference=values.told["reference"])
    yield Example("failed", "Something failed", "private", simple(failed))
    for name, title, blanks in SENTENCES:
        yield Example(name, title, "private", simple(wording.say(name, **blanks)))
    for name in OF_FILES:
        said: Reply = simple(wording.say(name, name=values.told["file"]))
        yield Example(name, "A file that cannot be used", "message", said)


def _shown(view: dict[str, Any]) -> tuple[Message, ...]:
    """The blocks of a view; a modal's title and buttons stand around them."""
    blocks = list(view["blocks"])
    if view["type"] == "modal":
        words = [view[key]["text"] for key in ("close", "submit") if key in view]
        blocks = [header(view["title"]["text"]), *blocks]
        buttons = [button(f"example_{text}", text, KEY) for text in words]
        blocks.append(actions(*buttons))
    return (Message("", tuple(blocks)),)
