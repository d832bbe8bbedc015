"""Bytes out of compressed ones, forward only, in bounded memory: gzip, bzip2, xz, and what a zip deflates."""

from __future__ import annotations

import bz2
import io
import lzma
import zlib
from typing import TYPE_CHECKING, Protocol

from haalweg.adapters.sources.items import ItemError
from haalweg.adapters.sources.kinds import HEAD_BYTES, Archive

if TYPE_CHECKING:
    from collections.abc import Callable

    from _typeshed import WriteableBuffer

    from haalweg.adapters.sources.limits import SourceLimits

_PIECE = 1 << 16


class Readable(Protocol):
    """What gives bytes, front to back; none at the end."""

    def read(self, size: int, /) -> bytes | None: ...


class Decompressor(Protocol):
    """What bz2 and lzma offer, and Inflate below."""

    @property
    def eof(self) -> bool: ...
    @property
    def needs_input(self) -> bool: ...
    @property
    def unused_data(self) -> bytes: ...
    def decompress(self, data: bytes, /, max_length: int) -> bytes: ...


class Inflate:
    """zlib's decompressor in the shape of the two others."""

    def __init__(self, wbits: int) -> None:
        """As for zlib: 31 is gzip, -15 is bare deflate."""
        self._inner = zlib.decompressobj(wbits)

    @property
    def eof(self) -> bool:
        """Whether the end mark was met."""
        return self._inner.eof

    @property
    def needs_input(self) -> bool:
        """Whether nothing more comes without more bytes."""
        return not self._inner.unconsumed_tail

    @property
    def unused_data(self) -> bytes:
        """What came behind the end mark."""
        return self._inner.unused_data

    def decompress(self, data: bytes, /, max_length: int) -> bytes:
        """Unpack at most max_length bytes of it."""
        return self._inner.decompress(self._inner.unconsumed_tail + data, max_length)


def decompressor_for(archive: Archive, memory_bytes: int) -> Callable[[], Decompressor] | None:
    """Make decompressors for a kind of compression; None: for this kind we have none."""
    makers: dict[Archive, Callable[[], Decompressor]] = {
        Archive.GZIP: lambda: Inflate(31),
        Archive.BZIP2: bz2.BZ2Decompressor,
        Archive.XZ: lambda: lzma.LZMADecompressor(memlimit=memory_bytes),
    }
    return makers.get(archive)


class Unpacking(io.RawIOBase):
    """A compressed stream as the bytes it unpacks to. Reading raises ItemError: damaged, cut, a bomb."""

    def __init__(
        self, packed: Readable, make: Callable[[], Decompressor], limits: SourceLimits, *, several: bool = True
    ) -> None:
        """several: what follows the end mark may be another stream (gzip and its kin are concatenated)."""
        super().__init__()
        self._packed = packed
        self._make = make
        self._unpack = make()
        self._several = several
        self._limits = limits
        self._ahead = b""  # read already, and not yet unpacked
        self._in = self._out = 0

    def readable(self) -> bool:
        """It is for reading only."""
        return True

    def readinto(self, room: WriteableBuffer, /) -> int:
        """Fill some of the room; 0 at the end."""
        view = memoryview(room).cast("B")
        if not view:
            return 0
        while True:
            if self._unpack.eof and not self._begin_next():
                return 0
            data = b""
            if self._unpack.needs_input:
                data = self._take()
            out = self._unpacked(data, len(view))
            if out:
                view[: len(out)] = out
                return len(out)
            if not data and self._unpack.needs_input and not self._unpack.eof:
                raise ItemError("it ends in the middle of its compressed bytes: the file was cut.")

    def _take(self) -> bytes:
        if self._ahead:
            data, self._ahead = self._ahead, b""
            return data
        data = self._packed.read(_PIECE) or b""
        self._in += len(data)
        return data

    def _begin_next(self) -> bool:
        if not self._several:
            return False
        rest = self._unpack.unused_data.lstrip(b"\0")
        while not rest:
            rest = self._take()
            if not rest:
                return False
            rest = rest.lstrip(b"\0")  # tapes are filled up with zeros
        self._unpack = self._make()
        self._ahead = rest
        return True

    def _unpacked(self, data: bytes, most: int) -> bytes:
        try:
            out = self._unpack.decompress(data, most)
        except lzma.LZMAError as error:
            if "limit" in str(error):
                most_mib = self._limits.unpack_memory_bytes >> 20
                raise ItemError(f"unpacking it takes more than {most_mib:,} MiB: unpack it yourself.") from error
            raise ItemError("its compressed bytes are damaged.") from error
        except (zlib.error, OSError, EOFError, ValueError) as error:  # OSError and ValueError: as bz2 says it
            raise ItemError("its compressed bytes are damaged.") from error
        self._out += len(out)
        if self._out > self._limits.ratio_from_bytes and self._out > self._limits.ratio * self._in:
            raise ItemError(f"it unpacks to more than {self._limits.ratio} times its size, as bombs do.")
        return out


class Foreign:
    """A stream as fastwarc's readers want it: they ask it where it is, and must not find that it has no answer."""

    def __init__(self, stream: Readable) -> None:
        """The stream stays the caller's."""
        self._stream = stream
        self._at = 0

    def read(self, size: int = -1) -> bytes:
        """Read on."""
        data = self._stream.read(size if 0 <= size < _PIECE else _PIECE) or b""
        self._at += len(data)
        return data

    def tell(self) -> int:
        """How far it was read."""
        return self._at

    def seek(self, offset: int, whence: int = 0) -> int:
        """Stay where it is: they ask for nothing else."""
        del offset, whence
        return self._at

    def close(self) -> None:
        """The caller does."""


class Unpacked(io.RawIOBase):
    """What can only be read, as a stream; its errors as ours, and a bound on what comes out of it."""

    def __init__(self, inner: Readable, most: Callable[[], int], limits: SourceLimits, sentence: str) -> None:
        """most: bytes that may have come out by now; sentence: for bytes that make no sense to inner."""
        super().__init__()
        self._inner, self._most, self._out = inner, most, 0
        self._ratio, self._sentence = limits.ratio, sentence

    def readable(self) -> bool:
        """It is for reading only."""
        return True

    def readinto(self, room: WriteableBuffer, /) -> int:
        """Fill some of the room; 0 at the end."""
        view = memoryview(room).cast("B")
        try:
            data = self._inner.read(min(len(view), _PIECE)) or b""
        except OSError as error:
            if isinstance(error, ItemError) or error.errno:
                raise
            raise ItemError(self._sentence) from error  # fastwarc's words may quote the bytes
        self._out += len(data)
        if self._out > self._most():
            raise ItemError(f"it unpacks to more than {self._ratio} times its size, as bombs do.")
        view[: len(data)] = data
        return len(data)


def unpacked_head(head: bytes, archive: Archive, limits: SourceLimits) -> bytes:
    """What the first bytes of a compressed file unpack to, as far as they do."""
    make = decompressor_for(archive, limits.unpack_memory_bytes)
    if make is None:
        return b""
    stream, pieces = Unpacking(io.BytesIO(head), make, limits), b""
    try:
        while len(pieces) < HEAD_BYTES and (piece := stream.read(HEAD_BYTES)):
            pieces += piece
    except ItemError:
        pass  # it was only the head
    return pieces
