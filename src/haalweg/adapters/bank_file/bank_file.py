"""The `*.bank` file: an SQLite file of sealed blocks, which no process ever writes down unsealed."""

from __future__ import annotations

import hashlib
import os
import secrets
import sqlite3
import time
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Self

import numpy as np

from haalweg.adapters.bank_file.checking import Checked, check
from haalweg.adapters.bank_file.errors import BankFileError, said_of
from haalweg.adapters.bank_file.feedback import FeedbackRows
from haalweg.adapters.bank_file.following import FollowedRows
from haalweg.adapters.bank_file.head_mark import HeadMark
from haalweg.adapters.bank_file.journal import Gone, Journal, JournalError, Record
from haalweg.adapters.bank_file.opening import connected, make_tables, new_file
from haalweg.adapters.bank_file.rows import (
    BLOCKS_AT_ONCE,
    KEY_PLACE,
    LOG,
    READ_AUDIT,
    READ_BLOCKS,
    READ_OLD_BLOCKS,
    READ_ONE_BLOCK,
    READ_WITHDRAWN,
    Arrival,
    Held,
    arrival_of,
    audit_row_of,
    bank_of,
    bank_place,
    block_of,
    block_place,
    clusters,
    logged,
    moment,
    note_place,
    number_of,
    source_place,
    tombstone_chain,
    utc,
)
from haalweg.adapters.bank_file.schema import VERSION
from haalweg.banks.admission import admitted, covers, keys_of, offered
from haalweg.banks.block_layout import MOST_IN_A_BLOCK, UNEVEN_BYTES, Layout, packed, room_of
from haalweg.banks.changes import EPOCH_BYTES, Changes, Cursor, CursorAheadError
from haalweg.banks.entries import (
    MOST_BANKS,
    MOST_ENTRIES,
    NO_QUALITY,
    WITHDRAWN_BEFORE,
    Added,
    Assurance,
    Bank,
    BankId,
    BankKind,
    BankSettings,
    Block,
    Count,
    Entry,
    EntryId,
    NewEntries,
    WithdrawalReason,
    checked_name,
)
from haalweg.banks.errors import BankError
from haalweg.banks.exact_index import ExactIndex
from haalweg.keeping import SEALS_PER_KEY, KeepingError, NotSealed, Place, Sealed, padded, unpadded
from haalweg.keeping.audit import Act, AuditRow, Witness, chain_start, chained
from haalweg.keeping.keys import seals_left_sentence
from haalweg.plain_text import shown
from haalweg.signals import SignalType

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from numpy.typing import NDArray

    from haalweg.banks.admission import Offered
    from haalweg.banks.feedback import Feedback
    from haalweg.keeping import KeyRing, Sealing

_WAIT_S = 30.0  # for another writer; its transactions take well below a second
_MOMENT_S = 2.0  # for a withdrawal that stands in the journal to stand in the file
_ROWS_AT_ONCE = 1024  # that are sealed anew in one transaction
_FEW = MOST_IN_A_BLOCK  # offered values for which the bank is read past, rather than indexed
_STORE_BYTES = 16
_EPOCH_GAP = 1 << 30  # entries that were perhaps added after the copy was made that was put back
_JOURNAL_GAP = 1 << 20  # withdrawals that a lost journal perhaps knew
_KEY_CHECK = b"haalweg bank 1"
_CHANGES = tuple(
    act.value for act in (Act.MADE, Act.BANK_MADE, Act.ADDED, Act.IMPORTED, Act.WITHDRAWN, Act.RELEASED, Act.EXPIRED)
)


@dataclass(slots=True)
class _Covering:
    """Entries that make equal ones of a kind superfluous; extended as blocks come."""

    question: tuple[object, ...]
    index: ExactIndex
    up_to: int = -1


class BankFile:
    """Fits BankStore. For one thread at a time; another process may read and write the same file beside it."""

    def __init__(self, connection: sqlite3.Connection, name: str, sealing: Sealing, store: bytes) -> None:
        """For `new` and `open`."""
        self._connection = connection
        self._name = name
        self._sealing = sealing
        self._store = store
        self._seals = 0
        self._feedback = FeedbackRows(connection, sealing, self._seal)
        self._asked: tuple[object, ...] | None = None  # what was added to last
        self._covering: _Covering | None = None
        self._tombstones: dict[SignalType, set[bytes]] = {}
        self._tombstones_up_to = 0
        self._gone_up_to = 0
        self._journal: Journal | None = None
        self._head_mark: HeadMark | None = None  # there with the journal
        self._to_journal: list[Gone] = []
        self._unknown: list[Record] = []  # of the journal, perhaps not carried out here
        self.replayed = 0  # withdrawals that the journal knew when the file was opened, and the file did not
        self.was_put_back = False  # when the file was opened it was older than what is noted beside the journal

    @classmethod
    def new(
        cls,
        path: str | os.PathLike[str],
        ring: KeyRing | None,
        *,
        now: datetime,
        journal: str | os.PathLike[str] | None = None,
    ) -> Self:
        """Make a file where there is none, sealed with the ring, plain without. Raises BankFileError.

        With a journal, that is made too: it lies outside of what is backed up with the file.
        """
        store = secrets.token_bytes(_STORE_BYTES)
        sealing = NotSealed() if ring is None else Sealed(ring, store)
        key_check = sealing.seal(KEY_PLACE, _KEY_CHECK)
        row = AuditRow(1, now, Act.MADE, None, 0, "plain" if ring is None else "sealed")
        with new_file(Path(path)) as connection:
            make_tables(connection)
            connection.execute(
                "INSERT INTO store VALUES (1, ?, ?, ?, 1, ?, ?, 0, 0, NULL)",
                (store, ring is not None, number_of(now), key_check, secrets.token_bytes(EPOCH_BYTES)),
            )
            connection.execute(LOG, (*logged(row), chained(chain_start(store), row)))
        made = cls.open(path, ring)
        if journal is not None:
            try:
                made.begin_journal(journal)
            except BaseException:
                made.close()
                Path(path).unlink()
                raise
        return made

    @classmethod
    def open(
        cls,
        path: str | os.PathLike[str],
        ring: KeyRing | None = None,
        *,
        read_only: bool = False,
        wait_s: float = _WAIT_S,
        journal: str | os.PathLike[str] | None = None,
    ) -> Self:
        """Open a file with the keys it was sealed with. Raises BankFileError, also at once where they are not those.

        With its journal, what that knows as withdrawn and the file does not, because it was put back from a copy, is
        carried out before this returns, and a file that is older than it once was takes another epoch; to be read
        only, such a file is refused.
        """
        name = shown(os.fspath(path))
        with said_of(name), ExitStack() as undo:
            connection = connected(Path(path), name, read_only=read_only, wait_s=wait_s)
            undo.callback(connection.close)
            store, is_sealed, key_check = connection.execute("SELECT store, is_sealed, key_check FROM store").fetchone()
            if is_sealed and ring is None:
                raise BankFileError(
                    f"{name}: a sealed bank file, and no key file to open it with. Name it in HAALWEG_KEY_FILE."
                )
            sealing = Sealed(ring, store) if is_sealed and ring is not None else NotSealed()
            if sealing.open(KEY_PLACE, key_check) != _KEY_CHECK:
                raise BankFileError(f"{name}: damaged in its first row. Go back to a copy.")
            opened = cls(connection, name, sealing, store)
            if journal is not None:
                opened._hold_to(Path(journal), read_only=read_only)
            undo.pop_all()
        return opened

    @staticmethod
    def is_sealed(path: str | os.PathLike[str]) -> bool:
        """Whether a key file is needed to open it. Raises BankFileError for what is no bank file."""
        return bool(_of_store(path, "is_sealed")["is_sealed"])

    @staticmethod
    def id_of(path: str | os.PathLike[str]) -> str:
        """The `id` of a file, without its keys. Raises BankFileError for what is no bank file."""
        store = _of_store(path, "store")["store"]
        assert isinstance(store, bytes)
        return store.hex()

    @staticmethod
    def refuse_unnamed_journal(path: str | os.PathLike[str]) -> None:
        """Raise JournalError where a file keeps a withdrawal journal, without its keys."""
        if _of_store(path, "*").get("journaled") is not None:  # a file of version 1 knew of none
            raise JournalError(_unnamed(shown(os.fspath(path))))

    def begin_journal(self, path: str | os.PathLike[str]) -> None:
        """Keep a journal of withdrawals from now on, in a new file outside of what is backed up with this one.

        Whoever does that for a bank that had one says: what stood in the lost one and not in this bank is given up.
        """
        self._refuse_beside(Path(path))
        head_mark = HeadMark(_mark_beside(Path(path)), self._sealing)
        with self._writing(begins_journal=True):
            (after,) = self._connection.execute("SELECT coalesce(journaled, 0) FROM store").fetchone()
            # One that was lost had perhaps gone further: its numbers are not used again.
            after += _JOURNAL_GAP if after else 0
            journal = Journal.new(Path(path), self._store, self._sealing, after=after)
            head_mark.note(self.head(), anew=True)
            self._connection.execute("UPDATE store SET journaled = ?", (after,))
        self._journal, self._head_mark = journal, head_mark

    @property
    def keeps_journal(self) -> bool:
        """Whether it keeps a withdrawal journal, be that lost or not."""
        (known,) = self._connection.execute("SELECT journaled FROM store").fetchone()
        return known is not None

    def refuse_without_journal(self) -> None:
        """Raise JournalError where it keeps a withdrawal journal and was opened without: it cannot be changed."""
        if self.keeps_journal and self._journal is None:
            raise JournalError(_unnamed(self._name))

    @property
    def id(self) -> str:
        """32 hexadecimal characters by which this store is told from every other, also after it was put back."""
        return self._store.hex()

    def close(self) -> None:
        """Forget keys and values held in memory, and let the file go."""
        self._covering = None
        with said_of(self._name):
            self._connection.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def banks(self) -> tuple[Bank, ...]:
        with said_of(self._name):
            return tuple(
                bank_of(row, self._sealing) for row in self._connection.execute("SELECT * FROM bank ORDER BY id")
            )

    def bank(self, name: str) -> Bank | None:
        with said_of(self._name):
            row = self._connection.execute("SELECT * FROM bank WHERE name = ?", (name,)).fetchone()
            return None if row is None else bank_of(row, self._sealing)

    def make_bank(
        self,
        name: str,
        *,
        now: datetime,
        kind: BankKind = BankKind.POSITIVE,
        settings: BankSettings = BankSettings(),  # noqa: B008 - frozen
    ) -> Bank:
        with self._writing():
            return self._make_bank(name, kind, settings, now)

    def add(self, entries: NewEntries, *, now: datetime, imported: bool = False) -> Added:
        offer = offered(entries, now=now)
        with self._writing():
            self._refuse_bank(entries.bank, entries.signal_type)
            outcome = admitted(
                offer,
                lambda keys: self._covered(keys, entries),
                lambda rows: self._withdrawn_before(entries.signal_type, offer, rows),
            )
            if not len(outcome.new):
                return outcome.added(0)
            act = Act.IMPORTED if imported else Act.ADDED
            first = self._keep(entries, offer, outcome.new, act, now)
        return outcome.added(first)

    def withdraw(self, ids: Sequence[EntryId], *, reason: WithdrawalReason, now: datetime) -> int:
        with self._withdrawing(reason, now):
            values: dict[SignalType, list[bytes]] = {}
            for entry in sorted(set(ids)):
                found = self._found(entry)
                if found is not None:
                    held, row = found
                    values.setdefault(held.signal_type, []).append(held.value(row))
            gone = sum(self._take_out(signal_type, each, reason, now) for signal_type, each in values.items())
        self._forget_pages()
        return gone

    def withdraw_values(
        self, signal_type: SignalType, values: Sequence[bytes], *, reason: WithdrawalReason, now: datetime
    ) -> int:
        _refuse_other_widths(signal_type, values)
        with self._withdrawing(reason, now):
            gone = self._take_out(signal_type, values, reason, now) if values else 0
        self._forget_pages()
        return gone

    def release(self, ids: Sequence[EntryId], *, now: datetime) -> int:
        with self._withdrawing(None, now):
            gone = self._let_go(ids, now)
        self._forget_pages()
        return gone

    def forget_expired(self, *, now: datetime) -> int:
        gone = 0
        with self._writing():
            expired = self._connection.execute(
                "SELECT bank, signal_type, sum(entries) FROM block JOIN arrival ON arrival.id = arrival"
                " WHERE expires_at <= ? GROUP BY bank, signal_type ORDER BY bank, signal_type",
                (number_of(now),),
            ).fetchall()
            self._connection.execute(
                "DELETE FROM block WHERE arrival IN (SELECT id FROM arrival WHERE expires_at <= ?)", (number_of(now),)
            )
            self._feedback.forget([entry for entry in self._feedback.entries() if not self._is_there(entry)])
            for bank, signal_type, count in expired:
                self._log(Act.EXPIRED, now, subject=bank, count=count, detail=signal_type)
                gone += count
        if gone:
            self._forget_pages()
        return gone

    def blocks(self, signal_types: Sequence[SignalType], *, now: datetime) -> Iterator[Block]:
        yield from self._as_blocks(self._read(signal_types, live_at=number_of(now)))

    def changes(self, after: Cursor | None, *, most: int, now: datetime) -> Changes:
        with said_of(self._name), self._one_moment():
            self._refuse_older()
            epoch, *counted = self._connection.execute(
                "SELECT epoch, next_entry, withdrawals, feedback FROM store"
            ).fetchone()
            end, since = Cursor(*counted), after or Cursor(1, 0)
            if (
                since.next_entry > end.next_entry
                or since.withdrawals > end.withdrawals
                or since.feedback > end.feedback
            ):
                raise CursorAheadError(
                    f"{self._name}: followed up to {after}, but it has only come to {end}. It was put back from a "
                    "copy: take everything in anew."
                )
            gone = () if after is None else self._withdrawn_since(after.withdrawals)
            held = self._read_from(since.next_entry, most, live_at=number_of(now))
            blocks, more = _at_most(most, self._as_blocks(held))
            # What is said of an entry comes after the entry.
            said = () if more else self._feedback.since(since.feedback)
        cursor = Cursor(int(blocks[-1].ids[-1]) + 1, end.withdrawals, since.feedback) if more else end
        return Changes(epoch, cursor, gone, blocks, said, more)

    def reached(self) -> Cursor:
        """How far it has come: who followed it up to there has heard of everything."""
        with said_of(self._name):
            self._refuse_older()
            return Cursor(*self._connection.execute("SELECT next_entry, withdrawals, feedback FROM store").fetchone())

    def say(self, feedback: Sequence[Feedback]) -> int:
        with self._writing():
            there = [each for each in feedback if self._is_there(each.entry)]
            for each in there:
                self._feedback.put(each)
                self._log(Act.SAID, each.at, subject=each.entry, count=each.count, detail=each.reason or each.opinion)
        return len(there)

    def said(self, entry: EntryId | None = None) -> tuple[Feedback, ...]:
        with said_of(self._name):
            self._refuse_older()
            return self._feedback.said(entry)

    def followed_as(self, entry: EntryId) -> tuple[str, bytes] | None:
        with said_of(self._name):
            self._refuse_older()
            found: tuple[str, bytes] | None = self._connection.execute(
                "SELECT source, ref FROM followed JOIN following ON following.id = following WHERE entry = ?", (entry,)
            ).fetchone()
            return found

    def mark(self) -> tuple[int, int]:
        with said_of(self._name):
            # The first tells of other connections, the second of this one.
            return self._connection.execute("PRAGMA data_version").fetchone()[0], self._connection.total_changes

    def heard(self) -> dict[BankId, datetime]:
        with said_of(self._name):
            self._refuse_older()
            return {
                BankId(bank): utc(heard_at)
                for bank, heard_at in self._connection.execute(
                    "SELECT bank, heard_at FROM followed_bank JOIN following ON following.id = following"
                    " WHERE heard_at IS NOT NULL"
                )
            }

    def entries(self, *, now: datetime, bank: BankId | None = None, withdrawn: bool = False) -> Iterator[Entry]:
        texts: dict[int, tuple[str, str]] = {}
        for held in self._read(tuple(SignalType), live_at=number_of(now), bank=bank):
            if held.arrival.id not in texts:
                texts = {held.arrival.id: self._texts(held.arrival)}  # entries that came together lie together
            for row, (id_, quality) in enumerate(zip(held.ids.tolist(), held.layout.qualities.tolist(), strict=True)):
                yield _entry_of(held, row, id_, quality, texts[held.arrival.id])
        if withdrawn:
            yield from self._withdrawn_entries(bank)

    def entry(self, id_: EntryId, *, now: datetime) -> Entry | None:
        with said_of(self._name):
            row = self._connection.execute(READ_ONE_BLOCK, (id_,)).fetchone()
            held = None if row is None else block_of(row, self._sealing)
        if held is not None:
            (there,) = np.nonzero(held.ids == np.uint64(id_))
            if len(there):
                row, expires_at = int(there[0]), moment(held.arrival.expires_at)
                if expires_at is not None and expires_at <= now:
                    return None
                return _entry_of(held, row, id_, int(held.layout.qualities[row]), self._texts(held.arrival))
        next_gone = next(self._withdrawn_entries(None, after=id_ - 1), None)
        return next_gone if next_gone is not None and next_gone.id == id_ else None

    def find(
        self, banks: Iterable[BankId], signal_type: SignalType, values: Sequence[bytes], *, now: datetime
    ) -> list[EntryId]:
        _refuse_other_widths(signal_type, values)
        if not values:
            return []
        fixed = np.frombuffer(b"".join(values) if signal_type.width else b"", np.uint8)
        wanted = ExactIndex(keys_of(signal_type, fixed.reshape(-1, signal_type.width or 1), tuple(values)))
        found: list[EntryId] = []
        for bank in banks:
            for blocks, keys in clusters(self._read((signal_type,), live_at=number_of(now), bank=bank)):
                rows, _ = wanted.find(keys)
                if len(rows):
                    ids = np.concatenate([held.ids for held in blocks])
                    found += map(EntryId, np.unique(ids[rows]).tolist())
        return sorted(found)

    def counts(self, *, now: datetime) -> tuple[Count, ...]:
        found: dict[tuple[int, str], list[int]] = {}
        with said_of(self._name):
            for bank, signal_type, is_expired, count in self._connection.execute(
                "SELECT bank, signal_type, coalesce(expires_at <= ?, 0), sum(entries)"
                " FROM block JOIN arrival ON arrival.id = arrival GROUP BY 1, 2, 3",
                (number_of(now),),
            ):
                found.setdefault((bank, signal_type), [0, 0, 0])[is_expired] = count
            for bank, signal_type, count in self._connection.execute(
                "SELECT bank, signal_type, count(*) FROM withdrawn GROUP BY 1, 2"
            ):
                found.setdefault((bank, signal_type), [0, 0, 0])[2] = count
        return tuple(
            Count(BankId(bank), SignalType(signal_type), *numbers)
            for (bank, signal_type), numbers in sorted(found.items())
        )

    def audit(self) -> Iterator[AuditRow]:
        with said_of(self._name):
            rows = self._connection.execute(READ_AUDIT).fetchall()
        yield from map(audit_row_of, rows)

    def head(self) -> Witness:
        """Where the audit log stands: to be kept by someone outside."""
        with said_of(self._name):
            row = self._connection.execute("SELECT number, head FROM audit ORDER BY number DESC LIMIT 1").fetchone()
            return Witness(0, chain_start(self._store)) if row is None else Witness(*row)

    def digest(self) -> str:
        with said_of(self._name):
            marks = ", ".join("?" * len(_CHANGES))
            (head,) = self._connection.execute(
                f"SELECT head FROM audit WHERE act IN ({marks}) ORDER BY number DESC LIMIT 1",  # noqa: S608 - marks only
                _CHANGES,
            ).fetchone()
        return hashlib.sha256(self._store + head).hexdigest()

    @contextmanager
    def following(self, source: str, *, now: datetime) -> Iterator[FollowedRows]:
        with self._withdrawing(None, now):
            followed = FollowedRows(
                self._connection,
                source,
                make_bank=lambda name, kind, settings: self._make_bank(name, kind, settings, now),
                take_in=lambda entries: self._take_in_followed(entries, now),
                let_go=lambda ids: self._let_go_followed(ids, now),
                feedback=self._feedback,
            )
            yield followed
            followed.keep()
        if followed.has_let_go:
            self._forget_pages()

    def log_allowed(self, count: int, *, now: datetime) -> None:
        """Write down that so many entries of a source are about to come in because a person allowed it."""
        with self._writing():
            self._log(Act.ALLOWED, now, subject=None, count=count)

    def log_export(self, bank: BankId | None, count: int, *, now: datetime) -> None:
        """Write down that values are about to leave the store."""
        with self._writing():
            self._log(Act.EXPORTED, now, subject=bank, count=count)

    def key_in_use(self) -> tuple[str, int]:
        """The key that seals, and how often it has sealed in this file; of a plain file no key."""
        with said_of(self._name):
            key = self._sealing.active_key_id
            row = self._connection.execute("SELECT made FROM seals WHERE key_id = ?", (key,)).fetchone()
        return key, row[0] if row else 0

    def check(self, witness: Witness | None = None, *, advance: Callable[[int], None] = lambda _: None) -> Checked:
        """Open every seal and hold everything to everything else. advance is told how many entries more were read."""
        return check(self._connection, self._sealing, self._store, witness, advance)

    def reseal(self, *, now: datetime, advance: Callable[[int], None] = lambda _: None) -> int:
        """Seal anew what is not sealed under the active key, a little at a time; say how many values that were.

        Stopped in the middle, nothing is lost: each value tells which key it is under. advance is told how many more
        were sealed.
        """
        done = 0
        if not self._sealing.active_key_id:
            return done
        for table in (self._old_store, self._old_banks, self._old_arrivals, self._old_blocks, self._old_feedback):
            while True:
                with self._writing():
                    count = table(bytes.fromhex(self._sealing.active_key_id))
                    if count:
                        self._log(Act.RESEALED, now, subject=None, count=count, detail=self._sealing.active_key_id)
                if not count:
                    break
                done += count
                advance(count)
        self._forget_pages()
        return done

    def snapshot(self, path: str | os.PathLike[str]) -> None:
        """Copy the file as it stands, sealed as it is. Raises BankFileError, also where there is a file already."""
        with new_file(Path(path)) as copy:
            self._connection.backup(copy)
            _begin_epoch(copy)  # put back one day, it is another store to whoever follows it
            copy.execute("PRAGMA journal_mode = DELETE")  # one file, readable where none can be made beside it

    def lacks(self, journal: str | os.PathLike[str]) -> list[Record]:
        """What its journal knows and this file does not, because it is a copy. Nothing is carried out.

        Raises JournalError, also where the journal does not begin where this copy ends.
        """
        self._journal = Journal(Path(journal), self._store, self._sealing)
        records = self._journal.news()
        (known,) = self._connection.execute("SELECT journaled FROM store").fetchone()
        self._refuse_lost(known)
        return [record for record in records if record.number > (known or 0)]

    def lookup_of(self, signal_type: SignalType, value: bytes) -> bytes:
        """By what a value is named in the journal and on its tombstone."""
        width = signal_type.width
        values = np.frombuffer(value, np.uint8).reshape(1, -1) if width is not None else np.empty((1, 0), np.uint8)
        return self._sealing.lookup(signal_type.value, keys_of(signal_type, values, (value,))[0].tobytes())

    # What follows is for the methods above.

    @contextmanager
    def _one_moment(self) -> Iterator[None]:
        """Read the file as it stands in one moment of it."""
        self._connection.execute("BEGIN")
        try:
            yield
        finally:
            self._connection.execute("ROLLBACK")

    @contextmanager
    def _writing(self, *, begins_journal: bool = False) -> Iterator[None]:
        """One transaction: all of it is durable when this ends, or nothing of it happened."""
        with said_of(self._name):
            self._seals = 0
            self._connection.execute("BEGIN IMMEDIATE")
            try:
                if not begins_journal:
                    self.refuse_without_journal()
                self._sealing.refresh()  # in the transaction: what is sealed after a rotation is under its key
                before = self.head()
                yield
                self._count_seals()
                after = self.head()
                self._connection.execute("COMMIT")
            except BaseException:
                self._covering = None
                if self._connection.in_transaction:
                    self._connection.execute("ROLLBACK")
                raise
        if self._head_mark is not None and after != before:
            self._head_mark.note(after)

    @contextmanager
    def _withdrawing(self, reason: WithdrawalReason | None, now: datetime) -> Iterator[None]:
        """One transaction that takes something back; the journal has it before anybody is told that it is done."""
        with self._writing():
            self._to_journal = []
            self._catch_up()
            yield
            self._write_journal(reason, now)

    def _hold_to(self, path: Path, *, read_only: bool) -> None:
        """See to it that this file knows all that its journal knows."""
        self._refuse_beside(path)
        self._journal = Journal(path, self._store, self._sealing)
        self._head_mark = HeadMark(_mark_beside(path), self._sealing)
        if not read_only:
            with self._writing():
                self.was_put_back = not self._knows_its_mark()
                self.replayed = self._catch_up()
                if self.was_put_back and not self.replayed:
                    _begin_epoch(self._connection)
                    self._log(Act.PUT_BACK, datetime.now(UTC), subject=None, count=1)
            self._head_mark.note(self.head(), anew=self.was_put_back)
            if self.replayed:
                self._forget_pages()
            return
        self._refuse_older()
        self._await_journaled(self._journal)

    def _knows_its_mark(self) -> bool:
        """Whether the file has come as far as it once had; not where it was put back from an older copy."""
        assert self._head_mark is not None
        noted = self._head_mark.read()
        if noted is None:
            return True
        there = self._connection.execute("SELECT head FROM audit WHERE number = ?", (noted.number,)).fetchone()
        return there is not None and there[0] == noted.digest

    def _await_journaled(self, journal: Journal) -> None:
        """Refuse a copy that lacks withdrawals. One that is just being made stands in the journal a moment earlier."""
        until = time.monotonic() + _MOMENT_S
        while True:
            journal.news()
            (known,) = self._connection.execute("SELECT coalesce(journaled, 0) FROM store").fetchone()
            if known >= journal.last and self._knows_its_mark():
                break
            if time.monotonic() > until and known >= journal.last:
                raise JournalError(
                    f"{self._name}: put back from a copy: it once had come further, as is noted beside its journal. "
                    "Open it for writing first, with any command that adds or withdraws: it goes on from there."
                )
            if time.monotonic() > until:
                raise JournalError(
                    f"{self._name}: its journal knows {journal.last - known:,} withdrawals that this copy does not. "
                    "Open it for writing first, with any command that adds or withdraws: that carries them out."
                )
            time.sleep(_MOMENT_S / 20)
        self._refuse_lost(known)

    def _refuse_beside(self, journal: Path) -> None:
        (bank,) = (row[2] for row in self._connection.execute("PRAGMA database_list") if row[1] == "main")
        if journal.resolve().parent == Path(bank).resolve().parent:
            raise JournalError(
                f"{shown(os.fspath(journal))}: a withdrawal journal in the folder of its bank would be backed up and "
                "put back with it, and then know no more than the bank does. Name a place elsewhere."
            )

    def _refuse_lost(self, known: int | None) -> None:
        journal = self._journal
        if journal is None or known is None or journal.starts_after <= known <= journal.last:
            return
        raise JournalError(
            f"{journal.name}: it knows withdrawals {journal.starts_after + 1:,} to {journal.last:,}, and this bank has "
            f"got to {known:,}: those between are in neither. Bring back the journal that belongs to this bank. Only "
            "where that is lost for good, begin another one with `haalweg bank journal --lost`."
        )

    def _catch_up(self) -> int:
        """Carry out what the journal knows and this file does not; say how many withdrawals that were."""
        (known,) = self._connection.execute("SELECT journaled FROM store").fetchone()
        if self._journal is None:
            return 0
        # A transaction that failed after the journal was written leaves a record that is still to be carried out.
        self._unknown += self._journal.news()
        self._refuse_lost(known)
        records = self._unknown = [record for record in self._unknown if record.number > (known or 0)]
        for record in records:
            self._replay(record)
        if records:
            _begin_epoch(self._connection)
            self._log(Act.REPLAYED, records[-1].at, subject=None, count=len(records))
        if records or known is None:
            self._connection.execute("UPDATE store SET journaled = ?", (self._journal.last,))
        self._to_journal = []
        return len(records)

    def _replay(self, record: Record) -> None:
        if record.reason is None:
            self._let_go(self._still_as_released(record.gone), record.at)
            return
        lookups: dict[SignalType, list[bytes]] = {}
        for gone in record.gone:
            lookups.setdefault(gone.signal_type, []).append(gone.lookup)
        for signal_type, each in lookups.items():
            self._take_out_lookups(signal_type, each, record.reason, record.at)

    def _still_as_released(self, gone: Sequence[Gone]) -> Iterator[EntryId]:
        """The entries of these numbers, where they are still those: in a copy that was put back they may be others."""
        for each in gone:
            for entry in each.entries:
                with suppress(BankError):
                    found = self._found(entry)
                    if found is not None and self._lookup_at(*found) == each.lookup:
                        yield entry

    def _write_journal(self, reason: WithdrawalReason | None, now: datetime) -> None:
        if self._journal is None or not self._to_journal:
            return
        epoch, sequence = self._connection.execute("SELECT epoch, withdrawals FROM store").fetchone()
        number = self._journal.last + 1
        record = Record(number, now, reason, epoch, sequence, tuple(self._to_journal))
        self._journal.add(record)
        self._unknown.append(record)
        self._connection.execute("UPDATE store SET journaled = ?", (number,))

    def _seal(self, place: Place, plain: bytes) -> bytes:
        self._seals += 1
        return self._sealing.seal(place, plain)

    def _count_seals(self) -> None:
        key = self._sealing.active_key_id
        if not key or not self._seals:
            return
        (made,) = self._connection.execute(
            "INSERT INTO seals VALUES (?, ?) ON CONFLICT DO UPDATE SET made = made + excluded.made RETURNING made",
            (key, self._seals),
        ).fetchone()
        if made > SEALS_PER_KEY:
            raise KeepingError(seals_left_sentence(key))

    def _log(self, act: Act, now: datetime, *, subject: int | None, count: int, detail: str = "") -> None:
        head = self.head()
        row = AuditRow(head.number + 1, now, act, subject, count, detail)
        self._connection.execute(LOG, (*logged(row), chained(head.digest, row)))

    def _make_bank(self, name: str, kind: BankKind, settings: BankSettings, now: datetime) -> Bank:
        checked_name(name)
        if self.bank(name) is not None:
            raise BankError(f"There is a bank {name} in this file already.")
        (last,) = self._connection.execute("SELECT coalesce(max(id), 0) FROM bank").fetchone()
        if last >= MOST_BANKS:
            raise BankError(f"A file holds at most {MOST_BANKS:,} banks.")
        bank = Bank(BankId(last + 1), name, kind, settings, now)
        self._connection.execute(
            "INSERT INTO bank VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            (
                bank.id,
                name,
                kind.value,
                settings.threshold_bits,
                settings.video_query_percent,
                settings.video_entry_percent,
                number_of(now),
                self._seal(bank_place(bank), b""),
            ),
        )
        self._log(Act.BANK_MADE, now, subject=bank.id, count=1, detail=kind.value)
        return bank

    def _refuse_bank(self, id_: BankId, signal_type: SignalType) -> None:
        row = self._connection.execute("SELECT kind FROM bank WHERE id = ?", (id_,)).fetchone()
        if row is None:
            raise BankError(f"There is no bank with the number {id_} in this file.")
        if row[0] == BankKind.REPORT_BY_LAW and signal_type is SignalType.TRACE:
            raise BankError(
                "A bank whose matches are reported by law takes no trace: what is made from a photo is a lead, and a "
                "lead is not what is reported. Take in the list's hashes."
            )

    def _refuse_older(self) -> None:
        (version,) = self._connection.execute("PRAGMA user_version").fetchone()
        if version < VERSION:
            raise BankFileError(
                f"{self._name}: a bank file of version {version}, which cannot be followed while it is opened to be "
                "read only. "
                "Open it once for writing, with any command that adds or withdraws: that brings it up."
            )

    def _withdrawn_since(self, sequence: int) -> tuple[EntryId, ...]:
        return tuple(
            EntryId(entry)
            for (entry,) in self._connection.execute(
                "SELECT entry FROM withdrawn WHERE sequence > ? ORDER BY sequence", (sequence,)
            )
        )

    def _old_store(self, key: bytes) -> int:
        row = self._connection.execute(
            "SELECT key_check FROM store WHERE substr(key_check, 1, 4) != ?", (key,)
        ).fetchone()
        if row is None:
            return 0
        self._connection.execute("UPDATE store SET key_check = ?", (self._anew(KEY_PLACE, row[0]),))
        return 1

    def _old_banks(self, key: bytes) -> int:
        rows = self._connection.execute(
            f"SELECT * FROM bank WHERE substr(seal, 1, 4) != ? LIMIT {_ROWS_AT_ONCE}",  # noqa: S608 - a constant
            (key,),
        ).fetchall()
        for row in rows:
            place = bank_place(bank_of(row, self._sealing))
            self._connection.execute("UPDATE bank SET seal = ? WHERE id = ?", (self._anew(place, row[-1]), row[0]))
        return len(rows)

    def _old_arrivals(self, key: bytes) -> int:
        rows = self._connection.execute(
            "SELECT id, assurance, added_at, expires_at, source, note FROM arrival"  # noqa: S608 - a constant
            f" WHERE substr(source, 1, 4) != ?1 OR substr(note, 1, 4) != ?1 LIMIT {_ROWS_AT_ONCE}",
            (key,),
        ).fetchall()
        for id_, assurance, added_at, expires_at, source, note in rows:
            arrival = Arrival(id_, Assurance(assurance), added_at, expires_at)
            self._connection.execute(
                "UPDATE arrival SET source = ?, note = ? WHERE id = ?",
                (self._anew(source_place(arrival), source), self._anew(note_place(arrival), note), id_),
            )
        return len(rows)

    def _old_blocks(self, key: bytes) -> int:
        rows = self._connection.execute(READ_OLD_BLOCKS, (key,)).fetchall()
        for row in rows:
            first, bank, signal_type, payload, *_ = row
            place = block_place(first, bank, signal_type, arrival_of(row))
            self._connection.execute(
                "UPDATE block SET payload = ? WHERE first_entry = ?", (self._anew(place, payload), first)
            )
        return len(rows)

    def _old_feedback(self, key: bytes) -> int:
        return self._feedback.seal_anew(key, _ROWS_AT_ONCE)

    def _anew(self, place: Place, sealed: bytes) -> bytes:
        return self._seal(place, self._sealing.open(place, sealed))

    def _read(
        self,
        signal_types: Sequence[SignalType],
        *,
        live_at: int | None = None,
        bank: BankId | None = None,
        after: int = -1,
        at_once: int = BLOCKS_AT_ONCE,
        wanted: Callable[[Arrival], bool] = lambda _: True,
    ) -> Iterator[Held]:
        """Read blocks a few at a time: a reader that takes its time holds nobody up."""
        question = {kind.value: kind.value if kind in signal_types else None for kind in SignalType}
        while True:
            with said_of(self._name):
                rows = self._connection.execute(
                    READ_BLOCKS, question | {"after": after, "bank": bank, "live_at": live_at, "at_once": at_once}
                ).fetchall()
                blocks = [block_of(row, self._sealing) for row in rows if wanted(arrival_of(row))]
            yield from blocks
            if len(rows) < at_once:
                return
            after = rows[-1][0]

    def _read_from(self, entry: int, most: int, *, live_at: int) -> Iterator[Held]:
        """Entries from this one on, which may lie in the middle of a block; few blocks at once for a few entries."""
        (first,) = self._connection.execute(
            "SELECT coalesce(max(first_entry), 0) FROM block WHERE first_entry <= ?", (entry,)
        ).fetchone()
        at_once = min(BLOCKS_AT_ONCE, most // MOST_IN_A_BLOCK + 2)
        for held in self._read(tuple(SignalType), live_at=live_at, after=first - 1, at_once=at_once):
            earlier = np.flatnonzero(held.ids < np.uint64(entry))
            if len(earlier) < len(held.layout):
                yield replace(held, layout=held.layout.without(earlier)) if len(earlier) else held

    def _as_blocks(self, blocks: Iterable[Held]) -> Iterator[Block]:
        texts: dict[int, tuple[str, str]] = {}
        for held in blocks:
            if held.arrival.id not in texts:
                texts = {held.arrival.id: self._texts(held.arrival)}  # entries that came together lie together
            yield Block(
                held.bank,
                held.signal_type,
                held.ids,
                held.layout.values,
                held.layout.uneven,
                held.layout.qualities,
                texts[held.arrival.id][0],
                held.arrival.assurance,
                utc(held.arrival.added_at),
                moment(held.arrival.expires_at),
            )

    def _covered(self, keys: NDArray[np.uint8], entries: NewEntries) -> NDArray[np.bool_]:
        """Which of these the bank has already, as well assured and for as long."""
        question = (entries.bank, entries.signal_type, entries.assurance, entries.expires_at)
        self._read_tombstones()

        def covering(arrival: Arrival) -> bool:
            return covers(arrival.assurance, moment(arrival.expires_at), entries.assurance, entries.expires_at)

        there = np.zeros(len(keys), bool)
        if question != self._asked and len(keys) <= _FEW:
            # A command that adds a few reads past the bank. Who asks again gets an index to keep.
            self._asked, self._covering = question, None
            asked = ExactIndex(keys)
            for _, held_keys in clusters(self._read((entries.signal_type,), bank=entries.bank, wanted=covering)):
                there[asked.find(held_keys)[1].astype(np.int64)] = True
            return there
        self._asked = question
        if self._covering is None or self._covering.question != question:
            self._covering = _Covering(question, ExactIndex(keys[:0]))
        known = self._covering
        newer = self._read((entries.signal_type,), bank=entries.bank, wanted=covering, after=known.up_to)
        for blocks, held_keys in clusters(newer):
            known.index.add(held_keys, np.concatenate([held.ids for held in blocks]))
            known.up_to = blocks[-1].first
        there[known.index.find(keys)[0]] = True
        return there

    def _withdrawn_before(self, signal_type: SignalType, offer: Offered, rows: NDArray[np.int64]) -> NDArray[np.bool_]:
        refused = self._tombstones.get(signal_type)
        if not refused:
            return np.zeros(len(rows), bool)
        lookup = self._sealing.lookup
        return np.array([lookup(signal_type.value, key.tobytes()) in refused for key in offer.keys[rows]], bool)

    def _read_tombstones(self) -> None:
        gone = self._connection.execute("SELECT withdrawals FROM store").fetchone()[0]
        if gone != self._gone_up_to:
            self._gone_up_to = gone
            self._covering = None  # it may hold what was withdrawn or released
        for id_, signal_type, lookup in self._connection.execute(
            "SELECT id, signal_type, lookup FROM tombstone WHERE id > ? ORDER BY id", (self._tombstones_up_to,)
        ):
            self._tombstones.setdefault(SignalType(signal_type), set()).add(lookup)
            self._tombstones_up_to = id_

    def _keep(self, entries: NewEntries, offer: Offered, new: NDArray[np.int64], act: Act, now: datetime) -> int:
        """Write these rows of what is offered; the number of the first."""
        (first,) = self._connection.execute("SELECT next_entry FROM store").fetchone()
        if first + len(new) > MOST_ENTRIES:
            raise BankError(f"A file numbers at most {MOST_ENTRIES:,} entries.")
        arrival = self._write_arrival(entries, now)
        for rows in _parcelled(offer, new):
            self._write_block(first + int(rows.start), entries, arrival, offer, new[rows])
        self._connection.execute("UPDATE store SET next_entry = ?", (first + len(new),))
        self._log(act, now, subject=entries.bank, count=len(new), detail=entries.signal_type.value)
        return int(first)

    def _take_in_followed(self, entries: NewEntries, now: datetime) -> NDArray[np.int64]:
        """Take in what was not withdrawn, also where its values are there; of each its number, or WITHDRAWN_BEFORE."""
        offer = offered(entries, now=now)
        self._read_tombstones()
        rows = np.arange(len(offer))
        refused = self._withdrawn_before(entries.signal_type, offer, rows)
        ids = np.full(len(offer), WITHDRAWN_BEFORE, np.int64)
        new = rows[~refused]
        if len(new):
            first = self._keep(entries, offer, new, Act.IMPORTED, now)
            ids[new] = np.arange(first, first + len(new))
        return ids

    def _let_go_followed(self, ids: Sequence[EntryId], now: datetime) -> int:
        """As `release`, where some may have expired and been forgotten."""
        return self._let_go([entry for entry in ids if self._is_there(entry)], now)

    def _is_there(self, entry: EntryId) -> bool:
        with suppress(BankError):
            return self._found(entry) is not None
        return False

    def _write_arrival(self, entries: NewEntries, now: datetime) -> Arrival:
        (last,) = self._connection.execute("SELECT coalesce(max(id), 0) FROM arrival").fetchone()
        expires_at = None if entries.expires_at is None else number_of(entries.expires_at)
        arrival = Arrival(last + 1, entries.assurance, number_of(now), expires_at)
        self._connection.execute(
            "INSERT INTO arrival VALUES (?, ?, ?, ?, ?, ?)",
            (
                arrival.id,
                arrival.assurance.value,
                arrival.added_at,
                arrival.expires_at,
                self._seal(source_place(arrival), padded(entries.source)),
                self._seal(note_place(arrival), padded(entries.note)),
            ),
        )
        return arrival

    def _write_block(
        self, first: int, entries: NewEntries, arrival: Arrival, offer: Offered, rows: NDArray[np.int64]
    ) -> None:
        layout = Layout(
            np.arange(len(rows), dtype=np.uint16),
            offer.qualities[rows],
            offer.values[rows],
            tuple(offer.uneven[row] for row in rows.tolist()) if offer.uneven else (),
        )
        place = block_place(first, entries.bank, entries.signal_type.value, arrival)
        self._connection.execute(
            "INSERT INTO block VALUES (?, ?, ?, ?, ?, ?)",
            (first, entries.bank, entries.signal_type.value, arrival.id, len(rows), self._seal(place, packed(layout))),
        )

    def _found(self, entry: EntryId) -> tuple[Held, int] | None:
        """The block of an entry and its row there, None where it is gone. Raises BankError where none ever was."""
        row = self._connection.execute(READ_ONE_BLOCK, (entry,)).fetchone()
        if row is not None:
            held = block_of(row, self._sealing)
            (there,) = np.nonzero(held.ids == np.uint64(entry))
            if len(there):
                return held, int(there[0])
        if self._connection.execute("SELECT 1 FROM withdrawn WHERE entry = ?", (entry,)).fetchone() is None:
            raise BankError(f"There is no entry {entry} in this file. Nothing was withdrawn.")
        return None

    def _take_out(
        self, signal_type: SignalType, values: Sequence[bytes], reason: WithdrawalReason, now: datetime
    ) -> int:
        distinct = tuple(dict.fromkeys(values))
        fixed = np.frombuffer(b"".join(distinct) if signal_type.width else b"", np.uint8)
        keys = keys_of(signal_type, fixed.reshape(-1, signal_type.width or 1), distinct)
        lookups = [self._sealing.lookup(signal_type.value, key.tobytes()) for key in keys]
        return self._take_out_found(signal_type, lookups, ExactIndex(keys).find, reason, now)

    def _take_out_lookups(
        self, signal_type: SignalType, lookups: Sequence[bytes], reason: WithdrawalReason, now: datetime
    ) -> int:
        """As above, where only the look-ups of the values are known: each value of the bank is looked up."""
        place = {lookup: number for number, lookup in enumerate(lookups)}
        lookup = self._sealing.lookup

        def find(keys: NDArray[np.uint8]) -> tuple[NDArray[np.int64], NDArray[np.uint64]]:
            there = [place.get(lookup(signal_type.value, key.tobytes()), -1) for key in keys]
            rows = np.flatnonzero(np.array(there) >= 0)
            return rows, np.array(there)[rows].astype(np.uint64)

        return self._take_out_found(signal_type, lookups, find, reason, now)

    def _take_out_found(
        self,
        signal_type: SignalType,
        lookups: Sequence[bytes],
        find: Callable[[NDArray[np.uint8]], tuple[NDArray[np.int64], NDArray[np.uint64]]],
        reason: WithdrawalReason,
        now: datetime,
    ) -> int:
        """Take out what `find` finds among the bank's keys: their rows, and which look-up each has."""
        gone: dict[BankId, int] = {}
        entries: dict[bytes, list[EntryId]] = {}
        for blocks, held_keys in clusters(self._read((signal_type,))):
            rows_found, which = find(held_keys)
            found, first = np.unique(rows_found, return_index=True)
            which = which[first]
            ends = np.cumsum([len(held.layout) for held in blocks])
            in_block = np.searchsorted(ends, found, side="right")
            for at in np.unique(in_block).tolist():
                held = blocks[at]
                rows = found[in_block == at] - (ends[at] - len(held.layout))
                for entry, number in zip(held.ids[rows].tolist(), which[in_block == at].tolist(), strict=True):
                    entries.setdefault(lookups[number], []).append(EntryId(entry))
                self._rewrite(held, rows, now)
                gone[held.bank] = gone.get(held.bank, 0) + len(rows)
        buried = self._bury(signal_type, lookups, reason, now)
        self._to_journal += [
            Gone(signal_type, lookup, tuple(entries.get(lookup, ())))
            for lookup in dict.fromkeys(lookups)
            if lookup in buried or lookup in entries
        ]
        self._log(Act.WITHDRAWN, now, subject=None, count=len(buried), detail=reason.value)
        for bank, count in sorted(gone.items()):
            self._log(Act.WITHDRAWN, now, subject=bank, count=count, detail=reason.value)
        return sum(gone.values())

    def _let_go(self, ids: Iterable[EntryId], now: datetime) -> int:
        gone: dict[BankId, int] = {}
        left = np.unique(np.fromiter(ids, np.uint64))
        while len(left):
            found = self._found(EntryId(int(left[0])))
            if found is None:
                left = left[1:]
                continue
            held, _ = found
            rows = np.flatnonzero(np.isin(held.ids, left))  # all that lie in the same block
            left = left[~np.isin(left, held.ids)]
            if self._journal is not None:
                self._to_journal += [
                    Gone(held.signal_type, self._lookup_at(held, row), (EntryId(int(held.ids[row])),))
                    for row in rows.tolist()
                ]
            self._rewrite(held, rows, now)
            gone[held.bank] = gone.get(held.bank, 0) + len(rows)
        for bank, count in sorted(gone.items()):
            self._log(Act.RELEASED, now, subject=bank, count=count)
        return sum(gone.values())

    def _lookup_at(self, held: Held, row: int) -> bytes:
        return self._sealing.lookup(held.signal_type.value, held.keys[row].tobytes())

    def _bury(
        self, signal_type: SignalType, lookups: Sequence[bytes], reason: WithdrawalReason, now: datetime
    ) -> set[bytes]:
        """Put up a tombstone for each value that has none. They are tied to each other, so that none can be changed."""
        last = self._connection.execute("SELECT chain FROM tombstone ORDER BY id DESC LIMIT 1").fetchone()
        chain, buried = last[0] if last else b"", set()
        for lookup in lookups:
            following = tombstone_chain(self._sealing, chain, signal_type.value, lookup)
            buried_now = self._connection.execute(
                "INSERT INTO tombstone (signal_type, lookup, reason, withdrawn_at, chain) VALUES (?, ?, ?, ?, ?)"
                " ON CONFLICT DO NOTHING",
                (signal_type.value, lookup, reason.value, number_of(now), following),
            ).rowcount
            if buried_now:
                chain = following
                buried.add(lookup)
        return buried

    def _rewrite(self, held: Held, rows: NDArray[np.int64], now: datetime) -> None:
        """Write the block without these values; what is freed is overwritten (secure_delete)."""
        kept = held.layout.without(rows)
        # Numbered in this transaction, so that nobody sees a later number before an earlier one.
        (last,) = self._connection.execute(
            "UPDATE store SET withdrawals = withdrawals + ? RETURNING withdrawals", (len(rows),)
        ).fetchone()
        self._connection.executemany(
            "INSERT INTO withdrawn VALUES (?, ?, ?, ?, ?, ?)",
            [
                (sequence, entry, held.bank, held.signal_type.value, held.arrival.id, number_of(now))
                for sequence, entry in enumerate(held.ids[rows].tolist(), last - len(rows) + 1)
            ],
        )
        self._feedback.forget(held.ids[rows].tolist())
        if not len(kept):
            self._connection.execute("DELETE FROM block WHERE first_entry = ?", (held.first,))
            return
        place = block_place(held.first, held.bank, held.signal_type.value, held.arrival)
        self._connection.execute(
            "UPDATE block SET entries = ?, payload = ? WHERE first_entry = ?",
            (len(kept), self._seal(place, packed(kept)), held.first),
        )

    def _forget_pages(self) -> None:
        """Bring the log beside the file into the file and empty it: older pages in it still hold what was withdrawn.

        Where a reader or a full disk is in the way, that happens when the last program lets the file go: what was
        withdrawn is withdrawn all the same, and to say that it failed would be wrong.
        """
        with said_of(self._name), suppress(sqlite3.OperationalError):
            self._connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")

    def _texts(self, arrival: Arrival) -> tuple[str, str]:
        with said_of(self._name):
            source, note = self._connection.execute(
                "SELECT source, note FROM arrival WHERE id = ?", (arrival.id,)
            ).fetchone()
            return (
                unpadded(self._sealing.open(source_place(arrival), source)),
                unpadded(self._sealing.open(note_place(arrival), note)),
            )

    def _withdrawn_entries(self, bank: BankId | None, *, after: int = -1) -> Iterator[Entry]:
        while True:
            with said_of(self._name):
                rows = self._connection.execute(READ_WITHDRAWN, {"after": after, "bank": bank}).fetchall()
            for entry, bank_, signal_type, withdrawn_at, id_, assurance, added_at, expires_at in rows:
                arrival = Arrival(id_, Assurance(assurance), added_at, expires_at)
                source, note = self._texts(arrival)
                yield Entry(
                    EntryId(entry),
                    BankId(bank_),
                    SignalType(signal_type),
                    None,
                    None,
                    source,
                    arrival.assurance,
                    note,
                    utc(added_at),
                    moment(expires_at),
                    utc(withdrawn_at),
                )
                after = entry
            if not rows:
                return


def _refuse_other_widths(signal_type: SignalType, values: Sequence[bytes]) -> None:
    width = signal_type.width
    for row, value in enumerate(values):
        if (width is not None and len(value) != width) or not value:
            raise BankError(f"Value {row + 1} has {len(value)} bytes, which is no {signal_type}.")


def _entry_of(held: Held, row: int, id_: int, quality: int, texts: tuple[str, str]) -> Entry:
    return Entry(
        EntryId(id_),
        held.bank,
        held.signal_type,
        held.value(row),
        None if quality == NO_QUALITY else quality,
        texts[0],
        held.arrival.assurance,
        texts[1],
        utc(held.arrival.added_at),
        moment(held.arrival.expires_at),
    )


def _unnamed(name: str) -> str:
    return (
        f"{name}: this bank keeps a withdrawal journal, and none was named. Name its folder in "
        "HAALWEG_WITHDRAWAL_JOURNALS. Nothing was changed."
    )


def _of_store(path: str | os.PathLike[str], columns: str) -> dict[str, object]:
    name = shown(os.fspath(path))
    with said_of(name):
        connection = connected(Path(path), name, read_only=True, wait_s=_WAIT_S)
        try:
            found = connection.execute(f"SELECT {columns} FROM store")  # noqa: S608 - names of our own
            return dict(zip((name for name, *_ in found.description), found.fetchone(), strict=True))
        finally:
            connection.close()


def _mark_beside(journal: Path) -> Path:
    return journal.with_name(journal.name + ".head")


def _begin_epoch(connection: sqlite3.Connection) -> None:
    """Have everyone who follows the store replace what they hold. Numbers that were perhaps given out stay unused.

    How many is left to chance: the same copy may be put back twice, and followers know entries by their numbers.
    """
    (following,) = connection.execute("SELECT next_entry FROM store").fetchone()
    if following + 3 * _EPOCH_GAP < MOST_ENTRIES:
        following += _EPOCH_GAP + secrets.randbelow(_EPOCH_GAP)
    connection.execute("UPDATE store SET epoch = ?, next_entry = ?", (secrets.token_bytes(EPOCH_BYTES), following))


def _at_most(most: int, blocks: Iterator[Block]) -> tuple[tuple[Block, ...], bool]:
    """Cut the blocks where they hold so many entries, and say whether something was left."""
    taken: list[Block] = []
    room = most
    for block in blocks:
        if len(block) > room:
            return (*taken, *([_beginning(block, room)] if room else [])), True
        taken.append(block)
        room -= len(block)
    return tuple(taken), False


def _beginning(block: Block, rows: int) -> Block:
    return replace(
        block,
        ids=block.ids[:rows],
        values=block.values[:rows],
        uneven=block.uneven[:rows],
        qualities=block.qualities[:rows],
    )


def _parcelled(offer: Offered, new: NDArray[np.int64]) -> Iterator[slice]:
    """Cut what is new into blocks."""
    begin = size = 0
    for end, row in enumerate(new.tolist() if offer.uneven else ()):
        room = room_of(offer.uneven[row])
        if end > begin and (end - begin == MOST_IN_A_BLOCK or size + room > UNEVEN_BYTES):
            yield slice(begin, end)
            begin, size = end, 0
        size += room
    for start in range(begin, len(new), MOST_IN_A_BLOCK):
        yield slice(start, min(start + MOST_IN_A_BLOCK, len(new)))
