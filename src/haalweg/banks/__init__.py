"""The hash lists we hold: entries, expiry, withdrawal."""

from haalweg.banks.changes import Changes, Cursor, CursorAheadError
from haalweg.banks.entries import (
    NO_QUALITY,
    THERE_ALREADY,
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
from haalweg.banks.feedback import DisputeReason, Feedback, Opinion, Standing
from haalweg.banks.store import BankStore, can_match

__all__ = [
    "NO_QUALITY",
    "THERE_ALREADY",
    "WITHDRAWN_BEFORE",
    "Added",
    "Assurance",
    "Bank",
    "BankError",
    "BankId",
    "BankKind",
    "BankSettings",
    "BankStore",
    "Block",
    "Changes",
    "Count",
    "Cursor",
    "CursorAheadError",
    "DisputeReason",
    "Entry",
    "EntryId",
    "ExactIndex",
    "Feedback",
    "NewEntries",
    "Opinion",
    "Standing",
    "WithdrawalReason",
    "can_match",
    "checked_name",
]
