"""Parts of a larger file, as files of their own."""

from __future__ import annotations

import io
import os
from typing import TYPE_CHECKING

from haalweg.adapters.sources.items import ItemError

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

CUT = "the archive ends in the middle of it: the file was cut."


class Slice(io.RawIOBase):
    """So many bytes of an open file from one place on. Seekable; does not move the file."""

    def __init__(self, descriptor: int, start: int, size: int) -> None:
        """The file stays the caller's."""
        super().__init__()
        self._descriptor, self._start, self._size, self._at = descriptor, start, size, 0

    def readable(self) -> bool:
        """It is for reading only."""
        return True

    def seekable(self) -> bool:
        """It may be read in any order."""
        return True

    def seek(self, offset: int, whence: int = os.SEEK_SET, /) -> int:
        """As for any file. Raises ItemError for a place before the start."""
        at = offset + {os.SEEK_SET: 0, os.SEEK_CUR: self._at, os.SEEK_END: self._size}[whence]
        if at < 0:
            raise ItemError("a place before its start.")
        self._at = at
        return at

    def tell(self) -> int:
        """How far it was read."""
        return self._at

    def readinto(self, room: WriteableBuffer, /) -> int:
        """Fill some of the room; 0 at the end."""
        view = memoryview(room).cast("B")
        wanted = min(len(view), self._size - self._at)
        if wanted <= 0:
            return 0
        got = os.preadv(self._descriptor, [view[:wanted]], self._start + self._at)
        if not got:
            raise ItemError(CUT)
        self._at += got
        return got
