"""Two pictures, whole and inner, turned and mirrored: how close do they come?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from haalweg.signals import MATCH_THRESHOLD_BITS, HashedPart, Orientation

if TYPE_CHECKING:
    from collections.abc import Sequence


@dataclass(frozen=True, slots=True)
class Comparison:
    """The closest two parts of two pictures."""

    distance_bits: int  # 0..256
    orientation: Orientation  # how the asking part has to be turned to lie over the other
    asking: HashedPart
    other: HashedPart

    @property
    def is_match(self) -> bool:
        """Whether they are near copies."""
        return self.distance_bits <= MATCH_THRESHOLD_BITS


@dataclass(frozen=True, slots=True)
class TooFlat:
    """No answer: one of the pictures holds too little detail for its hash to mean anything."""

    asking_quality: int  # of the best part, 0..100
    other_quality: int


def compare(asking: Sequence[HashedPart], other: Sequence[HashedPart]) -> Comparison | TooFlat:
    """Find the closest pair: any part of the one, in any orientation, against any part of the other as it is.

    asking, other: what `signatures_of` gives, at least the whole picture each. Of equally close pairs the first is
    taken, so whole pictures come before inner ones and the identity before any turn.
    """
    pairs = [(a, b) for a in asking for b in other if not a.too_flat and not b.too_flat]
    if not pairs:
        return TooFlat(max(part.quality for part in asking), max(part.quality for part in other))
    return min(
        (
            Comparison(turned.hash.distance(b.orientations[0].hash), orientation, a, b)
            for a, b in pairs
            for orientation, turned in zip(Orientation, a.orientations, strict=True)
        ),
        key=lambda comparison: comparison.distance_bits,
    )
