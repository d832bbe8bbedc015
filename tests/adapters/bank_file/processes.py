"""Processes of their own that have a bank open, for tests that kill them or let two write at once."""

from __future__ import annotations

import subprocess
import sys
import textwrap
from pathlib import Path


def script(path, keys, body):
    """A process of its own that has the bank open as `store`, and the test's tools."""
    head = f"""
        import os, signal, sys
        import numpy as np
        from pathlib import Path
        from haalweg.adapters.bank_file import BankFile, bank_file
        from haalweg.banks import EntryId, WithdrawalReason
        from haalweg.keeping import KeyRing
        from tests.banks.building import *
        store = BankFile.open(Path({str(path)!r}), KeyRing.read({str(keys)!r}))
        bank = store.banks()[0]
    """
    code = textwrap.dedent(head) + textwrap.dedent(body)
    return subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, cwd=Path.cwd(), text=True)
