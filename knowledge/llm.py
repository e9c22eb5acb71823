"""The seam to a language model: text in, text out, within a stated time or not at all.

langchain's `init_chat_model` reaches the vendors; tiktoken keeps the prompt within its budget.
Nothing here decides what is true: whatever comes back is a draft.
"""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future
from functools import lru_cache
from threading import Thread
from typing import Any

from knowledge.errors import SettingsError

Complete = Callable[[str, str], str | None]
"""(system prompt, user prompt) -> the reply, or nothing when none came in time."""

_ENCODING = "o200k_base"
_ENCODING_WAIT = 3.0  # seconds; the encoding's file may have to come over the network


def open_model(spec: str, *, base_url: str | None = None, timeout: float = 20.0) -> Complete:
    """A language model by "provider:model". A reply that is late, broken or empty is nothing.

    Raises: `SettingsError` when the provider's package is missing or the name is malformed.
    """
    model = _chat_model(spec, base_url, timeout)

    def complete(system: str, user: str) -> str | None:
        return _within(timeout, lambda: _reply(model, system, user))

    return complete


def _chat_model(spec: str, base_url: str | None, timeout: float) -> Any:
    if spec.count(":") < 1 or not all(spec.split(":", 1)):
        raise SettingsError(
            f'SAFEPOLICING_LLM is {spec!r}; write it as "provider:model", for example '
            '"openai:gpt-4.1-mini", or leave it empty.'
        )
    from langchain.chat_models import init_chat_model

    provider = spec.split(":", 1)[0]
    options = _options(provider, timeout)
    if base_url:
        options["base_url"] = base_url
    try:
        return init_chat_model(spec, **options)
    except ImportError as error:
        raise SettingsError(
            f"The package for {provider!r} is not installed; "
            f"install it with: pip install 'safepolicing[{provider}]'."
        ) from error
    except Exception as error:
        raise SettingsError(
            f"The language model {spec!r} cannot be opened ({type(error).__name__}); check "
            "SAFEPOLICING_LLM and the provider's key, or leave SAFEPOLICING_LLM empty."
        ) from error


def _options(provider: str, timeout: float) -> dict[str, Any]:
    """The vendor's own limits. They end a silent connection; `_within` ends everything else."""
    if provider == "ollama":
        return {"temperature": 0, "client_kwargs": {"timeout": timeout}}
    return {"temperature": 0, "timeout": timeout, "max_retries": 0}


def _reply(model: Any, system: str, user: str) -> str | None:
    message = model.invoke([("system", system), ("human", user)])
    return str(message.text).strip() or None


def _within(seconds: float, work: Callable[[], str | None]) -> str | None:
    """What `work` returns, or nothing when it fails or takes longer.

    A vendor's own time-out counts silence, not time: a stream that drips for ever would pass it.
    The thread is left behind; it ends with its connection.
    """
    done: Future[str | None] = Future()

    def run() -> None:
        try:
            done.set_result(work())
        except Exception:  # noqa: BLE001 - whatever a vendor raises means: no draft
            done.set_result(None)

    Thread(target=run, daemon=True).start()
    try:
        return done.result(timeout=seconds)
    except TimeoutError:
        return None


def count_tokens(text: str) -> int:
    """Tokens of `text`. Without the encoding's file every byte counts: never too few."""
    encoding = _encoding()
    return len(encoding.encode(text)) if encoding else len(text.encode("utf-8"))


@lru_cache(maxsize=1)
def _encoding() -> Any:
    opened: Future[Any] = Future()

    def run() -> None:
        try:
            import tiktoken

            opened.set_result(tiktoken.get_encoding(_ENCODING))
        except Exception:  # noqa: BLE001 - no network, a proxy's page instead of the file, no disk
            opened.set_result(None)

    Thread(target=run, daemon=True).start()
    try:
        return opened.result(timeout=_ENCODING_WAIT)
    except TimeoutError:
        return None
