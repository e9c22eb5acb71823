"""What goes on for longer than a message: the home, feedback, text in parts, files to keep."""

from __future__ import annotations

import io
import json
from pathlib import Path
from typing import Any

import pytest
from docx import Document

from bot.cli import main
from bot.validate import view_problems
from knowledge.reviewing import review
from knowledge.types import Answer, Excerpt, Question, Review
from tests.bot.conftest import TRANSPORTS, running, settings_for
from tests.bot.small import SmallAdvisor
from tests.slackdouble import SlackDouble
from tests.slackdouble.payloads import event, looked, mention, message, opened, press

pytestmark = pytest.mark.asyncio
FIRST = "Officers shall not use chokeholds. Officers must intervene."
SECOND = "Officers must call medical help."


def pressed(shown: dict[str, Any], action: str) -> dict[str, Any]:
    """The button or menu of a message that has this action."""
    for block in shown["blocks"]:
        for element in block.get("elements") or ():
            if element.get("action_id") == action:
                return dict(element)
    raise AssertionError(f"no {action} among {json.dumps(shown['blocks'])}")


async def asked(bot: SlackDouble, text: str, **more: Any) -> dict[str, Any]:
    """The answer to a direct message, and the thread it stands in."""
    said = message(text, channel="D1", **more)
    await bot.deliver("event", event(said))
    posted = await bot.until(lambda: bot.in_thread("D1", said["ts"]))
    return dict(posted[0])


async def thumb(bot: SlackDouble, shown: dict[str, Any], sign: str, user: str = "U1") -> None:
    buttons = pressed(shown, "feedback")
    value = buttons["positive_button" if sign == "+" else "negative_button"]["value"]
    action = {"action_id": "feedback", "type": "feedback_buttons", "value": value}
    place = {"channel": "D1", "thread": shown["thread_ts"], "user": user}
    await bot.deliver("interactive", press(action, **place))


def exported(home: Path, capsys: pytest.CaptureFixture[str], patch: pytest.MonkeyPatch) -> Any:
    """The lines that `safepolicing feedback` prints."""
    patch.setenv("SAFEPOLICING_HOME", str(home))
    capsys.readouterr()
    assert main(["feedback"]) == 0
    return [json.loads(line) for line in capsys.readouterr().out.splitlines()]


@pytest.mark.parametrize("transport", TRANSPORTS)
async def test_a_question_is_kept_only_if_its_author_agrees(
    slack: SlackDouble,
    tmp_path: Path,
    transport: str,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async with running(SmallAdvisor(), slack, settings_for(slack, transport, tmp_path)):
        shown = await asked(slack, "Is canary-77 over?")
        await thumb(slack, shown, "+", user="U2")
        noted = await slack.until(lambda: slack.in_thread("D1", shown["thread_ts"])[1:])
        assert "keep_question" not in json.dumps(noted), "it is not theirs"
        await thumb(slack, shown, "+")
        noted = await slack.until(lambda: slack.in_thread("D1", shown["thread_ts"])[2:])
        lines = exported(tmp_path, capsys, monkeypatch)
        assert [line["rating"] for line in lines] == ["up", "up"]
        assert "canary-77" not in json.dumps(lines)
        keep = pressed(noted[0], "keep_question")
        await slack.deliver("interactive", press(keep, channel="D1", thread=shown["thread_ts"]))
        await slack.until(lambda: slack.in_thread("D1", shown["thread_ts"])[3:])
        (kept,) = [line for line in exported(tmp_path, capsys, monkeypatch) if "question" in line]
        command = {"command": "/safepolicing", "text": "forget", "user_id": "U1", "team_id": "T1"}
        command |= {"channel_id": "C9", "response_url": slack.response_url("r1")}
        await slack.deliver("command", command)
        await slack.until(lambda: slack.in_thread("response", "r1"))
        left = exported(tmp_path, capsys, monkeypatch)
    assert kept["question"] == "Is canary-77 over?"
    assert set(kept) >= {"id", "kind", "answer_id", "release", "rating", "evidence"}
    assert (kept["kind"], kept["release"]) == ("feedback", "test-release")
    assert kept["evidence"] == ["eo-13929 § 2(b)(ii)", "eo-14074 § 22(b)"]
    assert "U1" not in json.dumps(kept)
    assert len(left) == 1
    stored = b"".join(file.read_bytes() for file in tmp_path.rglob("bot.sqlite3*"))
    assert b"canary-77" not in stored, "forgotten means gone from the disk"


async def test_text_in_several_messages_of_a_thread_is_checked_as_one(
    bot: SlackDouble, advisor: SmallAdvisor
) -> None:
    shown = await asked(bot, f"review: {FIRST}")
    thread = shown["thread_ts"]
    assert "more:" in json.dumps(shown["blocks"])
    await bot.deliver("event", event(message(f"more: {SECOND}", channel="D1", thread_ts=thread)))
    await bot.until(lambda: len(bot.in_thread("D1", thread)) == 2)
    await bot.deliver("event", event(message("more: third.", channel="D1", thread_ts=thread)))
    await bot.until(lambda: len(bot.in_thread("D1", thread)) == 3)
    assert advisor.excerpts[-1].text == f"{FIRST}\n\n{SECOND}\n\nthird."


async def test_more_of_nothing_is_told(bot: SlackDouble, advisor: SmallAdvisor) -> None:
    shown = await asked(bot, f"more: {SECOND}")
    assert "no earlier text of yours" in shown["text"]
    assert not advisor.excerpts


async def test_an_administrator_sets_the_state_for_everybody(
    bot: SlackDouble, advisor: SmallAdvisor
) -> None:
    bot.users["UADMIN"] = {"is_admin": True}
    for person in ("UADMIN", "U1"):
        await bot.deliver("event", event(opened("home", user=person)))
        await bot.until(lambda person=person: bot.homes.get(person))
    assert "home_state" not in json.dumps(bot.homes["U1"])
    menu = pressed(bot.homes["UADMIN"], "home_state")
    assert not view_problems(bot.homes["UADMIN"])
    chosen = next(item for item in menu["options"] if item["value"] == "KS")
    for person, state in (("U1", None), ("UADMIN", "KS")):
        drawn = len(bot.called("views.publish"))
        action = menu | {"selected_option": chosen}
        told = press(action, channel="", thread="", user=person)
        await bot.deliver("interactive", told)
        await bot.until(lambda drawn=drawn: len(bot.called("views.publish")) > drawn)
        await asked(bot, f"review: {FIRST}")
        assert advisor.excerpts[-1].state == state
    assert pressed(bot.homes["UADMIN"], "home_state")["initial_option"]["value"] == "KS"
    await asked(bot, "Who certifies agencies?")
    assert advisor.questions[-1].state == "KS"


async def test_the_home_says_where_the_law_stands_and_how_to_delete(bot: SlackDouble) -> None:
    await bot.deliver("event", event(opened("home")))
    shown = json.dumps(await bot.until(lambda: bot.homes.get("U1")), ensure_ascii=False)
    for wanted in ("*revoked*, since 2022-05-25", "§ 22(b)", "test-release", "30 days", "Privacy"):
        assert wanted in shown
    assert "/safepolicing forget" in shown


async def test_looking_elsewhere_offers_the_questions_and_reads_nothing(bot: SlackDouble) -> None:
    await bot.deliver("event", event(looked("D1", "C1")))
    await bot.until(lambda: bot.called("assistant.threads.setSuggestedPrompts"))
    await bot.deliver("event", event({"type": "app_context_changed", "user": "U1"}))
    await asked(bot, "Is it over?")
    read = {"conversations.replies", "conversations.history", "conversations.info"}
    assert not read & {call.method for call in bot.calls}


class Reviewing:
    """Answers as the small advisor does, and reviews with the real engine."""

    release = "test-release"

    def answer(self, question: Question) -> Answer:
        return SmallAdvisor().answer(question)

    def review(self, excerpt: Excerpt) -> Review:
        return review(excerpt, self.release)


@pytest.mark.parametrize("transport", TRANSPORTS)
@pytest.mark.parametrize("due", [True, False], ids=["due", "not due"])
async def test_the_export_of_a_file_has_the_draft_where_it_is_due(
    slack: SlackDouble, tmp_path: Path, transport: str, due: bool
) -> None:
    rules = "Officers shall not use a choke hold unless deadly force is allowed by law."
    law = "All use of force shall comply with all applicable federal, state and local laws."
    text = f"{law}\n\n{rules}" if due else rules
    async with running(Reviewing(), slack, settings_for(slack, transport, tmp_path)):
        file = slack.hold_file("policy.txt", text.encode())
        shown = await asked(slack, "", subtype="file_share", files=[file])
        action = pressed(shown, "review_export")
        await slack.deliver("interactive", press(action, channel="D1", thread=shown["thread_ts"]))
        await slack.until(lambda: any(item["kind"] == "file" for item in slack.posted))
    made = {str(slack.files[key]["name"]): slack.uploads[key] for key in slack.uploads}
    drafts = [name for name in made if name.startswith("draft")]
    assert sorted(drafts) == (["draft-attestation.docx", "draft-attestation.html"] if due else [])
    page = next(
        data for name, data in made.items() if name.startswith("review-") and "html" in name
    )
    assert "choke hold" in page.decode()
    if due:
        word = Document(io.BytesIO(made["draft-attestation.docx"]))
        assert any("policy.txt" in paragraph.text for paragraph in word.paragraphs)
    else:
        assert "draft" in slack.in_thread("D1", shown["thread_ts"])[1]["text"].lower()


async def test_a_draft_is_never_made_of_a_paste(bot: SlackDouble) -> None:
    shown = await asked(bot, f"review: {FIRST}")
    action = pressed(shown, "review_export")
    await bot.deliver("interactive", press(action, channel="D1", thread=shown["thread_ts"]))
    await bot.until(lambda: any(item["kind"] == "file" for item in bot.posted))
    assert not any("draft" in str(file["name"]) for file in bot.files.values())


async def test_follow_ups_wait_for_the_answer_before_them(
    slack: SlackDouble, tmp_path: Path
) -> None:
    advisor = SmallAdvisor(seconds=0.2)
    async with running(advisor, slack, settings_for(slack, "http", tmp_path)):
        first = mention("First?")
        then = message("And then?", thread_ts=first["ts"])
        for inner in (first, then):
            await slack.deliver("event", event(inner))
        await slack.until(lambda: len(slack.in_thread("C1", first["ts"])) == 2)
    assert [turn.question for turn in advisor.questions[1].history] == ["First?"]
