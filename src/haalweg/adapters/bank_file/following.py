"""What a bank file keeps of a source that it follows: how far, and which of its entries the source calls what."""

from __future__ import annotations

from typing import TYPE_CHECKING

from haalweg.adapters.bank_file.rows import moment, number_of
from haalweg.banks.changes import Cursor
from haalweg.banks.entries import WITHDRAWN_BEFORE, BankId, EntryId, NewEntries
from haalweg.banks.errors import BankError
from haalweg.banks.feedback import THE_SOURCE, Feedback, Opinion, Standing
from haalweg.banks.following import Position

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable, Mapping, Sequence
    from datetime import datetime

    import numpy as np
    from numpy.typing import NDArray

    from haalweg.adapters.bank_file.feedback import FeedbackRows
    from haalweg.banks.entries import Bank, BankKind, BankSettings
    from haalweg.banks.following import NewFollowed

_AT_ONCE = 500  # values in one question


class FollowedRows:
    """Fits Followed, within one transaction of its bank file."""

    def __init__(
        self,
        connection: sqlite3.Connection,
        source: str,
        *,
        make_bank: Callable[[str, BankKind, BankSettings], Bank],
        take_in: Callable[[NewEntries], NDArray[np.int64]],
        let_go: Callable[[Sequence[EntryId]], int],
        feedback: FeedbackRows,
    ) -> None:
        """The three do what the bank file does, within the same transaction."""
        self.has_let_go = False
        self._connection = connection
        self._source = source
        self._make_bank = make_bank
        self._take_in = take_in
        self._let_go = let_go
        self._feedback = feedback
        self._id, self.position = self._read()
        self._kept = self.position

    def keep(self) -> None:
        """Write the position, where it has changed."""
        at = self.position
        if at == self._kept:
            return
        self._connection.execute(
            "UPDATE following SET epoch = ?, next_entry = ?, withdrawals = ?, feedback = ?, heard_at = ?, turn = ?,"
            " is_replacing = ?, held = ?, came = ? WHERE id = ?",
            (
                at.epoch,
                None if at.cursor is None else at.cursor.next_entry,
                None if at.cursor is None else at.cursor.withdrawals,
                None if at.cursor is None else at.cursor.feedback,
                None if at.heard_at is None else number_of(at.heard_at),
                at.turn,
                at.is_replacing,
                at.held,
                at.came,
                self._id,
            ),
        )

    def known(self, refs: Sequence[bytes]) -> dict[bytes, bool]:
        return {ref: entry is not None for ref, entry in self._entries_of(refs).items()}

    def name(self, refs: Sequence[bytes]) -> None:
        self._connection.executemany(
            "UPDATE followed SET turn = ? WHERE following = ? AND ref = ? AND turn != ?",
            ((self.position.turn, self._id, ref, self.position.turn) for ref in refs),
        )

    def trouble_with(self, bank: str, kind: BankKind) -> str | None:
        row = self._connection.execute(
            "SELECT following, kind FROM bank LEFT JOIN followed_bank ON bank = bank.id WHERE name = ?", (bank,)
        ).fetchone()
        if row is None or row == (self._id, kind.value):
            return None
        if row[0] != self._id:
            return (
                f"There is a bank {bank} in this file that is not this source's. Follow the source under another name."
            )
        return f"The source has made its bank {bank} a {kind} one, which it was not: it is left out."

    def take_in(self, bank: str, kind: BankKind, settings: BankSettings, entries: NewFollowed) -> int:
        ids = self._take_in(
            NewEntries(
                self._own_bank(bank, kind, settings),
                entries.signal_type,
                entries.values,
                entries.qualities,
                self._source,
                entries.assurance,
                "",
                entries.expires_at,
            )
        ).tolist()
        came = [(ref, id_) for ref, id_ in zip(entries.refs, ids, strict=True) if id_ != WITHDRAWN_BEFORE]
        self._connection.executemany(
            "INSERT INTO followed VALUES (?, ?, ?, ?)",
            ((self._id, ref, id_, self.position.turn) for ref, id_ in came),
        )
        return len(came)

    def confirm(self, counts: Mapping[bytes, int], *, now: datetime) -> None:
        for ref, entry in self._entries_of(list(counts)).items():
            if entry is not None and Standing.of(self._feedback.said(EntryId(entry))).told != counts[ref]:
                self._feedback.put(Feedback(EntryId(entry), THE_SOURCE, Opinion.BLOCKED, None, counts[ref], now))

    def let_go(self, refs: Sequence[bytes]) -> int:
        there = [EntryId(entry) for entry in self._entries_of(refs).values() if entry is not None]
        self._connection.executemany(
            "INSERT INTO followed VALUES (?, ?, NULL, ?) ON CONFLICT DO UPDATE SET entry = NULL",
            ((self._id, ref, self.position.turn) for ref in refs),
        )
        return self._destroy(there)

    def let_go_unnamed(self) -> int:
        unnamed = "following = ? AND turn < ? AND entry NOT NULL"
        of_turn = (self._id, self.position.turn)
        there = self._connection.execute(f"SELECT entry FROM followed WHERE {unnamed}", of_turn).fetchall()  # noqa: S608 - a constant
        # Not named is not taken back: called so again it may come in again.
        self._connection.execute(f"DELETE FROM followed WHERE {unnamed}", of_turn)  # noqa: S608 - a constant
        return self._destroy([EntryId(entry) for (entry,) in there])

    # What follows is for the methods above.

    def _read(self) -> tuple[int, Position]:
        self._connection.execute(
            "INSERT INTO following (source, turn, is_replacing, held, came) VALUES (?, 0, 0, 0, 0)"
            " ON CONFLICT DO NOTHING",
            (self._source,),
        )
        id_, epoch, next_entry, *counted, heard_at, turn, is_replacing, held, came = self._connection.execute(
            "SELECT id, epoch, next_entry, withdrawals, feedback, heard_at, turn, is_replacing, held, came"
            " FROM following WHERE source = ?",
            (self._source,),
        ).fetchone()
        cursor = None if next_entry is None else Cursor(next_entry, *counted)
        return id_, Position(epoch, cursor, turn, bool(is_replacing), held, came, moment(heard_at))

    def _entries_of(self, refs: Sequence[bytes]) -> dict[bytes, int | None]:
        found: dict[bytes, int | None] = {}
        for begin in range(0, len(refs), _AT_ONCE):
            some = refs[begin : begin + _AT_ONCE]
            marks = ", ".join("?" * len(some))
            found.update(
                self._connection.execute(
                    f"SELECT ref, entry FROM followed WHERE following = ? AND ref IN ({marks})",  # noqa: S608 - marks only
                    (self._id, *some),
                )
            )
        return found

    def _own_bank(self, name: str, kind: BankKind, settings: BankSettings) -> BankId:
        trouble = self.trouble_with(name, kind)
        if trouble is not None:
            raise BankError(trouble)
        row = self._connection.execute("SELECT id FROM bank WHERE name = ?", (name,)).fetchone()
        if row is None:
            made = self._make_bank(name, kind, settings).id
            self._connection.execute("INSERT INTO followed_bank VALUES (?, ?)", (made, self._id))
            return made
        return BankId(row[0])

    def _destroy(self, entries: Sequence[EntryId]) -> int:
        gone = self._let_go(entries)
        self.has_let_go = self.has_let_go or gone > 0
        return len(entries)
