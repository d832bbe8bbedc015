"""Exact search within 31 bits: ours against faiss's best exact index and `threatexchange`'s PDQIndex.

Run: python benchmarks/bench_index.py [MILLIONS] [KIND...]; 1 million and every kind of bank unless said. Half of the
queries are near-duplicates. Every figure is of a first pass over the queries, one query a call, in processor time.
"""

from __future__ import annotations

import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import faiss
import numpy as np
from codes import KINDS, flipped, has_photos, queries
from threatexchange.signal_type.pdq.pdq_index import PDQIndex
from timing import Row, table

from haalweg.matching import RadiusIndex

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from numpy.typing import NDArray

OURS, PEERS = 10_000, 500  # queries
TURN = 50  # of the peer's, before it is our turn again
UNMERGED = 65_000


def first_pass(
    contenders: dict[str, tuple[Callable[[Any], object], Sequence[Any]]],
) -> dict[str, NDArray[np.float64]]:
    """Microseconds of each query; the contenders take turns, so that the machine's mood meets all of them."""
    clock = min(_clock_us() for _ in range(100))
    times: dict[str, list[float]] = {name: [] for name in contenders}
    turns = min(len(asked) for _, asked in contenders.values()) // TURN
    for turn in range(turns):
        for name, (search, asked) in contenders.items():
            for query in asked[len(asked) * turn // turns : len(asked) * (turn + 1) // turns]:
                begun = time.thread_time_ns()
                search(query)
                times[name].append((time.thread_time_ns() - begun) / 1000 - clock)
    return {name: np.array(each) for name, each in times.items()}


def _clock_us() -> float:
    begun = time.thread_time_ns()
    return (time.thread_time_ns() - begun) / 1000


def timed(work: Callable[[], Any]) -> tuple[Any, float]:
    begun = time.thread_time()
    made = work()
    return made, time.thread_time() - begun


def rows(millions: int = 1, kinds: Sequence[str] = ("balanced",)) -> list[Row]:
    """Return (work, ours, peer, ratio, goal) for each kind of bank; those of the balanced one in full."""
    faiss.omp_set_num_threads(1)
    found: list[Row] = []
    for kind in kinds:
        if kind == "real" and not has_photos():
            found.append((f"search, {millions} M real hashes", "SKIPPED: needs ../shared/data/photos", "", "", ""))
            continue
        rng = np.random.default_rng(7)
        bank = KINDS[kind](millions * 1_000_000, rng)
        asked, planted = queries(bank, OURS, rng)
        found += _rows_of(f"{millions} M {kind}", bank, asked, planted, goal=f"{60 if millions >= 10 else 45}x")
        if kind == "balanced":
            found += _other_rows(f"{millions} M", bank, asked, rng)
    return found


def _rows_of(
    name: str, bank: NDArray[np.uint8], asked: NDArray[np.uint8], planted: NDArray[np.int64], *, goal: str
) -> list[Row]:
    index = RadiusIndex(bank)
    multi = faiss.IndexBinaryMultiHash(256, 11, 23)
    multi.nflip = 2
    _, multi_s = timed(lambda: multi.add(bank))
    exchange, exchange_s = timed(lambda: PDQIndex((code.tobytes().hex(), row) for row, code in enumerate(bank)))
    one = [asked[i : i + 1] for i in range(len(asked))]
    few = len(asked) - PEERS  # the peers' queries come last, so that none is new to us and old to them
    us = first_pass(
        {
            "ours": (lambda q: index.search(q).id, one),
            "faiss": (lambda q: multi.range_search(q, 32), one[few:]),
            "exchange": (exchange.query, [q.tobytes().hex() for q in one[few:]]),
        }
    )
    each = {who: 1e6 / times.mean() for who, times in us.items()}
    begun = time.thread_time()
    index.search(asked)
    batch = len(asked) / (time.thread_time() - begun)
    recall = _recall(index, asked, planted)
    p50, p99 = np.percentile(us["ours"], [50, 99])
    return [
        (
            f"search, {name}, first pass",
            f"{each['ours']:,.0f} q/s",
            f"faiss MultiHash 11x23 {each['faiss']:,.0f} q/s",
            f"{each['ours'] / each['faiss']:.0f}x",
            goal,
        ),
        (
            f"search, {name}, first pass",
            f"{each['ours']:,.0f} q/s",
            f"threatexchange PDQIndex {each['exchange']:,.0f} q/s",
            f"{each['ours'] / each['exchange']:.0f}x",
            "100x",
        ),
        (f"search, {name}, p50 / p99", f"{p50:.1f} / {p99:.1f} us", "", "", "40 / 65 us at 10 M"),
        (f"search, {name}, all in one call, second pass", f"{batch:,.0f} q/s", "", "", ""),
        (
            f"build, {name}",
            f"{timed(lambda: RadiusIndex(bank))[1]:.2f} s",
            f"faiss {multi_s:.1f} s, PDQIndex {exchange_s:.1f} s",
            "",
            "4 s at 10 M",
        ),
        (f"recall of planted distances 0..31, {name}", f"{recall:.4f}", "", "", "1"),
    ]


def _recall(index: RadiusIndex, asked: NDArray[np.uint8], planted: NDArray[np.int64]) -> float:
    found = index.search(asked[::2])
    pairs = set(zip(found.query.tolist(), found.id.tolist(), strict=True))
    return float(np.mean([(q, int(row)) in pairs for q, row in enumerate(planted)]))


def _other_rows(name: str, bank: NDArray[np.uint8], asked: NDArray[np.uint8], rng: np.random.Generator) -> list[Row]:
    index = RadiusIndex(bank)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "bank.index"
        index.save(path)
        opening = min(timed(lambda: RadiusIndex.open(path))[1] for _ in range(5))
    grown = RadiusIndex(bank)
    more = flipped(bank[rng.integers(0, len(bank), UNMERGED)], rng.integers(32, 64, UNMERGED), rng)
    ids = np.arange(UNMERGED, dtype=np.uint64) + np.uint64(len(bank))
    for at in range(0, UNMERGED, 100):
        grown.add(more[at : at + 100], ids[at : at + 100])
    half = len(asked) // 2
    one = [asked[i : i + 1] for i in range(half)]
    us = first_pass({"without": (index.search, one), "with": (grown.search, one)})
    added = us["with"].mean() - us["without"].mean()
    goal = "137" if len(bank) >= 10_000_000 else "141"
    return [
        (f"memory, {name}, everything", f"{index.nbytes / len(bank):.1f} bytes a hash", "", "", goal),
        (f"open a saved index, {name}", f"{opening * 1000:.2f} ms", "", "", "1 ms"),
        (f"a query more with {UNMERGED:,} unmerged entries, {name}", f"{added:.1f} us", "", "", "5 us"),
    ]


if __name__ == "__main__":
    words = sys.argv[1:]
    size = int(words.pop(0)) if words and words[0].isdigit() else 1
    print(table(rows(size, words or list(KINDS))))
