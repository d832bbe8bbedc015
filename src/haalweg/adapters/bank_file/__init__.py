"""Banks in one file that CLI, gate and scan share: sealed unless it is plain by choice."""

from haalweg.adapters.bank_file.bank_file import BankFile
from haalweg.adapters.bank_file.checking import Checked
from haalweg.adapters.bank_file.errors import BankFileError
from haalweg.adapters.bank_file.journal import JournalError, Record
from haalweg.adapters.bank_file.with_keys import JOURNALS, journal_for, journal_of, opened, opened_without_journal

__all__ = [
    "JOURNALS",
    "BankFile",
    "BankFileError",
    "Checked",
    "JournalError",
    "Record",
    "journal_for",
    "journal_of",
    "opened",
    "opened_without_journal",
]
