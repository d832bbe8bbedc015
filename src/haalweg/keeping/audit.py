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
        *("no_detail", "publicly_known", "not_theirs", "no_answer"),  # why a helpline leaves something off its list
        # Why somebody opened a case that is not their work, or handed theirs over; and what they do at the desk.
        *("second_look", "person_called", "stands_in", "same_picture", "to_assign"),
        *("away", "knows_person", "too_heavy", "language", "knows_more"),
        *("person_said", "helper_and_person", "same_story"),  # why cases are dealt with together
        *("by_mistake", "disputed", "person_asked", "partner_trouble"),  # why two people change what is on the list
        "by_phone",
        *("number", "link", "site"),  # by what somebody searched
        *("case_worker", "reviewer", "coordinator", "auditor", "partner"),
        *("signatures", "messages", "contact", "case"),  # what was wiped, as its time was over
    }
)
_KEY_ID = re.compile(r"[0-9a-f]{8}")
_WITNESS = re.compile(r"(0|[1-9][0-9]{0,18}):([0-9a-f]{64})")
_LOG_ID = re.compile(r"[0-9a-f]{32}")
LOG_BYTES = 16


class Act(StrEnum):
    """What was done. In the log of a bank, and below in that of a helpline's pages and desk."""

    MADE = "made"  # the store itself
    BANK_MADE = "bank_made"
    ADDED = "added"  # to a bank; to a case, by the person
    IMPORTED = "imported"
    WITHDRAWN = "withdrawn"
    SAID = "said"  # what a platform says of an entry
    ALLOWED = "allowed"  # more entries of a source than may come at once: a person let them
    RELEASED = "released"  # taken back by the source it was followed from
    REPLAYED = "replayed"  # withdrawals that the journal knew and the store did not: a new epoch began
    PUT_BACK = "put_back"  # the store is an older copy of itself: a new epoch began
    EXPIRED = "expired"
    EXPORTED = "exported"
    RESEALED = "resealed"
    COPIED = "copied"  # a snapshot left the store
    WITNESSED = "witnessed"  # the head was handed to someone outside

    # To a case: its number is the subject.
    RECEIVED = "received"
    ON_THE_LIST = "on_the_list"
    SHARED = "shared"
    UNSHARED = "unshared"
    REVOKED = "revoked"  # off the list, by two people of the helpline
    REVOKE_PROPOSED = "revoke_proposed"
    SHARE_PROPOSED = "share_proposed"
    UNSHARE_PROPOSED = "unshare_proposed"
    REVOKE_NOT = "revoke_not"  # the proposal was taken back
    SHARE_NOT = "share_not"
    UNSHARE_NOT = "unshare_not"
    NEW_CODE_NOT = "new_code_not"
    INVITED = "invited"  # words were given with which something can be added
    REFUSED = "refused"
    RESTORED = "restored"
    FILE_WITHDRAWN = "file_withdrawn"
    FILE_RESTORED = "file_restored"
    CONSENT_GIVEN = "consent_given"
    CONSENT_TAKEN_BACK = "consent_taken_back"
    UNDER_AGE = "under_age"
    SAME_UNDER_AGE = "same_under_age"
    WITHDRAWN_BEFORE = "withdrawn_before"
    TAKEN_OFF_SINCE = "taken_off_since"
    ERASED = "erased"
    FROZEN = "frozen"
    NEW_CODE_PROPOSED = "new_code_proposed"
    NEW_CODE = "new_code"
    NEW_CODE_FETCHED = "new_code_fetched"
    WORDS_ASKED = "words_asked"  # by mail, with the address of the contact
    WORDS_FETCHED = "words_fetched"  # with those of that mail
    MAIL_NOT_SENT = "mail_not_sent"  # it was given up
    PIN_SET = "pin_set"
    PIN_CHANGED = "pin_changed"
    PIN_REMOVED = "pin_removed"
    MESSAGE_IN = "message_in"
    MESSAGE_OUT = "message_out"
    DOUBTED = "doubted"  # it matches what very many people upload
    DOUBT_SEEN = "doubt_seen"  # somebody at the desk looked at that
    NOT_DONE = "not_done"  # the machine door refused what was decided
    MORE_ON_THE_LIST = "more_on_the_list"
    MORE_REFUSED = "more_refused"
    MORE_READ = "more_read"
    TAKEN = "taken"  # as somebody's work
    HANDED_OVER = "handed_over"
    LOOKED_IN = "looked_in"  # by somebody whose work it is not
    PUT_TOGETHER = "put_together"  # with others, to be dealt with as one piece of work: a row for each
    TAKEN_APART = "taken_apart"  # from others: a row for each
    TOGETHER_UNDER_AGE = "together_under_age"  # set aside: one that it is dealt with together with was stopped
    ASKED_LONGER = "asked_longer"  # whether it may be kept longer
    KEPT_LONGER = "kept_longer"
    WIPED = "wiped"  # as its time was over: what, is the detail
    CASE_READ = "case_read"  # its page at the desk, with places and messages
    OPENED = "opened"  # how the person may be reached
    PAGE_OPENED = "page_opened"  # the person's own, with the right words
    FOUND = "found"  # searched for by its number, and there
    SEARCHED = "searched"  # for something else, or a number that is not there: how many were found

    # To an account: its id is the subject.
    ACCOUNT_MADE = "account_made"
    ACCOUNT_CLOSED = "account_closed"
    ROLE_GIVEN = "role_given"
    CASE_GIVEN = "case_given"  # the one of the row before, as their work
    LOGGED_IN = "logged_in"
    LOGGED_OUT = "logged_out"
    LOGIN_FAILED = "login_failed"  # the password; no subject where there is no such account
    FACTOR_FAILED = "factor_failed"
    FACTOR_ADDED = "factor_added"
    FACTOR_REMOVED = "factor_removed"
    FACTOR_RESET = "factor_reset"
    PASSWORD_CHANGED = "password_changed"  # noqa: S105 - an act

    # To the log itself, or the helpline as a whole.
    PARTNER_MADE = "partner_made"
    LOG_READ = "log_read"
    CHECKED = "checked"
    SESSIONS_WIPED = "sessions_wiped"
    LET_GO = "let_go"  # so many of its first rows, as their time was over
    RETAINED = "retained"  # it was looked through for what is kept no longer
    ANCHOR_GAP = "anchor_gap"  # the head reached nobody outside for so many hours


OF_ACCOUNTS = frozenset(
    {
        Act.ACCOUNT_MADE,
        Act.ACCOUNT_CLOSED,
        Act.ROLE_GIVEN,
        Act.CASE_GIVEN,
        Act.LOGGED_IN,
        Act.LOGGED_OUT,
        Act.LOGIN_FAILED,
        Act.FACTOR_FAILED,
        Act.FACTOR_ADDED,
        Act.FACTOR_REMOVED,
        Act.FACTOR_RESET,
        Act.PASSWORD_CHANGED,
    }
)
OF_PARTNERS = frozenset({Act.PARTNER_MADE})  # its id is the subject


@dataclass(frozen=True, slots=True)
class AuditRow:
    """One act. Raises AuditError for a detail that is not on the list."""

    number: int  # from 1, without gaps
    at: datetime  # UTC
    act: Act
    subject: int | None  # the id of what it was done to
    count: int  # how many
    detail: str = ""
    by: int | None = None  # an account; 0: the affected person; None: the store, or whoever runs it

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


@dataclass(frozen=True, slots=True)
class Anchor:
    """A witness, and of which log: to be handed to those outside."""

    log: bytes  # LOG_BYTES
    head: Witness

    @classmethod
    def parse(cls, text: str) -> Anchor:
        """Read "log:number:hexdigest". Raises AuditError for anything else."""
        log, _, head = text.strip().lower().partition(":")
        if not _LOG_ID.fullmatch(log):
            raise AuditError("An anchor is a log's id of 32 hexadecimal digits, a colon and a witness.")
        return cls(bytes.fromhex(log), Witness.parse(head))

    def __str__(self) -> str:
        return f"{self.log.hex()}:{self.head}"


def chain_start(store: bytes) -> bytes:
    """What the first row is tied to: the id of its store, so that no log can stand in for another's."""
    return sha256(b"haalweg audit 1\0" + store).digest()


def chained(previous: bytes, row: AuditRow) -> bytes:
    """The digest that ties a row to all before it (32 bytes)."""
    subject = "" if row.subject is None else str(row.subject)
    fields = [str(row.number), row.at.astimezone(UTC).isoformat(), row.act.value, subject, str(row.count), row.detail]
    if row.by is not None:
        fields.append(str(row.by))
    return sha256(previous + "\0".join(fields).encode()).digest()


def verify(rows: Iterable[AuditRow], head: bytes, *witnesses: Witness, start: bytes, cut: int = 0) -> Witness:
    """Walk the log from its start (`chain_start`) to its head, and say where it stands now.

    cut: how many of its first rows were let go, as their time was over; `start` is then what they led to.

    Raises AuditError where a row was changed, removed or put in. Whoever can write the log can also write a new one
    that is whole in itself, or cut the end off: that shows only against witnesses kept elsewhere.
    """
    wanted: dict[int, set[bytes]] = {}
    for witness in witnesses:
        wanted.setdefault(witness.number, set()).add(witness.digest)
    if wanted and max(wanted) < cut:
        raise AuditError(
            f"The audit log begins at row {cut + 1}, after what its witness saw: rows whose time was over are let go. "
            "Take a later witness."
        )
    number, digest = cut, start
    _refuse_other(wanted, number, digest)
    for row in rows:
        number += 1
        if row.number != number:
            raise AuditError(
                f"The audit log goes from row {number - 1} to row {row.number}: rows were removed or put in."
            )
        digest = chained(digest, row)
        _refuse_other(wanted, number, digest)
    if wanted and number < max(wanted):
        raise AuditError(f"The audit log ends at row {number}, but its witness saw row {max(wanted)}: the end was cut.")
    if digest != head:
        raise AuditError(f"The {number - cut} rows of the audit log do not lead to its head: a row was changed.")
    return Witness(number, digest)


def _refuse_other(wanted: dict[int, set[bytes]], number: int, digest: bytes) -> None:
    if wanted.get(number, {digest}) != {digest}:
        raise AuditError(f"The audit log up to row {number} is not what its witness saw: it was written anew.")
