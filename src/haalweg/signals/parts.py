"""What is kept of one file to ask a bank about: each distinct frame, or one a second, and each picture inside it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from haalweg.signals.pdq import MATCH_QUALITY
from haalweg.signals.video import VideoFrame

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from haalweg.signals.inner import Box
    from haalweg.signals.pdq import Hashed


@dataclass(frozen=True, slots=True)
class HashedPart:
    """A frame of a picture, or a picture framed inside it, in all eight orientations or as it stands alone."""

    frame: int  # 0 is the first; other numbers are of animations, and count the hashed frames of a video
    inner: Box | None  # where in the frame; None: the whole frame
    orientations: tuple[Hashed, ...]  # eight, in the order of Orientation; one where no more is known of it

    @property
    def hashed(self) -> Hashed:
        """The part as it stands."""
        return self.orientations[0]

    @property
    def quality(self) -> int:
        """0..100; the same in every orientation."""
        return self.hashed.quality

    @property
    def too_flat(self) -> bool:
        """Whether it holds too little detail to be matched."""
        return self.quality < MATCH_QUALITY


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class FrameView:
    """A frame as traces are looked for in it: its brightness, made smaller. It is searched, and forgotten."""

    frame: int  # as a part's
    width: int  # before it was made smaller
    height: int
    grey: NDArray[np.uint8]  # (rows, columns, 1); or the pixels as they are

    def __repr__(self) -> str:
        return f"FrameView({self.frame}, {self.width} x {self.height})"


@dataclass(frozen=True, slots=True)
class HashedPicture:
    """A picture's parts, and where traces are to be looked for its frames too."""

    parts: tuple[HashedPart, ...]
    views: tuple[FrameView, ...] = ()


@dataclass(frozen=True, slots=True)
class HashedFrame:
    """One frame of a video: whole first, then the pictures framed inside it."""

    timestamp_s: float  # from the first frame
    parts: tuple[HashedPart, ...]


@dataclass(frozen=True, slots=True)
class VideoSignatures:
    """What is hashed of a video: its first frame, and then the first of each second."""

    frames: tuple[HashedFrame, ...]  # at least one
    seconds: float  # as far as the video was looked at
    cut_short: bool  # by the limits, or because the file ends before it says it does: there may be more to see

    @property
    def vpdq(self) -> tuple[VideoFrame, ...]:
        """The whole frames as they stand: what a bank holds of a video."""
        hashed = ((frame.timestamp_s, frame.parts[0].hashed) for frame in self.frames)
        return tuple(VideoFrame(whole.hash, whole.quality, timestamp_s) for timestamp_s, whole in hashed)
