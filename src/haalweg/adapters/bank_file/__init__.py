"""Banks in one file that CLI, gate and scan share: sealed unless it is plain by choice."""

from haalweg.adapters.bank_file.bank_file import BankFile
from haalweg.adapters.bank_file.checking import Checked
from haalweg.adapters.bank_file.errors import BankFileError
from haalweg.adapters.bank_file.with_keys import opened

__all__ = ["BankFile", "BankFileError", "Checked", "opened"]
