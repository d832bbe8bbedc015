"""What a search costs and finds as the bank grows: real pairs among traces made from the codes of many photos.

Run: python benchmarks/bench_trace_scale.py [TRACES...]; 10,000 and 100,000 unless said. A trace takes 16 kB.

A made trace takes the places and descriptors of one photo; each descriptor is mixed with another one (0 to 30 %) and
with a quarter of the difference of two more, which keeps how descriptors vary and come together. Its codes are made as
real ones are. The pictures in question are the real pairs, as they are, re-encoded with crop and caption, and mirrored
in a screenshot; "lost" are those that were recognised in the bank of real sources alone.
"""

from __future__ import annotations

import struct
import sys
import time
from typing import TYPE_CHECKING

import numpy as np
import trace_data
from fit_trace import TABLES, numbers, pixels

from haalweg import _native
from haalweg.matching.trace_index import POSSIBLE_SCORE, TraceIndex
from haalweg.signals import TooLittleDetail, Trace, trace_pixels

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

CHANGES = ("none", "combo", "mirrored screenshot")
POINTS, SEED = 400, 8
MADE = 1 << 40  # ids of made traces begin here


class Maker:
    """Makes traces that are like those of photos."""

    def __init__(self) -> None:
        text = TABLES.read_text()
        self._matrix = numbers(text, "kTraceMatrix").reshape(64, 128, 2).transpose(0, 2, 1).reshape(128, 128)
        self._random = np.random.default_rng(SEED)
        self._photos: list[tuple[int, int, NDArray[np.uint32], NDArray[np.float32]]] = []
        for name in trace_data.photos():
            width, height, places, descriptors, _ = _native.trace_corners(
                pixels(trace_data.photo(name)), POINTS, as_query=False
            )
            x, y, level = np.frombuffer(places, np.float32).reshape(-1, 3).T
            half_x, half_y = (np.clip(np.round(2 * at), 0, 1023).astype(np.uint32) for at in (x, y))
            place = np.minimum(half_x, 2 * width) | np.minimum(half_y, 2 * height) << 10 | level.astype(np.uint32) << 20
            rows = np.frombuffer(descriptors, np.int16).reshape(-1, 128).astype(np.float32)
            if len(rows) >= POINTS // 2:
                self._photos.append((width, height, place, rows))
        self._all = np.concatenate([rows for *_, rows in self._photos])

    def traces(self, count: int) -> Iterator[Trace]:
        for _ in range(count):
            width, height, place, rows = self._photos[self._random.integers(len(self._photos))]
            other, one, less = (self._all[self._random.integers(len(self._all), size=len(rows))] for _ in range(3))
            share = self._random.uniform(0, 0.3, (len(rows), 1)).astype(np.float32)
            bits = (rows + share * (other - rows) + 0.25 * (one - less)) @ self._matrix > 0
            points = np.empty((len(rows), 19), np.uint8)
            points[:, :3] = place[:, None] >> np.array([0, 8, 16], np.uint32) & 255
            points[:, 3:] = np.packbits(bits, axis=1, bitorder="little")
            head = struct.pack("<4sBBBBHHHH32x", b"HWTR", 1, 0, 100, 0, width, height, len(rows), 512)
            yield Trace.from_bytes(head + points.tobytes())


def main(sizes: list[int]) -> None:
    data = trace_data.load(("real",))
    index, names = TraceIndex(), list(data.sources)
    for number, source in enumerate(data.sources.values()):
        try:
            index.add(trace_pixels(pixels(source.picture())), number)
        except TooLittleDetail:
            continue
    queries = [query for query in data.queries if query.change in CHANGES]
    print("| traces | recognised | lost | highest unrelated | ms a search: mean, 95 % | MB | ms an add |")
    print("|---|---|---|---|---|---|---|")
    maker, first, made, add_ms = Maker(), None, 0, 0.0
    for size in [0, *sorted(sizes)]:
        for trace in maker.traces(max(0, size - len(index))):
            begun = time.thread_time()
            index.add(trace, MADE + made)
            add_ms += 1000 * (time.thread_time() - begun)
            made += 1
        found, unrelated, times = set(), 0.0, []
        for query in queries:
            rgb = pixels(query.picture())
            begun = time.thread_time()
            answers = index.search(rgb, least=0.01)
            times.append(1000 * (time.thread_time() - begun))
            for one in answers:
                verdict = "unrelated" if one.id >= MADE else query.verdict(data.sources[names[one.id]])
                if verdict == "unrelated":
                    unrelated = max(unrelated, one.score)
                elif verdict == "expected" and one.score >= POSSIBLE_SCORE:
                    found.add(query.id)
        first = found if first is None else first
        print(
            f"| {len(index):,} | {len(found) / len(queries):.3f} of {len(queries)} "
            f"| {len(first - found)} | {unrelated:.1f} "
            f"| {np.mean(times):.0f}, {np.percentile(times, 95):.0f} | {index.nbytes / 1e6:,.0f} "
            f"| {add_ms / max(1, made):.2f} |",
            flush=True,
        )


if __name__ == "__main__":
    main([int(size) for size in sys.argv[1:]] or [10_000, 100_000])
