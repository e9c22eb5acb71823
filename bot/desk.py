"""Everything a listener needs, fitted together once."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from concurrent.futures import Executor, ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, ParamSpec, TypeVar

from bot.database import Database, open_database
from bot.engines import Engines
from bot.feedback import Feedback
from bot.installations import Installations, open_installations
from bot.limits import Limits
from bot.memory import Memory
from bot.operations.audit import Audit, audit_key
from bot.operations.meters import Meters
from bot.operations.tracing import open_trace
from bot.operations.watched import Watched
from bot.owner import name_owner
from bot.people import People
from bot.post import Poster
from bot.progress import Streams
from bot.running import Running
from bot.seen import Seen
from bot.settings import BotSettings
from bot.shelves import Shelves, shared_shelves
from bot.wording import Wording, load_wording
from bot.workspaces import Workspaces

if TYPE_CHECKING:
    from slack_sdk.web.async_client import AsyncWebClient

Given = ParamSpec("Given")
Result = TypeVar("Result")


@dataclass(frozen=True)
class Desk:
    """The engines, the state, the wording, and the threads in which slow things are done."""

    advisor: Engines
    settings: BotSettings
    wording: Wording
    database: Database
    seen: Seen
    memory: Memory
    feedback: Feedback
    limits: Limits
    people: People
    workspaces: Workspaces
    engine_pool: Executor
    state_pool: Executor
    meters: Meters
    audit: Audit
    installations: Installations | None = None
    shelves: Shelves = field(default_factory=Shelves)
    running: Running = field(default_factory=Running)
    streams: Streams = field(default_factory=Streams)

    async def think(self, work: Callable[Given, Result], *given: Given.args) -> Result:  # type: ignore[valid-type]
        """What `work` returns, done in a worker thread: the event loop stays free to ack."""
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self.engine_pool, work, *given)

    async def stored(
        self, work: Callable[Given, Result], *given: Given.args, **named: Given.kwargs
    ) -> Result:
        """What `work` on the bot's state returns; one after the other, off the event loop."""
        with self.meters.timed("state"):
            return await _on(self.state_pool, lambda: work(*given, **named))

    def start(self, work: Coroutine[Any, Any, None], *names: str) -> None:
        """`work` runs on its own, stoppable by `names`; closing the desk waits for it."""
        self.running.start(work, *names)

    def poster(self, client: AsyncWebClient) -> Poster:
        """Posts as the bot with `client`, showing work as this workspace allows."""
        return Poster(client, self.streams)

    async def forget_person(self, team: str, person: str) -> tuple[int, int]:
        """Nothing of `person` is kept; how many questions and how many marks there were."""
        turns = await self.stored(self.memory.forget, team, person)
        marks = await self.stored(self.feedback.forget, team, person)
        await self.stored(self.shelves.forget, team, person)
        await self.stored(self.database.scrub)
        return turns, marks

    async def forget_workspace(self, team: str) -> None:
        """Nothing of the workspace is kept."""
        for part in (self.seen, self.memory, self.feedback, self.workspaces, self.shelves):
            await self.stored(part.forget_team, team)
        await self.stored(self.database.scrub)

    async def drain(self, patience: float = 20.0) -> None:
        """Accepted work is done, or after `patience` seconds left for the next start."""
        await self.running.drain(patience)

    async def close(self) -> None:
        """Nothing runs any more and the state is closed."""
        await self.running.cancel()
        self.engine_pool.shutdown(wait=False, cancel_futures=True)
        self.state_pool.shutdown(wait=True)
        self.database.close()


def open_desk(advisor: Engines, settings: BotSettings) -> Desk:
    """A desk over the state that `settings` names. Raises: `SettingsError`, `KnowledgeError`."""
    database = open_database(settings.state_url)
    key = audit_key(settings.audit_key, settings.home)
    audit = Audit(database, key)
    audit.prepare()
    meters = Meters()
    state_pool = ThreadPoolExecutor(1, thread_name_prefix="state")
    return Desk(
        advisor=Watched(advisor, meters, open_trace()),
        settings=settings,
        wording=load_wording(),
        database=database,
        seen=Seen(database, name_owner()),
        memory=Memory(database, settings.memory_days),
        feedback=Feedback(database),
        people=People(),
        workspaces=Workspaces(database),
        limits=Limits(settings.per_user_minute, settings.per_workspace_minute),
        engine_pool=ThreadPoolExecutor(settings.workers, thread_name_prefix="engine"),
        state_pool=state_pool,
        meters=meters,
        audit=audit,
        installations=_installations(database, settings, state_pool),
        shelves=shared_shelves(database, key) if settings.shared_shelves else Shelves(),
    )


def _installations(
    database: Database, settings: BotSettings, pool: Executor
) -> Installations | None:
    """None where one workspace's token is a setting."""
    if not settings.many_workspaces:
        return None

    async def stored(work: Callable[..., Any], *given: Any, **named: Any) -> Any:
        return await _on(pool, lambda: work(*given, **named))

    return open_installations(database.engine, settings, stored)


async def _on(pool: Executor, work: Callable[[], Result]) -> Result:
    return await asyncio.get_running_loop().run_in_executor(pool, work)
