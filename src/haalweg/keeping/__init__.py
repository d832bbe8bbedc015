"""What every later chapter needs: keys, sealing, and a log that only grows."""

from haalweg.keeping.errors import (
    AuditError,
    BrokenSealError,
    KeepingError,
    KeyFileError,
    SheetError,
    TextTooLongError,
    UnknownKeyError,
)
from haalweg.keeping.keys import SEALS_PER_KEY, KeyRing, SealingKey, key_file
from haalweg.keeping.memory import guard_memory
from haalweg.keeping.sealing import NotSealed, Place, Sealed, Sealing, padded, unpadded

__all__ = [
    "SEALS_PER_KEY",
    "AuditError",
    "BrokenSealError",
    "KeepingError",
    "KeyFileError",
    "KeyRing",
    "NotSealed",
    "Place",
    "Sealed",
    "Sealing",
    "SealingKey",
    "SheetError",
    "TextTooLongError",
    "UnknownKeyError",
    "guard_memory",
    "key_file",
    "padded",
    "unpadded",
]
