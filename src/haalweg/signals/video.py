"""vPDQ, the signature of a video: the PDQ hashes of its frames, one a second, each with quality and time."""

from __future__ import annotations

import json
import math
import struct
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from haalweg.signals.pdq import MATCH_QUALITY, PdqHash, SignatureError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from numpy.typing import NDArray

MOST_FRAMES = 100_000  # of one video: more than a day

_FRAME = struct.Struct("<32sBd")  # hash, quality, seconds from the start
_FRAMES = np.dtype([("hash", np.uint8, 32), ("quality", np.uint8), ("timestamp_s", "<f8")])  # the same


@dataclass(frozen=True, slots=True)
class VideoFrame:
    """One frame of a video."""

    hash: PdqHash
    quality: int  # 0..100
    timestamp_s: float  # from the start of the video

    def __post_init__(self) -> None:
        """Raise SignatureError for a quality or a time that no frame can have."""
        if not 0 <= self.quality <= 100:
            raise SignatureError("a quality that is not between 0 and 100.")
        if not (math.isfinite(self.timestamp_s) and self.timestamp_s >= 0):
            raise SignatureError("a time that is not zero or more seconds.")


def vpdq_from_json(text: str) -> tuple[VideoFrame, ...]:
    """Read the field's notation: a JSON list of "<hash>,<quality>,<seconds>". Raises SignatureError for anything else.

    Source: threatexchange 1.2, extensions/vpdq/vpdq_util.py; stricter than its reader in that a list of no frames,
    blanks and times that are no number are refused.
    """
    try:
        rows = json.loads(text)
    except (ValueError, RecursionError):
        raise SignatureError("No JSON where a vPDQ signature is a JSON list of frames.") from None
    if not isinstance(rows, list):
        raise SignatureError("JSON, but no list of frames as vPDQ is written.")
    return tuple(_numbered(_frame_from_text, rows))


def vpdq_from_rows(rows: object) -> tuple[VideoFrame, ...]:
    """Read frames out of JSON that was read: as the field writes them, or as objects of hash, quality and timestamp.

    Raises SignatureError.
    """
    if not isinstance(rows, list):
        raise SignatureError("JSON, but no list of frames as vPDQ is written.")
    return tuple(
        _numbered(lambda row: _frame_from_object(row) if isinstance(row, dict) else _frame_from_text(row), rows)
    )


def vpdq_to_json(frames: Sequence[VideoFrame]) -> str:
    """Write the field's notation.

    Times get three digits in all, as `threatexchange` writes them: from 1,000 s on they are rounded to ten seconds
    and more. Matching does not look at them.
    """
    return json.dumps([f"{frame.hash.hex},{frame.quality},{float(frame.timestamp_s):.3}" for frame in frames])


def packed(frames: Sequence[VideoFrame]) -> bytes:
    """Write frames as a bank holds them: 41 bytes each, no time rounded."""
    return b"".join(_FRAME.pack(bytes(frame.hash), frame.quality, frame.timestamp_s) for frame in frames)


def unpacked(data: bytes) -> tuple[VideoFrame, ...]:
    """Read what `packed` wrote. Raises SignatureError for bytes that it cannot have written."""
    _check_length(data)
    return tuple(_numbered(_frame_from_fields, list(_FRAME.iter_unpack(data))))


def matchable_hashes(data: bytes) -> NDArray[np.uint8]:
    """Give the hashes, (n, 32), of a packed video that hold enough detail to be matched, each once."""
    _check_length(data)
    frames = np.frombuffer(data, _FRAMES)
    return np.unique(frames["hash"][frames["quality"] >= MATCH_QUALITY], axis=0)


def _check_length(data: bytes) -> None:
    if len(data) % _FRAME.size:
        raise SignatureError(f"{len(data)} bytes where a packed video has {_FRAME.size} a frame.")


def _numbered(read: Callable[[object], VideoFrame], rows: Sequence[object]) -> Iterator[VideoFrame]:
    if not rows:
        raise SignatureError("A vPDQ signature without a frame.")
    if len(rows) > MOST_FRAMES:
        raise SignatureError(f"{len(rows):,} frames; at most {MOST_FRAMES:,} are read.")
    for number, row in enumerate(rows):
        try:
            yield read(row)
        except SignatureError as error:
            raise SignatureError(f"Frame {number}: {error}") from None


def _frame_from_text(row: object) -> VideoFrame:
    fields = row.split(",") if isinstance(row, str) else []
    if len(fields) != 3:
        raise SignatureError("not written as hash, quality and seconds between commas.")
    value, quality, timestamp_s = fields
    if not (quality.isascii() and quality.isdigit() and len(quality) <= 3):
        raise SignatureError("a quality that is not between 0 and 100.")
    try:
        seconds = float(timestamp_s)
    except ValueError:
        raise SignatureError("a time that is not zero or more seconds.") from None
    return VideoFrame(PdqHash.from_hex(value), int(quality), seconds)


def _frame_from_object(row: dict[str, object]) -> VideoFrame:
    if row.keys() != {"hash", "quality", "timestamp"}:
        raise SignatureError("no object of hash, quality and timestamp.")
    value, quality, timestamp_s = row["hash"], row["quality"], row["timestamp"]
    if type(quality) is not int:
        raise SignatureError("a quality that is not between 0 and 100.")
    if type(timestamp_s) not in (int, float):
        raise SignatureError("a time that is not zero or more seconds.")
    seconds = float(str(timestamp_s))  # by its digits: a whole number may be more than a float holds
    return VideoFrame(PdqHash.from_hex(value if isinstance(value, str) else ""), quality, seconds)


def _frame_from_fields(row: object) -> VideoFrame:
    assert isinstance(row, tuple)
    value, quality, timestamp_s = row
    return VideoFrame(PdqHash(value), quality, timestamp_s)
