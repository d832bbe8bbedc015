"""A bank file and the keys of this process's environment."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from haalweg.adapters.bank_file.bank_file import BankFile
from haalweg.keeping import KeyRing, key_file

if TYPE_CHECKING:
    from pathlib import Path


def opened(path: Path, *, read_only: bool = False) -> BankFile:
    """Open a file; the key file is read where it is sealed. Raises BankFileError, and KeyFileError."""
    ring = KeyRing.read(key_file(os.environ)) if BankFile.is_sealed(path) else None
    return BankFile.open(path, ring, read_only=read_only)
