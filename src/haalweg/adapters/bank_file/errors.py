"""What can go wrong with a bank file, each with its sentence."""

from __future__ import annotations

import sqlite3
from contextlib import contextmanager
from typing import TYPE_CHECKING

from haalweg.errors import HaalwegError
from haalweg.keeping import KeepingError

if TYPE_CHECKING:
    from collections.abc import Iterator

_SENTENCES = {
    "SQLITE_BUSY": "another program has been writing to it all the while. Nothing was changed; try again in a moment.",
    "SQLITE_LOCKED": "another program has been writing to it all the while. Nothing was changed; try again in a "
    "moment.",
    "SQLITE_FULL": "the disk is full. What was kept before this step still is; make room and give the command again.",
    "SQLITE_IOERR": "the disk gave an error. What was kept before this step still is, if the disk tells the truth; "
    "copy the file to another disk and run `haalweg bank check` on the copy.",
    "SQLITE_READONLY": "it cannot be written here: the file, its folder or the disk is read-only.",
    "SQLITE_PERM": "this user may not open it.",
    "SQLITE_AUTH": "this user may not open it.",
    "SQLITE_CANTOPEN": "it cannot be opened, or no file can be made beside it.",
    "SQLITE_NOTADB": "not a bank file. Make one with `haalweg bank new`.",
    "SQLITE_CORRUPT": "damaged: a part of it is missing or was overwritten. Go back to a copy; `haalweg bank check` "
    "says more.",
    "SQLITE_TOOBIG": "more than one file can hold.",
    "SQLITE_NOMEM": "not enough memory.",
}


_OF_THE_DISK = ("SQLITE_FULL", "SQLITE_IOERR", "SQLITE_READONLY", "SQLITE_CANTOPEN")


class BankFileError(HaalwegError):
    """A bank file that cannot be used as it is. The text names the file and the way out."""

    @property
    def is_of_the_disk(self) -> bool:
        """Whether it is full, fails or cannot be written to, so that what should be kept is not."""
        cause = self.__cause__
        if isinstance(cause, sqlite3.Error):
            return getattr(cause, "sqlite_errorname", "").startswith(_OF_THE_DISK)
        return isinstance(cause, OSError)


@contextmanager
def said_of(name: str) -> Iterator[None]:
    """Turn what SQLite or a seal reports into a sentence about the file of this name."""
    try:
        yield
    except sqlite3.Error as error:
        raise BankFileError(f"{name}: {_sentence(error)}") from error
    except KeepingError as error:
        raise BankFileError(f"{name}: {error}") from error


def _sentence(error: sqlite3.Error) -> str:
    code = getattr(error, "sqlite_errorname", "")
    for known, sentence in _SENTENCES.items():
        if code.startswith(known):
            return sentence
    return f"SQLite gave the error {code or type(error).__name__}. Nothing was changed."
