"""Rows of a bank file as they are read and written, and the place that each sealed value belongs to."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import numpy as np

from haalweg.banks.admission import keys_of
from haalweg.banks.block_layout import MOST_IN_A_BLOCK, unpacked
from haalweg.banks.entries import Assurance, Bank, BankId, BankKind, BankSettings
from haalweg.banks.errors import BankError
from haalweg.keeping import BrokenSealError, Place
from haalweg.keeping.audit import Act, AuditRow
from haalweg.signals import SignalType

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from numpy.typing import NDArray

    from haalweg.banks.block_layout import Layout
    from haalweg.keeping import Sealing

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)


@dataclass(frozen=True, slots=True)
class Arrival:
    """What entries that came together have in common."""

    id: int
    assurance: Assurance
    added_at: int
    expires_at: int | None


@dataclass(frozen=True, slots=True, repr=False)
class Held:
    """A block as it was read."""

    first: int
    bank: BankId
    signal_type: SignalType
    arrival: Arrival
    layout: Layout

    @property
    def ids(self) -> NDArray[np.uint64]:
        return self.layout.offsets.astype(np.uint64) + np.uint64(self.first)

    @property
    def keys(self) -> NDArray[np.uint8]:
        return keys_of(self.signal_type, self.layout.values, self.layout.uneven)

    def value(self, row: int) -> bytes:
        return self.layout.uneven[row] if self.layout.uneven else self.layout.values[row].tobytes()


def clusters(blocks: Iterable[Held]) -> Iterator[tuple[list[Held], NDArray[np.uint8]]]:
    """Put small blocks together, with the keys of them all: what came one by one is not looked at one by one."""
    waiting: list[Held] = []
    size = 0
    for held in blocks:
        waiting.append(held)
        size += len(held.layout)
        if size >= MOST_IN_A_BLOCK:
            yield waiting, np.concatenate([each.keys for each in waiting])
            waiting, size = [], 0
    if waiting:
        yield waiting, np.concatenate([each.keys for each in waiting])


LOG = "INSERT INTO audit VALUES (?, ?, ?, ?, ?, ?, ?)"
BLOCKS_AT_ONCE = 32
BankRow = tuple[int, str, str, int, int, int, int, bytes]
BlockRow = tuple[int, int, str, bytes, int, str, int, int | None]
_BLOCK_COLUMNS = "first_entry, bank, signal_type, payload, arrival.id, assurance, added_at, expires_at"
READ_BLOCKS = f"""SELECT {_BLOCK_COLUMNS} FROM block JOIN arrival ON arrival.id = arrival
WHERE first_entry > :after AND signal_type IN (:pdq, :md5, :sha256, :vpdq, :trace)
AND (:bank IS NULL OR bank = :bank) AND (:live_at IS NULL OR expires_at IS NULL OR expires_at > :live_at)
ORDER BY first_entry LIMIT :at_once"""  # noqa: S608 - constants
READ_ONE_BLOCK = f"""SELECT {_BLOCK_COLUMNS} FROM block JOIN arrival ON arrival.id = arrival
WHERE first_entry <= ? ORDER BY first_entry DESC LIMIT 1"""  # noqa: S608 - constants
READ_EVERY_BLOCK = f"""SELECT {_BLOCK_COLUMNS}, entries FROM block LEFT JOIN arrival ON arrival.id = arrival
ORDER BY first_entry"""  # noqa: S608 - constants
READ_OLD_BLOCKS = f"""SELECT {_BLOCK_COLUMNS} FROM block JOIN arrival ON arrival.id = arrival
WHERE substr(payload, 1, 4) != ? ORDER BY first_entry LIMIT {BLOCKS_AT_ONCE}"""  # noqa: S608 - constants
READ_AUDIT = "SELECT number, at, act, subject, count, detail FROM audit ORDER BY number"
READ_WITHDRAWN = """SELECT entry, bank, signal_type, withdrawn_at, arrival.id, assurance, added_at, expires_at
FROM withdrawn JOIN arrival ON arrival.id = arrival
WHERE entry > :after AND (:bank IS NULL OR bank = :bank) ORDER BY entry LIMIT 1024"""


def logged(row: AuditRow) -> tuple[int, int, str, int | None, int, str]:
    return row.number, number_of(row.at), row.act.value, row.subject, row.count, row.detail


def block_of(row: BlockRow, sealing: Sealing) -> Held:
    """Open a block. Raises KeepingError where it is not what was written."""
    first, bank, signal_type, payload, *_ = row
    arrival = arrival_of(row)
    plain = sealing.open(block_place(first, bank, signal_type, arrival), payload)
    try:
        return Held(first, BankId(bank), SignalType(signal_type), arrival, unpacked(plain))
    except BankError as error:
        raise BrokenSealError(f"block, entry {first}: damaged. {error}") from None


def bank_of(row: BankRow, sealing: Sealing) -> Bank:
    """Read a bank. Raises KeepingError where it is not what was written."""
    id_, name, kind, threshold_bits, query_percent, entry_percent, made_at, seal = row
    settings = BankSettings(threshold_bits, query_percent, entry_percent)
    bank = Bank(BankId(id_), name, BankKind(kind), settings, utc(made_at))
    sealing.open(bank_place(bank), seal)
    return bank


def audit_row_of(row: tuple[int, int, str, int | None, int, str]) -> AuditRow:
    number, at, act, subject, count, detail = row
    return AuditRow(number, utc(at), Act(act), subject, count, detail)


def arrival_of(row: BlockRow) -> Arrival:
    _, _, _, _, id_, assurance, added_at, expires_at = row
    return Arrival(id_, Assurance(assurance), added_at, expires_at)


# What stands in clear beside a sealed value is part of its place, so that it cannot be changed either: an entry cannot
# be moved to another bank, made to last longer, or a harmless bank made of a bank of reported pictures.


KEY_PLACE = Place("store", "key_check", 1)


def block_place(first: int, bank: int, signal_type: str, arrival: Arrival) -> Place:
    lives = f"{arrival.id}/{arrival.assurance}/{arrival.expires_at}"
    return Place("block", f"payload/{bank}/{signal_type}/{lives}", first)


def source_place(arrival: Arrival) -> Place:
    return Place("arrival", f"source/{arrival.assurance}/{arrival.added_at}/{arrival.expires_at}", arrival.id)


def note_place(arrival: Arrival) -> Place:
    return Place("arrival", "note", arrival.id)


def bank_place(bank: Bank) -> Place:
    name = hashlib.sha256(bank.name.encode()).hexdigest()[:16]
    numbers = f"{bank.threshold_bits}/{bank.settings.video_query_percent}/{bank.settings.video_entry_percent}"
    return Place("bank", f"seal/{name}/{bank.kind}/{numbers}/{number_of(bank.made_at)}", bank.id)


def tombstone_chain(sealing: Sealing, previous: bytes, signal_type: str, lookup: bytes) -> bytes:
    """16 bytes that tie a tombstone to all before it; only who has the keys can make them."""
    return sealing.lookup("tombstone", previous + signal_type.encode() + b"\0" + lookup)


def number_of(at: datetime) -> int:
    return (at - _EPOCH) // _MICROSECOND


def utc(number: int) -> datetime:
    return _EPOCH + number * _MICROSECOND


def moment(number: int | None) -> datetime | None:
    return None if number is None else utc(number)
