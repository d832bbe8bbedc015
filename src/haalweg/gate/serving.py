"""The process: what is made in which order, and how it ends without losing what is in hand."""

from __future__ import annotations

import asyncio
import gc
import os
import signal
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager, contextmanager
from datetime import UTC, datetime
from functools import partial
from typing import TYPE_CHECKING, Any, cast

import uvicorn
import uvloop
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

from haalweg.adapters.bank_file import BankFile, opened
from haalweg.adapters.media import Limits as MediaLimits
from haalweg.adapters.media import MediaPool
from haalweg.errors import HaalwegError
from haalweg.gate.app import Gate
from haalweg.gate.contents import Contents
from haalweg.gate.crowds import Crowds
from haalweg.gate.events import Event, Happening
from haalweg.gate.feedback import FeedbackBox, pass_on
from haalweg.gate.fetching import Fetcher
from haalweg.gate.following import Followers
from haalweg.gate.growth import Growth
from haalweg.gate.heads import Heads
from haalweg.gate.keeper import Keeper
from haalweg.gate.keys import Keys
from haalweg.gate.logs import LOG, log_to_stderr
from haalweg.gate.looking import Rules
from haalweg.gate.lookup import LookUp
from haalweg.gate.metrics import Metrics
from haalweg.gate.outbox import Outbox
from haalweg.gate.queue import FairQueue
from haalweg.gate.reading import Room
from haalweg.gate.receipts import Receipts
from haalweg.gate.settings import SettingsError, read_settings
from haalweg.gate.sockets import listening_at, socket_file
from haalweg.gate.state import StateFile
from haalweg.gate.switches import SwitchedBanks, Switches
from haalweg.gate.web_door import WebDoor, server
from haalweg.gate.webhooks import Webhooks
from haalweg.keeping import KeyRing, key_file
from haalweg.keeping.letters import LetterKeys

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Iterator
    from pathlib import Path
    from types import FrameType

    from haalweg.gate.settings import Settings

_DRAIN_S = 30
_HEAD_S = 10.0  # for the whole head of a request
_HEADS = (b"HTTP/1.1 2", b"HTTP/1.1 3", b"HTTP/1.1 4", b"HTTP/1.1 5")  # not 100, which is waited for
_TIDY_AFTER = 20_000  # new objects
_SETTINGS_S = 1.0  # how often the settings file is looked at


def serve(path: Path, settings: Settings, *, say: Callable[[], None]) -> None:
    """Run the gate until it is told to stop. path: of the settings, whose policy is read again when it changes.

    say: called once it listens. Raises CannotListenError, and what opening the files raises.
    """
    log_to_stderr()
    # The workers first: a process that is started before a key is read cannot inherit one.
    workers = settings.limits.workers or MediaPool.sensible_workers()
    limits = MediaLimits(max_bytes=settings.limits.upload_bytes)
    with MediaPool(workers, limits=limits) as pool, StateFile.open(settings.state) as state:
        uvloop.run(_serve(path, settings, pool, state, say))


async def _serve(path: Path, settings: Settings, pool: MediaPool, state: StateFile, say: Callable[[], None]) -> None:
    outbox = Outbox(state)
    webhooks = Webhooks(settings.webhooks, outbox)
    heads = Heads(state)
    with (
        Keeper(lambda: opened(settings.bank, journal=settings.journal)) as keeper,
        ThreadPoolExecutor(pool.workers, "looking") as threads,
        listening_at(settings.listen) as listens,
    ):
        store = BankFile.id_of(settings.bank)
        switches = Switches(state, store, now=datetime.now(UTC))
        gate = Gate(
            keeper,
            state,
            switches,
            SwitchedBanks(keeper.live, switches),
            Contents(state, store),
            Keys(state),
            outbox,
            FeedbackBox(state, outbox),
            Crowds(),
            Receipts(state),
            heads,
            pool,
            FairQueue(threads, pool.workers, settings.limits.waiting),
            Room(settings.limits.memory_bytes),
            LookUp(state, settings.limits.lookups_a_day),
            Metrics(),
            settings.limits,
            Rules(settings.policy, settings.statement),
            Followers(
                settings.sources,
                keeper,
                heads,
                tell=webhooks.tell,
                stale_after=lambda: gate.rules.policy.stale_after,
                growth=Growth(state),
            ),
            webhooks,
            Fetcher(settings.fetch, settings.limits) if settings.fetch else None,
        )
        works = {
            "bank": keeper.follow(),
            "sources": gate.followers.run(),
            "feedback": pass_on(outbox, settings.sources),
            "webhooks": webhooks.run(),
            "settings": _read_again(path, gate),
        }
        failed: list[str] = []
        tasks = [asyncio.create_task(work, name=name) for name, work in works.items()]
        end_after = partial(_end_after, failed)
        for task in tasks:
            task.add_done_callback(end_after)
        _tidy_seldom()
        try:
            async with _web_door(settings, gate, failed):
                say()
                await _Server(gate).serve(sockets=[listens])
        finally:
            gate.lookups.close()
            gc.unfreeze()
            for task in tasks:
                task.remove_done_callback(end_after)
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)
        if failed:
            raise GateEndedError(failed[0])


class GateEndedError(HaalwegError):
    """A gate that ended by itself, to be started again: a part of it failed, and would be missed by nobody."""

    def __init__(self, part: str) -> None:
        super().__init__(
            f"The gate ended, because a part of it failed: {part}. Its log says why. Start it again; if it ends again, "
            "please report what the log says."
        )


def _end_after(failed: list[str], task: asyncio.Task[None]) -> None:
    """End the gate where a part of it failed: without it withdrawals could wait, say, and nobody would know."""
    error = None if task.cancelled() else task.exception()
    if error is None:
        return
    while isinstance(error, BaseExceptionGroup):
        error = error.exceptions[0]
    _end(failed, task.get_name(), type(error).__name__)


def _end(failed: list[str], part: str, error: str) -> None:
    LOG.error("part_failed", part=part, error=error)
    failed.append(part)
    os.kill(os.getpid(), signal.SIGTERM)


@asynccontextmanager
async def _web_door(settings: Settings, gate: Gate, failed: list[str]) -> AsyncIterator[None]:
    """The door for the helpline's own web process, where the settings name one."""
    if settings.web is None:
        yield
        return
    letters = LetterKeys(KeyRing.read(key_file(os.environ)))
    door = server(WebDoor(gate.keeper, gate.heads, letters, gate.keys, gate.receipts))
    with socket_file(settings.web, group=settings.web_group) as listens:
        work = asyncio.create_task(door._serve([listens]))  # noqa: SLF001 - `serve`, without signals of its own
        work.add_done_callback(lambda _: None if door.should_exit else _end(failed, "web_door", "Ended"))
        try:
            yield
        finally:
            door.should_exit = True
            await work


def _tidy_seldom() -> None:
    """Look through what was made at the start no more, and through what requests make less often.

    Of a thousand signatures in one request a fifth of the time went into that, and nothing was ever found.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(_TIDY_AFTER)


class _WholeAnswers(HttpToolsProtocol):
    """Uvicorn's protocol, which hands head and body of an answer to the network together.

    It hangs up on who does not send the head of a request as a whole in time: without a key, and for nothing, they
    would keep others from being let in.
    """

    _too_late: asyncio.TimerHandle | None = None  # while a head is waited for

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]  # as uvicorn has it
        super().connection_made(cast("asyncio.Transport", _Joining(transport)))
        self._wait_for_head()

    def connection_lost(self, exc: Exception | None) -> None:
        self._wait_no_more()
        super().connection_lost(exc)

    def on_message_begin(self) -> None:
        super().on_message_begin()
        if self._too_late is None:  # of a further request; until one begins uvicorn's own patience holds
            self._wait_for_head()

    def on_headers_complete(self) -> None:
        self._wait_no_more()
        super().on_headers_complete()

    def on_response_complete(self) -> None:
        cast("_Joining", self.transport).flush()  # where there was no body
        super().on_response_complete()

    def _wait_for_head(self) -> None:
        self._too_late = self.loop.call_later(_HEAD_S, self.transport.close)

    def _wait_no_more(self) -> None:
        if self._too_late is not None:
            self._too_late.cancel()
            self._too_late = None


class _Joining:
    """A transport that keeps the head of an answer until its body comes."""

    __slots__ = ("_head", "_transport")

    def __init__(self, transport: asyncio.Transport) -> None:
        self._transport = transport
        self._head = b""

    def write(self, data: bytes) -> None:
        if self._head:
            self.flush(data)
        elif data.endswith(b"\r\n\r\n") and data.startswith(_HEADS):
            self._head = data
        else:
            self._transport.write(data)

    def flush(self, data: bytes = b"") -> None:
        if self._head:
            self._transport.write(self._head + data)
            self._head = b""

    def close(self) -> None:
        self.flush()
        self._transport.close()

    def __getattr__(self, name: str) -> Any:
        return getattr(self._transport, name)


class _Server(uvicorn.Server):
    """Uvicorn, which is told that it stops before it waits for what is in hand."""

    def __init__(self, gate: Gate) -> None:
        super().__init__(
            uvicorn.Config(
                gate,
                http=_WholeAnswers,
                access_log=False,
                log_config=None,
                lifespan="off",
                ws="none",
                server_header=False,
                date_header=False,
                proxy_headers=False,
                timeout_graceful_shutdown=_DRAIN_S,
            )
        )
        self._gate = gate

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        """End well when told to: uvicorn itself would send itself the signal again, and end by it."""
        loop = asyncio.get_running_loop()
        for number in (signal.SIGTERM, signal.SIGINT):
            loop.add_signal_handler(number, self.handle_exit, number, None)
        try:
            yield
        finally:
            for number in (signal.SIGTERM, signal.SIGINT):
                loop.remove_signal_handler(number)

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        self._gate.is_stopping = True
        self._gate.keeper.wake()  # who waits for news gets a page without any
        super().handle_exit(sig, frame)


async def _read_again(path: Path, gate: Gate) -> None:
    """Take over a changed policy; a bad one leaves the old one in force, and /status says so."""
    seen = _changed_at(path)
    while True:
        await asyncio.sleep(_SETTINGS_S)
        changed_at = _changed_at(path)
        if changed_at == seen:
            continue
        seen = changed_at
        try:
            settings = read_settings(path, os.environ)
        except Exception as error:  # noqa: BLE001 - whatever is wrong with it: the next good one is to be taken over
            known = isinstance(error, SettingsError)
            gate.rules_trouble = str(error) if known else f"The settings cannot be read ({type(error).__name__})."
            LOG.warning("settings_unusable_policy_stays", error=type(error).__name__)
            await gate.webhooks.tell([Happening(Event.POLICY_TROUBLE)])
        else:
            gate.rules, gate.rules_trouble = Rules(settings.policy, settings.statement), None


def _changed_at(path: Path) -> tuple[int, int] | None:
    try:
        status = path.stat()
    except OSError:
        return None
    return status.st_mtime_ns, status.st_ino
