"""Tar archives, read once from front to back; nothing is kept of what was passed.

tarfile takes long names and extended headers of any length into memory, and an error for the end.
Source of the format: POSIX.1-2017, pax; GNU tar's manual, "Basic Tar Format".
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING

from haalweg.adapters.sources.items import Item, ItemError, reason_for
from haalweg.adapters.sources.names import shown
from haalweg.adapters.sources.slices import Slice, Stretch, Tape

if TYPE_CHECKING:
    import io
    from collections.abc import Callable, Iterator

    from haalweg.adapters.sources.limits import SourceLimits

_BLOCK = 512
_CHECKSUM = slice(148, 156)
_MOST_ZERO_BLOCKS = 2048  # behind the end mark; tapes are written in records of up to a few hundred
_FILE, _OLD_FILE, _CONTIGUOUS, _FOLDER, _HOLES, _LONG_NAME = b"0", b"\0", b"7", b"5", b"S", b"L"
_PAX = (b"x", b"X")
_PASSED_OVER = (b"g", b"K", b"V")  # said for every file, a link's aim, a tape's label
_REASONS = {
    b"1": "a hard link to another member, which is read under its own name.",
    b"2": "a symbolic link, which is not followed.",
    b"3": "not a file but a device.",
    b"4": "not a file but a device.",
    b"6": "not a file but a pipe.",
    _HOLES: "a file with holes, which is not read from a tar. Unpack the tar and scan the folder.",
}
_WITHOUT_BYTES = (b"1", b"2", b"3", b"4", _FOLDER, b"6")
_MORE_HOLES, _MORE_HOLES_YET = 482, 504  # bytes of a header that say whether its list of holes goes on
_USTAR = slice(257, 262)
_DAMAGED = "the tar is damaged here. What comes next that looks like a member is read."
_CUT = "the tar ends in the middle: it was cut."


@dataclass(slots=True)
class _Extra:
    """What the headers before a member's own say of it."""

    name: str | None = None
    size: int | None = None
    is_sparse: bool = False

    def learn(self, kind: bytes, data: bytes) -> None:
        """Read a long name or an extended header, as far as it is given."""
        if kind == _LONG_NAME:
            self.name = data.split(b"\0", 1)[0].decode("utf-8", "surrogateescape")
            return
        for key, value in _pax_records(data):
            if key == b"path":
                self.name = value.decode("utf-8", "surrogateescape")
            elif key == b"size" and value.isdigit() and len(value) < 20:
                self.size = int(value)
            elif key.startswith(b"GNU.sparse"):
                self.is_sparse = True


@dataclass(frozen=True, slots=True)
class _Header:
    name: str
    size: int
    kind: bytes


class _NotAHeaderError(Exception):
    pass


class Tar:
    """A tar as a stream of members."""

    def __init__(self, stream: io.RawIOBase, descriptor: int | None, limits: SourceLimits) -> None:
        """descriptor: of the tar itself where it is not packed; its members can then be read in any order."""
        self._tape = Tape(stream)
        self._descriptor = descriptor
        self._limits = limits
        self._ahead = b""  # a block that was read too far

    def items(self, wrapped: Callable[[str, io.RawIOBase, int], Item]) -> Iterator[Item]:
        """Each member; wrapped: makes an item of a name, bytes and their number. Raises nothing."""
        try:
            while True:
                try:
                    found = self._next()
                except _NotAHeaderError:
                    yield Item("", None, reason=_DAMAGED, ends_source=True)
                    self._find_header()
                    continue
                if found is None:
                    return
                yield from self._member(*found, wrapped)
        except OSError as error:
            yield Item("", None, reason=reason_for(error), ends_source=True)

    def _member(
        self, header: _Header, extra: _Extra, wrapped: Callable[[str, io.RawIOBase, int], Item]
    ) -> Iterator[Item]:
        size = header.size if extra.size is None else extra.size
        end = self._tape.at + (0 if header.kind in _WITHOUT_BYTES else _padded(size))
        if header.kind != _FOLDER:
            name = shown(header.name if extra.name is None else extra.name, self._limits)
            reason = self._reason_against(header, extra, size)
            yield Item(name, None, reason=reason) if reason else wrapped(name, self._bytes(size), size)
        self._skip_to(end)

    def _next(self) -> tuple[_Header, _Extra] | None:
        """The next member's header and what stood before it. Raises ItemError where the tar was cut."""
        extra, zeros = _Extra(), 0
        while block := self._block():
            if not any(block):
                zeros += 1
                if zeros > _MOST_ZERO_BLOCKS:
                    return None
                continue  # what stands behind an end mark may be another tar: `cat a.tar b.tar`
            header, zeros = _header(block), 0
            end = self._tape.at + _padded(header.size)
            if header.kind in _PAX or header.kind == _LONG_NAME:
                extra.learn(header.kind, self._tape.read(min(header.size, self._limits.header_bytes)))
            elif header.kind not in _PASSED_OVER:
                if header.kind == _HOLES:
                    self._pass_map_of_holes(block)
                return header, extra
            self._skip_to(end)
        if not zeros:
            raise ItemError("the tar ends without its end mark: it may have been cut.")
        return None

    def _block(self) -> bytes:
        block, self._ahead = self._ahead or self._tape.read(_BLOCK), b""
        if block and len(block) < _BLOCK:
            raise ItemError(_CUT)
        return block

    def _find_header(self) -> None:
        """Go on to what looks like a header again, or to the end."""
        while block := self._block():
            if block[_USTAR] == b"ustar":
                with suppress(_NotAHeaderError):
                    _header(block)
                    self._ahead = block
                    return
        self._ahead = bytes(_BLOCK)  # an end mark: that the rest is lost has been said

    def _reason_against(self, header: _Header, extra: _Extra, size: int) -> str | None:
        reason = _REASONS.get(header.kind)
        if reason is None and extra.is_sparse:
            reason = _REASONS[_HOLES]
        if reason is None and header.kind not in (_FILE, _CONTIGUOUS):
            reason = "a member of a kind that we do not read. Unpack the tar and scan the folder."
        if reason is None and size > self._limits.member_bytes:
            reason = f"more than {self._limits.member_bytes:,} bytes, the most that is read of one member."
        return reason

    def _bytes(self, size: int) -> io.RawIOBase:
        if self._descriptor is not None:
            return Slice(self._descriptor, self._tape.at, size)
        return Stretch(self._tape, size)

    def _pass_map_of_holes(self, block: bytes) -> None:
        more = block[_MORE_HOLES]
        while more:
            block = self._tape.read(_BLOCK)
            if len(block) < _BLOCK:
                raise ItemError(_CUT)
            more = block[_MORE_HOLES_YET]

    def _skip_to(self, place: int) -> None:
        if not self._tape.skip_to(place):
            raise ItemError(_CUT)


def _header(block: bytes) -> _Header:
    """Raises _NotAHeaderError where the checksum is wrong."""
    field = block[_CHECKSUM]
    rest = sum(block) - sum(field) + 8 * ord(" ")
    told, size = _number(field), _number(block[124:136])
    # Some old tars took bytes for signed: each from 128 up counts 256 less.
    if told is None or size is None or (rest - told) % 256 or not 0 <= rest - told <= 256 * _BLOCK:
        raise _NotAHeaderError
    name, kind = _text(block[:100]), block[156:157]
    if block[257:263] == b"ustar\0" and (prefix := _text(block[345:500])):
        name = f"{prefix}/{name}"
    if kind == _OLD_FILE:
        kind = _FOLDER if name.endswith("/") else _FILE
    return _Header(name, size, kind)


def _number(field: bytes) -> int | None:
    """Octal digits, or big-endian after a byte of 128; None: neither."""
    if field[0] == 0x80:
        return int.from_bytes(field[1:], "big")
    digits = field.split(b"\0", 1)[0].strip()
    try:
        return int(digits, 8) if digits.isdigit() else None if digits else 0
    except ValueError:
        return None


def _text(field: bytes) -> str:
    return field.split(b"\0", 1)[0].decode("utf-8", "surrogateescape")


def _padded(size: int) -> int:
    return -(-size // _BLOCK) * _BLOCK


def _pax_records(data: bytes) -> Iterator[tuple[bytes, bytes]]:
    """Read "length key=value" records, each length counting itself; what is none ends them."""
    at = 0
    while at < len(data):
        digits, blank, _ = data[at : at + 20].partition(b" ")
        length = int(digits) if blank and digits.isdigit() else 0
        if length <= len(digits) + 2 or at + length > len(data):
            return
        key, _, value = data[at + len(digits) + 1 : at + length - 1].partition(b"=")
        yield key, value
        at += length
