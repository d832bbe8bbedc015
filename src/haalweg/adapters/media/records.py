"""What goes over the pipe to a worker and back: fixed records, each field checked, nothing that can carry code.

A request is its header and the file's bytes. An answer is its header and then, as its kind says, that many part
records, or one picture's pixels, or nothing more. Where views are asked for, they follow the parts: brightness at the
size that a search for traces needs. The number of the request comes back in the answer.

Of a video only its length is sent. The worker asks for its blocks, by their number alone: what that block is and how
long follows from the length, which both sides know. In between it answers frame by frame, and at last that it is done.
"""

from __future__ import annotations

import struct
from enum import IntEnum
from typing import TYPE_CHECKING, BinaryIO

from haalweg import _native
from haalweg.signals import TRACE_QUERY_SIDE, Box, Hashed, HashedPart, PdqHash

if TYPE_CHECKING:
    from collections.abc import Sequence
    from io import FileIO

    from haalweg.signals import FrameView

REQUEST = struct.Struct("<4sIBBQ")  # magic, number, job, flags, length of the file in bytes
ANSWER = struct.Struct("<4sIBBII")  # magic, number, kind, a detail and two counts, which mean what Kind says
PART = struct.Struct("<HBB4I256s")  # frame, whether it is an inner picture, quality, its box, the eight hashes
VIEW = struct.Struct("<H4I")  # frame, its width and height, columns and rows of the view; as many bytes follow
TIME = struct.Struct("<d")  # seconds from a video's first frame
REQUEST_MAGIC = b"hwq1"
ANSWER_MAGIC = b"hwa1"
MOST_PARTS = 1 << 10
MOST_PARTS_OF_A_FRAME = 1 + _native.INNER_MOST
VIDEO_GRACE_S = 10.0  # a worker leaves a video by itself when its time is over; its parent waits so much longer
BLOCK_BYTES = 1 << 18  # of a video; the last block is what is left
MOST_BLOCKS = 1 << 32


class Job(IntEnum):
    """What a worker can be asked for."""

    HASH = 1  # the first frame as a whole
    SIGNATURES = 2  # every distinct frame, and the pictures inside
    PIXELS = 3  # the first frame's pixels
    VIDEO = 4  # a frame a second, and the pictures inside


class Flag(IntEnum):
    """How a worker is to do it."""

    FAST = 1
    TIFF = 2
    VIEWS = 4  # with the signatures, the frames as traces are looked for in them


class Kind(IntEnum):
    """What an answer holds."""

    READY = 1  # detail: the level of the jail
    PARTS = 2  # counts: parts and views, which follow
    PIXELS = 3  # counts: width and height; the pixels follow
    TROUBLE = 4  # detail: the trouble; counts: a width and height it is about
    READ = 5  # first count: the number of a block of the video, which the parent is to send
    FRAME = 6  # counts: parts and views (one or none); its time follows, then the parts, then the view
    END = 7  # detail: whether the video was cut short; the time that was reached follows


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


def packed_views(views: Sequence[FrameView]) -> bytes:
    """Write views as records."""
    heads = (VIEW.pack(view.frame, view.width, view.height, view.grey.shape[1], view.grey.shape[0]) for view in views)
    return b"".join(piece for head, view in zip(heads, views, strict=True) for piece in (head, view.grey.tobytes()))


def checked_view(head: bytes | bytearray, most_pixels: int) -> tuple[int, int, int, tuple[int, int, int]]:
    """Frame, width, height and the shape of a view. Raises RecordError for one that cannot be."""
    frame, width, height, columns, rows = VIEW.unpack(head)
    if not 0 < width * height <= most_pixels or max(columns, rows) > TRACE_QUERY_SIDE:
        raise RecordError("a view that is too large")
    if min(columns, rows) < _native.PDQ_SMALLEST_SIDE or columns > width or rows > height:
        raise RecordError("a view that is too small, or larger than its frame")
    return frame, width, height, (rows, columns, 1)


def block_length(block: int, size: int) -> int:
    """Bytes of a block of a video of that size; none where there is no such block."""
    return min(BLOCK_BYTES, max(0, size - block * BLOCK_BYTES))


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
