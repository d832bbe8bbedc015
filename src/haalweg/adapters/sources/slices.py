"""Parts of a larger file or stream, as files of their own."""

from __future__ import annotations

import io
import os
from typing import TYPE_CHECKING, BinaryIO

from haalweg.adapters.sources.items import ItemError

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

_PIECE = 1 << 20
_PIECE_WORTH_A_SEEK = 1 << 15
_CUT = "the archive ends in the middle of it: the file was cut."


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
            raise ItemError(_CUT)
        self._at += got
        return got


class Tape:
    """A stream that only goes forward, and how far it has come."""

    def __init__(self, stream: BinaryIO | io.RawIOBase) -> None:
        """The stream stays the caller's."""
        self._stream = stream
        self._length: int | None = None
        if stream.seekable():
            self._length = stream.seek(0, os.SEEK_END)
            stream.seek(0)
        self.at = 0

    def read(self, count: int) -> bytes:
        """Give so many bytes, fewer only at the end. Raises OSError."""
        pieces, missing = [], count
        while missing and (piece := self._stream.read(min(missing, _PIECE))):
            pieces.append(piece)
            missing -= len(piece)
        self.at += count - missing
        return b"".join(pieces)

    def line(self, most: int) -> bytes:
        """Read to the end of the line, or so many bytes of it. Raises OSError."""
        data = self._stream.readline(most)
        self.at += len(data)
        return data

    def ahead(self, count: int) -> bytes:
        """Look at what comes next, without reading it: of a buffered stream only. Raises OSError."""
        assert isinstance(self._stream, io.BufferedReader)
        return self._stream.peek(count)[:count]

    def readinto(self, view: memoryview) -> int:
        """Fill some of the room; 0 at the end. Raises OSError."""
        data = self._stream.read(min(len(view), _PIECE)) or b""
        view[: len(data)] = data
        self.at += len(data)
        return len(data)

    def skip_to(self, place: int) -> bool:
        """Drop what comes before that place; whether it exists. Raises OSError."""
        if self._length is not None and place - self.at > _PIECE_WORTH_A_SEEK:
            self.at = self._stream.seek(min(place, self._length))
        while self.at < place and self.read(min(place - self.at, _PIECE)):
            pass
        return self.at == place


class Stretch(io.RawIOBase):
    """The next so many bytes of a tape. Not seekable."""

    def __init__(self, tape: Tape, size: int) -> None:
        """It moves the tape as it is read."""
        super().__init__()
        self._tape, self._left = tape, size

    def readable(self) -> bool:
        """It is for reading only."""
        return True

    def readinto(self, room: WriteableBuffer, /) -> int:
        """Fill some of the room; 0 at the end."""
        view = memoryview(room).cast("B")[: self._left]
        if not view:
            return 0
        got = self._tape.readinto(view)
        if not got:
            raise ItemError(_CUT)
        self._left -= got
        return got
