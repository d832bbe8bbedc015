"""The audit log: rows that only grow in number, each tied to the one before. Acts and numbers, never contents."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from hashlib import sha256
from typing import TYPE_CHECKING

from haalweg.keeping.errors import AuditError

if TYPE_CHECKING:
    from collections.abc import Iterable

# All that may stand as a detail, so that no name or value can slip in; besides these, the id of a key.
DETAILS = frozenset(
    {
        "",
        *("asked", "under_18", "mistake", "revoked", "expired"),
        *("pdq", "md5", "sha256", "vpdq", "trace"),
        *("photo", "text", "csv", "threatexchange", "json"),
        *("sealed", "plain", "positive", "negative", "report_by_law"),
        *("blocked", "matches_many", "not_similar", "not_intimate", "consented", "newsworthy", "other"),
    }
)
_KEY_ID = re.compile(r"[0-9a-f]{8}")
_WITNESS = re.compile(r"(0|[1-9][0-9]{0,18}):([0-9a-f]{64})")


class Act(StrEnum):
    """What was done."""

    MADE = "made"  # the store itself
    BANK_MADE = "bank_made"
    ADDED = "added"
    IMPORTED = "imported"
    WITHDRAWN = "withdrawn"
    SAID = "said"  # what a platform says of an entry
    RELEASED = "released"  # taken back by the source it was followed from
    REPLAYED = "replayed"  # withdrawals that the journal knew and the store did not: a new epoch began
    PUT_BACK = "put_back"  # the store is an older copy of itself: a new epoch began
    EXPIRED = "expired"
    EXPORTED = "exported"
    RESEALED = "resealed"
    COPIED = "copied"  # a snapshot left the store
    WITNESSED = "witnessed"  # the head was handed to someone outside


@dataclass(frozen=True, slots=True)
class AuditRow:
    """One act. Raises AuditError for a detail that is not on the list."""

    number: int  # from 1, without gaps
    at: datetime  # UTC
    act: Act
    subject: int | None  # the id of what it was done to
    count: int  # how many
    detail: str = ""

    def __post_init__(self) -> None:
        if self.detail not in DETAILS and not _KEY_ID.fullmatch(self.detail):
            raise AuditError(
                f"{len(self.detail)} characters that are not on the list of details an audit row may hold."
            )


@dataclass(frozen=True, slots=True)
class Witness:
    """What the head of the log was when someone outside was told: so many rows, and the digest they lead to."""

    number: int
    digest: bytes  # 32 bytes

    @classmethod
    def parse(cls, text: str) -> Witness:
        """Read "number:hexdigest". Raises AuditError for anything else."""
        found = _WITNESS.fullmatch(text.strip().lower())
        if found is None:
            raise AuditError("A witness is a row number, a colon and 64 hexadecimal digits, as the check printed it.")
        return cls(int(found[1]), bytes.fromhex(found[2]))

    def __str__(self) -> str:
        return f"{self.number}:{self.digest.hex()}"


def chain_start(store: bytes) -> bytes:
    """What the first row is tied to: the id of its store, so that no log can stand in for another's."""
    return sha256(b"haalweg audit 1\0" + store).digest()


def chained(previous: bytes, row: AuditRow) -> bytes:
    """The digest that ties a row to all before it (32 bytes)."""
    subject = "" if row.subject is None else str(row.subject)
    fields = (str(row.number), row.at.astimezone(UTC).isoformat(), row.act.value, subject, str(row.count), row.detail)
    return sha256(previous + "\0".join(fields).encode()).digest()


def verify(rows: Iterable[AuditRow], head: bytes, witness: Witness | None = None, *, start: bytes) -> Witness:
    """Walk the log from its start (`chain_start`) to its head, and say where it stands now.

    Raises AuditError where a row was changed, removed or put in. Whoever can write the log can also write a new one
    that is whole in itself, or cut the end off: that shows only against a witness kept elsewhere.
    """
    number, digest = 0, start
    seen = witness is None or witness == Witness(0, start)
    for row in rows:
        number += 1
        if row.number != number:
            raise AuditError(
                f"The audit log goes from row {number - 1} to row {row.number}: rows were removed or put in."
            )
        digest = chained(digest, row)
        if witness is not None and number == witness.number:
            seen = digest == witness.digest
            if not seen:
                break
    if witness is not None and number < witness.number:
        raise AuditError(
            f"The audit log ends at row {number}, but its witness saw row {witness.number}: the end was cut."
        )
    if not seen:
        raise AuditError(f"The audit log up to row {number} is not what its witness saw: it was written anew.")
    if digest != head:
        raise AuditError(f"The {number} rows of the audit log do not lead to its head: a row was changed.")
    return Witness(number, digest)
