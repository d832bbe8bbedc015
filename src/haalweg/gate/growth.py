"""Growth of a source that is held: what is known of it, for a person to look at, and whether somebody allowed it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from haalweg.gate.state import StateFile

ALLOWED_FOR = timedelta(days=1)  # in which the fetch that was allowed has to end


@dataclass(frozen=True, slots=True)
class HeldGrowth:
    """A fetch that brings more than may come by itself."""

    there: int  # entries of the source that were here before it
    more: int  # that it brings, as far as it was read
    is_all: bool  # False: further pages follow, which were not read
    at: datetime


class Growth:
    """Notes in the state file, by which the gate that runs and a person's command hear of each other."""

    def __init__(self, state: StateFile) -> None:
        self._state = state

    def note(self, source: str, held: HeldGrowth) -> None:
        """Keep what is held; one that was allowed before stays so."""
        with self._state.writing() as file:
            file.execute(
                "INSERT INTO growth VALUES (?, ?, ?, ?, ?, NULL) ON CONFLICT DO UPDATE SET there = excluded.there,"
                " more = excluded.more, is_all = excluded.is_all, at = excluded.at",
                (source, held.there, held.more, held.is_all, int(held.at.timestamp())),
            )

    def held(self, source: str) -> HeldGrowth | None:
        """What is held of a source; None: nothing."""
        for there, more, is_all, at in self._state.rows(
            "SELECT there, more, is_all, at FROM growth WHERE source = ?", (source,)
        ):
            return HeldGrowth(there, more, bool(is_all), datetime.fromtimestamp(at, UTC))
        return None

    def allow(self, source: str, *, now: datetime) -> None:
        """Let the fetch that is held come, whole, once."""
        with self._state.writing() as file:
            file.execute("UPDATE growth SET allowed_at = ? WHERE source = ?", (int(now.timestamp()), source))

    def is_allowed(self, source: str, *, now: datetime) -> bool:
        """Whether a person lets it come."""
        since = int((now - ALLOWED_FOR).timestamp())
        return bool(self._state.rows("SELECT 1 FROM growth WHERE source = ? AND allowed_at > ?", (source, since)))

    def forget(self, source: str) -> None:
        """The fetch has ended: what comes in the next one is asked about anew."""
        if self._state.rows("SELECT 1 FROM growth WHERE source = ?", (source,)):
            with self._state.writing() as file:
                file.execute("DELETE FROM growth WHERE source = ?", (source,))
