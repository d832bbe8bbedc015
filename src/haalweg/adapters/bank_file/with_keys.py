"""A bank file, and what this process's environment says of its keys and its withdrawal journal."""

from __future__ import annotations

import os
from pathlib import Path

from haalweg.adapters.bank_file.bank_file import BankFile
from haalweg.keeping import KeyRing, key_file

JOURNALS = "HAALWEG_WITHDRAWAL_JOURNALS"


def opened(path: Path, *, read_only: bool = False, journal: Path | None = None) -> BankFile:
    """Open a file; the key file is read where it is sealed. Raises BankFileError, and KeyFileError.

    Where its withdrawal journal is given, or else a folder of journals is named, it is held to that; one that is not
    there is an error.
    """
    journal = journal or journal_of(BankFile.id_of(path))
    return BankFile.open(path, _ring_of(path), read_only=read_only, journal=journal)


def opened_without_journal(path: Path) -> BankFile:
    """Open a file that is to begin one."""
    return BankFile.open(path, _ring_of(path))


def journal_for(path: Path, journal: Path | None) -> Path | None:
    """The journal of a file: the one that is given, or that of the environment's folder; None where it keeps none.

    Raises JournalError where it keeps one and none is named.
    """
    journal = journal or journal_of(BankFile.id_of(path))
    if journal is None:
        BankFile.refuse_unnamed_journal(path)
    return journal


def journal_of(store: str) -> Path | None:
    """Where the journal of a store belongs; None: no folder of journals is named."""
    folder = os.environ.get(JOURNALS)
    return Path(folder) / f"{store}.journal" if folder else None


def _ring_of(path: Path) -> KeyRing | None:
    return KeyRing.read(key_file(os.environ)) if BankFile.is_sealed(path) else None
