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
from haalweg.gate.growth import HeldGrowth
from haalweg.gate.logs import LOG
from haalweg.plain_text import utc_text

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Sequence
    from datetime import timedelta

    import httpx

    from haalweg.adapters.bank_file import BankFile
    from haalweg.banks.following import Position, TakenIn
    from haalweg.gate.events import Happening
    from haalweg.gate.growth import Growth
    from haalweg.gate.heads import Heads
    from haalweg.gate.keeper import Keeper
    from haalweg.gate.settings import Source

_FIRST_PAUSE_S, _LONGEST_PAUSE_S = 0.5, 30.0
_LOOK_S = 0.5  # how long it may go unseen that somebody allowed what is held
_HELD_LOOKS = 20  # between one page and the next of a source that is held: each may be large
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
        heads: Heads,
        *,
        tell: Callable[[Sequence[Happening]], Awaitable[None]],
        stale_after: Callable[[], timedelta],
        growth: Growth,
    ) -> None:
        """stale_after: as the policy has it now."""
        self._sources = sources
        self._keeper = keeper
        self._heads = heads
        self._tell = tell
        self._stale_after = stale_after
        self._growth = growth
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
                if state.is_held:
                    await self._until_allowed(source)
            # Of the source, of its page, or of our disk: a full one gets room again.
            except Exception as error:  # noqa: BLE001 - whatever it is, others are followed on and this one is tried again
                state.is_tried = True
                trouble = _sentence(error)
                if state.trouble != trouble:
                    LOG.warning("source_failed", source=source.name, error=type(error).__name__)
                state.trouble = trouble
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
            is_news = taken.more or taken.came or taken.gone or taken.outcome is Outcome.HELD
            if wait_s and not is_news and time.monotonic() - asked_at < _QUICK_S:
                await asyncio.sleep(_FIRST_PAUSE_S)  # it does not wait for news
            wait_s = WAIT_S if taken.outcome is Outcome.TAKEN else 0

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

        def take_in(store: BankFile) -> tuple[TakenIn, Position]:
            now = datetime.now(UTC)
            taken = following(store).take_in(page, now=now)
            if taken.outcome is Outcome.HELD and self._growth.is_allowed(source.name, now=now):
                LOG.warning("source_allowed", source=source.name, count=taken.held_back)
                store.log_allowed(taken.held_back, now=now)
                taken = following(store).take_in(page, now=now, may_grow=True)
            self._heads.hear(source.name, page, now=now)
            return taken, following(store).position(now=now)

        taken, position_now = await self._keeper.do(take_in)
        await self._note_growth(source, taken, position_now, is_last=not page.more)
        return taken

    async def _note_growth(self, source: Source, taken: TakenIn, at: Position, *, is_last: bool) -> None:
        """Tell of a source that sends too much at once, and keep how much it is for whoever looks."""
        state, now = self._states[source.name], datetime.now(UTC)
        was_held, state.is_held = state.is_held, taken.outcome is Outcome.HELD
        state.heard_at, before = at.heard_at, state.trouble
        state.trouble = _held_sentence(source) if state.is_held else " ".join(taken.troubles) or None
        if taken.troubles and state.trouble != before:
            LOG.warning("source_banks_left_out", source=source.name, count=len(taken.troubles))
        if state.is_held:
            more = at.came + taken.held_back
            self._growth.note(source.name, HeldGrowth(at.held - at.came, more, is_last, now))
            if not was_held:
                LOG.warning("source_held", source=source.name, count=more)
                await self._tell([of_source(Event.SOURCE_HELD, source.name)])
        elif taken.outcome is Outcome.TAKEN and is_last:
            self._growth.forget(source.name)

    async def _until_allowed(self, source: Source) -> None:
        """Wait a while, or until a person allows it. What is taken back meanwhile comes with the next page."""
        for _ in range(_HELD_LOOKS):
            await asyncio.sleep(_LOOK_S)
            if self._growth.is_allowed(source.name, now=datetime.now(UTC)):
                return

    async def _note_age(self, source: Source, heard_at: datetime | None) -> None:
        """Note when a page of it was taken in last; tell of one unheard for too long, and of one heard again."""
        state = self._states[source.name]
        state.heard_at = heard_at
        is_stale = datetime.now(UTC) - (heard_at or self._began_at) > self._stale_after()
        if is_stale != state.is_stale:
            state.is_stale = is_stale
            await self._tell([of_source(Event.SOURCE_STALE if is_stale else Event.SOURCE_HEARD, source.name)])


def _sentence(error: Exception) -> str:
    return str(error) if isinstance(error, HaalwegError) else f"Something failed here ({type(error).__name__})."


def _held_sentence(source: Source) -> str:
    return (
        "It sends far more than it did: a person has to look. Ask whoever runs it why; then `haalweg gate allow "
        f"{source.name}` lets it come."
    )
