"""What libraries read and unpack, as streams: forward only, in bounded memory, with their errors as sentences."""

from __future__ import annotations

import gzip
import io
import lzma
import os
import zlib
from bz2 import BZ2File
from contextlib import suppress
from http.client import HTTPException, IncompleteRead
from typing import TYPE_CHECKING, Protocol
from zipfile import ZipExtFile, ZipInfo

from fastwarc.stream_io import Lz4Reader, ZstdReader

from haalweg.adapters.sources.items import ItemError
from haalweg.adapters.sources.kinds import HEAD_BYTES, Archive

if TYPE_CHECKING:
    from collections.abc import Callable

    from _typeshed import WriteableBuffer

    from haalweg.adapters.sources.limits import SourceLimits

    Read = Callable[[int], bytes | None]  # at most so many bytes, none at the end

_CUT = "it holds fewer bytes than its archive says: cut or damaged."
_SENTENCES: dict[type[Exception], str] = {
    EOFError: "it ends in the middle of its compressed bytes: the file was cut.",
    IncompleteRead: "its chunked body was cut or is damaged.",
}
_PIECE = 1 << 16
# What the libraries say of bytes that make no sense to them; an OSError with a number is the disk's.
_NONSENSE = (OSError, EOFError, ValueError, NotImplementedError, zlib.error, lzma.LZMAError, HTTPException)


class Packed(Protocol):
    """A file with compressed bytes."""

    def read(self, size: int = ..., /) -> bytes: ...
    def seek(self, offset: int, whence: int = ..., /) -> int: ...
    def tell(self) -> int: ...


class Bounded(io.RawIOBase):
    """What a library reads, as a stream: not more bytes than may come out, nor fewer than were promised."""

    def __init__(
        self,
        read: Read,
        limits: SourceLimits,
        *,
        packed: Callable[[], int] | None = None,
        nonsense: str = "its compressed bytes are damaged.",
        size: int | None = None,
        crc: int | None = None,
        seek: Callable[[int, int], int] | None = None,
    ) -> None:
        """read: best one that does not wait for all it was asked for, since that forgets what came before damage.

        packed: how many bytes were taken for what was given; nonsense: said of what cannot be unpacked; size and crc:
        promised of what is read in order.
        """
        super().__init__()
        self._read, self._limits, self._packed, self._nonsense = read, limits, packed, nonsense
        self._size, self._expected, self._seek = size, crc, seek
        self._at = self._crc = 0

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return self._seek is not None

    def seek(self, offset: int, whence: int = os.SEEK_SET, /) -> int:
        if self._seek is None:
            raise io.UnsupportedOperation
        self._at, self._expected = self._seek(offset, whence), None
        return self._at

    def tell(self) -> int:
        return self._at  # fastwarc's readers ask, and panic where a stream cannot say

    def readinto(self, room: WriteableBuffer, /) -> int:
        view = memoryview(room).cast("B")[:_PIECE]
        if self._size is not None:
            view = view[: max(0, self._size - self._at)]
        data = self._taken(len(view)) if view else b""
        view[: len(data)] = data
        self._at += len(data)
        limits = self._limits
        if view and not data and self._size is not None:
            raise ItemError(_CUT)
        if self._packed is not None and self._at > max(limits.ratio_from_bytes, limits.ratio * self._packed()):
            raise ItemError(f"it unpacks to more than {limits.ratio} times its size, as bombs do.")
        if self._expected is not None:
            self._crc = zlib.crc32(data, self._crc)
            if self._at == self._size and self._crc != self._expected:
                raise ItemError("its bytes do not add up to the checksum in its zip: damaged.")
        return len(data)

    def _taken(self, most: int) -> bytes:
        try:
            return self._read(most) or b""
        except _NONSENSE as error:
            if isinstance(error, OSError) and (isinstance(error, ItemError) or error.errno):
                raise
            raise ItemError(_SENTENCES.get(type(error), self._nonsense)) from error


class _Xz:
    """What lzma.LZMAFile is, but for a bound on the memory that a file may ask for."""

    def __init__(self, packed: Packed, memory_bytes: int) -> None:
        self._packed, self._memory_bytes = packed, memory_bytes
        self._unpack = lzma.LZMADecompressor(memlimit=memory_bytes)

    def read(self, size: int) -> bytes:
        out = b""
        while not out:
            data = b""
            if self._unpack.eof:  # streams stand one after another, filled up with zeros
                data = self._unpack.unused_data.lstrip(b"\0")
                while not data:
                    if not (data := self._packed.read(_PIECE)):
                        return b""
                    data = data.lstrip(b"\0")
                self._unpack = lzma.LZMADecompressor(memlimit=self._memory_bytes)
            elif self._unpack.needs_input and not (data := self._packed.read(_PIECE)):
                raise EOFError
            try:
                out = self._unpack.decompress(data, size)
            except lzma.LZMAError as error:
                raise (too_hungry(self._memory_bytes) if "limit" in str(error) else error) from error
        return out


def too_hungry(memory_bytes: int) -> ItemError:
    """Say that a compressor asks for too much."""
    return ItemError(f"unpacking it takes more than {memory_bytes >> 20:,} MiB: unpack it yourself.")


def unzipped(packed: Packed, method: int, packed_bytes: int, size: int) -> Read:
    """Unpack one member of a zip, or anything that is packed as one, without its checksum."""
    about = ZipInfo()
    about.compress_type, about.compress_size, about.file_size = method, packed_bytes, size
    return ZipExtFile(packed, "r", about).read1


def unpacked(file: io.FileIO | io.BytesIO, archive: Archive | None, limits: SourceLimits) -> io.RawIOBase | io.BytesIO:
    """Give the bytes of a file that is compressed so; the file itself where it is not. It stays the caller's."""
    read: Read
    if archive is Archive.GZIP:
        read = gzip.GzipFile(fileobj=file).read1
    elif archive is Archive.BZIP2:
        read = BZ2File(file).read1
    elif archive is Archive.XZ:
        read = _Xz(file, limits.unpack_memory_bytes).read
    elif archive in (Archive.ZSTD, Archive.LZ4):
        read = (ZstdReader(file) if archive is Archive.ZSTD else Lz4Reader(file)).read
    else:
        return file
    return Bounded(read, limits, packed=file.tell)


def unpacked_head(head: bytes, archive: Archive, limits: SourceLimits) -> bytes:
    """What the first bytes of a compressed file unpack to, as far as they do."""
    stream, pieces = unpacked(io.BytesIO(head), archive, limits), b""
    with suppress(ItemError):  # it was only the head
        while len(pieces) < HEAD_BYTES and (piece := stream.read(HEAD_BYTES)):
            pieces += piece
    return pieces
