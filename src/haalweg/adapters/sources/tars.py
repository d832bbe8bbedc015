"""Tar archives, read once from front to back by tarfile; nothing is kept of what was passed.

tarfile's own loop takes a damaged header for the end, and headers of any length into memory: so the loop is here, and
what tarfile reads its headers from gives so many bytes and no more.
"""

from __future__ import annotations

import io
import os
import tarfile
from contextlib import suppress
from typing import TYPE_CHECKING, cast

from haalweg.adapters.sources.items import Item, ItemError, reason_for
from haalweg.adapters.sources.names import shown
from haalweg.adapters.sources.slices import Slice
from haalweg.adapters.sources.unpacking import Bounded

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from haalweg.adapters.sources.limits import SourceLimits

_BLOCK = tarfile.BLOCKSIZE
_MOST_ZERO_BLOCKS = 2048  # behind the end mark; tapes are written in records of up to a few hundred
_MOST_HEADERS = 4  # of the longest kind, before one member
_PIECE, _PIECE_WORTH_A_SEEK = 1 << 20, 1 << 15
_LABEL = b"V"  # of a tape
_HOLES = "a file with holes, which is not read from a tar. Unpack the tar and scan the folder."
_REASONS = {
    tarfile.LNKTYPE: "a hard link to another member, which is read under its own name.",
    tarfile.SYMTYPE: "a symbolic link, which is not followed.",
    tarfile.CHRTYPE: "not a file but a device.",
    tarfile.BLKTYPE: "not a file but a device.",
    tarfile.FIFOTYPE: "not a file but a pipe.",
}
_DAMAGED = "the tar is damaged here. What comes next that looks like a member is read."
_CUT = "the tar ends in the middle: it was cut."
_NO_END = "the tar ends without its end mark: it may have been cut."
# What tarfile raises over headers that make no sense; RecursionError: over hundreds of them before one member.
_NONSENSE = (tarfile.HeaderError, ValueError, LookupError, ArithmeticError, RecursionError)


def items_of_tar(
    stream: io.RawIOBase | io.BytesIO,
    descriptor: int | None,
    limits: SourceLimits,
    wrapped: Callable[[str, io.RawIOBase, int], Item],
) -> Iterator[Item]:
    """Each member; wrapped: makes an item of a name, bytes and their number. Raises nothing.

    descriptor: of the tar itself where it is not packed; its members can then be read in any order.
    """
    tape = _Tape(stream, limits)
    try:
        for member in _members(tape):
            if member is None:
                yield Item("", None, reason=_DAMAGED, ends_source=True)
            elif not member.isdir() and member.type != _LABEL:
                name, size, reason = shown(member.name, limits), member.size, _reason_against(member, limits)
                if reason is None:
                    by_itself = None if descriptor is None else Slice(descriptor, member.offset_data, size)
                    yield wrapped(name, by_itself or Bounded(tape.some, limits, size=size), size)
                else:
                    yield Item(name, None, reason=reason)
    except OSError as error:
        yield Item("", None, reason=reason_for(error), ends_source=True)


def _members(tape: _Tape) -> Iterator[tarfile.TarInfo | None]:
    """Each member, with the tape where its bytes begin; None: damage. Raises OSError, also where the tar was cut."""
    archive = tarfile.TarFile(fileobj=io.BytesIO(bytes(2 * _BLOCK)))  # TarInfo wants one to read itself from
    archive.fileobj = cast("io.BytesIO", tape)
    zeros, is_damaged = 0, False
    while zeros <= _MOST_ZERO_BLOCKS:
        tape.spent = 0
        archive.pax_headers = {}  # what is said of all members: such as a size
        member = None
        with suppress(*_NONSENSE):
            member = tarfile.TarInfo.fromtarfile(archive)
        if member is None and tape.spent == _BLOCK:  # tarfile saw no more than this block
            if not tape.header:
                if not zeros and not is_damaged:
                    raise ItemError(_NO_END)
                return
            if len(tape.header) < _BLOCK:
                raise ItemError(_CUT)
            if not any(tape.header):
                zeros += 1  # what stands behind an end mark may be another tar: `cat a.tar b.tar`
                continue
        zeros = 0
        room = archive.offset - tape.at  # for the member's bytes
        if member is None or room < 0 or (member.isreg() and not member.issparse() and not 0 <= member.size <= room):
            if not is_damaged:
                yield None
            is_damaged = True
            continue
        is_damaged = False
        end = archive.offset
        yield member
        if not tape.skip_to(end):
            raise ItemError(_CUT)


def _reason_against(member: tarfile.TarInfo, limits: SourceLimits) -> str | None:
    reason = _REASONS.get(member.type)
    if member.issparse() or any(key.startswith("GNU.sparse") for key in member.pax_headers):
        reason = _HOLES
    elif reason is None and not member.isreg():
        reason = "a member of a kind that we do not read. Unpack the tar and scan the folder."
    elif reason is None and member.size > limits.member_bytes:
        reason = f"more than {limits.member_bytes:,} bytes, the most that is read of one member."
    return reason


class _Tape:
    """A stream that only goes forward, and how far it has come. As tarfile reads its headers from it."""

    def __init__(self, stream: io.RawIOBase | io.BytesIO, limits: SourceLimits) -> None:
        """The stream stays the caller's."""
        self._stream = stream
        self._length = stream.seek(0, os.SEEK_END) if stream.seekable() else None
        if self._length is not None:
            stream.seek(0)
        self._most = limits.tar_header_bytes
        self.at = self.spent = 0
        self.header = b""  # what was read last

    def read(self, count: int) -> bytes:
        """Give so many bytes for a header; of more than may be, the first, with the rest skipped."""
        end, count = self.at + max(0, count), min(count, self._most)
        self.spent += count
        if self.spent > _MOST_HEADERS * self._most:
            raise tarfile.HeaderError
        pieces = bytearray()
        while len(pieces) < count and (piece := self.some(count - len(pieces))):
            pieces += piece
        self.skip_to(end)
        self.header = bytes(pieces)
        return self.header

    def tell(self) -> int:
        return self.at

    def some(self, count: int) -> bytes:
        """Give at most so many bytes; none at the end. Raises OSError."""
        data = self._stream.read(min(count, _PIECE)) or b""
        self.at += len(data)
        return data

    def skip_to(self, place: int) -> bool:
        """Drop what comes before that place; whether it exists. Raises OSError."""
        if self._length is not None and place - self.at > _PIECE_WORTH_A_SEEK:
            self.at = self._stream.seek(min(place, self._length))
        while self.at < place and self.some(place - self.at):
            pass
        return self.at == place
