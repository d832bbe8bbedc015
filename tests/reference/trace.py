"""Codes of a trace, made the slow and obvious way: whole planes, one step after another, in numpy.

It says what native/src/trace_pyramid.cpp and trace_kernels.cpp compute; the constants are read from the header itself.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

_TABLES = Path(__file__).resolve().parents[2] / "native/src/trace_tables.hpp"
_SHRINK = (65536, 46341, 32768, 23170, 16384, 11585, 8192, 5793)
_COSINE = np.float32(0.70710678)
_ACROSS = np.array([1, _COSINE, 0, -_COSINE, -1, -_COSINE, 0, _COSINE], np.float32)
_DOWN = np.array([0, _COSINE, 1, _COSINE, 0, -_COSINE, -1, -_COSINE], np.float32)


@dataclass(frozen=True)
class Level:
    width: int
    height: int
    maps: NDArray[np.int64]  # (map height, map width, 8)


def _table(name: str) -> NDArray[np.int64]:
    text = _TABLES.read_text()
    body = re.search(rf"{name}[\[\]0-9]* = \{{(.*?)\}};", text, re.DOTALL)
    assert body
    return np.array([int(v) for v in re.findall(r"-?\d+", body[1])], np.int64)


@cache
def mean() -> NDArray[np.int64]:
    return _table("kTraceMean")


@cache
def matrix() -> NDArray[np.int64]:
    """(number of the descriptor, bit)."""
    return _table("kTraceMatrix").reshape(64, 128, 2).transpose(0, 2, 1).reshape(128, 128)


def luma(rgb: NDArray[np.uint8]) -> NDArray[np.int64]:
    if rgb.shape[2] == 1:
        return rgb[..., 0].astype(np.int64)
    red, green, blue = (rgb[..., k].astype(np.int64) for k in range(3))
    return (77 * red + 150 * green + 29 * blue + 128) >> 8


def _overlaps(of: int, to: int) -> NDArray[np.int64]:
    """(to, of): how much of each input value an output value covers, in 1/to."""
    out = np.arange(to)[:, None] * of
    into = np.arange(of)[None] * to
    shared: NDArray[np.int64] = np.minimum(out + of, into + to) - np.maximum(out, into)
    return np.where(shared > 0, shared, 0)


def area_mean(grey: NDArray[np.int64], width: int, height: int, gain: int) -> NDArray[np.int64]:
    rows, columns = grey.shape
    sums: NDArray[np.int64] = _overlaps(rows, height) @ grey @ _overlaps(columns, width).T
    area = rows * columns
    means: NDArray[np.int64] = (sums + area // 2) // area
    return means * gain


def _reflected(plane: NDArray[np.int64]) -> NDArray[np.int64]:
    return np.pad(plane, 1, mode="reflect")


def _pooled(values: NDArray[np.int64]) -> NDArray[np.int64]:
    """Along the first axis: four neighbours to every second place, then twice three; ends repeated."""
    pooled = (len(values) + 1) // 2
    out = _neighbours(values, 2 * np.arange(pooled), range(-1, 3))
    for _ in range(2):
        out = _neighbours(out, np.arange(pooled), range(-1, 2))
    return out


def _neighbours(values: NDArray[np.int64], at: NDArray[np.int64], offsets: range) -> NDArray[np.int64]:
    out = np.zeros((len(at), *values.shape[1:]), np.int64)
    for offset in offsets:
        out += values[np.clip(at + offset, 0, len(values) - 1)]
    return out


def level_of(grey: NDArray[np.int64]) -> Level:
    """grey: brightness in sixteenths."""
    height, width = grey.shape
    wide = _reflected(grey)
    smooth = np.zeros_like(grey)
    for j in (-1, 0, 1):
        for i in (-1, 0, 1):
            smooth += (2 - abs(i)) * (2 - abs(j)) * wide[1 + j : 1 + j + height, 1 + i : 1 + i + width]
    wide = _reflected(smooth)
    across = ((wide[1:-1, 2:] - wide[1:-1, :-2]) >> 1).astype(np.float32)
    down = ((wide[2:, 1:-1] - wide[:-2, 1:-1]) >> 1).astype(np.float32)
    share = np.float32(0.03125) / (across * across + down * down + np.float32(65.536))
    c = np.maximum(across[..., None] * _ACROSS + down[..., None] * _DOWN, np.float32(0))
    edges = (c * c * (c * share[..., None]) + np.float32(0.5)).astype(np.int64)
    along_x = (_pooled(edges.transpose(1, 0, 2)).transpose(1, 0, 2) + 16) >> 5
    return Level(width, height, _pooled(along_x))


def pyramid(rgb: NDArray[np.uint8], long_side: int) -> list[Level]:
    """Of a picture that is not enlarged."""
    rows, columns = rgb.shape[:2]
    longer = max(rows, columns)
    width, height = ((2 * side * long_side + longer) // (2 * longer) for side in (columns, rows))
    planes: list[NDArray[np.int64]] = []
    for level, shrink in enumerate(_SHRINK):
        wide, high = (width * shrink + 32768) >> 16, (height * shrink + 32768) >> 16
        if min(wide, high) < 20:
            break
        if level == 0:
            planes.append(area_mean(luma(rgb), wide, high, 16))
        else:
            planes.append(area_mean(planes[max(0, level - 2)], wide, high, 1))
    return [level_of(plane) for plane in planes]


def code_at(levels: list[Level], level: int, x: float, y: float) -> int:
    """The code of a place in pixels of level 0, at the size of its level."""
    here, base = levels[level], levels[0]
    f = np.float32
    per_x, per_y = f(here.width) / f(base.width), f(here.height) / f(base.height)
    size = f(2 ** (level / 2))
    at_x, at_y = _fixed((f(x) * per_x - f(1)) * f(0.5)), _fixed((f(y) * per_y - f(1)) * f(0.5))
    step_x, step_y = _fixed(f(5) * size * per_x * f(0.5)), _fixed(f(5) * size * per_y * f(0.5))
    rows, columns = here.maps.shape[:2]
    sampled = []
    for j in range(4):
        v = min(max(at_y + int(step_y * (2 * j - 3) / 2), 0), (rows - 1) * 256)
        for i in range(4):
            u = min(max(at_x + int(step_x * (2 * i - 3) / 2), 0), (columns - 1) * 256)
            row, column, down, across = v >> 8, u >> 8, v & 255, u & 255
            below, right = min(row + 1, rows - 1), min(column + 1, columns - 1)
            upper = here.maps[row, column] * 256 + (here.maps[row, right] - here.maps[row, column]) * across
            lower = here.maps[below, column] * 256 + (here.maps[below, right] - here.maps[below, column]) * across
            sampled.append(((upper >> 8) * 256 + ((lower >> 8) - (upper >> 8)) * down) >> 8)
    numbers = np.concatenate(sampled)
    scale = f(262144) / f(max(1, int(numbers.sum())))
    roots = np.minimum(255, (np.sqrt(numbers.astype(np.float32) * scale) + f(0.5)).astype(np.int64))
    bits = (roots - mean()) @ matrix() > 0
    return sum(1 << k for k, bit in enumerate(bits.tolist()) if bit)


def _fixed(value: np.float32) -> int:
    """In 1/256."""
    return int(value * np.float32(256) + np.float32(-0.5 if value < 0 else 0.5))
