"""Messages end to end, over both transports; asserting on what was posted."""

from __future__ import annotations

import json

import pytest

from tests.bot.small import SmallAdvisor
from tests.slackdouble import SlackDouble
from tests.slackdouble.payloads import event, mention, message, press

pytestmark = pytest.mark.asyncio
EXCERPT = (
    "Officers shall not use chokeholds unless deadly force is authorized. "
    "Officers must intervene when another officer uses excessive force."
)


async def test_a_mention_is_answered_in_its_thread(bot: SlackDouble) -> None:
    asked = mention("Is the chokehold ban absolute?")
    delivered = await bot.deliver("event", event(asked))
    assert delivered[0].status == 200
    posted = await bot.until(lambda: bot.in_thread("C1", asked["ts"]))
    assert len(posted) == 1
    shown = json.dumps(posted[0]["blocks"], ensure_ascii=False)
    assert "The order was revoked. [2][1]" in shown
    assert "§ 2(b)(ii), dated 2020-06-16; revoked" in shown


async def test_a_direct_message_is_answered_in_its_thread(bot: SlackDouble) -> None:
    asked = message("Is the order in force?", channel="D1")
    await bot.deliver("event", event(asked))
    assert len(await bot.until(lambda: bot.in_thread("D1", asked["ts"]))) == 1


async def test_a_pasted_excerpt_is_reviewed_in_a_direct_message(
    bot: SlackDouble, advisor: SmallAdvisor
) -> None:
    asked = message(EXCERPT, channel="D1")
    await bot.deliver("event", event(asked))
    posted = await bot.until(lambda: bot.in_thread("D1", asked["ts"]))
    assert "🟡 [partly] *Chokeholds*" in json.dumps(posted[0]["blocks"], ensure_ascii=False)
    assert [excerpt.text for excerpt in advisor.excerpts] == [EXCERPT]


async def test_a_review_in_a_channel_is_seen_by_the_asker_only(bot: SlackDouble) -> None:
    asked = mention(f"review: {EXCERPT}", user="U7")
    await bot.deliver("event", event(asked))
    posted = await bot.until(lambda: bot.whispered("C1"))
    assert [(item["kind"], item["to"]) for item in posted] == [("ephemeral", "U7")]
    await bot.until(lambda: bot.called("assistant.threads.setStatus")[-1]["status"] == "")


async def test_a_question_beside_an_excerpt_gets_both(
    bot: SlackDouble, advisor: SmallAdvisor
) -> None:
    asked = message(f"{EXCERPT}\nWho certifies agencies in Kansas?", channel="D1")
    await bot.deliver("event", event(asked))
    await bot.until(lambda: len(bot.in_thread("D1", asked["ts"])) == 2)
    assert [question.text for question in advisor.questions] == [
        "Who certifies agencies in Kansas?"
    ]
    assert [excerpt.text for excerpt in advisor.excerpts] == [EXCERPT]


@pytest.mark.parametrize(("action", "asked"), [("unsure_ask", 1), ("unsure_review", 0)])
async def test_in_doubt_the_person_decides(
    bot: SlackDouble, advisor: SmallAdvisor, action: str, asked: int
) -> None:
    said = message("Officers must intervene.", channel="D1")
    await bot.deliver("event", event(said))
    offered = (await bot.until(lambda: bot.in_thread("D1", said["ts"])))[0]
    assert not advisor.questions
    assert not advisor.excerpts
    buttons = {item["action_id"]: item for item in offered["blocks"][-1]["elements"]}
    pressed = press(buttons[action], channel="D1", thread=said["ts"])
    pressed |= {"response_url": bot.response_url("doubt")}
    assert (await bot.deliver("interactive", pressed))[0].status == 200
    await bot.until(lambda: len(bot.in_thread("D1", said["ts"])) == 2)
    assert bot.deleted == ["doubt"], "what has been answered is not asked any more"
    assert (len(advisor.questions), len(advisor.excerpts)) == (asked, 1 - asked)


async def test_a_follow_up_needs_no_mention_and_knows_what_was_said(
    bot: SlackDouble, advisor: SmallAdvisor
) -> None:
    first = mention("Is the order in force?")
    await bot.deliver("event", event(first))
    await bot.until(lambda: bot.in_thread("C1", first["ts"]))
    then = message("And since when?", thread_ts=first["ts"])
    await bot.deliver("event", event(then))
    await bot.until(lambda: len(bot.in_thread("C1", first["ts"])) == 2)
    assert [turn.question for turn in advisor.questions[1].history] == ["Is the order in force?"]


async def test_a_mention_that_arrives_as_two_events_is_answered_once(
    bot: SlackDouble, advisor: SmallAdvisor
) -> None:
    asked = mention("Is the order in force?")
    twin = asked | {"type": "message", "channel_type": "channel"}
    for inner in (twin, asked, asked):
        assert (await bot.deliver("event", event(dict(inner))))[-1].status == 200
    again = event(mention("Is it over?"), event_id="Ev-same")
    await bot.deliver("event", again)
    await bot.deliver("event", again)
    await bot.until(lambda: len(bot.in_thread("C1")) == 2)
    await bot.deliver("event", event(message("done?", channel="D9")))
    await bot.until(lambda: bot.in_thread("D9"))
    assert len(bot.in_thread("C1")) == 2
    assert len(advisor.questions) == 3


@pytest.mark.parametrize(
    "odd",
    [
        {"bot_id": "BOTHER", "user": "UOTHER"},
        {"user": "UBOT"},
        {"subtype": "message_changed", "message": {"text": "x"}},
        {"subtype": "message_deleted"},
        {"subtype": "channel_join"},
        {"edited": {"user": "U1"}},
    ],
    ids=lambda odd: next(iter(odd.items()))[-1] if isinstance(odd, dict) else odd,
)
async def test_what_no_person_wrote_is_acknowledged_and_not_answered(
    bot: SlackDouble, advisor: SmallAdvisor, odd: dict[str, object]
) -> None:
    quiet = message("Is the order in force?", channel="D1") | odd
    assert (await bot.deliver("event", event(quiet)))[0].status == 200
    await bot.deliver("event", event(message("Is the order in force?", channel="D2")))
    await bot.until(lambda: bot.in_thread("D2"))
    assert len(advisor.questions) == 1
    assert not bot.in_thread("D1")


async def test_people_talking_in_a_channel_are_left_alone(
    bot: SlackDouble, advisor: SmallAdvisor
) -> None:
    await bot.deliver("event", event(message("Is the order in force?")))
    await bot.deliver("event", event(message("So?", thread_ts="1.1")))
    await bot.deliver("event", event(message("Is the order in force?", channel="D2")))
    await bot.until(lambda: bot.in_thread("D2"))
    assert len(advisor.questions) == 1


async def test_a_failure_is_told_with_a_reference_that_the_log_has(
    bot: SlackDouble, caplog: pytest.LogCaptureFixture
) -> None:
    asked = message("please explode canary-4711", channel="D1")
    await bot.deliver("event", event(asked))
    text = (await bot.until(lambda: bot.in_thread("D1", asked["ts"])))[0]["text"]
    reference = text.rstrip(".").rsplit(" ", 1)[-1]
    assert f"reference {reference}: RuntimeError at" in caplog.text
    assert "canary-4711" not in caplog.text
    assert "canary-4711" not in text


async def test_an_error_of_the_input_is_told_as_it_is(bot: SlackDouble) -> None:
    asked = message("please refuse", channel="D1")
    await bot.deliver("event", event(asked))
    text = (await bot.until(lambda: bot.in_thread("D1", asked["ts"])))[0]["text"]
    assert text == "That question cannot be read; please shorten it."


async def test_an_ambiguous_question_offers_choices_that_can_be_pressed(
    bot: SlackDouble, advisor: SmallAdvisor
) -> None:
    asked = message("something unclear", channel="D1")
    await bot.deliver("event", event(asked))
    posted = (await bot.until(lambda: bot.in_thread("D1", asked["ts"])))[0]
    choice = posted["blocks"][1]["elements"][1]
    await bot.deliver("interactive", press(choice, channel="D1", thread=asked["ts"]))
    await bot.until(lambda: len(bot.in_thread("D1", asked["ts"])) == 2)
    assert advisor.questions[-1].text == "Who certifies agencies?"


async def test_a_long_answer_continues_in_the_thread_and_nothing_is_cut(bot: SlackDouble) -> None:
    asked = message("a long one", channel="D1")
    await bot.deliver("event", event(asked))
    await bot.until(lambda: "feedback_buttons" in json.dumps(bot.in_thread("D1")))
    posted = bot.in_thread("D1", asked["ts"])
    assert len(posted) > 2
    shown = json.dumps([item["blocks"] for item in posted])
    assert all(f"Part {at}." in shown for at in range(59))


async def test_pings_inside_a_statement_are_defused(bot: SlackDouble) -> None:
    asked = message("Is it?", channel="D1")
    await bot.deliver("event", event(asked))
    posted = await bot.until(lambda: bot.in_thread("D1", asked["ts"]))
    assert "<!channel>" not in json.dumps(posted[0])
    assert "&lt;!channel&gt;" in posted[0]["blocks"][0]["text"]["text"]
    assert "&lt;!channel&gt;" in posted[0]["text"]
