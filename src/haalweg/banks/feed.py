"""A page of a store's feed: what one subscriber may hear of its changes, as JSON. No network here."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from typing import TYPE_CHECKING, TypeVar

import numpy as np
from cryptography.hazmat.primitives.ciphers import Cipher
from cryptography.hazmat.primitives.ciphers.algorithms import AES
from cryptography.hazmat.primitives.ciphers.modes import ECB

from haalweg.banks.changes import EPOCH_BYTES, Cursor
from haalweg.banks.entries import NO_QUALITY, Assurance, BankKind, BankSettings, EntryId, checked_name
from haalweg.banks.errors import BankError
from haalweg.banks.feedback import standings
from haalweg.keeping.audit import Anchor, Witness
from haalweg.keeping.errors import AuditError
from haalweg.signals import SignalType, Trace
from haalweg.signals.video import unpacked

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from numpy.typing import ArrayLike

    from haalweg.banks.entries import Bank, BankId, Block
    from haalweg.banks.feedback import Feedback
    from haalweg.banks.store import BankStore

REF_BYTES = 16
SECRET_BYTES = 32
MOST_A_PAGE = 10_000  # entries
MOST_BANKS_A_PAGE = 1_000
_MOST_CONFIRMED = 1_000_000

_VERSION = 1
_Read = TypeVar("_Read")


class FeedError(BankError):
    """A page that cannot be read as a whole. Nothing of it may be taken in."""


class Tier(StrEnum):
    """How much a subscriber gets."""

    LOOK_UP = "look_up"  # no values at all: they ask, we answer
    HASHES = "hashes"
    HASHES_AND_TRACES = "hashes_and_traces"

    @property
    def signal_types(self) -> frozenset[SignalType]:
        """The kinds of values that go out."""
        return _SIGNAL_TYPES[self]


_SIGNAL_TYPES = {
    Tier.LOOK_UP: frozenset[SignalType](),
    Tier.HASHES: frozenset(SignalType) - {SignalType.TRACE},
    Tier.HASHES_AND_TRACES: frozenset(SignalType),
}


@dataclass(frozen=True, slots=True, repr=False)
class Subscriber:
    """Who follows, and what of: their banks are named one by one, and no other goes out."""

    secret: bytes  # theirs alone; SECRET_BYTES
    tier: Tier
    banks: frozenset[BankId]

    def __post_init__(self) -> None:
        """Raise BankError for a secret that is too short to hide anything."""
        if len(self.secret) < SECRET_BYTES:
            raise BankError(f"A subscriber's secret of {len(self.secret)} bytes: it has {SECRET_BYTES} at least.")

    def refs(self, entries: ArrayLike) -> list[bytes]:
        """What this subscriber hears entries called; no other subscriber hears the same, nor the entries' numbers.

        One AES block each, of the number and zeros: what they call it leads back to the entry, for us alone.
        """
        blocks = np.zeros((np.size(entries), REF_BYTES // 8), ">u8")
        blocks[:, 0] = entries
        names = self._cipher.encryptor().update(blocks.tobytes())
        return [names[at : at + REF_BYTES] for at in range(0, len(names), REF_BYTES)]

    def entry(self, ref: bytes) -> EntryId | None:
        """The entry that they hear called so; None: none is."""
        if len(ref) != REF_BYTES:
            return None
        number, zeros = np.frombuffer(self._cipher.decryptor().update(ref), ">u8").tolist()
        return EntryId(number) if zeros == 0 else None

    def epoch(self, of_store: bytes) -> bytes:
        """What they hear of an epoch. With another tier or other banks it is another, so that they replace all."""
        scope = ",".join(str(bank) for bank in sorted(self.banks))
        told = b"epoch-2\0" + of_store + f"\0{self.tier}\0{scope}".encode()
        return hmac.digest(self.secret, told, "sha256")[:EPOCH_BYTES]

    @property
    def _cipher(self) -> Cipher[ECB]:
        key = hashlib.blake2b(key=self.secret, digest_size=16, person=b"haalweg.refs").digest()
        return Cipher(AES(key), ECB())  # noqa: S305 - single blocks that all differ: a permutation, no message

    def __repr__(self) -> str:
        return f"Subscriber({self.tier}, <{len(self.banks)} banks>)"


@dataclass(frozen=True, slots=True)
class FeedBank:
    """A bank as its source names it."""

    name: str
    kind: BankKind
    settings: BankSettings


@dataclass(frozen=True, slots=True, repr=False)
class FeedEntry:
    """An entry as its source tells it: no number, no note, and not where the source has it from."""

    ref: bytes
    bank: str
    signal_type: SignalType
    value: bytes
    quality: int | None
    assurance: Assurance
    expires_at: datetime | None  # UTC

    def __repr__(self) -> str:
        return f"FeedEntry(<{self.signal_type}>)"


@dataclass(frozen=True, slots=True, repr=False)
class FeedPage:
    """What became of a store since a cursor, for one subscriber."""

    epoch: bytes  # EPOCH_BYTES
    after: Cursor | None  # what was asked; None: from the very start
    cursor: Cursor  # to ask with the next time
    more: bool
    withdrawn: tuple[bytes, ...]  # refs, all since `after`, also of entries that this subscriber never got
    banks: tuple[FeedBank, ...]  # every one they follow
    entries: tuple[FeedEntry, ...]
    confirmed: tuple[tuple[bytes, int], ...]  # refs, and how many platforms looked at their own copy and agreed
    head: Witness  # where the source's audit log stands, to be kept by who reads this
    helpline: Anchor | None = None  # where the log of the helpline behind it stood when it last said so: the same
    skipped: int = 0  # records that could not be read, where this was read from JSON

    def as_json(self) -> str:
        """Write it, values in the field's notation: hexadecimal in lower case, of videos and traces base64."""
        return json.dumps(
            {
                "version": _VERSION,
                "epoch": self.epoch.hex(),
                "after": None if self.after is None else str(self.after),
                "cursor": str(self.cursor),
                "more": self.more,
                "withdrawn": [ref.hex() for ref in self.withdrawn],
                "banks": [_bank_as_json(bank) for bank in self.banks],
                "entries": [_entry_as_json(entry) for entry in self.entries],
                "confirmed": [[ref.hex(), count] for ref, count in self.confirmed],
                "head": str(self.head),
                "helpline": None if self.helpline is None else str(self.helpline),
            },
            separators=(",", ":"),
        )

    @classmethod
    def from_json(cls, text: str | bytes) -> FeedPage:
        """Read what `as_json` wrote. One bank or entry that makes no sense is counted and left out.

        Anything else raises FeedError: a page that may lack a withdrawal is no page.
        """
        content = _object(text)
        if content.get("version") != _VERSION or isinstance(content["version"], bool):
            raise FeedError(f"A feed page of another version; this haalweg reads version {_VERSION}.")
        if content.keys() != _FIELDS:
            raise FeedError("A feed page with other fields than version 1 has, or without one of them.")
        banks = _readable(_list(content, "banks", MOST_BANKS_A_PAGE), _bank_of)
        names = {bank.name for bank in banks if bank is not None}
        entries = _readable(_list(content, "entries", MOST_A_PAGE), lambda row: _entry_of(row, names))
        once: dict[bytes, FeedEntry] = {}
        for entry in entries:
            if entry is not None:
                once.setdefault(entry.ref, entry)
        after = content["after"]
        return cls(
            _hex(content["epoch"], EPOCH_BYTES, "epoch"),
            None if after is None else _cursor(after, "after"),
            _cursor(content["cursor"], "cursor"),
            _more(content["more"]),
            tuple(_hex(ref, REF_BYTES, "withdrawn") for ref in _list(content, "withdrawn", None)),
            tuple(bank for bank in banks if bank is not None),
            tuple(once.values()),
            tuple(map(_confirmed, _list(content, "confirmed", None))),
            _witness(content["head"]),
            _anchor(content["helpline"]),
            len(entries) - len(once) + banks.count(None),
        )

    def __repr__(self) -> str:
        return f"FeedPage(up to {self.cursor}: <{len(self.withdrawn)} withdrawn, {len(self.entries)} entries>)"


_FIELDS = {
    "version",
    "epoch",
    "after",
    "cursor",
    "more",
    "withdrawn",
    "banks",
    "entries",
    "confirmed",
    "head",
    "helpline",
}


def page_for(
    store: BankStore,
    subscriber: Subscriber,
    after: Cursor | None,
    *,
    most: int,
    now: datetime,
    helpline: Anchor | None = None,
) -> FeedPage:
    """What a subscriber hears next. What they may hear is told from their tier and banks now, not from a copy.

    Raises CursorAheadError, which is to be answered with "start over".
    """
    changes = store.changes(after, most=min(most, MOST_A_PAGE), now=now)
    banks = {bank.id: bank for bank in store.banks() if bank.id in subscriber.banks and _may_go_out(bank)}
    names = {id_: bank.name for id_, bank in banks.items()}
    return FeedPage(
        subscriber.epoch(changes.epoch),
        after,
        changes.cursor,
        changes.more,
        tuple(subscriber.refs(changes.withdrawn)) if subscriber.tier.signal_types else (),
        tuple(FeedBank(bank.name, bank.kind, bank.settings) for bank in banks.values()),
        tuple(_entries_for(subscriber, names, changes.blocks)),
        _confirmed_for(subscriber, changes.feedback) if subscriber.tier.signal_types else (),
        store.head(),
        helpline,
    )


def _confirmed_for(subscriber: Subscriber, feedback: Sequence[Feedback]) -> tuple[tuple[bytes, int], ...]:
    found = standings(feedback)
    counts = (standing.confirmations for standing in found.values())
    return tuple(zip(subscriber.refs(list(found)), counts, strict=True))


def _may_go_out(bank: Bank) -> bool:
    return bank.kind is not BankKind.REPORT_BY_LAW  # whoever named it for the subscriber


def _entries_for(subscriber: Subscriber, names: dict[BankId, str], blocks: Iterable[Block]) -> Iterator[FeedEntry]:
    for block in blocks:
        if block.bank not in names or block.signal_type not in subscriber.tier.signal_types:
            continue
        values = block.uneven or [value.tobytes() for value in block.values]
        for ref, value, quality in zip(subscriber.refs(block.ids), values, block.qualities.tolist(), strict=True):
            yield FeedEntry(
                ref,
                names[block.bank],
                block.signal_type,
                value,
                None if quality == NO_QUALITY else quality,
                block.assurance,
                block.expires_at,
            )


# To and from JSON


def _bank_as_json(bank: FeedBank) -> dict[str, object]:
    return {
        "name": bank.name,
        "kind": bank.kind,
        "threshold_bits": bank.settings.threshold_bits,
        "video_query_percent": bank.settings.video_query_percent,
        "video_entry_percent": bank.settings.video_entry_percent,
    }


def _entry_as_json(entry: FeedEntry) -> dict[str, object]:
    is_hex = entry.signal_type.width is not None
    return {
        "ref": entry.ref.hex(),
        "bank": entry.bank,
        "signal_type": entry.signal_type,
        "value": entry.value.hex() if is_hex else base64.b64encode(entry.value).decode(),
        "quality": entry.quality,
        "assurance": entry.assurance,
        "expires_at": None if entry.expires_at is None else entry.expires_at.astimezone(UTC).isoformat(),
    }


def _object(text: str | bytes) -> dict[str, object]:
    try:
        content = json.loads(text)
    except (ValueError, RecursionError):
        raise FeedError(f"{len(text):,} bytes that are no whole feed page: not JSON, or cut short.") from None
    if not isinstance(content, dict):
        raise FeedError("A feed page is a JSON object.")
    return content


def _list(content: dict[str, object], name: str, most: int | None) -> list[object]:
    rows = content[name]
    if not isinstance(rows, list):
        raise FeedError(f"A feed page whose {name} are no list.")
    if most is not None and len(rows) > most:
        raise FeedError(f"A feed page with {len(rows):,} {name}; it holds at most {most:,}.")
    return rows


def _hex(text: object, length: int, name: str) -> bytes:
    value = _from_hex(text)
    if value is None or len(value) != length:
        raise FeedError(f"A feed page with a value in {name} that is not {length} bytes in lower-case hexadecimal.")
    return value


def _confirmed(row: object) -> tuple[bytes, int]:
    if not isinstance(row, list) or len(row) != 2 or type(row[1]) is not int or not 0 <= row[1] <= _MOST_CONFIRMED:
        raise FeedError("A feed page whose confirmed are no pairs of a reference and a count.")
    return _hex(row[0], REF_BYTES, "confirmed"), row[1]


def _cursor(text: object, name: str) -> Cursor:
    try:
        return Cursor.parse(text if isinstance(text, str) else "")
    except BankError as error:
        raise FeedError(f"A feed page without a cursor in {name}: {error}") from None


def _more(value: object) -> bool:
    if not isinstance(value, bool):
        raise FeedError("A feed page that does not say whether there is more: true or false.")
    return value


def _witness(text: object) -> Witness:
    try:
        return Witness.parse(text if isinstance(text, str) else "")
    except AuditError as error:
        raise FeedError(f"A feed page without the head of its source's log: {error}") from None


def _anchor(text: object) -> Anchor | None:
    if text is None:
        return None
    try:
        return Anchor.parse(text if isinstance(text, str) else "")
    except AuditError as error:
        raise FeedError(f"A feed page whose helpline's log stands nowhere: {error}") from None


def _readable(rows: list[object], read: Callable[[dict[str, object]], _Read]) -> list[_Read | None]:
    """Read each row; None where it makes no sense."""
    found: list[_Read | None] = []
    for row in rows:
        try:
            found.append(read(row) if isinstance(row, dict) else None)
        except (KeyError, TypeError, ValueError, OverflowError):  # BankError and SignatureError are ValueErrors
            found.append(None)
    return found


def _bank_of(row: dict[str, object]) -> FeedBank:
    numbers = [row[name] for name in ("threshold_bits", "video_query_percent", "video_entry_percent")]
    name = row["name"]
    if not isinstance(name, str) or any(type(number) is not int for number in numbers):
        raise BankError("A bank without a name or a number.")
    threshold_bits, query_percent, entry_percent = (int(str(number)) for number in numbers)
    return FeedBank(
        checked_name(name), BankKind(str(row["kind"])), BankSettings(threshold_bits, query_percent, entry_percent)
    )


def _entry_of(row: dict[str, object], banks: set[str]) -> FeedEntry:
    ref, quality, expires_at = _from_hex(row["ref"]), row["quality"], row["expires_at"]
    signal_type, bank = SignalType(str(row["signal_type"])), row["bank"]
    if ref is None or len(ref) != REF_BYTES or bank not in banks:
        raise BankError("An entry without a reference, or of a bank that is not named.")
    if quality is not None and (type(quality) is not int or not 0 <= quality <= 100):
        raise BankError("A quality that is not between 0 and 100.")
    return FeedEntry(
        ref,
        str(bank),
        signal_type,
        _value_of(signal_type, row["value"]),
        quality,
        Assurance(str(row["assurance"])),
        None if expires_at is None else _moment_of(expires_at),
    )


def _value_of(signal_type: SignalType, text: object) -> bytes:
    if not isinstance(text, str):
        raise BankError("A value that is no text.")
    if signal_type.width is not None:
        value = _from_hex(text)
        if value is None or len(value) != signal_type.width:
            raise BankError(f"A value that is no {signal_type}.")
        return value
    value = base64.b64decode(text, validate=True)
    if signal_type is SignalType.TRACE:
        Trace.from_bytes(value)
    else:
        unpacked(value)
    return value


def _moment_of(text: object) -> datetime:
    at = datetime.fromisoformat(text if isinstance(text, str) else "")
    if at.tzinfo is None:
        raise BankError("A moment without its zone.")
    return at.astimezone(UTC)


def _from_hex(text: object) -> bytes | None:
    if not isinstance(text, str) or not set(text) <= _HEX:
        return None
    try:
        return bytes.fromhex(text)
    except ValueError:
        return None


_HEX = set("0123456789abcdef")
