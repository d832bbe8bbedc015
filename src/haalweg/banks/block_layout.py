"""A block as bytes, before it is sealed: docs/explanation/bank-file.md shows it byte by byte."""

from __future__ import annotations

import struct
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from haalweg.banks.errors import BankError

if TYPE_CHECKING:
    from numpy.typing import NDArray

MOST_IN_A_BLOCK = 4096
_VERSION = 1
_HEADER = struct.Struct("<BBHI")  # version, 0, width or 0 where lengths differ, entries
_OFFSET = np.dtype("<u2")
_LENGTH = np.dtype("<u4")
_SMALLEST = 4096  # bytes that such a block is filled up to, then twice, four times ...

UNEVEN_BYTES = (1 << 20) - _HEADER.size  # a block of values of differing length is closed when it holds so much


@dataclass(frozen=True, slots=True, repr=False)
class Layout:
    """What one block holds."""

    offsets: NDArray[np.uint16]  # (n,), ascending; an entry's id less the block's first
    qualities: NDArray[np.uint8]  # (n,)
    values: NDArray[np.uint8]  # (n, width); (n, 0) where lengths differ
    uneven: tuple[bytes, ...] = ()  # n values of differing length

    def __len__(self) -> int:
        return len(self.offsets)

    def without(self, rows: NDArray[np.int64]) -> Layout:
        """Leave these rows out."""
        kept = np.ones(len(self), bool)
        kept[rows] = False
        uneven = tuple(value for value, stays in zip(self.uneven, kept.tolist(), strict=False) if stays)
        return Layout(self.offsets[kept], self.qualities[kept], self.values[kept], uneven)


def room_of(value: bytes) -> int:
    """Bytes that a value of its own length takes in a block."""
    return _OFFSET.itemsize + 1 + _LENGTH.itemsize + len(value)


def packed(layout: Layout) -> bytes:
    """Write a block. One of videos or traces is filled up, so that its size does not tell how long a single one is."""
    header = _HEADER.pack(_VERSION, 0, layout.values.shape[1], len(layout))
    head = header + layout.offsets.astype(_OFFSET).tobytes() + layout.qualities.tobytes()
    if layout.values.shape[1]:
        return head + layout.values.tobytes()
    lengths = np.array([len(value) for value in layout.uneven], _LENGTH)
    whole = head + lengths.tobytes() + b"".join(layout.uneven)
    room = _SMALLEST
    while room < len(whole):
        room *= 2
    return whole.ljust(room, b"\0")


def unpacked(data: bytes) -> Layout:
    """Read a block. Raises BankError for bytes that `packed` cannot have written."""
    if len(data) < _HEADER.size:
        raise BankError(f"{len(data)} bytes where a block has a header of {_HEADER.size}.")
    version, zero, width, count = _HEADER.unpack_from(data)
    if version != _VERSION or zero or count > MOST_IN_A_BLOCK:
        raise BankError(f"A block of version {version} with {count} entries where version {_VERSION} was expected.")
    place = _HEADER.size
    offsets = _array(data, place, _OFFSET, count).astype(np.uint16)
    place += count * _OFFSET.itemsize
    qualities = _array(data, place, np.dtype(np.uint8), count)
    place += count
    if width:
        if len(data) != place + count * width:
            raise BankError(f"A block of {len(data)} bytes that is not as long as its {count} entries.")
        return Layout(offsets, qualities, _array(data, place, np.dtype(np.uint8), count * width).reshape(count, width))
    lengths = _array(data, place, _LENGTH, count).tolist()
    place += count * _LENGTH.itemsize
    if place + sum(lengths) > len(data):
        raise BankError(f"A block of {len(data)} bytes that is shorter than its {count} values.")
    uneven = []
    for length in lengths:
        uneven.append(data[place : place + length])
        place += length
    return Layout(offsets, qualities, np.empty((count, 0), np.uint8), tuple(uneven))


def _array(data: bytes, place: int, kind: np.dtype[np.generic], count: int) -> NDArray[np.uint8]:
    if place + count * kind.itemsize > len(data):
        raise BankError(f"A block of {len(data)} bytes that is shorter than its {count} entries.")
    array: NDArray[np.uint8] = np.frombuffer(data, kind, count, place)
    return array
