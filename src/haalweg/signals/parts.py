"""What is hashed of one file: each distinct frame, and each picture framed inside it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from haalweg.signals.pdq import MATCH_QUALITY

if TYPE_CHECKING:
    from haalweg.signals.inner import Box
    from haalweg.signals.pdq import Hashed


@dataclass(frozen=True, slots=True)
class HashedPart:
    """A frame of a picture, or a picture framed inside it, in all eight orientations."""

    frame: int  # 0 is the first; other numbers are of animations
    inner: Box | None  # where in the frame; None: the whole frame
    orientations: tuple[Hashed, ...]  # eight, in the order of Orientation

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
