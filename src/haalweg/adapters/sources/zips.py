"""Zip archives: their directory read as a stream, their members found by their place in it.

zipfile would read the whole directory again for each share, and believe the end record about how large it is.
Source of the format: PKWARE's APPNOTE.TXT, 6.3.10.
"""

from __future__ import annotations

import io
import lzma
import os
import stat
import struct
import zlib
from array import array
from dataclasses import dataclass
from typing import TYPE_CHECKING, BinaryIO

import numpy as np

from haalweg.adapters.sources.gathering import Gathering
from haalweg.adapters.sources.items import ItemError, reason_for
from haalweg.adapters.sources.kinds import Archive
from haalweg.adapters.sources.names import shown
from haalweg.adapters.sources.shards import Member
from haalweg.adapters.sources.slices import Slice
from haalweg.adapters.sources.unpacking import Inflate, Unpacking, decompressor_for

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from _typeshed import WriteableBuffer
    from numpy.typing import NDArray

    from haalweg.adapters.sources.limits import SourceLimits
    from haalweg.adapters.sources.shards import Shard
    from haalweg.adapters.sources.unpacking import Decompressor

_END = struct.Struct("<4s4H2LH")
_LOCATOR = struct.Struct("<4sLQL")
_END_64 = struct.Struct("<4sQ2H2L4Q")
_ENTRY = struct.Struct("<4s6H3L5H2L")
_LOCAL = struct.Struct("<4s5H3L2H")
_MOST_COMMENT = 0xFFFF
_MOST_32 = 0xFFFF_FFFF
_ENCRYPTED, _UTF_8 = 0x2041, 0x0800  # in the old way, the strong way, the directory too
_STORED, _DEFLATED, _BZIP2, _LZMA = 0, 8, 12, 14
_UNIX_LIKE = (3, 19)
_NO_DIRECTORY = "the zip has no directory at its end: it was cut or damaged. Repair it (`zip -FF`) and scan the result."
_BROKEN = "the zip's directory is damaged from here on. Repair it (`zip -FF`) and scan the result."
_IN_PARTS = "one part of a zip in several parts. Put it together (`zip -s 0`) and scan the result."
_DAMAGED = "the zip is damaged where this should be."


def shards_of_zip(empty: Shard, limits: SourceLimits) -> Iterator[Shard]:
    """Plan a zip. Raises nothing."""
    gathering = Gathering(empty, limits.members_per_shard)
    try:
        with open(empty.path, "rb") as file:  # noqa: PTH123 - a name in any bytes
            for member, share in Zip(file, limits).members():
                if shard := gathering.add(member, empty.since + (empty.until - empty.since) * share):
                    yield shard
    except OSError as error:
        if shard := gathering.add(Member("", reason=reason_for(error), ends_source=True), empty.until):
            yield shard
    if shard := gathering.rest(empty.until):
        yield shard


@dataclass(frozen=True, slots=True)
class _Entry:
    name: str
    flags: int
    method: int
    crc: int
    packed: int
    size: int
    offset: int  # of the local header, in the file
    mode: int  # as Unix has it; 0: not said

    @property
    def is_folder(self) -> bool:
        return not self.size and (self.name.endswith("/") or stat.S_ISDIR(self.mode))


class Zip:
    """An open zip. It is not read further than it is asked."""

    def __init__(self, file: BinaryIO, limits: SourceLimits) -> None:
        """Find the directory. The file stays the caller's. Raises ItemError, OSError."""
        self._file = file
        self._limits = limits
        self._length = os.fstat(file.fileno()).st_size
        self._place, self._size, self._count, self._shift = self._directory()

    def members(self) -> Iterator[tuple[Member, float]]:
        """What the directory names, folders left out, and how far through it. Raises ItemError, OSError."""
        most = self._limits.zip_members
        if self._count > most:
            raise ItemError(
                f"the zip says that it holds {self._count:,} members; at most {most:,} are taken. Unpack it and scan "
                "the folder."
            )
        overlapping = self._overlapping()
        for number, (at, entry) in enumerate(self._entries()):
            if entry.is_folder:
                continue
            reason = self._reason_against(entry)
            if reason is None and overlapping[number]:
                reason = "it shares its bytes with another member of the zip, as bombs do: neither is read."
            yield Member(shown(entry.name, self._limits), reason=reason, at=at), (at - self._place) / self._size

    def open(self, member: Member) -> tuple[io.RawIOBase, int]:
        """Give a planned member's bytes and how many there are. Raises ItemError, OSError."""
        found = self._entry_at(member.at or 0)
        if found is None:
            raise ItemError(_DAMAGED)
        entry, _ = found
        local = os.pread(self._file.fileno(), _LOCAL.size, entry.offset)
        if len(local) < _LOCAL.size or not local.startswith(b"PK\3\4"):
            raise ItemError(_DAMAGED)
        start = entry.offset + _LOCAL.size + sum(_LOCAL.unpack(local)[-2:])
        if start + entry.packed > self._length:
            raise ItemError(_DAMAGED)
        packed = Slice(self._file.fileno(), start, entry.packed)
        return _Checked(self._unpacking(packed, entry), entry.size, entry.crc), entry.size

    def _directory(self) -> tuple[int, int, int, int]:
        """Where it is, how long, how many members, and how many bytes stand before the zip itself."""
        tail_at = max(0, self._length - _END.size - _MOST_COMMENT - _LOCATOR.size)
        tail = os.pread(self._file.fileno(), self._length - tail_at, tail_at)
        at = tail.rfind(b"PK\5\6", 0, len(tail) - _END.size + 4)
        if at < 0:
            raise ItemError(_NO_DIRECTORY)
        _, disk, first_disk, here, count, size, offset, _ = _END.unpack_from(tail, at)
        if disk or first_disk or here not in (count, 0xFFFF):
            raise ItemError(_IN_PARTS)
        end = tail_at + at
        if at >= _LOCATOR.size and tail[at - _LOCATOR.size :].startswith(b"PK\6\7"):
            end, count, size, offset = self._directory_64(end, _LOCATOR.unpack_from(tail, at - _LOCATOR.size)[2])
        place = end - size
        if place < 0 or place < offset:
            raise ItemError(_NO_DIRECTORY)
        return place, size, count, place - offset

    def _directory_64(self, end: int, claimed: int) -> tuple[int, int, int, int]:
        # Where bytes stand before the zip, its own offset is too small: then it lies right before the locator.
        for at in (claimed, end - _LOCATOR.size - _END_64.size):
            record = os.pread(self._file.fileno(), _END_64.size, at) if 0 <= at < self._length else b""
            if len(record) == _END_64.size and record.startswith(b"PK\6\6"):
                _, _, _, _, disk, first_disk, _, count, size, offset = _END_64.unpack(record)
                if disk or first_disk:
                    raise ItemError(_IN_PARTS)
                return at, count, size, offset
        raise ItemError(_NO_DIRECTORY)

    def _entries(self) -> Iterator[tuple[int, _Entry]]:
        """Each entry and its place. Raises ItemError where the directory is broken, or longer than it says."""
        at, number = self._place, 0
        while at < self._place + self._size:
            found = self._entry_at(at)
            if found is None:
                raise ItemError(_BROKEN)
            number += 1
            if number > self._limits.zip_members:
                raise ItemError(f"the zip holds more than {self._limits.zip_members:,} members, more than it says.")
            entry, length = found
            yield at, entry
            at += length

    def _entry_at(self, at: int) -> tuple[_Entry, int] | None:
        self._file.seek(at)
        fixed = self._file.read(_ENTRY.size)
        if len(fixed) < _ENTRY.size or not fixed.startswith(b"PK\1\2"):
            return None
        _, made, _, flags, method, _, _, crc, packed, size, *rest = _ENTRY.unpack(fixed)
        name_length, extra_length, comment_length, disk, _, attributes, offset = rest
        name, extra = self._file.read(name_length), self._file.read(extra_length)
        if len(name) < name_length or len(extra) < extra_length or disk not in (0, 0xFFFF):
            return None
        if _MOST_32 in (packed, size, offset):
            size, packed, offset = _wide(extra, size, packed, offset)
        mode = attributes >> 16 if made >> 8 in _UNIX_LIKE else 0
        entry = _Entry(_decoded(name, flags), flags, method, crc, packed, size, offset + self._shift, mode)
        return entry, _ENTRY.size + name_length + extra_length + comment_length

    def _overlapping(self) -> NDArray[np.bool_]:
        """For each entry, whether its bytes are another's too."""
        starts, ends = array("Q"), array("Q")
        for _, entry in self._entries():
            start = min(entry.offset, self._length)
            starts.append(start)
            ends.append(start if entry.is_folder else min(start + _LOCAL.size + entry.packed, self._length))
        order = np.argsort(np.frombuffer(starts, np.uint64), kind="stable")
        first, last = np.frombuffer(starts, np.uint64)[order], np.frombuffer(ends, np.uint64)[order]
        bad = np.zeros(len(order), np.bool_)
        if len(order) > 1:
            bad[1:] |= first[1:] < np.maximum.accumulate(last)[:-1]
            bad[:-1] |= last[:-1] > first[1:]
        back = np.empty_like(bad)
        back[order] = bad
        return back

    def _reason_against(self, entry: _Entry) -> str | None:
        limits, reason = self._limits, None
        if stat.S_ISLNK(entry.mode):
            reason = "a symbolic link, which is not followed."
        elif stat.S_IFMT(entry.mode) not in (0, stat.S_IFREG, stat.S_IFDIR):
            reason = "not a file but a pipe, a socket or a device."
        elif entry.flags & _ENCRYPTED:
            reason = "encrypted. Unpack the zip with its password and scan the folder."
        elif entry.method not in (_STORED, _DEFLATED, _BZIP2, _LZMA):
            reason = f"packed in a way that we do not read (method {entry.method}). Unpack the zip and scan the folder."
        elif entry.size > limits.member_bytes:
            reason = f"more than {limits.member_bytes:,} bytes, the most that is read of one member."
        elif entry.size > limits.ratio_from_bytes and entry.size > limits.ratio * entry.packed:
            reason = f"it unpacks to more than {limits.ratio} times its size, as bombs do."
        elif entry.offset + entry.packed > self._length or (entry.method == _STORED and entry.packed != entry.size):
            reason = _DAMAGED
        return reason

    def _unpacking(self, packed: Slice, entry: _Entry) -> io.RawIOBase:
        if entry.method == _STORED:
            return packed
        make: Callable[[], Decompressor] | None = lambda: Inflate(-15)  # noqa: E731 - one of three
        if entry.method == _BZIP2:
            make = decompressor_for(Archive.BZIP2, self._limits.unpack_memory_bytes)
        elif entry.method == _LZMA:
            make = _lzma(packed.read(9), self._limits)
        assert make is not None
        return Unpacking(packed, make, self._limits, several=False)


class _Checked(io.RawIOBase):
    """Bytes that are as many as the directory says, and add up to its checksum where they are read in order."""

    def __init__(self, inner: io.RawIOBase, size: int, crc: int) -> None:
        super().__init__()
        self._inner, self._left, self._expected, self._crc = inner, size, crc, 0
        self._in_order = True

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return self._inner.seekable()

    def seek(self, offset: int, whence: int = os.SEEK_SET, /) -> int:
        self._in_order = False
        return self._inner.seek(offset, whence)

    def tell(self) -> int:
        return self._inner.tell()

    def readinto(self, room: WriteableBuffer, /) -> int:
        view = memoryview(room).cast("B")
        if not self._in_order:
            return self._inner.readinto(view) or 0
        view = view[: self._left]
        if not view:
            return 0
        got = self._inner.readinto(view) or 0
        self._left -= got
        self._crc = zlib.crc32(view[:got], self._crc)
        if not got:
            raise ItemError("it holds fewer bytes than its zip says: damaged.")
        if not self._left and self._crc != self._expected:
            raise ItemError("its bytes do not add up to the checksum in its zip: damaged.")
        return got


def _wide(extra: bytes, size: int, packed: int, offset: int) -> tuple[int, int, int]:
    """Read the three from the zip64 field, as far as they stand there; what is missing stays as it is."""
    at, fields = 0, b""
    while at + 4 <= len(extra):
        kind, length = struct.unpack_from("<HH", extra, at)
        if kind == 1:
            fields = extra[at + 4 : at + 4 + length]
            break
        at += 4 + length
    values = [size, packed, offset]
    for number, value in enumerate(values):
        if value == _MOST_32 and len(fields) >= 8:
            values[number], fields = int.from_bytes(fields[:8], "little"), fields[8:]
    return values[0], values[1], values[2]


def _decoded(name: bytes, flags: int) -> str:
    if flags & _UTF_8:
        return name.decode("utf-8", "surrogateescape")
    try:
        return name.decode("utf-8")  # as macOS writes it, without saying so
    except UnicodeDecodeError:
        return name.decode("cp437")


def _lzma(head: bytes, limits: SourceLimits) -> Callable[[], Decompressor]:
    if len(head) < 9 or head[2:4] != b"\5\0" or head[4] >= 9 * 5 * 5:
        raise ItemError(_DAMAGED)
    rest, lc = divmod(head[4], 9)
    pb, lp = divmod(rest, 5)
    size = int.from_bytes(head[5:9], "little")
    if size > limits.unpack_memory_bytes:
        raise ItemError(f"unpacking it takes more than {limits.unpack_memory_bytes >> 20:,} MiB: unpack it yourself.")
    filters = [{"id": lzma.FILTER_LZMA1, "dict_size": max(size, 4096), "lc": lc, "lp": lp, "pb": pb}]
    return lambda: lzma.LZMADecompressor(lzma.FORMAT_RAW, filters=filters)
