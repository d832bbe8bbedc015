"""The candidate index as its description reads, by comparing every point with every point. Slow."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

COMPARED = 88


def bits(codes: NDArray[np.uint64]) -> NDArray[np.uint8]:
    """Of codes (n, 2), the 128 bits of each, the lowest of the first word first."""
    return np.unpackbits(np.ascontiguousarray(codes).view(np.uint8), axis=1, bitorder="little")


def distances(asked: NDArray[np.uint64], codes: NDArray[np.uint64]) -> NDArray[np.int64]:
    """How many of the first 88 bits differ: row by asked point, column by stored point."""
    a, b = (bits(each)[:, :COMPARED].astype(np.float32) for each in (asked, codes))
    differing: NDArray[np.float32] = a @ (1 - b).T + (1 - a) @ b.T
    return np.rint(differing).astype(np.int64)


def probed(margin: NDArray[np.uint8], used: int, probes: int) -> list[int]:
    """Give the sets of index bits to turn over, as numbers, by their summed squared margins."""
    sets = np.arange(1 << used)
    squares = margin[:used].astype(np.int64) ** 2
    costs = ((sets[:, None] >> np.arange(used)) & 1) @ squares
    cheapest: list[int] = np.argsort(costs, kind="stable")[:probes].tolist()
    return cheapest


def hits(
    asked: NDArray[np.uint64], codes: NDArray[np.uint64], slots: NDArray[np.int64], most: int
) -> set[tuple[int, int, int]]:
    """(asked, slot, distance) of the nearest point of each photo within `most` bits."""
    near = distances(asked, codes)
    found: dict[tuple[int, int], int] = {}
    for row, column in zip(*np.nonzero(near <= most), strict=True):
        key = (int(row), int(slots[column]))
        found[key] = min(int(near[row, column]), found.get(key, COMPARED))
    return {(*key, distance) for key, distance in found.items()}


def weight(photos: int, distances: NDArray[np.int64], distance: int, most: int) -> float:
    """Bits of evidence of a hit at that distance, where the same point has hits at `distances`, itself among them."""
    within = int((distances <= distance).sum())
    expected = 4096 * 400 * 8e-7 * np.exp(0.4955 * (distance - 13.75))
    rare = np.log2((photos + 4096) / (1 + within + expected))
    fourth = int(np.sort(distances)[3]) if len(distances) >= 4 else most + 1
    lead = np.clip((fourth - distance) / 11, 0, 1)
    return float(np.clip(int(64 * (rare * (1 + lead) / 2)) / 64, 0, 16))


def votes(
    found: set[tuple[int, int, int]], counts: dict[int, NDArray[np.int64]], photos: int, most: int
) -> dict[int, float]:
    """Sum what each photo's hits weigh. counts: of each asked point the distances of all its hits."""
    total: dict[int, float] = {}
    for row, slot, distance in sorted(found):
        total[slot] = total.get(slot, 0.0) + weight(photos, counts[row], distance, most)
    return {slot: vote for slot, vote in total.items() if vote > 0}
