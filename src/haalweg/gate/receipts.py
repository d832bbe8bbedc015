"""How far each subscriber has followed: who asks for what comes after a cursor has taken in what came before it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from haalweg.banks import Cursor

if TYPE_CHECKING:
    from haalweg.gate.state import StateFile

_OFTEN = timedelta(minutes=1)  # a receipt that says nothing new is not written more often
_ONCE = timedelta(hours=1)  # how long the pages of one pull may take, and how often one of a key is told


@dataclass(frozen=True, slots=True)
class Receipt:
    """That a subscriber has all up to a cursor: what was withdrawn up to it matches nothing there any more."""

    subscriber: str
    cursor: Cursor
    at: datetime  # UTC


@dataclass(frozen=True, slots=True)
class Pull:
    """That a key asked for everything: a copy went out, to whoever holds that key."""

    key: int  # its number
    again: bool  # its platform had it before


class Receipts:
    """The last receipt of each subscriber, in the state file. For one thread at a time."""

    def __init__(self, state: StateFile) -> None:
        self._state = state
        self._last: dict[str, Receipt] = {}
        self._pulled: dict[int, datetime] = {}  # when keys asked for everything, since the start

    def note(self, subscriber: str, cursor: Cursor, *, now: datetime) -> None:
        """Keep it. Raises GateStateError."""
        last = self._last.get(subscriber)
        if last is not None and last.cursor == cursor and now - last.at < _OFTEN:
            return
        with self._state.writing() as file:
            file.execute(
                "INSERT INTO receipt VALUES (?, ?, ?)"
                " ON CONFLICT DO UPDATE SET cursor = excluded.cursor, at = excluded.at",
                (subscriber, str(cursor), int(now.timestamp())),
            )
        self._last[subscriber] = Receipt(subscriber, cursor, now)

    def pulled(self, key: int, subscriber: str, after: Cursor | None, *, now: datetime) -> Pull | None:
        """Say of a question whether it is for everything, or for more than half of what they had; before it is noted.

        None: it is not, or that was said of this key within the hour.
        """
        last = self._of(subscriber)
        if after is not None and last is not None and 2 * after.next_entry > last.cursor.next_entry:
            return None
        before = self._pulled.get(key)
        if before is not None and now - before < _ONCE:
            return None
        self._pulled[key] = now
        return Pull(key, again=before is not None or last is not None)

    def _of(self, subscriber: str) -> Receipt | None:
        return self._last.get(subscriber) or next((each for each in self.all() if each.subscriber == subscriber), None)

    def all(self) -> list[Receipt]:
        """Those of every subscriber that ever was, by name."""
        return [
            Receipt(name, Cursor.parse(cursor), datetime.fromtimestamp(at, UTC))
            for name, cursor, at in self._state.rows("SELECT subscriber, cursor, at FROM receipt ORDER BY subscriber")
        ]
