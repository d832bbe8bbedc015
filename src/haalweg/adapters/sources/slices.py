"""A part of a larger file, as a file of its own."""

from __future__ import annotations

import io
import os
from typing import TYPE_CHECKING

from haalweg.adapters.sources.items import ItemError

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer


class Slice(io.RawIOBase):
    """So many bytes of an open file from one place on. Seekable; does not move the file."""

    def __init__(self, descriptor: int, start: int, size: int) -> None:
        """The file stays the caller's."""
        super().__init__()
        self.start = start
        self._descriptor, self._size, self._at = descriptor, size, 0

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def seek(self, offset: int, whence: int = os.SEEK_SET, /) -> int:
        at = offset + {os.SEEK_SET: 0, os.SEEK_CUR: self._at, os.SEEK_END: self._size}[whence]
        if at < 0:
            raise ItemError("a place before its start.")
        self._at = at
        return at

    def tell(self) -> int:
        return self._at

    def readinto(self, room: WriteableBuffer, /) -> int:
        view = memoryview(room).cast("B")
        wanted = min(len(view), self._size - self._at)
        if wanted <= 0:
            return 0
        got = os.preadv(self._descriptor, [view[:wanted]], self.start + self._at)
        if not got:
            raise ItemError("the archive ends in the middle of it: the file was cut.")
        self._at += got
        return got
