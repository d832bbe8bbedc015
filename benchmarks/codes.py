"""Banks of PDQ codes for the benchmarks, uint8 (n, 32), and queries with planted distances."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from PIL import Image, ImageEnhance

from haalweg import _native

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from numpy.typing import NDArray

PHOTOS = Path(__file__).resolve().parents[2] / "shared" / "data" / "photos"
PART = 1 << 19  # codes made at once


def balanced(count: int, rng: np.random.Generator) -> NDArray[np.uint8]:
    """Random codes of 128 set bits, as PDQ's have: a bit is set where its coefficient lies above the median."""
    parts = []
    for start in range(0, count, PART):
        codes = rng.integers(0, 256, (min(PART, count - start), 32), dtype=np.uint8)
        excess = np.bitwise_count(codes).sum(axis=1).astype(np.int32) - 128
        wrong = np.flatnonzero(excess)
        while len(wrong):
            bit = rng.integers(0, 256, len(wrong))
            mask = (1 << (bit & 7)).astype(np.uint8)
            is_set = (codes[wrong, bit >> 3] & mask) != 0
            helps = np.where(excess[wrong] > 0, is_set, ~is_set)
            codes[wrong[helps], bit[helps] >> 3] ^= mask[helps]
            excess[wrong[helps]] += np.where(is_set[helps], -1, 1)
            wrong = wrong[excess[wrong] != 0]
        parts.append(codes)
    return np.concatenate(parts)


def clustered(count: int, rng: np.random.Generator) -> NDArray[np.uint8]:
    """30 % in groups of 20 that lie 1 to 40 bits around a code."""
    groups = count * 3 // 200
    around = np.repeat(balanced(groups, rng), 20, axis=0)
    alone = balanced(count - len(around), rng)
    return rng.permutation(np.concatenate([flipped(around, rng.integers(1, 41, len(around)), rng), alone]))


def skewed(count: int, rng: np.random.Generator) -> NDArray[np.uint8]:
    """Bits of unequal frequency, and a quarter of the neighbours equal."""
    frequency = rng.beta(4, 4, 256)
    parts = []
    for start in range(0, count, PART):
        bits = rng.random((min(PART, count - start), 256), dtype=np.float32) < frequency
        copied = rng.random(bits.shape, dtype=np.float32) < 0.25
        bits[:, 1:] = np.where(copied[:, 1:], bits[:, :-1], bits[:, 1:])
        parts.append(np.packbits(bits, axis=1))
    return np.concatenate(parts)


def real(count: int, rng: np.random.Generator) -> NDArray[np.uint8]:
    """Hashes of the shared photos and of their altered copies, grown by flipping 4 to 60 bits of each."""
    seeds = np.concatenate(list(hashes_of_photos()))
    return flipped(seeds[rng.integers(0, len(seeds), count)], rng.integers(4, 61, count), rng)


def has_photos() -> bool:
    return any(PHOTOS.glob("*.jpg"))


def hashes_of_photos(*, altered: bool = True) -> Iterator[NDArray[np.uint8]]:
    """Yield each shared photo's codes: its eight orientations, and those of its six altered copies where asked for."""
    alterations: list[Callable[[Image.Image], Image.Image]] = [
        lambda p: p,
        lambda p: p.resize((max(p.width // 2, 64), max(p.height // 2, 64))),
        lambda p: p.crop((p.width // 20, p.height // 20, p.width, p.height)),
        lambda p: p.crop((0, 0, p.width * 9 // 10, p.height)),
        lambda p: ImageEnhance.Brightness(p).enhance(1.3),
        lambda p: ImageEnhance.Contrast(p).enhance(0.6),
        letterboxed,
    ]
    for path in sorted(PHOTOS.glob("*.jpg")):
        photo = Image.open(path).convert("RGB")
        hashed = [_native.pdq_orientations(np.asarray(alter(photo))) for alter in alterations[: None if altered else 1]]
        kept = b"".join(code for codes, quality in hashed if quality >= 50 for code in codes)
        if kept:
            yield np.frombuffer(kept, np.uint8).reshape(-1, 32)


def letterboxed(photo: Image.Image) -> Image.Image:
    framed = Image.new("RGB", (photo.width, photo.height * 5 // 4))
    framed.paste(photo, (0, photo.height // 8))
    return framed


def flipped(codes: NDArray[np.uint8], bits: NDArray[np.int64], rng: np.random.Generator) -> NDArray[np.uint8]:
    """Return the codes with that many different bits of each turned over."""
    parts = []
    for start in range(0, len(codes), PART // 4):
        part = np.unpackbits(codes[start : start + PART // 4], axis=1)
        order = rng.random(part.shape, dtype=np.float32)
        wanted = bits[start : start + PART // 4]
        limit = np.sort(order, axis=1)[np.arange(len(part)), np.minimum(wanted, 255)]
        part ^= order < limit[:, None]
        parts.append(np.packbits(part, axis=1))
    return np.concatenate(parts)


def queries(
    bank: NDArray[np.uint8], count: int, rng: np.random.Generator
) -> tuple[NDArray[np.uint8], NDArray[np.int64]]:
    """Return codes of which every second one lies 0 to 31 bits from an entry, and those entries' rows."""
    rows = rng.integers(0, len(bank), count // 2)
    asked = balanced(count, rng)
    asked[::2] = flipped(bank[rows], np.arange(count // 2) % 32, rng)
    return asked, rows


KINDS: dict[str, Callable[[int, np.random.Generator], NDArray[np.uint8]]] = {
    "balanced": balanced,
    "clustered": clustered,
    "skewed": skewed,
    "real": real,
}
