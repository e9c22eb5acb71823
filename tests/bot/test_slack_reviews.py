"""Files, the buttons of a review, guests and shared channels, over both transports."""

from __future__ import annotations

import io
import json
import zipfile
from typing import Any

import pytest

from tests.bot.small import SmallAdvisor
from tests.knowledge.reading.test_reading import pdf
from tests.slackdouble import SlackDouble
from tests.slackdouble.payloads import event, mention, message, press

pytestmark = pytest.mark.asyncio
EXCERPT = "Officers shall not use chokeholds. Officers must intervene."


def docx(text: str) -> bytes:
    """A Word file of one paragraph."""
    word = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    body = f"<w:document xmlns:w='{word}'><w:body><w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:body>"
    types = "http://schemas.openxmlformats.org/package/2006/content-types"
    main = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
    kinds = f"<Types xmlns='{types}'><Default Extension='rels' ContentType='application/vnd."
    kinds += "openxmlformats-package.relationships+xml'/><Override PartName='/word/document.xml' "
    kinds += f"ContentType='{main}'/></Types>"
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"
    rels = "http://schemas.openxmlformats.org/package/2006/relationships"
    link = f"<Relationships xmlns='{rels}'><Relationship Id='r' Type='{office}' "
    link += "Target='word/document.xml'/></Relationships>"
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        archive.writestr("[Content_Types].xml", kinds)
        archive.writestr("_rels/.rels", link)
        archive.writestr("word/document.xml", body + "</w:document>")
    return made.getvalue()


async def reviewed(bot: SlackDouble, **more: Any) -> dict[str, Any]:
    """The message that shows a review of the excerpt to its author in a channel."""
    asked = mention(f"review: {EXCERPT}", **more)
    await bot.deliver("event", event(asked))
    posted: list[dict[str, Any]] = await bot.until(lambda: bot.whispered("C1"))
    return posted[0] | {"asked": asked["ts"]}


def button(shown: dict[str, Any], action: str) -> dict[str, Any]:
    for block in shown["blocks"]:
        for element in block.get("elements") or ():
            if element.get("action_id") == action:
                return dict(element)
    raise AssertionError(f"no button {action}")


async def push(bot: SlackDouble, shown: dict[str, Any], action: str, user: str = "U1") -> None:
    told = press(button(shown, action), channel=shown["channel"], thread="", user=user)
    container = {"type": "message", "channel_id": shown["channel"], "is_ephemeral": True}
    told |= {"container": container, "message": None}  # of a whisper Slack sends no message
    told |= {"response_url": bot.response_url("push")}
    await bot.deliver("interactive", told)


async def refused(bot: SlackDouble, thread: str) -> None:
    posted = await bot.until(lambda: bot.in_thread("D1", thread))
    assert "Slack's own file server" in posted[0]["text"]


@pytest.mark.parametrize("name", ["policy.txt", "policy.docx", "policy.pdf"])
async def test_a_file_without_words_is_reviewed(
    bot: SlackDouble, advisor: SmallAdvisor, name: str
) -> None:
    forms = {"txt": str.encode, "docx": docx, "pdf": pdf}
    content = forms[name.rpartition(".")[2]](EXCERPT)
    file = bot.hold_file(name, content)
    sent = message("", channel="D1", subtype="file_share", files=[file])
    assert (await bot.deliver("event", event(sent)))[0].status == 200
    posted = await bot.until(lambda: bot.in_thread("D1", sent["ts"]))
    assert name in json.dumps(posted[0]["blocks"][0])
    assert [excerpt.text.strip() for excerpt in advisor.excerpts] == [EXCERPT]
    if name.endswith("pdf"):
        assert "page 1" in json.dumps(posted[0]["blocks"])


async def test_a_question_beside_a_file_is_answered_too(
    bot: SlackDouble, advisor: SmallAdvisor
) -> None:
    file = bot.hold_file("policy.txt", EXCERPT.encode())
    asking = message("Who certifies agencies?", channel="D1", subtype="file_share", files=[file])
    await bot.deliver("event", event(asking))
    await bot.until(lambda: len(bot.in_thread("D1", asking["ts"])) == 2)
    checking = message("Does this meet it?", channel="D1", subtype="file_share", files=[file])
    await bot.deliver("event", event(checking))
    await bot.until(lambda: len(advisor.excerpts) == 2)
    assert [question.text for question in advisor.questions] == ["Who certifies agencies?"]


async def test_a_file_in_a_channel_is_reviewed_for_its_author_only(bot: SlackDouble) -> None:
    file = bot.hold_file("policy.txt", EXCERPT.encode())
    sent = mention("please check this", files=[file], subtype="file_share")
    await bot.deliver("event", event(sent))
    assert len(await bot.until(lambda: bot.whispered("C1"))) == len(bot.in_thread("C1")) == 1


async def test_files_are_fetched_from_slack_only(bot: SlackDouble, advisor: SmallAdvisor) -> None:
    for url in (
        "https://files.slack.com.example.org/x",
        "https://example.org/files.slack.com",
        "http://files.slack.com/x",
        "https://files.slack.com@example.org/x",
    ):
        file = bot.hold_file("policy.txt", EXCERPT.encode(), url_private_download=url)
        sent = message("", channel="D1", subtype="file_share", files=[file])
        await bot.deliver("event", event(sent))
        await refused(bot, sent["ts"])
    assert not advisor.excerpts


@pytest.mark.parametrize(
    ("content", "more", "said"),
    [
        (b"\x89PNG....", {}, "is a picture"),
        (b"<!DOCTYPE html><html>sign in", {}, "could not read"),
        (EXCERPT.encode(), {"size": 21 * 1024 * 1024}, "larger than 20 MB"),
        (b"   ", {}, "is empty"),
    ],
    ids=["picture", "sign-in page", "too large", "empty"],
)
async def test_a_file_that_cannot_be_used_is_told(
    bot: SlackDouble, content: bytes, more: dict[str, Any], said: str
) -> None:
    file = bot.hold_file("policy.txt", content, **more)
    sent = message("", channel="D1", subtype="file_share", files=[file])
    await bot.deliver("event", event(sent))
    posted = await bot.until(lambda: bot.in_thread("D1", sent["ts"]))
    assert said in posted[0]["text"]


async def test_a_file_from_another_workspace_is_asked_for_first(bot: SlackDouble) -> None:
    bot.hold_file("policy.txt", EXCERPT.encode())
    hidden = {"id": "F1", "name": "policy.txt", "file_access": "check_file_info"}
    sent = message("", channel="D1", subtype="file_share", files=[hidden])
    await bot.deliver("event", event(sent))
    await bot.until(lambda: bot.in_thread("D1", sent["ts"]))
    assert bot.called("files.info")


async def test_a_file_that_has_been_deleted_is_told(bot: SlackDouble) -> None:
    bot.files["F9"] = {"id": "F9", "name": "policy.txt", "mode": "tombstone"}
    sent = message("", channel="D1", subtype="file_share", files=[bot.files["F9"]])
    await bot.deliver("event", event(sent))
    posted = await bot.until(lambda: bot.in_thread("D1", sent["ts"]))
    assert "could not read policy.txt" in posted[0]["text"]


async def test_details_come_to_the_owner(bot: SlackDouble) -> None:
    await push(bot, await reviewed(bot), "review_details")
    found = await bot.until(lambda: bot.in_thread("response", "push"))
    assert "Recruitment-Retention" in json.dumps(found[0]["blocks"])


async def test_the_export_goes_by_direct_message(bot: SlackDouble) -> None:
    await push(bot, await reviewed(bot), "review_export")
    await bot.until(lambda: any(item["kind"] == "file" for item in bot.in_thread("DU1")))
    names = {bot.files[key]["name"].rsplit(".", 1)[1]: key for key in bot.uploads}
    page, record = bot.uploads[names["html"]].decode(), json.loads(bot.uploads[names["json"]])
    assert "Officers shall not u" in page
    assert "<script" not in page
    assert len(record["findings"]) == 14


async def test_a_shared_review_stands_in_the_thread(bot: SlackDouble) -> None:
    shown = await reviewed(bot)
    await push(bot, shown, "review_share")
    shared = (await bot.until(lambda: bot.in_thread("C1", shown["asked"])))[0]
    assert shared["kind"] == "message"
    assert "Shared by <@U1>" in json.dumps(shared["blocks"])


async def test_nobody_else_can_press_the_buttons(bot: SlackDouble) -> None:
    shown = await reviewed(bot)
    await push(bot, shown, "review_share", user="U2")
    found = await bot.until(lambda: bot.in_thread("response", "push"))
    assert "Only the person" in found[0]["text"]
    assert len(bot.in_thread("C1")) == 1


async def test_a_button_that_came_too_late_says_so(bot: SlackDouble) -> None:
    shown = await reviewed(bot)
    button(shown, "review_details")
    for block in shown["blocks"]:
        for element in block.get("elements") or ():
            if element.get("action_id") == "review_details":
                element["value"] = "long-gone"
    await push(bot, shown, "review_details")
    found = await bot.until(lambda: bot.in_thread("response", "push"))
    assert "no longer have that text" in found[0]["text"]


async def test_a_missing_permission_is_named(bot: SlackDouble) -> None:
    bot.fail("users.info", "missing_scope", extra={"needed": "users:read", "provided": "none"})
    shown = await reviewed(bot)
    assert "permission users:read" in shown["text"]
