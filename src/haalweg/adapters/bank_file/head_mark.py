"""How far a bank has come, noted outside of what is backed up with it: so that an older copy of it shows."""

from __future__ import annotations

import fcntl
import os
from contextlib import contextmanager
from typing import TYPE_CHECKING

from haalweg.adapters.bank_file.journal import JournalError
from haalweg.keeping.audit import Witness
from haalweg.keeping.sealing import LOOKUP_BYTES
from haalweg.plain_text import shown

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from haalweg.keeping import Sealing

_TIE = "head mark"  # the kind of look-up by which a line is known to be this bank's, and whole
_LINE_BYTES = 256  # two of them, written in turn: where the machine stops in the middle of one, the other is there


class HeadMark:
    """A file beside the withdrawal journal that holds the head of the bank's audit log, as a witness does.

    It is written after each change and before anybody is told that it was made, so it never knows more than the bank.
    """

    def __init__(self, path: Path, sealing: Sealing) -> None:
        """For a file that may be there. Nothing is read yet."""
        self._path = path
        self._sealing = sealing

    def read(self) -> Witness | None:
        """The head that was noted last; None where none ever was. Raises JournalError for a file of another bank."""
        with self._said():
            try:
                data = self._path.read_bytes()
            except FileNotFoundError:
                return None
        return self._last(data)[1]

    def note(self, head: Witness, *, anew: bool = False) -> None:
        """Note how far the bank has come; it is on the disk when this returns. Raises JournalError.

        Where another process noted more meanwhile that stays, unless `anew`: the bank was put back and begins again.
        """
        with self._said():
            is_new = not self._path.exists()
            file = os.open(self._path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
            try:
                fcntl.flock(file, fcntl.LOCK_EX)
                number, noted = self._last(os.pread(file, 2 * _LINE_BYTES, 0))
                if noted is not None and noted.number >= head.number and not anew:
                    return
                os.pwrite(file, self._line(number + 1, head), (number + 1) % 2 * _LINE_BYTES)
                os.fdatasync(file)
            finally:
                os.close(file)
            if is_new:
                folder = os.open(self._path.parent, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
                try:
                    os.fsync(folder)
                finally:
                    os.close(folder)

    # What follows is for the methods above.

    def _last(self, data: bytes) -> tuple[int, Witness | None]:
        lines = [line for line in (data[:_LINE_BYTES], data[_LINE_BYTES:]) if line.strip(b"\0")]
        read = [found for found in map(self._read_line, lines) if found is not None]
        if lines and not read:
            raise JournalError(
                f"{self._name}: nothing in it was written by this bank. It notes how far the bank has come: bring back "
                "the one that belongs to it, or take this one away where that is lost."
            )
        return max(read, key=lambda found: found[0], default=(0, None))

    def _line(self, number: int, head: Witness) -> bytes:
        text = f"{number} {head}".encode()
        tie = self._sealing.lookup(_TIE, text).hex().encode()
        return (text + b" " + tie).ljust(_LINE_BYTES - 1) + b"\n"

    def _read_line(self, line: bytes) -> tuple[int, Witness] | None:
        text, _, tie = line.rstrip().rpartition(b" ")
        if len(tie) != 2 * LOOKUP_BYTES or self._sealing.lookup(_TIE, text).hex().encode() != tie:
            return None
        number, head = text.decode().split(" ")  # its tie was right, so this is what was written
        return int(number), Witness.parse(head)

    @contextmanager
    def _said(self) -> Iterator[None]:
        try:
            yield
        except OSError as error:
            why = error.strerror or "the disk gave an error"
            raise JournalError(
                f"{self._name}: how far the bank has come cannot be noted there: {why}. What was changed last stands; "
                "put this right before anything else."
            ) from error

    @property
    def _name(self) -> str:
        return shown(os.fspath(self._path))
