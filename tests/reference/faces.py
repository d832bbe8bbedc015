"""Faces the slow way: every rectangle added up pixel by pixel, one window at a time, from the core's own tables."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

TABLES = Path(__file__).parents[2] / "native/src/face_cascades.inc"
MARGIN, STEP, CALM = 6, 2, 5
LONGEST = 448  # nothing here is larger: a photo that has to be reduced first takes this code for ever


@dataclass(frozen=True)
class Stump:
    threshold: int
    below: int
    otherwise: int
    rectangles: list[tuple[int, int, int, int, int]]  # left, top, width, height, weight


@dataclass(frozen=True)
class Cascade:
    side: int
    stages: list[tuple[int, list[Stump]]]  # the least sum, and what is added up

    def accepts(self, window: NDArray[np.int64]) -> bool:
        inner = window[1:-1, 1:-1]
        spread = math.isqrt(inner.size * int((inner**2).sum()) - int(inner.sum()) ** 2)
        if spread < CALM * inner.size:
            return False
        return all(sum(answer(stump, window, spread) for stump in stumps) >= least for least, stumps in self.stages)


def answer(stump: Stump, window: NDArray[np.int64], spread: int) -> int:
    value = sum(weight * int(window[y : y + h, x : x + w].sum()) for x, y, w, h, weight in stump.rectangles)
    limit = np.float32(spread) * (np.float32(stump.threshold) / np.float32(32768))
    return stump.below if np.float32(value) < limit else stump.otherwise


def find_faces(grey: NDArray[np.uint8]) -> list[tuple[int, int, int, int]]:
    """Boxes in a small picture of one channel; as the core, with nothing shared between two windows."""
    height, width = grey.shape
    assert max(height, width) <= LONGEST
    frontal, profile = read_cascade("kFrontal"), read_cascade("kProfile")
    other_profile = turned_about(profile)
    groups: list[list[tuple[int, int, int]]] = []
    for level in levels(grey):
        h, w = level.shape
        for cascade in (frontal, profile, other_profile):
            if cascade is not frontal and 2 * cascade.side * width < 3 * frontal.side * w:
                continue
            for x, y in windows_with_a_face(level, cascade):
                centre_x, centre_y = 16 * x + 8 * cascade.side, 16 * y + 8 * cascade.side
                side = 16 * cascade.side * max(width, height) // max(w, h)
                join(groups, (towards_zero(centre_x * width, w), towards_zero(centre_y * height, h), side))
    kept = [group for group in groups if len(group) >= (2 if means(group)[2] * 4 > 16 * max(width, height) else 1)]
    return [box_around(means(group), width, height) for group in sorted(kept, key=len, reverse=True)]


def levels(grey: NDArray[np.uint8]) -> Iterator[NDArray[np.uint8]]:
    height, width = grey.shape
    source, scale = grey, 1 << 16
    while True:
        w, h = (width * scale + (1 << 15)) >> 16, (height * scale + (1 << 15)) >> 16
        if min(w, h) + 2 * MARGIN < 20:
            return
        level = reduced(source, w, h)
        yield level
        if w * 2 <= source.shape[1]:
            source = level
        scale = scale * 5 // 6


def reduced(grey: NDArray[np.uint8], width: int, height: int) -> NDArray[np.uint8]:
    """The mean over the area of each new pixel, its edges known to a 256th."""
    rows, columns = shares(grey.shape[0], height), shares(grey.shape[1], width)
    sums = rows @ grey.astype(np.int64) @ columns.T
    whole = rows.sum(axis=1)[:, None] * columns.sum(axis=1)[None, :]
    mean: NDArray[np.uint8] = ((sums + whole // 2) // whole).astype(np.uint8)
    return mean


def shares(old: int, new: int) -> NDArray[np.int64]:
    """How many 256ths of each old pixel belong to each new one."""
    edges = [i * old * 256 // new for i in range(new + 1)]
    return np.array(
        [[max(0, min(end, 256 * k + 256) - max(begin, 256 * k)) for k in range(old)] for begin, end in pairwise(edges)]
    )


def join(groups: list[list[tuple[int, int, int]]], window: tuple[int, int, int]) -> None:
    x, y, side = window
    for group in groups:
        mean_x, mean_y, mean_side = means(group)
        reach = min(mean_side, side) * 3 // 10
        is_near = abs(mean_x - x) <= reach and abs(mean_y - y) <= reach
        if is_near and max(mean_side, side) * 2 <= min(mean_side, side) * 3:
            group.append(window)
            return
    groups.append([window])


def means(group: list[tuple[int, int, int]]) -> tuple[int, int, int]:
    x, y, side = (towards_zero(sum(values), len(group)) for values in zip(*group, strict=True))
    return x, y, side


def box_around(place: tuple[int, int, int], width: int, height: int) -> tuple[int, int, int, int]:
    x, y, side = place
    half = side // 2 + side // 5

    def inside(at: int, longest: int) -> int:
        return min(longest, max(0, towards_zero(at, 16)))

    return inside(x - half, width), inside(y - half, height), inside(x + half, width), inside(y + half, height)


def towards_zero(a: int, b: int) -> int:
    return a // b if a >= 0 else -(-a // b)


def windows_with_a_face(grey: NDArray[np.uint8], cascade: Cascade) -> list[tuple[int, int]]:
    """Left and top of each window of one level, its margin not counted."""
    level = np.pad(grey, MARGIN, mode="edge").astype(np.int64)
    side, (height, width) = cascade.side, level.shape
    return [
        (x - MARGIN, y - MARGIN)
        for y in range(0, height - side + 1, STEP)
        for x in range(0, width - side + 1, STEP)
        if cascade.accepts(level[y : y + side, x : x + side])
    ]


@cache
def read_cascade(name: str) -> Cascade:
    text = TABLES.read_text()
    stages = rows(text, f"{name}Stages")
    stumps = iter(rows(text, f"{name}Stumps"))
    packed = iter(int(word, 16) for word in re.findall("0x[0-9a-f]+", body(text, f"{name}Rectangles")))
    side = re.search(rf"{name}Side = (\d+);", text)
    assert side is not None
    return Cascade(int(side[1]), [(least, [read_stump(next(stumps), packed) for _ in range(n)]) for n, least in stages])


def turned_about(cascade: Cascade) -> Cascade:
    def turn(stump: Stump) -> Stump:
        rectangles = [(cascade.side - x - w, y, w, h, weight) for x, y, w, h, weight in stump.rectangles]
        return Stump(stump.threshold, stump.below, stump.otherwise, rectangles)

    return Cascade(cascade.side, [(least, [turn(stump) for stump in stumps]) for least, stumps in cascade.stages])


def read_stump(values: list[int], packed: Iterator[int]) -> Stump:
    rectangles: list[tuple[int, int, int, int, int]] = []
    threshold, below, otherwise = values
    while True:
        word = next(packed)
        weight = word >> 20 & 3
        rectangles.append(
            (word & 31, word >> 5 & 31, word >> 10 & 31, word >> 15 & 31, weight if rectangles else -weight)
        )
        if word >> 22:
            return Stump(threshold, below, otherwise, rectangles)


def rows(text: str, name: str) -> list[list[int]]:
    return [[int(value) for value in row.split(",")] for row in re.findall(r"\{([^{}]+)\}", body(text, name))]


def body(text: str, name: str) -> str:
    begin = text.index(f"{name}[] = {{") + len(f"{name}[] = {{")
    return text[begin : text.index("\n};", begin)]
