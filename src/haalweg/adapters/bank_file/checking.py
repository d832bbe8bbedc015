"""Whether a bank file is what was written: every seal, every count, and the audit log."""

from __future__ import annotations

import sqlite3
from collections import Counter
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from haalweg.adapters.bank_file.feedback import feedback_of
from haalweg.adapters.bank_file.rows import (
    KEY_PLACE,
    READ_AUDIT,
    READ_EVERY_BLOCK,
    Arrival,
    audit_row_of,
    bank_of,
    block_of,
    note_place,
    source_place,
    tombstone_chain,
)
from haalweg.banks.entries import Assurance
from haalweg.banks.errors import BankError
from haalweg.keeping import AuditError, KeepingError, unpadded
from haalweg.keeping.audit import Act, Witness, chain_start, verify
from haalweg.signals import SignalType, Trace

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from haalweg.adapters.bank_file.rows import Held
    from haalweg.keeping import Sealing

_MOST_FINDINGS = 100


@dataclass(frozen=True, slots=True)
class Checked:
    """What a check found."""

    entries: int  # that were opened
    head: Witness  # of the audit log: to be kept elsewhere, for the next check
    findings: tuple[str, ...]  # sentences; none: the file is what was written

    @property
    def is_whole(self) -> bool:
        """Whether there is nothing to say."""
        return not self.findings


def check(
    connection: sqlite3.Connection,
    sealing: Sealing,
    store: bytes,
    witness: Witness | None,
    advance: Callable[[int], None],
) -> Checked:
    """Read all of the file in one state of it."""
    connection.execute("BEGIN")
    try:
        checking = _Checking(connection, sealing, store)
        checking.pages()
        checking.banks()
        checking.arrivals()
        checking.blocks(advance)
        checking.withdrawals()
        checking.feedback()
        checking.log(witness)
    finally:
        connection.execute("ROLLBACK")
    return Checked(checking.entries, checking.head, tuple(checking.findings))


class _Checking:
    def __init__(self, connection: sqlite3.Connection, sealing: Sealing, store: bytes) -> None:
        self._connection = connection
        self._sealing = sealing
        self._store = store
        self._held: Counter[int] = Counter()  # entries, by bank
        self._tombstones = 0
        self.entries = 0
        self.head = Witness(0, chain_start(store))
        self.findings: list[str] = []

    def pages(self) -> None:
        with self._noting():
            faults = self._connection.execute("PRAGMA integrity_check(100)").fetchall()
            if faults != [("ok",)]:
                self._note(f"The file is damaged in {len(faults)} places or more: SQLite's own check fails.")
            lost = len(self._connection.execute("PRAGMA foreign_key_check").fetchall())
            if lost:
                self._note(f"{lost} rows belong to rows that are not there.")

    def banks(self) -> None:
        with self._noting():
            for row in self._connection.execute("SELECT * FROM bank ORDER BY id").fetchall():
                with self._noting():
                    bank_of(row, self._sealing)
            (key_check,) = self._connection.execute("SELECT key_check FROM store").fetchone()
            self._sealing.open(KEY_PLACE, key_check)

    def arrivals(self) -> None:
        with self._noting():
            for id_, assurance, added_at, expires_at, source, note in self._connection.execute(
                "SELECT id, assurance, added_at, expires_at, source, note FROM arrival ORDER BY id"
            ):
                with self._noting():
                    arrival = Arrival(id_, Assurance(assurance), added_at, expires_at)
                    unpadded(self._sealing.open(source_place(arrival), source))
                    unpadded(self._sealing.open(note_place(arrival), note))

    def blocks(self, advance: Callable[[int], None]) -> None:
        with self._noting():
            (following,) = self._connection.execute("SELECT next_entry FROM store").fetchone()
            buried = self._buried()
            free = 1  # the first number that no block before has
            for *row, entries in self._connection.execute(READ_EVERY_BLOCK):
                with self._noting():
                    held = block_of(tuple(row), self._sealing)
                    free = self._numbers(held, entries, free, following)
                    self._withdrawn(held, buried)
                    self._held[held.bank] += len(held.layout)
                    self.entries += len(held.layout)
                    advance(len(held.layout))

    def withdrawals(self) -> None:
        with self._noting():
            if self._version() < 2:
                return
            given = self._connection.execute("SELECT withdrawals FROM store").fetchone()
            found = self._connection.execute("SELECT count(*), coalesce(max(sequence), 0) FROM withdrawn").fetchone()
            if found != given * 2:
                self._note(
                    f"{found[0]:,} withdrawn entries where {given[0]:,} were numbered: who follows this store would "
                    "miss some."
                )

    def feedback(self) -> None:
        with self._noting():
            if self._version() < 3:
                return
            (given,) = self._connection.execute("SELECT feedback FROM store").fetchone()
            for row in self._connection.execute("SELECT sequence, entry, payload FROM feedback ORDER BY sequence"):
                with self._noting():
                    feedback_of(row, self._sealing)
                    if row[0] > given:
                        self._note(f"Feedback of entry {row[1]} has a number that was not given out.")

    def log(self, witness: Witness | None) -> None:
        with self._noting():
            rows = [audit_row_of(row) for row in self._connection.execute(READ_AUDIT)]
            last = self._connection.execute("SELECT head FROM audit ORDER BY number DESC LIMIT 1").fetchone()
            start = chain_start(self._store)
            self.head = Witness(len(rows), last[0] if last else start)
            try:
                verify(rows, self.head.digest, *([witness] if witness else []), start=start)
            except AuditError as error:
                self._note(str(error))
            expected: Counter[int] = Counter()
            for row in rows:
                if row.subject is not None and row.act in (Act.ADDED, Act.IMPORTED):
                    expected[row.subject] += row.count
                if row.subject is not None and row.act in (Act.WITHDRAWN, Act.RELEASED, Act.EXPIRED):
                    expected[row.subject] -= row.count
            for bank in sorted(expected.keys() | self._held.keys()):
                if expected[bank] != self._held[bank]:
                    self._note(
                        f"Bank {bank} holds {self._held[bank]:,} entries, but by the audit log it should hold "
                        f"{expected[bank]:,}."
                    )
            buried = sum(row.count for row in rows if row.act is Act.WITHDRAWN and row.subject is None)
            if buried != self._tombstones:
                self._note(
                    f"{self._tombstones:,} values are kept out for good, but by the audit log it should be {buried:,}."
                )
            made = sum(row.act is Act.BANK_MADE for row in rows)
            (banks,) = self._connection.execute("SELECT count(*) FROM bank").fetchone()
            if made != banks:
                self._note(f"There are {banks} banks, but by the audit log {made} were made.")

    def _version(self) -> int:
        (version,) = self._connection.execute("PRAGMA user_version").fetchone()
        return int(version)

    def _numbers(self, held: Held, entries: int, free: int, following: int) -> int:
        ids = held.ids
        if len(ids) != entries or not entries:
            self._note(f"The block of entry {held.first} holds {len(ids)} entries where {entries} are counted.")
        if not len(ids):
            return free
        if (np.diff(ids.astype(np.int64)) <= 0).any() or int(ids[0]) < free or int(ids[-1]) >= following:
            self._note(f"The block of entry {held.first} has numbers of other entries, or none that were given out.")
        if held.layout.values.shape[1] != (held.signal_type.width or 0):
            self._note(f"The block of entry {held.first} holds no {held.signal_type}.")
        if held.signal_type is SignalType.TRACE:
            for value in held.layout.uneven:
                Trace.from_bytes(value)
        return int(ids[-1]) + 1

    def _buried(self) -> dict[str, set[bytes]]:
        buried: dict[str, set[bytes]] = {}
        chain = b""
        for signal_type, lookup, tied in self._connection.execute(
            "SELECT signal_type, lookup, chain FROM tombstone ORDER BY id"
        ):
            chain = tombstone_chain(self._sealing, chain, signal_type, lookup)
            if chain != tied:
                self._note("A tombstone was changed or removed: what was withdrawn could come back.")
                chain = tied
            buried.setdefault(signal_type, set()).add(lookup)
            self._tombstones += 1
        return buried

    def _withdrawn(self, held: Held, buried: dict[str, set[bytes]]) -> None:
        tombs = buried.get(held.signal_type.value)
        if not tombs:
            return
        lookup = self._sealing.lookup
        back = sum(lookup(held.signal_type.value, key.tobytes()) in tombs for key in held.keys)
        if back:
            self._note(f"The block of entry {held.first} holds {back} values that were withdrawn.")

    @contextmanager
    def _noting(self) -> Iterator[None]:
        try:
            yield
        except (KeepingError, BankError) as error:
            self._note(str(error))
        except (sqlite3.Error, ValueError, TypeError):
            # ValueError: a word that is none of ours where a kind or a type should be.
            self._note("A part of the file cannot be read: it is missing or was overwritten.")

    def _note(self, finding: str) -> None:
        if len(self.findings) < _MOST_FINDINGS:
            self.findings.append(finding)
