"""A review as a page of its own, for people to keep or print. It loads nothing and runs nothing."""

from __future__ import annotations

from html import escape

from bot.cites import Numbers, source_texts
from bot.wording import Wording
from knowledge.types import Finding, Review

_STYLE = (
    "body{font:16px/1.5 system-ui,sans-serif;max-width:46rem;margin:2rem auto;padding:0 1rem;"
    "color:#1d1c1d}h1{font-size:1.5rem}h2{font-size:1.15rem;margin-top:2rem}"
    "section{border-left:4px solid #bbb;padding:.1rem 1rem;margin:1rem 0}"
    "blockquote{margin:.5rem 0;padding-left:1rem;border-left:2px solid #888}"
    "ol,ul{padding-left:1.4rem}.small{color:#555;font-size:.9rem}"
)


def review_page(review: Review, wording: Wording) -> str:
    """The whole review as HTML: verdict, reason, decisive words, what to change, sources."""
    numbers = Numbers()
    title = wording.say("review_title")
    parts = [
        f"<h1>{escape(title)}</h1>",
        _small(wording.say("review_scope", as_of=review.as_of)),
    ]
    for mandatory, name in ((True, "mandatory"), (False, "discretionary")):
        parts.append(f"<h2>{escape(wording.say(name))}</h2>")
        chosen = (item for item in review.findings if item.mandatory is mandatory)
        parts += [_finding(item, numbers, wording) for item in chosen]
    parts += [_small(line) for line in source_texts(numbers, wording)]
    parts += [_small(notice) for notice in review.notices]
    parts.append(_small(wording.say("release", release=review.release, as_of=review.as_of)))
    head = f"<meta charset=utf-8><title>{escape(title)}</title><style>{_STYLE}</style>"
    policy = "<meta http-equiv=Content-Security-Policy content=\"default-src 'none';"
    policy += " style-src 'unsafe-inline'\">"
    return f"<!doctype html><html lang=en><head>{policy}{head}</head><body>{''.join(parts)}</body>"


def _finding(finding: Finding, numbers: Numbers, wording: Wording) -> str:
    marks = numbers.marks(finding.citations)
    lines = [
        f"<strong>{escape(wording.mark[finding.verdict])} {escape(finding.title)}</strong>",
        f"<p>{escape(wording.verdict[finding.verdict])}. {escape(finding.reason)} {marks}</p>",
    ]
    for span in finding.evidence:
        page = f", {wording.say('on_page', page=span.page)}" if span.page else ""
        role = escape(f"({wording.role[span.role]}{page})")
        lines.append(f"<blockquote>\u201c{escape(span.text)}\u201d {role}</blockquote>")
    if finding.missing:
        items = "".join(f"<li>{escape(item)}</li>" for item in finding.missing)
        lines.append(f"<p>{escape(wording.say('missing'))}</p><ul>{items}</ul>")
    if finding.suggestion:
        lines.append(f"<p>{escape(wording.say('suggestion'))} {escape(finding.suggestion)}</p>")
    return f"<section>{''.join(lines)}</section>"


def _small(text: str) -> str:
    return f"<p class=small>{escape(text)}</p>"
