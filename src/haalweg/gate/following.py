"""The feeds that the gate follows: each fetched again and again, for ever, whatever becomes of it meanwhile."""

from __future__ import annotations

import asyncio
import time
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from haalweg.adapters.exchanges.feed import WAIT_S, StartOverError, fetch_page, source_client
from haalweg.banks.following import Following, Outcome
from haalweg.errors import HaalwegError
from haalweg.gate.events import Event, of_source
from haalweg.gate.logs import LOG
from haalweg.plain_text import utc_text

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Sequence
    from datetime import timedelta

    import httpx

    from haalweg.adapters.bank_file import BankFile
    from haalweg.banks.feed import FeedPage
    from haalweg.banks.following import Position, TakenIn
    from haalweg.gate.events import Happening
    from haalweg.gate.keeper import Keeper
    from haalweg.gate.settings import Source

_FIRST_PAUSE_S, _LONGEST_PAUSE_S = 0.5, 30.0
_HELD_PAUSE_S = 60.0
_QUICK_S = 1.0  # a page without news that comes sooner was not waited for


@dataclass(slots=True)
class SourceState:
    """How a source does."""

    heard_at: datetime | None = None  # as the store says: the policy goes by that, and it outlives a restart
    trouble: str | None = None
    is_tried: bool = False  # since the gate was started, whatever came of it
    is_stale: bool = False  # it was told that it is
    is_held: bool = False


class Followers:
    """One for each source."""

    def __init__(
        self,
        sources: Sequence[Source],
        keeper: Keeper,
        *,
        tell: Callable[[Sequence[Happening]], Awaitable[None]],
        stale_after: Callable[[], timedelta],
    ) -> None:
        """stale_after: as the policy has it now."""
        self._sources = sources
        self._keeper = keeper
        self._tell = tell
        self._stale_after = stale_after
        self._began_at = datetime.now(UTC)
        self._states = {source.name: SourceState() for source in sources}

    async def run(self) -> None:
        """Follow all of them, until cancelled."""
        async with source_client() as client, asyncio.TaskGroup() as group:
            for source in self._sources:
                group.create_task(self._follow(client, source))

    def as_json(self) -> list[dict[str, object]]:
        """Of each source when it was heard last, and what is wrong."""
        return [
            {
                "name": name,
                "heard_at": utc_text(state.heard_at) if state.heard_at else None,
                "trouble": state.trouble,
            }
            for name, state in self._states.items()
        ]

    @property
    def names(self) -> tuple[str, ...]:
        """What the gate follows."""
        return tuple(self._states)

    def of(self, name: str) -> SourceState | None:
        """How one source does; None where no such one is followed."""
        return self._states.get(name)

    def ages(self, *, now: datetime) -> dict[str, float]:
        """Of each source that was heard how many seconds ago that was."""
        heard = {name: state.heard_at for name, state in self._states.items()}
        return {name: (now - at).total_seconds() for name, at in heard.items() if at is not None}

    async def _follow(self, client: httpx.AsyncClient, source: Source) -> None:
        state, pause_s, wait_s = self._states[source.name], _FIRST_PAUSE_S, 0
        while True:
            asked_at = time.monotonic()
            try:
                taken = await self._step(client, source, wait_s)
            except HaalwegError as error:  # of the source, of its page, or of our disk: a full one gets room again
                state.is_tried = True
                if state.trouble != str(error):
                    LOG.warning("source_failed", source=source.name, error=type(error).__name__)
                state.trouble = str(error)
                await asyncio.sleep(pause_s)
                pause_s, wait_s = min(2 * pause_s, _LONGEST_PAUSE_S), 0
                continue
            if taken is None or taken.outcome in (Outcome.NOT_NEXT, Outcome.START_OVER):
                # Asked again soon; later and later where it goes on so.
                if taken is None or taken.outcome is Outcome.START_OVER:
                    state.trouble = "What it gives is not what comes next: everything is fetched anew."
                await asyncio.sleep(pause_s)
                pause_s, wait_s = min(2 * pause_s, _LONGEST_PAUSE_S), 0
                continue
            state.is_tried, pause_s = True, _FIRST_PAUSE_S
            held = taken.outcome is Outcome.HELD
            if held and not state.is_held:
                await self._tell([of_source(Event.SOURCE_HELD, source.name)])
            state.is_held = held
            trouble = (
                "It sends far more than it did: a person has to look." if held else " ".join(taken.troubles) or None
            )
            if trouble is not None and trouble != state.trouble and not held:
                LOG.warning("source_banks_left_out", source=source.name, count=len(taken.troubles))
            state.trouble = trouble
            if held:
                await asyncio.sleep(_HELD_PAUSE_S)
            elif wait_s and not (taken.more or taken.came or taken.gone) and time.monotonic() - asked_at < _QUICK_S:
                await asyncio.sleep(_FIRST_PAUSE_S)  # it does not wait for news
            wait_s = 0 if held else WAIT_S

    async def _step(self, client: httpx.AsyncClient, source: Source, wait_s: int) -> TakenIn | None:
        """Fetch a page and take it in; None: everything has to be fetched anew."""

        def following(store: BankFile) -> Following:
            return Following(
                store, source.name, most_assurance=source.most_assurance, takes_negative=source.takes_negative
            )

        def position(store: BankFile) -> Position:
            return following(store).position(now=datetime.now(UTC))

        at = await self._keeper.do(position)
        await self._note_age(source, at.heard_at)
        try:
            page = await fetch_page(
                client, name=source.name, url=source.url, key=source.key, cursor=at.cursor, wait_s=wait_s
            )
        except StartOverError:
            await self._keeper.do(lambda store: following(store).start_over(now=datetime.now(UTC)))
            return None

        def take_in(store: BankFile, page: FeedPage = page) -> tuple[TakenIn, Position]:
            return following(store).take_in(page, now=datetime.now(UTC)), position(store)

        taken, at = await self._keeper.do(take_in)
        self._states[source.name].heard_at = at.heard_at
        return taken

    async def _note_age(self, source: Source, heard_at: datetime | None) -> None:
        """Note when a page of it was taken in last; tell of one unheard for too long, and of one heard again."""
        state = self._states[source.name]
        state.heard_at = heard_at
        is_stale = datetime.now(UTC) - (heard_at or self._began_at) > self._stale_after()
        if is_stale != state.is_stale:
            state.is_stale = is_stale
            await self._tell([of_source(Event.SOURCE_STALE if is_stale else Event.SOURCE_HEARD, source.name)])
