"""Zip archives: zipfile reads the directory once, when a zip is planned; a member then knows where it lies and how.

zipfile takes the whole directory into memory and believes what stands in front of it. So how many members there are is
looked at before it is parsed, and again while zipfile reads it.
"""

from __future__ import annotations

import io
import os
import stat
import struct
from bz2 import BZ2File
from functools import partial
from typing import TYPE_CHECKING
from zipfile import ZIP_BZIP2, ZIP_DEFLATED, ZIP_LZMA, ZIP_STORED, BadZipFile, ZipFile

import numpy as np

from haalweg.adapters.sources.gathering import Gathering
from haalweg.adapters.sources.items import ItemError, reason_for
from haalweg.adapters.sources.names import shown
from haalweg.adapters.sources.shards import Member
from haalweg.adapters.sources.slices import Slice
from haalweg.adapters.sources.unpacking import Bounded, too_hungry, unzipped

if TYPE_CHECKING:
    from collections.abc import Iterator
    from zipfile import ZipInfo

    from numpy.typing import NDArray

    from haalweg.adapters.sources.limits import SourceLimits
    from haalweg.adapters.sources.shards import Shard
    from haalweg.adapters.sources.unpacking import Read

_END, _END_64 = struct.Struct("<4s4H2LH"), struct.Struct("<4sQ2H2L4Q20s")  # this one with its locator behind it
_MOST_COMMENT = 0xFFFF
_MOST_BYTES_A_MEMBER = 256  # of the directory, on average
_LOCAL_BYTES = 30  # of a member's own header, without name and extra field
_ENCRYPTED, _UTF_8 = 0x2041, 0x0800  # in the old way, the strong way, the directory too
_UNIX_LIKE = (3, 19)
_NO_DIRECTORY = "the zip has no directory at its end: it was cut or damaged. Repair it (`zip -FF`) and scan the result."
_BROKEN = "the zip's directory is damaged, so nothing of it is read. Repair it (`zip -FF`) or unpack it, and scan that."
_TOO_LONG = "the zip's directory is longer than we take into memory. Unpack it and scan the folder."
_IN_PARTS = "one part of a zip in several parts. Put it together (`zip -s 0`) and scan the result."
_DAMAGED = "the zip is damaged where this should be."


def shards_of_zip(empty: Shard, limits: SourceLimits) -> Iterator[Shard]:
    """Plan a zip. Raises nothing."""
    gathering = Gathering(empty, limits.members_per_shard)
    try:
        with _Whole(empty.path, limits) as file:
            for member, share in _members(file, limits):
                if shard := gathering.add(member, empty.since + (empty.until - empty.since) * share):
                    yield shard
    except OSError as error:
        if shard := gathering.add(Member("", reason=reason_for(error), ends_source=True), empty.until):
            yield shard
    if shard := gathering.rest(empty.until):
        yield shard


def opened_in_zip(descriptor: int, member: Member, limits: SourceLimits) -> tuple[io.RawIOBase, int]:
    """Give a planned member's bytes and how many there are. Raises ItemError, OSError."""
    method, packed, size, crc = member.packed or (ZIP_STORED, 0, 0, 0)
    head = os.pread(descriptor, _LOCAL_BYTES, member.at or 0)
    if len(head) < _LOCAL_BYTES or not head.startswith(b"PK\3\4"):
        raise ItemError(_DAMAGED)
    raw = Slice(descriptor, (member.at or 0) + _LOCAL_BYTES + sum(struct.unpack_from("<2H", head, 26)), packed)
    if method == ZIP_STORED:
        return Bounded(raw.read, limits, size=size, crc=crc, seek=raw.seek), size
    if method == ZIP_BZIP2:
        read: Read = BZ2File(raw).read1  # zipfile has no bound here: a few bytes may be gigabytes
    else:
        read = unzipped(raw, method, packed, size)
    if method == ZIP_LZMA:
        if int.from_bytes(os.pread(descriptor, 9, raw.start)[5:], "little") > limits.unpack_memory_bytes:
            raise too_hungry(limits.unpack_memory_bytes)
        read = partial(_in_small_pieces, read)
    return Bounded(read, limits, size=size, crc=crc), size


def _in_small_pieces(read: Read, count: int) -> bytes | None:
    return read(min(count, 1 << 12))  # zipfile bounds what comes out of LZMA only by what goes in


class _Whole(io.FileIO):
    """A zip as zipfile wants it, which asks for all of the directory at once."""

    def __init__(self, path: str, limits: SourceLimits) -> None:
        super().__init__(path)
        self._most = limits.zip_members

    def read(self, size: int | None = -1, /) -> bytes:
        if size is not None and size > self._most * _MOST_BYTES_A_MEMBER:
            raise ItemError(_TOO_LONG)
        data = super().read(-1 if size is None else size) or b""
        if data.count(b"PK\1\2") > self._most:
            raise ItemError(f"the zip holds more than {self._most:,} members, more than it says.")
        return data


def _members(file: _Whole, limits: SourceLimits) -> Iterator[tuple[Member, float]]:
    """What the directory names, folders left out, and how far through it. Raises ItemError, OSError."""
    count, most = _count(file), limits.zip_members
    if count > most:
        raise ItemError(
            f"the zip says that it holds {count:,} members; at most {most:,} are taken. Unpack it and scan the folder."
        )
    try:
        with ZipFile(file) as archive:
            found = archive.infolist()
    except (BadZipFile, NotImplementedError, ValueError, LookupError, struct.error) as error:
        raise ItemError(_BROKEN) from error
    length = os.fstat(file.fileno()).st_size
    overlapping = _overlapping(found, length)
    for number, info in enumerate(found):
        name, mode = _name(info), info.external_attr >> 16 if info.create_system in _UNIX_LIKE else 0
        if not info.file_size and (name.endswith("/") or stat.S_ISDIR(mode)):
            continue
        reason = _reason_against(info, mode, length, limits)
        if reason is None and overlapping[number]:
            reason = "it shares its bytes with another member of the zip, as bombs do: neither is read."
        packed = (info.compress_type, info.compress_size, info.file_size, info.CRC)
        member = Member(shown(name, limits), reason=reason, at=info.header_offset, packed=packed)
        yield member, number / len(found)


def _count(file: io.FileIO) -> int:
    """How many members the end record says there are. Raises ItemError, OSError."""
    file.seek(max(0, file.seek(0, os.SEEK_END) - _END_64.size - _END.size - _MOST_COMMENT))
    tail = file.read()
    at = tail.rfind(b"PK\5\6", 0, len(tail) - _END.size + 4)
    if at < 0:
        raise ItemError(_NO_DIRECTORY)
    _, disk, first_disk, here, count, *_ = _END.unpack_from(tail, at)
    if disk or first_disk or here not in (count, 0xFFFF):
        raise ItemError(_IN_PARTS)
    if at >= _END_64.size:
        magic, _, _, _, disk, first_disk, _, wide, _, _, locator = _END_64.unpack_from(tail, at - _END_64.size)
        if magic == b"PK\6\6" and locator.startswith(b"PK\6\7"):
            if disk or first_disk:
                raise ItemError(_IN_PARTS)
            return int(wide)
    return int(count)


def _overlapping(found: list[ZipInfo], length: int) -> NDArray[np.bool_]:
    """For each member, whether its bytes are another's too."""
    starts = np.array([min(max(0, info.header_offset), length) for info in found], np.int64)
    sizes = [_LOCAL_BYTES + min(info.compress_size, length) if info.file_size else 0 for info in found]
    order = np.argsort(starts, kind="stable")
    first, last = starts[order], (starts + np.array(sizes, np.int64))[order]
    bad = np.zeros(len(order), np.bool_)
    if len(order) > 1:
        bad[1:] |= first[1:] < np.maximum.accumulate(last)[:-1]
        bad[:-1] |= last[:-1] > first[1:]
    back = np.empty_like(bad)
    back[order] = bad
    return back


def _name(info: ZipInfo) -> str:
    """The name with its null characters, as UTF-8 where it is that without saying so, as on macOS."""
    if info.flag_bits & _UTF_8:
        return info.orig_filename
    try:
        return info.orig_filename.encode("cp437").decode()
    except UnicodeError:
        return info.orig_filename


def _reason_against(info: ZipInfo, mode: int, length: int, limits: SourceLimits) -> str | None:
    reason, size, method = None, info.file_size, info.compress_type
    if stat.S_ISLNK(mode):
        reason = "a symbolic link, which is not followed."
    elif stat.S_IFMT(mode) not in (0, stat.S_IFREG, stat.S_IFDIR):
        reason = "not a file but a pipe, a socket or a device."
    elif info.flag_bits & _ENCRYPTED:
        reason = "encrypted. Unpack the zip with its password and scan the folder."
    elif method not in (ZIP_STORED, ZIP_DEFLATED, ZIP_BZIP2, ZIP_LZMA):
        reason = f"packed in a way that we do not read (method {method}). Unpack the zip and scan the folder."
    elif size > limits.member_bytes:
        reason = f"more than {limits.member_bytes:,} bytes, the most that is read of one member."
    elif size > limits.ratio_from_bytes and size > limits.ratio * info.compress_size:
        reason = f"it unpacks to more than {limits.ratio} times its size, as bombs do."
    elif not 0 <= info.header_offset <= length - info.compress_size or (size != info.compress_size and not method):
        reason = _DAMAGED
    return reason
