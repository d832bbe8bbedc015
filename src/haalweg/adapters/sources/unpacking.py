"""Bytes out of compressed ones, forward only, in bounded memory: what libraries unpack, held to our limits."""

from __future__ import annotations

import gzip
import io
import lzma
import zlib
from bz2 import BZ2File
from contextlib import suppress
from http.client import HTTPException
from typing import TYPE_CHECKING, Protocol

from fastwarc.stream_io import Lz4Reader, ZstdReader

from haalweg.adapters.sources.items import ItemError
from haalweg.adapters.sources.kinds import HEAD_BYTES, Archive

if TYPE_CHECKING:
    from collections.abc import Callable

    from _typeshed import WriteableBuffer

    from haalweg.adapters.sources.limits import SourceLimits

DAMAGED = "its compressed bytes are damaged."
_CUT = "it ends in the middle of its compressed bytes: the file was cut."
_PIECE = 1 << 16
# What the libraries say of bytes that make no sense to them; an OSError with a number is the disk's.
_NONSENSE = (OSError, EOFError, ValueError, NotImplementedError, zlib.error, lzma.LZMAError, HTTPException)


class Readable(Protocol):
    """What gives bytes, front to back; none at the end."""

    def read(self, size: int, /) -> bytes | None: ...


class Bounded(io.RawIOBase):
    """What a library reads, as a stream: its errors as sentences, and no more bytes than may come out of it."""

    def __init__(self, inner: Readable, most: Callable[[], int], ratio: int, damaged: str, piece: int = _PIECE) -> None:
        """most: bytes that may have come out by now; piece: asked for at once."""
        super().__init__()
        # read waits for all it was asked for, and forgets what it has where the rest is damaged.
        self._read: Callable[[int], bytes | None] = getattr(inner, "read1", inner.read)
        self._most, self._ratio, self._damaged, self._piece, self._out = most, ratio, damaged, piece, 0

    def readable(self) -> bool:
        """It is for reading only."""
        return True

    def tell(self) -> int:
        """How far it was read: fastwarc asks, and panics where a stream cannot say."""
        return self._out

    def readinto(self, room: WriteableBuffer, /) -> int:
        """Fill some of the room; 0 at the end."""
        view = memoryview(room).cast("B")
        try:
            data = self._read(min(len(view), self._piece)) or b""
        except _NONSENSE as error:
            if isinstance(error, OSError) and (isinstance(error, ItemError) or error.errno):
                raise
            raise ItemError(_CUT if isinstance(error, EOFError) else self._damaged) from error
        self._out += len(data)
        if self._out > self._most():
            raise ItemError(f"it unpacks to more than {self._ratio} times its size, as bombs do.")
        view[: len(data)] = data
        return len(data)


class _Xz:
    """What lzma.LZMAFile is, but for a bound on the memory that a file may ask for."""

    def __init__(self, packed: Readable, memory_bytes: int) -> None:
        self._packed, self._memory_bytes, self._ahead = packed, memory_bytes, b""
        self._unpack = lzma.LZMADecompressor(memlimit=memory_bytes)

    def read(self, size: int) -> bytes:
        while True:
            data, self._ahead = self._ahead, b""
            if not data and (self._unpack.eof or self._unpack.needs_input):
                data = self._packed.read(_PIECE) or b""
                if not data and self._unpack.eof:
                    return b""
                if not data:
                    raise EOFError
            if self._unpack.eof:  # streams stand one after another, filled up with zeros
                self._ahead = (self._unpack.unused_data + data).lstrip(b"\0")
                if self._ahead:
                    self._unpack = lzma.LZMADecompressor(memlimit=self._memory_bytes)
                continue
            try:
                out = self._unpack.decompress(data, size)
            except lzma.LZMAError as error:
                if "limit" not in str(error):
                    raise
                raise too_hungry(self._memory_bytes) from error
            if out:
                return out


def too_hungry(memory_bytes: int) -> ItemError:
    """Say that a compressor asks for too much."""
    return ItemError(f"unpacking it takes more than {memory_bytes >> 20:,} MiB: unpack it yourself.")


def unpacked(file: io.FileIO | io.BytesIO, archive: Archive | None, limits: SourceLimits) -> io.RawIOBase | io.BytesIO:
    """Give the bytes of a file that is compressed so; the file itself where it is not. It stays the caller's."""
    inner: Readable
    if archive is Archive.GZIP:
        inner = gzip.GzipFile(fileobj=file)
    elif archive is Archive.BZIP2:
        inner = BZ2File(file)
    elif archive is Archive.XZ:
        inner = _Xz(file, limits.unpack_memory_bytes)
    elif archive in (Archive.ZSTD, Archive.LZ4):
        inner = ZstdReader(file) if archive is Archive.ZSTD else Lz4Reader(file)
    else:
        return file
    return Bounded(inner, lambda: max(limits.ratio_from_bytes, limits.ratio * file.tell()), limits.ratio, DAMAGED)


def unpacked_head(head: bytes, archive: Archive, limits: SourceLimits) -> bytes:
    """What the first bytes of a compressed file unpack to, as far as they do."""
    stream, pieces = unpacked(io.BytesIO(head), archive, limits), b""
    with suppress(ItemError):  # it was only the head
        while len(pieces) < HEAD_BYTES and (piece := stream.read(HEAD_BYTES)):
            pieces += piece
    return pieces
