"""JPEG bytes to PDQ, and on to a decision, against the tools in use today.

Run: python benchmarks/bench_jpeg.py
"""

from __future__ import annotations

import io
import time
from functools import cache, partial
from typing import TYPE_CHECKING, Any

import faiss
import numpy as np
import pdqhash
import simplejpeg
from PIL import Image
from samples import PICTURE_SIZES, jpeg
from threatexchange.signal_type.pdq.pdq_index import PDQIndex
from threatexchange.signal_type.pdq.signal import PdqSignal
from timing import Row, side_by_side, table

from haalweg import _native
from haalweg.adapters.media import MediaPool
from haalweg.matching import RadiusIndex

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

EXACT_GOALS = {0.25: 7, 1.6: 7, 12: 13}
FAST_GOALS = {0.25: 15, 1.6: 16, 12: 30}
BANK = 1_000_000
RADIUS_BITS = 31


def rows() -> list[Row]:
    """Return (work, ours, peer, ratio, goal): hashing alone, then whole decisions over a bank of a million."""
    return [*hashing(), *deciding()]


def hashing() -> list[Row]:
    """Without the jail and through it; through it the worker's processor time counts as well as ours."""
    found: list[Row] = []
    with MediaPool() as pool:
        for megapixels, (width, height) in PICTURE_SIZES.items():
            data = jpeg(width, height)
            alone: dict[str, Callable[[], object]] = {
                "exact": partial(exact, data),
                "fast": partial(fast, data),
                "peer": partial(PdqSignal.hash_from_bytes, data),
            }
            jailed: dict[str, Callable[[], object]] = {
                "exact": partial(in_jail, pool, data, fast=False),
                "fast": partial(in_jail, pool, data, fast=True),
                "peer": partial(PdqSignal.hash_from_bytes, data),
            }
            for where, ms in (
                ("", side_by_side(alone, rounds=5)),
                (", jailed", side_by_side(jailed, rounds=5, clock=clock_of_both(pool))),
            ):
                for way, goals in (("exact", EXACT_GOALS), ("fast", FAST_GOALS)):
                    peer, ratio = f"threatexchange {ms['peer']:.1f} ms", ms["peer"] / ms[way]
                    name = f"JPEG to hash, {megapixels} MP, {way}{where}"
                    found.append((name, f"{ms[way]:.2f} ms", peer, f"{ratio:.1f}x", f"{goals[megapixels]}x"))
    return found


def deciding() -> list[Row]:
    """Pictures a second of processor time, the worker's included, from JPEG bytes to what a bank of a million says."""
    faiss.omp_set_num_threads(1)
    codes = bank()
    ours = RadiusIndex(codes)
    theirs = PDQIndex.build((code.tobytes().hex(), row) for row, code in enumerate(codes))
    quickest = faiss.IndexBinaryMultiHash(256, 11, 23)
    quickest.nflip = 2
    quickest.add(codes)
    found: list[Row] = []
    with MediaPool() as pool:
        for megapixels, (width, height) in PICTURE_SIZES.items():
            data = jpeg(width, height)
            contenders: dict[str, Callable[[], object]] = {
                "exact": partial(looked_up, ours, partial(exact, data)),
                "fast": partial(looked_up, ours, partial(fast, data)),
                "exact, jailed": partial(looked_up, ours, partial(in_jail, pool, data, fast=False)),
                "fast, jailed": partial(looked_up, ours, partial(in_jail, pool, data, fast=True)),
                "threatexchange": partial(asked, theirs, data),
                "draft": partial(searched, quickest, data),
            }
            ms = side_by_side(contenders, rounds=5, clock=clock_of_both(pool))
            for way in ("exact", "exact, jailed", "fast", "fast, jailed"):
                for peer, words in (
                    ("threatexchange", "threatexchange"),
                    ("draft", "Pillow draft, pdqhash, faiss (inexact)"),
                ):
                    found.append(
                        (
                            f"JPEG to decision, {megapixels} MP, {way}",
                            f"{1000 / ms[way]:.0f} a second",
                            f"{words} {1000 / ms[peer]:.1f} a second",
                            f"{ms[peer] / ms[way]:.1f}x",
                            "2x" if peer == "draft" and way == "fast" else "",
                        )
                    )
    return found


def clock_of_both(pool: MediaPool) -> Callable[[], float]:
    """Processor time of this thread and of the pool's one worker."""
    worker = pool._pictures.idle.queue[-1]  # noqa: SLF001 - no one else needs to know the process
    assert worker is not None
    clock_of_worker = ~worker.pid << 3 | 2  # clock_getcpuclockid(3)
    return lambda: time.thread_time() + time.clock_gettime(clock_of_worker)


def exact(data: bytes) -> bytes:
    """What the jailed worker does with a JPEG."""
    return _native.pdq_hash(simplejpeg.decode_jpeg(data, "RGB"))[0]


def fast(data: bytes) -> bytes:
    """Raise SystemExit where it would leave the picture to the decoder: then there is nothing to measure."""
    read = _native.jpeg_hash_near(data, all_orientations=False)
    if read is None:
        raise SystemExit("The picture of the benchmark was left to the decoder.")
    return read[0][0]


def in_jail(pool: MediaPool, data: bytes, *, fast: bool) -> bytes:
    return bytes(pool.hash_image(data, fast=fast).hash)


def looked_up(index: RadiusIndex, value: Callable[[], bytes]) -> object:
    return index.search(np.frombuffer(value(), np.uint8).reshape(1, -1))


def asked(index: PDQIndex[int], data: bytes) -> object:
    return index.query(PdqSignal.hash_from_bytes(data))


def searched(index: faiss.IndexBinaryMultiHash, data: bytes) -> object:
    """Search by the quickest hash that stock tools give, many bits off: decoded at a scale that leaves 256 pixels."""
    image = Image.open(io.BytesIO(data))
    image.draft("RGB", (256, 256))
    code = np.packbits(pdqhash.compute(np.asarray(image.convert("RGB")))[0]).reshape(1, -1)
    return index.range_search(code, RADIUS_BITS + 1)


@cache
def bank() -> NDArray[np.uint8]:
    """Random codes with 128 bits set, as PDQ has."""
    random: Any = np.random.default_rng(3)
    parts = [
        np.packbits(random.permuted(np.tile(np.arange(256) < 128, (100_000, 1)), axis=1), axis=1)
        for _ in range(BANK // 100_000)
    ]
    return np.concatenate(parts)


if __name__ == "__main__":
    print(table(rows()))
