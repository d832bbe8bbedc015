"""The golden vectors: drawn pictures and bytes with their signatures, read by C++, Python and TypeScript.

golden.txt is words on lines, so that no reader needs a parser; a picture is a few drawing steps of whole numbers, so
that every reader draws the same pixels. Make it anew, and look at what changed: python -m tests.vectors.golden
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

import haalweg

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

GOLDEN = Path(__file__).with_name("golden.txt")
WAVES = 6


@dataclass
class Picture:
    """A drawn picture and what is to come out: rows of quality and eight hashes, the whole first."""

    name: str
    width: int
    height: int
    steps: list[tuple[str, list[int]]] = field(default_factory=list)
    whole: list[str] = field(default_factory=list)
    inner: list[tuple[list[int], list[str]]] = field(default_factory=list)

    def draw(self) -> NDArray[np.uint8]:
        rgb = np.zeros((self.height, self.width, 3), np.uint8)
        for kind, numbers in self.steps:
            left, top, right, bottom = numbers[:4]
            if kind == "rect":
                rgb[top:bottom, left:right] = numbers[4:]
            else:
                rgb[top:bottom, left:right] = texture(right - left, bottom - top, numbers[4])
        return rgb


def texture(width: int, height: int, seed: int) -> NDArray[np.uint8]:
    """Six triangle waves in each channel, added up."""
    y, x, channel = np.ogrid[:height, :width, :3]
    total = np.zeros((height, width, 3), np.int64)
    for k in range(WAVES):
        seed = following(seed)
        along, down, half = (seed >> 8) % 7 - 3, (seed >> 16) % 7 - 3, 20 + (seed >> 24) % 97
        at = along * x + down * y + 31 * channel * k + 1_000_000
        total += abs(at % (2 * half) - half) * 255 // half
    return np.clip((total // WAVES - 128) * 2 + 128, 0, 255).astype(np.uint8)


def random_bytes(count: int, seed: int) -> bytes:
    out = bytearray(count)
    for i in range(count):
        seed = following(seed)
        out[i] = seed >> 24
    return bytes(out)


def following(seed: int) -> int:
    return (seed * 1664525 + 1013904223) % 2**32


def read() -> tuple[list[Picture], list[tuple[int, int, str, str]]]:
    pictures: list[Picture] = []
    files: list[tuple[int, int, str, str]] = []
    for line in GOLDEN.read_text().splitlines():
        word, *rest = line.split()
        if word == "bytes":
            files.append((int(rest[0]), int(rest[1]), rest[2], rest[3]))
        elif word == "picture":
            pictures.append(Picture(rest[0], int(rest[1]), int(rest[2])))
        elif word == "pdq":
            pictures[-1].whole = rest
        elif word == "inner":
            pictures[-1].inner.append(([int(n) for n in rest[:4]], rest[4:]))
        else:
            pictures[-1].steps.append((word, [int(n) for n in rest]))
    return pictures, files


def signature(rgb: NDArray[np.uint8]) -> list[str]:
    hashed = haalweg.hash_orientations(rgb)
    return [str(hashed[0].quality), *(one.hash.hex for one in hashed)]


def drawings() -> Iterator[Picture]:
    for seed, (width, height) in enumerate(
        ((5, 5), (64, 64), (63, 65), (100, 37), (256, 256), (640, 480), (1001, 333))
    ):
        yield Picture(f"texture-{width}x{height}", width, height, [("texture", [0, 0, width, height, seed + 1])])
    yield Picture("flat", 300, 200, [("rect", [0, 0, 300, 200, 90, 120, 200])])
    bars = [("rect", [x, 0, min(x + 10, 320), 240, 250, 240, 30]) for x in range(0, 320, 20)]
    yield Picture("bars-whose-coefficients-tie", 320, 240, bars)
    for name, (red, green, blue) in (("dark", (17, 27, 33)), ("light", (250, 250, 250))):
        chat = [
            ("rect", [0, 0, 720, 1280, red, green, blue]),
            ("rect", [24, 16, 96, 32, 128, 128, 128]),
            ("rect", [600, 16, 700, 32, 128, 128, 128]),
            ("texture", [60, 300, 660, 750, 21]),
            ("rect", [60, 1180, 640, 1250, 90, 100, 110]),
        ]
        yield Picture(f"screenshot-{name}", 720, 1280, chat)
    yield Picture("letterbox", 640, 480, [("texture", [0, 60, 640, 420, 22])])
    yield Picture("border", 500, 400, [("rect", [0, 0, 500, 400, 255, 255, 255]), ("texture", [25, 25, 475, 375, 23])])


def main() -> None:
    lines = []
    for picture in drawings():
        rgb = picture.draw()
        lines.append(f"picture {picture.name} {picture.width} {picture.height}")
        lines += [" ".join([kind, *map(str, numbers)]) for kind, numbers in picture.steps]
        lines.append(" ".join(["pdq", *signature(rgb)]))
        for box in haalweg.inner_pictures(rgb):
            part = np.ascontiguousarray(rgb[box.top : box.bottom, box.left : box.right])
            lines.append(" ".join(["inner", *map(str, (box.left, box.top, box.right, box.bottom)), *signature(part)]))
    for count in (0, 1, 55, 56, 63, 64, 65, 119, 120, 1000, 300_001):
        data = random_bytes(count, count)
        md5 = hashlib.md5(data, usedforsecurity=False).hexdigest()
        lines.append(f"bytes {count} {count} {hashlib.sha256(data).hexdigest()} {md5}")
    GOLDEN.write_text("\n".join(lines) + "\n")


if __name__ == "__main__":
    main()
