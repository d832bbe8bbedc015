"""The trace of a photo, by which a picture made from it is recognised: its bytes, and the way there from pixels."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from enum import Enum
from typing import TYPE_CHECKING

import numpy as np

from haalweg import _native
from haalweg.errors import HaalwegError
from haalweg.signals.inner import Box
from haalweg.signals.parts import FrameView
from haalweg.signals.pdq import Hashed, PdqHash, SignatureError, checked_pixels

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

TRACE_LONG_SIDE = 512  # pixels of a photo as its trace sees it
TRACE_QUERY_SIDE = _native.TRACE_QUERY_SIDE  # of a picture in question, at most

MOST_TRACE_BYTES = _native.TRACE_MOST_BYTES

_HEAD, _POINT = _native.TRACE_HEAD_BYTES, _native.TRACE_POINT_BYTES


class TooLittleDetail(HaalwegError, ValueError):  # noqa: N818 - the promised name
    """A photo that holds too little to be recognised by."""


class LeaveOutError(HaalwegError, ValueError):
    """A box to leave out that has no inside: it would leave out nothing, without a word."""


class TraceKind(Enum):
    """What a trace was made of, and so what recognising it means."""

    SOURCE = 0  # an innocent photo: a picture made from it is a lead, the photo itself is not
    FAKE = 1  # a picture that must go: the same picture is what is looked for


@dataclass(frozen=True, slots=True, repr=False)
class Trace:
    """Up to 400 small places of a photo, each with a code of 128 bits. Nothing from inside a face that was found."""

    kind: TraceKind
    width: int  # of the photo, its longer side TRACE_LONG_SIDE
    height: int
    points: int
    whole: Hashed  # PDQ of the whole photo
    _bytes: bytes
    left_out: tuple[Box, ...] = field(default=(), compare=False)  # in pixels of the picture; not stored
    framed: Box | None = field(default=None, compare=False)  # the photo inside a frame, likewise

    @classmethod
    def from_bytes(cls, stored: bytes) -> Trace:
        """Read the stored form, docs/reference/trace-format.md. Raises SignatureError for anything else."""
        try:
            _native.trace_check(stored)
        except ValueError:
            raise SignatureError(f"{len(stored)} bytes that are no trace of this version.") from None
        width, height, points = np.frombuffer(stored[8:14], "<u2").tolist()
        return cls(
            TraceKind(stored[5]), width, height, points, Hashed(PdqHash(stored[16:48]), stored[6]), bytes(stored)
        )

    @property
    def places(self) -> NDArray[np.float64]:
        """Where its points lie: rows of x and y, in pixels of `width` and `height`."""
        points = np.frombuffer(self._bytes, np.uint8, offset=_HEAD).reshape(-1, _POINT)
        packed = points[:, :3] @ np.array([1, 1 << 8, 1 << 16], np.uint32)
        return np.stack([packed & 1023, packed >> 10 & 1023], axis=1) / 2

    def __bytes__(self) -> bytes:
        return self._bytes

    def __repr__(self) -> str:
        # What the codes say stays out of logs and tracebacks.
        return f"Trace(<{self.points} points of a {self.kind.name.lower()}>)"


def view_of(frame: int, rgb: NDArray[np.uint8]) -> FrameView | None:
    """Make a frame smaller for a search for traces, which answers as it would on the whole; None: too narrow for one.

    rgb: as for `hash_pixels`; errors too. frame: its number.
    """
    height, width = rgb.shape[:2]
    grey = _native.reduced_grey(checked_pixels(rgb), TRACE_QUERY_SIDE)
    return FrameView(frame, width, height, grey) if min(grey.shape[:2]) >= _native.PDQ_SMALLEST_SIDE else None


def trace_pixels(
    rgb: NDArray[np.uint8],
    *,
    kind: TraceKind = TraceKind.SOURCE,
    leave_out: Sequence[Box] = (),
    leave_faces_out: bool = True,
) -> Trace:
    """Trace a decoded photo; of a photo in a frame, a screenshot's say, what is inside the frame.

    rgb: as for `hash_pixels`; errors too. No point is kept in the boxes of leave_out, in its pixels, nor in a face that
    is found: `left_out` of the trace says which those were.
    Raises TooLittleDetail where fewer than 40 places are left to hold on to, LeaveOutError for a box without an inside.
    Source: docs/explanation/trace.md; native and browser give the same bytes from the same pixels.
    """
    for box in leave_out:
        if box.left >= box.right or box.top >= box.bottom:
            raise LeaveOutError(
                f"A box to leave out from {box.left}, {box.top} to {box.right}, {box.bottom} has no inside: "
                "its right and bottom lie beyond its left and top."
            )
    boxes = [(box.left, box.top, box.right, box.bottom) for box in leave_out]
    pixels = checked_pixels(rgb)
    stored, photo, faces = _native.trace_pixels(pixels, kind is TraceKind.FAKE, leave_faces_out, boxes)
    if stored is None:
        raise TooLittleDetail(
            "The photo holds too little to recognise a picture by that was made from it: "
            "fewer than 40 places with detail are left. Take a larger photo, or one with more around the person."
        )
    height, width = pixels.shape[:2]
    framed = None if photo == (0, 0, width, height) else Box(*photo)
    left_out = (*(Box(*face) for face in faces), *leave_out)
    return replace(Trace.from_bytes(stored), left_out=left_out, framed=framed)
