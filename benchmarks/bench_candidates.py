"""The search for source photos among many: time, memory, and how many true sources are found among the 50.

Run: python benchmarks/bench_candidates.py [PHOTOS...]; 10,000 and 100,000 unless said. A million takes 8 GB.

The codes are drawn, not taken from pictures. Half are independent bits; the others lie around centres, some of them
popular, so that two codes of unrelated photos are as near as often as whitened codes of real photos were measured to be
(of 128 bits, at most 20: 8e-7, 25: 4e-6, 30: 2.3e-5, 35: 1.2e-4, 40: 6.7e-4; in one bucket of 24 bits: 8e-7). A query
is a small, strongly compressed crop of a source: it shares a median of 68 points with it, 18 in the worst tenth, whose
codes differ in 12 of 128 bits in the middle, 28 in the worst tenth; the rest of its 1,200 points is of other things.
A mostly replaced one shares 6 points or more, 8 in the middle, whose codes differ in 19 bits, 38 in the worst tenth.
"""

from __future__ import annotations

import sys
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from timing import Row, table

from haalweg import _native

if TYPE_CHECKING:
    from numpy.typing import NDArray

POINTS, ASKED = 400, 1_200
QUERIES = 200
TOGETHER = 1_000  # photos drawn at once
ROWS = np.dtype(
    [("slot", "<u4"), ("score", "<f4"), ("votes", "<f4"), ("points", "<i4")]
    + [(name, "<f4") for name in ("scale", "shift_x", "shift_y")]
)


class Photo(NamedTuple):
    places: NDArray[np.uint16]
    levels: NDArray[np.uint8]
    codes: NDArray[np.uint64]


class Query(NamedTuple):
    places: NDArray[np.float32]
    levels: NDArray[np.uint8]
    codes: NDArray[np.uint64]
    margins: NDArray[np.uint8]


@dataclass(frozen=True)
class Crowd:
    """Codes around a few centres: their share of all, how many centres, how often a bit differs from the centre's."""

    share: float
    centres: int
    flips: float


@dataclass(frozen=True)
class Change:
    """What became of a source: points shared with it (median; deviation of the logarithm), noise of projections."""

    shared: float
    spread: float
    noise: float


CROP = Change(68, 1.04, 0.30)
MOSTLY_REPLACED = Change(8, 0.9, 0.50)
CROWDS = (Crowd(0.02, 520, 0.0204), Crowd(0.05, 256, 0.1394), Crowd(0.10, 121, 0.1683), Crowd(0.30, 25, 0.2354))


class World:
    """Draws photos and queries."""

    def __init__(self, seed: int) -> None:
        self.rng = np.random.default_rng(seed)
        self._centres = [self._random(crowd.centres) for crowd in CROWDS]
        self._flips = [_packed(self.rng.random((1 << 16, 128), dtype=np.float32) < crowd.flips) for crowd in CROWDS]

    def _random(self, count: int) -> NDArray[np.uint64]:
        return self.rng.integers(0, 2**64, (count, 2), dtype=np.uint64)

    def codes(self, count: int) -> NDArray[np.uint64]:
        codes = self._random(count)
        kinds = np.searchsorted(np.cumsum([crowd.share for crowd in CROWDS]), self.rng.random(count))
        for kind, (centres, flips) in enumerate(zip(self._centres, self._flips, strict=True)):
            rows = np.flatnonzero(kinds == kind)
            codes[rows] = centres[self.rng.integers(0, len(centres), len(rows))]
            codes[rows] ^= flips[self.rng.integers(0, len(flips), len(rows))]
        return codes

    def photos(self, count: int) -> list[Photo]:
        codes = self.codes(count * POINTS).reshape(count, POINTS, 2)
        places = self.rng.integers(0, 1024, (count, POINTS, 2), dtype=np.uint16)
        levels = self.levels(count * POINTS).reshape(count, POINTS)
        return [Photo(*each) for each in zip(places, levels, codes, strict=True)]

    def levels(self, count: int) -> NDArray[np.uint8]:
        quota = np.array([0.30, 0.22, 0.16, 0.12, 0.09, 0.06, 0.03, 0.02])
        return self.rng.choice(8, count, p=quota).astype(np.uint8)

    def query(self, photo: Photo, change: Change = CROP) -> Query:
        rng = self.rng
        count = int(np.clip(np.exp(rng.normal(np.log(change.shared), change.spread)), 6, 300))
        kept = rng.choice(len(photo.codes), min(count, len(photo.codes)), replace=False)
        bits = np.unpackbits(photo.codes[kept].view(np.uint8), axis=1, bitorder="little")
        projections = np.abs(rng.normal(size=bits.shape)) * np.where(bits == 1, 1, -1)
        noise = np.exp(rng.normal(np.log(change.noise), 0.76, (len(kept), 1)))
        seen = (projections + noise * rng.normal(size=bits.shape)) / np.sqrt(1 + noise**2)
        scale = float(np.exp2(rng.uniform(-1.2, 0.5)))
        places = photo.places[kept] / 2 * scale + rng.uniform(-100, 300, 2) + rng.normal(size=(len(kept), 2))
        levels = photo.levels[kept] + np.rint(2 * np.log2(scale) + rng.normal(0, 0.4, len(kept)))
        others = ASKED - len(kept)
        order = rng.permutation(ASKED)
        margins = np.abs(np.concatenate([seen[:, :24], rng.normal(size=(others, 24))])) * 64
        return Query(
            np.concatenate([places, rng.uniform(0, 768, (others, 2))]).astype(np.float32)[order],
            np.concatenate([np.clip(levels, 0, 7).astype(np.uint8), self.levels(others)])[order],
            np.concatenate([_packed(seen >= 0), self.codes(others)])[order],
            np.minimum(margins, 255).astype(np.uint8)[order],
        )


def _packed(bits: NDArray[np.bool_]) -> NDArray[np.uint64]:
    return np.packbits(bits, axis=1, bitorder="little").view(np.uint64)


def built(world: World, photos: int) -> tuple[_native.CandidateIndex, dict[int, Photo], float]:
    """Return the index, the photos that will be asked for, and milliseconds of an add."""
    index = _native.CandidateIndex()
    asked = {int(slot) for slot in world.rng.choice(photos, min(QUERIES, photos), replace=False)}
    kept: dict[int, Photo] = {}
    spent = 0.0
    for first in range(0, photos, TOGETHER):
        drawn = world.photos(min(TOGETHER, photos - first))
        begun = time.thread_time()
        for slot, photo in enumerate(drawn, start=first):
            index.add(slot, *photo)
        spent += time.thread_time() - begun
        for slot, (places, levels, codes) in enumerate(drawn, start=first):
            if slot in asked:  # copies: a view would keep all that was drawn with it
                kept[slot] = Photo(places.copy(), levels.copy(), codes.copy())
    return index, kept, spent * 1000 / photos


def rows(photos: int, options: _native.CandidateOptions | None = None) -> list[Row]:
    """Return (work, ours, peer, ratio, goal)."""
    world = World(5)
    index, kept, add_ms = built(world, photos)
    asked = options or _native.CandidateOptions()
    crops = [_ask(index, world.query(photo), slot, asked) for slot, photo in kept.items()]
    replaced = [_ask(index, world.query(photo, MOSTLY_REPLACED), slot, asked) for slot, photo in kept.items()]
    nbytes = index.nbytes
    begun = time.thread_time()
    for slot, photo in kept.items():
        index.remove(slot, *photo)
    remove_ms = (time.thread_time() - begun) * 1000 / len(kept)
    name = f"{photos:,} photos"
    times = [answer.milliseconds for answer in crops]
    p95 = float(np.percentile(times, 95))
    points, probes, read, hits = np.mean([answer.work for answer in crops], axis=0)
    lines = (
        (
            "candidates, mean / 95 % / worst",
            f"{np.mean(times):.1f} / {p95:.1f} / {max(times):.1f} ms",
            "11 ms a million",
        ),
        ("crops: found among 50 / first", f"{_share(crops, 50):.3f} / {_share(crops, 1):.3f}", "0.98"),
        ("mostly replaced: found among 50 / first", f"{_share(replaced, 50):.3f} / {_share(replaced, 1):.3f}", ""),
        ("points, probes, postings read, hits", f"{points:,.0f}, {probes:,.0f}, {read:,.0f}, {hits:,.0f}", ""),
        ("memory", f"{nbytes / 1e9:.2f} GB, {nbytes / photos:,.0f} bytes a photo", "7.8 GB a million"),
        ("add / remove", f"{add_ms:.3f} / {remove_ms:.3f} ms", "0.04 / 0.5 ms"),
    )
    return [(f"{what}, {name}", ours, "", "", goal) for what, ours, goal in lines]


class Answer(NamedTuple):
    rank: int
    milliseconds: float
    work: tuple[int, int, int, int]


def _ask(index: _native.CandidateIndex, query: Query, slot: int, options: _native.CandidateOptions) -> Answer:
    begun = time.thread_time()
    found, _, work = index.candidates(*query, options)
    spent = (time.thread_time() - begun) * 1000
    places = np.flatnonzero(np.frombuffer(found, ROWS)["slot"] == slot)
    return Answer(int(places[0]) if len(places) else 1_000_000, spent, work)


def _share(answers: list[Answer], most: int) -> float:
    return float(np.mean([answer.rank < most for answer in answers]))


if __name__ == "__main__":
    sizes = [int(word.replace(",", "").replace("_", "")) for word in sys.argv[1:]] or [10_000, 100_000]
    print(table([row for size in sizes for row in rows(size)]))
