"""Rows of what platforms say of entries. They decide what blocks, so each is sealed to its entry, as the entry is."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from haalweg.adapters.bank_file.rows import number_of, utc
from haalweg.banks.entries import EntryId
from haalweg.banks.feedback import DisputeReason, Feedback, Opinion
from haalweg.keeping import BrokenSealError, Place, padded, unpadded

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable, Iterable, Iterator

    from haalweg.keeping import Sealing

FeedbackRow = tuple[int, int, bytes]
_READ = "SELECT sequence, entry, payload FROM feedback"


class FeedbackRows:
    """What is said of entries, in the tables of one bank file; what writes is for within a transaction of it."""

    def __init__(self, connection: sqlite3.Connection, sealing: Sealing, seal: Callable[[Place, bytes], bytes]) -> None:
        """seal: the bank file's own, which counts."""
        self._connection = connection
        self._sealing = sealing
        self._seal = seal

    def said(self, entry: EntryId | None = None) -> tuple[Feedback, ...]:
        of_one, which = ("", ()) if entry is None else (" WHERE entry = ?", (entry,))
        rows = self._connection.execute(f"{_READ}{of_one} ORDER BY sequence", which)
        return tuple(feedback_of(row, self._sealing) for row in rows.fetchall())

    def since(self, sequence: int) -> tuple[Feedback, ...]:
        """Of each entry of which something was said since all that is."""
        rows = self._connection.execute(
            f"{_READ} WHERE entry IN (SELECT entry FROM feedback WHERE sequence > ?) ORDER BY sequence",  # noqa: S608 - a constant
            (sequence,),
        )
        return tuple(feedback_of(row, self._sealing) for row in rows.fetchall())

    def put(self, feedback: Feedback) -> None:
        """Keep it in place of what the same platform said of the same entry."""
        rows = self._connection.execute(f"{_READ} WHERE entry = ?", (feedback.entry,)).fetchall()
        for row in rows:
            if feedback_of(row, self._sealing).who == feedback.who:
                self._connection.execute("DELETE FROM feedback WHERE sequence = ?", (row[0],))
        (sequence,) = self._connection.execute("UPDATE store SET feedback = feedback + 1 RETURNING feedback").fetchone()
        sealed = self._seal(_place(sequence, feedback.entry), padded(_text_of(feedback)))
        self._connection.execute("INSERT INTO feedback VALUES (?, ?, ?)", (sequence, feedback.entry, sealed))

    def forget(self, entries: Iterable[int]) -> None:
        self._connection.executemany("DELETE FROM feedback WHERE entry = ?", ((entry,) for entry in entries))

    def entries(self) -> Iterator[EntryId]:
        """Those of which anything is said."""
        for (entry,) in self._connection.execute("SELECT DISTINCT entry FROM feedback").fetchall():
            yield EntryId(entry)

    def seal_anew(self, key: bytes, at_most: int) -> int:
        """Seal what is not sealed under this key, so many at once; how many that were."""
        rows = self._connection.execute(f"{_READ} WHERE substr(payload, 1, 4) != ? LIMIT ?", (key, at_most)).fetchall()
        for sequence, entry, payload in rows:
            place = _place(sequence, entry)
            sealed = self._seal(place, self._sealing.open(place, payload))
            self._connection.execute("UPDATE feedback SET payload = ? WHERE sequence = ?", (sealed, sequence))
        return len(rows)


def feedback_of(row: FeedbackRow, sealing: Sealing) -> Feedback:
    """Open a row. Raises KeepingError where it is not what was written."""
    sequence, entry, payload = row
    text = unpadded(sealing.open(_place(sequence, entry), payload))
    try:
        who, opinion, reason, count, at = json.loads(text)
        return Feedback(
            EntryId(entry), who, Opinion(opinion), None if reason is None else DisputeReason(reason), count, utc(at)
        )
    except (ValueError, TypeError):
        raise BrokenSealError(f"feedback, row {sequence}: damaged.") from None


def _text_of(feedback: Feedback) -> str:
    return json.dumps([feedback.who, feedback.opinion, feedback.reason, feedback.count, number_of(feedback.at)])


def _place(sequence: int, entry: int) -> Place:
    return Place("feedback", f"payload/{entry}", sequence)
