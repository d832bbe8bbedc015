"""Where the audit logs of others stood when they were heard: kept here, where those who write these logs do not come.

A log that is cut, or written anew, is whole in itself. It shows against what is kept here.
"""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

from haalweg.gate.logs import LOG
from haalweg.gate.state import GateStateError
from haalweg.keeping.audit import Anchor, Witness
from haalweg.plain_text import shown

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from haalweg.banks.feed import FeedPage
    from haalweg.gate.state import StateFile

_OURS, _BANK = "", ""  # no source: the helpline of this very door; no log id: a source's own bank
_OFTEN = timedelta(minutes=30)  # of one source; a hostile one does not fill the disk
_KEPT = timedelta(days=3 * 366)


_ALL = "SELECT source, log, number, digest, heard_at FROM head ORDER BY heard_at, source, log, number"
_SQLITE = b"SQLite format 3\0"


@dataclass(frozen=True, slots=True)
class Head:
    """Where a log stood when it was heard."""

    source: str
    log: bytes | None  # of which helpline; None: of the source's own bank
    witness: Witness
    heard_at: datetime

    def __str__(self) -> str:
        return str(self.witness if self.log is None else Anchor(self.log, self.witness))


class Heads:
    """In the state file. For any number of threads."""

    def __init__(self, state: StateFile) -> None:
        self._state = state

    def hear(self, source: str, page: FeedPage, *, now: datetime) -> None:
        """Keep what a page says of its source's bank, and of the helpline behind it. Raises GateStateError."""
        self._keep(source, _BANK, page.head, now)
        if page.helpline is not None:
            self._keep(source, page.helpline.log.hex(), page.helpline.head, now)

    def told(self, anchor: Anchor, *, now: datetime) -> None:
        """Keep what the helpline of this door says of its own log, to pass it on. Raises GateStateError."""
        self._keep(_OURS, anchor.log.hex(), anchor.head, now, often=timedelta(0))

    def ours(self) -> Anchor | None:
        """What is to be passed on; None: there is no helpline here, or it has not said anything yet."""
        found = self._state.rows(
            "SELECT log, number, digest FROM head WHERE source = ? ORDER BY heard_at DESC, number DESC LIMIT 1",
            (_OURS,),
        )
        return Anchor(bytes.fromhex(found[0][0]), Witness(found[0][1], found[0][2])) if found else None

    def all(self) -> list[Head]:
        """All that were heard, the oldest first."""
        return _heads(self._state.rows(_ALL))

    def _keep(self, source: str, log: str, head: Witness, now: datetime, *, often: timedelta = _OFTEN) -> None:
        # One helpline a source: whatever it says it is called, it is heard no more often.
        same = "source = ? AND (log = ?) = ?"
        last = self._state.rows(
            f"SELECT log, number, digest, heard_at FROM head WHERE {same} ORDER BY heard_at DESC LIMIT 1",  # noqa: S608 - a constant
            (source, _BANK, log == _BANK),
        )
        if last:
            last_log, number, digest, heard_at = last[0]
            is_same = (log, head.number, head.digest) == (last_log, number, digest)
            if is_same or now - datetime.fromtimestamp(heard_at, UTC) < often:
                return
            if log != last_log or head.number < number:
                LOG.warning("audit_log_went_back", **({"source": source} if source else {}))
        with self._state.writing() as file:
            file.execute(
                "INSERT INTO head VALUES (?, ?, ?, ?, ?)"
                " ON CONFLICT DO UPDATE SET heard_at = max(heard_at, excluded.heard_at)",
                (source, log, head.number, head.digest, int(now.timestamp())),
            )
            file.execute("DELETE FROM head WHERE heard_at < ?", (int((now - _KEPT).timestamp()),))


def is_state_file(path: Path) -> bool:
    """Whether it may be a gate's state, and no text. Raises OSError."""
    with path.open("rb") as file:
        return file.read(len(_SQLITE)) == _SQLITE


def heads_in(path: Path) -> list[Head]:
    """Read what a gate heard out of its state file, or a copy of it, and change nothing. Raises GateStateError."""
    try:
        with closing(sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)) as connection:
            return _heads(connection.execute(_ALL).fetchall())
    except sqlite3.Error as error:
        raise GateStateError(
            f"{shown(os.fspath(path))}: no heads of logs can be read from it ({error}). Is it a gate's state file?"
        ) from None


def _heads(rows: Iterable[tuple[Any, ...]]) -> list[Head]:
    return [
        Head(source, bytes.fromhex(log) or None, Witness(number, digest), datetime.fromtimestamp(at, UTC))
        for source, log, number, digest, at in rows
    ]
