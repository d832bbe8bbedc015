"""The feeds that the gate follows: each fetched again and again, for ever, whatever becomes of it meanwhile."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from haalweg.adapters.exchanges.feed import WAIT_S, StartOverError, fetch_page, source_client
from haalweg.banks.following import Following, Outcome
from haalweg.errors import HaalwegError
from haalweg.gate.logs import LOG

if TYPE_CHECKING:
    from collections.abc import Sequence

    import httpx

    from haalweg.adapters.bank_file import BankFile
    from haalweg.banks.feed import FeedPage
    from haalweg.banks.following import Position, TakenIn
    from haalweg.gate.keeper import Keeper
    from haalweg.gate.settings import Source

_FIRST_PAUSE_S, _LONGEST_PAUSE_S = 0.5, 30.0
_HELD_PAUSE_S = 60.0


@dataclass(slots=True)
class _State:
    heard_at: datetime | None = None
    trouble: str | None = None


class Followers:
    """One for each source."""

    def __init__(self, sources: Sequence[Source], keeper: Keeper) -> None:
        self._sources = sources
        self._keeper = keeper
        self._states = {source.name: _State() for source in sources}

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
                "heard_at": state.heard_at.isoformat().replace("+00:00", "Z") if state.heard_at else None,
                "trouble": state.trouble,
            }
            for name, state in self._states.items()
        ]

    def ages(self, *, now: datetime) -> dict[str, float]:
        """Of each source that was heard how many seconds ago that was."""
        heard = {name: state.heard_at for name, state in self._states.items()}
        return {name: (now - at).total_seconds() for name, at in heard.items() if at is not None}

    async def _follow(self, client: httpx.AsyncClient, source: Source) -> None:
        state, pause_s, wait_s = self._states[source.name], _FIRST_PAUSE_S, 0
        while True:
            try:
                taken = await self._step(client, source, wait_s)
            except HaalwegError as error:  # of the source, of its page, or of our disk: a full one gets room again
                if state.trouble != str(error):
                    LOG.warning("source_failed", source=source.name, error=type(error).__name__)
                state.trouble = str(error)
                await asyncio.sleep(pause_s)
                pause_s, wait_s = min(2 * pause_s, _LONGEST_PAUSE_S), 0
                continue
            pause_s = _FIRST_PAUSE_S
            if taken is None:
                continue
            held = taken.outcome is Outcome.HELD
            state.trouble = "It sends far more than it did: a person has to look." if held else None
            state.heard_at = datetime.now(UTC)
            wait_s = WAIT_S if taken.outcome is Outcome.TAKEN else 0
            if held:
                await asyncio.sleep(_HELD_PAUSE_S)

    async def _step(self, client: httpx.AsyncClient, source: Source, wait_s: int) -> TakenIn | None:
        """Fetch a page and take it in; None: everything has to be fetched anew."""

        def following(store: BankFile) -> Following:
            return Following(
                store, source.name, most_assurance=source.most_assurance, takes_negative=source.takes_negative
            )

        def position(store: BankFile) -> Position:
            return following(store).position(now=datetime.now(UTC))

        at = await self._keeper.do(position)
        try:
            page = await fetch_page(
                client, name=source.name, url=source.url, key=source.key, cursor=at.cursor, wait_s=wait_s
            )
        except StartOverError:
            await self._keeper.do(lambda store: following(store).start_over(now=datetime.now(UTC)))
            return None

        def take_in(store: BankFile, page: FeedPage = page) -> TakenIn:
            return following(store).take_in(page, now=datetime.now(UTC))

        return await self._keeper.do(take_in)
