"""Checks of what both engines need on this machine. Each says what to do."""

from __future__ import annotations

import http.client
import os
from collections.abc import Callable
from dataclasses import dataclass

from bot.settings import BotSettings
from bot.terminal.words import say
from knowledge.errors import AdvisorError
from knowledge.settings import Settings, read_settings


@dataclass(frozen=True, slots=True)
class Check:
    """One thing that was looked at: whether it is well, and a sentence about it."""

    name: str
    ok: bool
    message: str


def check_local() -> list[Check]:
    """Every check that needs no network, in the order in which they should be mended."""
    settings = read_settings()
    looks: dict[str, Callable[[Settings], str]] = {
        "doctor_home": _home,
        "doctor_knowledge": _knowledge,
        "doctor_model": _model,
        "doctor_index": _index,
        "doctor_llm": _llm,
    }
    return [_check(say(name), look, settings) for name, look in looks.items()]


def check_health(settings: BotSettings) -> list[Check]:
    """What a running bot needs: an index that serves and, over HTTP, a door that answers."""
    checks = [_check(say("doctor_index"), _index, read_settings())]
    if not settings.socket_mode and settings.slack_signing_secret:
        checks.append(_check("HTTP", lambda _: _alive(settings), read_settings()))
    return checks


def _check(name: str, look: Callable[[Settings], str], settings: Settings) -> Check:
    try:
        return Check(name, True, look(settings))
    except AdvisorError as error:
        return Check(name, False, str(error))


def _home(settings: Settings) -> str:
    home = settings.home
    there = next(folder for folder in (home, *home.parents) if folder.exists())
    if not there.is_dir() or not os.access(there, os.W_OK):
        raise AdvisorError(say("doctor_home_bad", home=home))
    return say("doctor_home_ok", home=home)


def _knowledge(_settings: Settings) -> str:
    from knowledge.release import knowledge_release
    from knowledge.sources import load_knowledge

    sources = load_knowledge().sources
    seen = min(source.seen_on for source in sources.values())
    release = knowledge_release()
    return say("doctor_knowledge_ok", sources=len(sources), seen=seen, release=release)


def _model(settings: Settings) -> str:
    from knowledge.embedding import open_embedder

    open_embedder(settings.model, settings.home).embed(["Is it read?"])
    return say("doctor_model_ok", model=settings.model)


def _index(settings: Settings) -> str:
    from knowledge.index import open_index

    index = open_index(settings.home, model=settings.model, server=settings.chroma_url)
    release = index.release
    index.close()
    return say(
        "doctor_index_ok", release=release.name, passages=release.passages, made=release.made
    )


def _llm(settings: Settings) -> str:
    if not settings.llm:
        return say("doctor_llm_none")
    from knowledge.llm import open_model

    open_model(settings.llm, base_url=settings.llm_base_url, timeout=settings.llm_timeout)
    return say("doctor_llm_ok", llm=settings.llm)


def _alive(settings: BotSettings) -> str:
    host = "127.0.0.1" if settings.host in ("0.0.0.0", "::") else settings.host
    door = http.client.HTTPConnection(host, settings.port, timeout=5)
    try:
        door.request("GET", "/healthz")
        status = door.getresponse().status
    except (OSError, http.client.HTTPException):
        raise AdvisorError(f"Nothing answers on {host}:{settings.port}; start the bot.") from None
    finally:
        door.close()
    if status != 200:
        raise AdvisorError(f"The bot answers with status {status}; read its log.")
    return f"The bot answers on {host}:{settings.port}."
