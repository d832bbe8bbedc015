"""What goes over the pipe to a worker and back: fixed records, each field checked, nothing that can carry code.

A request is its header and the file's bytes. An answer is its header and then, as its kind says, that many part
records, or one picture's pixels, or nothing more. The number of the request comes back in the answer.
"""

from __future__ import annotations

import struct
from enum import IntEnum
from typing import TYPE_CHECKING, BinaryIO

from haalweg.signals import Box, Hashed, HashedPart, PdqHash

if TYPE_CHECKING:
    from collections.abc import Sequence
    from io import FileIO

REQUEST = struct.Struct("<4sIBBQ")  # magic, number, job, flags, length of the file in bytes
ANSWER = struct.Struct("<4sIBBII")  # magic, number, kind, trouble or level, then count of parts or width and height
PART = struct.Struct("<HBB4I256s")  # frame, whether it is an inner picture, quality, its box, the eight hashes
REQUEST_MAGIC = b"hwq1"
ANSWER_MAGIC = b"hwa1"
MOST_PARTS = 1 << 10


class Job(IntEnum):
    """What a worker can be asked for."""

    HASH = 1  # the first frame as a whole
    SIGNATURES = 2  # every distinct frame, and the pictures inside
    PIXELS = 3  # the first frame's pixels


class Flag(IntEnum):
    """How a worker is to do it."""

    FAST = 1
    TIFF = 2


class Kind(IntEnum):
    """What an answer holds."""

    READY = 1
    PARTS = 2
    PIXELS = 3
    TROUBLE = 4


class RecordError(Exception):
    """Bytes that are no record; the text says which field."""


def packed(parts: Sequence[HashedPart]) -> bytes:
    """Write parts as records."""
    records = []
    for part in parts:
        box = part.inner
        corners = (0, 0, 0, 0) if box is None else (box.left, box.top, box.right, box.bottom)
        hashes = b"".join(bytes(turned.hash) for turned in part.orientations)
        records.append(PART.pack(part.frame, box is not None, part.quality, *corners, hashes))
    return b"".join(records)


def unpacked(data: bytes | bytearray) -> tuple[HashedPart, ...]:
    """Read part records. Raises RecordError for a value that no part can have."""
    parts = []
    for frame, has_box, quality, left, top, right, bottom, hashes in PART.iter_unpack(data):
        if quality > 100 or has_box > 1:
            raise RecordError("a part's quality or flag is out of range")
        if has_box and not (left < right and top < bottom):
            raise RecordError("a part's box is empty")
        orientations = tuple(Hashed(PdqHash(hashes[at : at + 32]), quality) for at in range(0, 256, 32))
        parts.append(HashedPart(frame, Box(left, top, right, bottom) if has_box else None, orientations))
    return tuple(parts)


def read_exactly(stream: FileIO | BinaryIO, count: int) -> bytes:
    """Read so many bytes. Raises EOFError where the stream ends before."""
    pieces, missing = [], count
    while missing:
        piece = stream.read(min(missing, 1 << 20))
        if not piece:
            raise EOFError(f"{missing} bytes short")
        pieces.append(piece)
        missing -= len(piece)
    return b"".join(pieces)
