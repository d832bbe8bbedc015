"""Videos of hashes that were never pictures: as far apart as they are made."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from haalweg.signals import Hashed, HashedFrame, HashedPart, Orientation, PdqHash, VideoFrame, VideoSignatures

if TYPE_CHECKING:
    from collections.abc import Sequence

    from haalweg.signals import Box


def code(seed: int) -> bytes:
    return np.random.default_rng(seed).bytes(32)


def flipped(value: bytes, bits: int, *, seed: int = 0) -> bytes:
    places = np.random.default_rng(seed).permutation(256)[:bits]
    number = int.from_bytes(value)
    for place in places.tolist():
        number ^= 1 << place
    return number.to_bytes(32)


def part(value: bytes, quality: int = 100, *, turn: Orientation = Orientation.IDENTITY, inner: Box | None = None):
    """A part whose hash is the value once turned; every other orientation is far from everything."""
    seeds = int.from_bytes(value[:4])
    turned = [value if one is turn else code(seeds + number) for number, one in enumerate(Orientation, 1)]
    return HashedPart(0, inner, tuple(Hashed(PdqHash(one), quality) for one in turned))


def video(*frames: HashedPart | Sequence[HashedPart]) -> VideoSignatures:
    parts = [(frame,) if isinstance(frame, HashedPart) else tuple(frame) for frame in frames]
    return VideoSignatures(tuple(HashedFrame(float(at), one) for at, one in enumerate(parts)), len(parts), False)  # noqa: FBT003 - whole


def entry(*values: bytes, quality: int = 100) -> list[VideoFrame]:
    return [VideoFrame(PdqHash(value), quality, float(at)) for at, value in enumerate(values)]
