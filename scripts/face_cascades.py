#!/usr/bin/env python3
"""Write native/src/face_cascades.inc: OpenCV's two cascades for faces as tables of integers.

The XML files come with OpenCV; on Debian they are in the package `opencv-data`, which can be unpacked without being
installed. Their weights are decimals, which a compiler or a processor could round in its own way. Here each becomes an
integer once, and from then on every build adds the same numbers.

    scripts/face_cascades.py /usr/share/opencv4/haarcascades > native/src/face_cascades.inc
"""

from __future__ import annotations

import sys
from pathlib import Path
from xml.etree import ElementTree as ET

# The file, its name in the code, and by how much the answers of a stump are multiplied: as far as 16 bits reach.
CASCADES = [("frontalface_default", "kFrontal", 10), ("profileface", "kProfile", 14)]
THRESHOLD_SHIFT = 15
HEAD = """\
// Made by scripts/face_cascades.py from two files that come with OpenCV 4.6.0; do not edit.
//   haarcascade_frontalface_default.xml: created by Rainer Lienhart
//   haarcascade_profileface.xml: contributed by David Bradley, Princeton University
// Copyright (C) 2000, Intel Corporation, all rights reserved. Under the Intel License Agreement, a BSD licence of three
// clauses: face_cascades.LICENCE.txt.
//
// A stump is {threshold times 2^15, answer below, answer otherwise}. Its rectangles follow each other in an array of
// their own: left, top, width and height in five bits each, the weight in two, and a bit for the last one of its stump.
// The first rectangle of a stump has weight 1, which is taken off. A stage is {stumps, least sum of their answers}.
"""
PER_LINE = 12


def main() -> int:
    folder = Path(sys.argv[1])
    print(HEAD)
    for file, name, shift in CASCADES:
        root = ET.parse(folder / f"haarcascade_{file}.xml").getroot()[0]  # noqa: S314  # a file of Debian's, read once
        write(root, name, shift)
    return 0


def write(cascade: ET.Element, name: str, shift: int) -> None:
    stages: list[str] = []
    stumps: list[str] = []
    for stage in cascade.iterfind("stages/_"):
        weak = stage.findall("weakClassifiers/_")
        stages.append(f"{{{len(weak)}, {scaled(text(stage, 'stageThreshold'), shift)}}}")
        stumps += [stump(w, len(stumps) + i, shift) for i, w in enumerate(weak)]
    rectangles = [word for feature in cascade.iterfind("features/_") for word in packed(feature)]
    print(f"constexpr int {name}Side = {text(cascade, 'width')};")
    table(f"constexpr Stage {name}Stages[]", stages)
    table(f"constexpr Stump {name}Stumps[]", stumps)
    table(f"constexpr uint32_t {name}Rectangles[]", [f"0x{word:x}" for word in rectangles])
    print()


def stump(weak: ET.Element, place: int, shift: int) -> str:
    left, right, feature, threshold = text(weak, "internalNodes").split()
    if (left, right, feature) != ("0", "-1", str(place)):
        raise SystemExit("This is not a cascade of stumps, each with a feature of its own.")
    answers = [scaled(answer, shift) for answer in text(weak, "leafValues").split()]
    values = [scaled(threshold, THRESHOLD_SHIFT), *answers]
    if any(not -(1 << 15) <= value < 1 << 15 for value in values):
        raise SystemExit(f"A value of stump {place} does not fit 16 bits.")
    return "{" + ", ".join(map(str, values)) + "}"


def packed(feature: ET.Element) -> list[int]:
    rectangles = [rectangle.text.split() for rectangle in feature.iterfind("rects/_") if rectangle.text]
    words = []
    for place, rectangle in enumerate(rectangles):
        left, top, width, height = map(int, rectangle[:4])
        weight = int(float(rectangle[4]))
        if (weight == -1) != (place == 0) or abs(weight) > 3 or max(left, top, width, height) > 31:
            raise SystemExit("A rectangle has a weight or a side that the tables have no bits for.")
        is_last = place == len(rectangles) - 1
        words.append(left | top << 5 | width << 10 | height << 15 | abs(weight) << 20 | is_last << 22)
    return words


def scaled(decimal: str, shift: int) -> int:
    return round(float(decimal) * (1 << shift))


def text(element: ET.Element, path: str) -> str:
    return (element.findtext(path) or "").strip()


def table(head: str, items: list[str]) -> None:
    print(f"{head} = {{")
    for i in range(0, len(items), PER_LINE):
        print("    " + ", ".join(items[i : i + PER_LINE]) + ",")
    print("};")


if __name__ == "__main__":
    sys.exit(main())
