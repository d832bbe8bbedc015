"""What can go wrong with keys, seals and the audit log. The texts name places and shapes, never what is sealed."""

from haalweg.errors import HaalwegError


class KeepingError(HaalwegError):
    """Something about keys, seals or the audit log that a person must know."""


class KeyFileError(KeepingError):
    """A key file that cannot be read or written as it is."""


class SheetError(KeepingError):
    """A recovery sheet that does not give its keys back as it was typed."""


class UnknownKeyError(KeepingError):
    """Sealed under a key that is not in this key file."""


class BrokenSealError(KeepingError):
    """Sealed bytes that were changed, cut, or moved here from another place."""


class TextTooLongError(KeepingError, ValueError):
    """A text that is longer than what is kept."""


class AuditError(KeepingError):
    """An audit log that is not what was written."""
