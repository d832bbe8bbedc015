"""What a bank cannot take or give."""

from __future__ import annotations

from haalweg.errors import HaalwegError


class BankError(HaalwegError, ValueError):
    """A name, an entry or a question that a bank cannot take. The text says why, and never holds a signature."""
