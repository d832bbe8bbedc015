"""What a thief who knows the method can rebuild from a trace.

The thief holds the stored bytes of one trace, this source code, and photos of his own. From those photos he makes a
library: small patches, each with its code. Then, in two ways:

    patches    for each point of the trace the patches whose codes are nearest lend their slopes, weighted by distance;
               a second time those are preferred that agree with what has been rebuilt around them
    linear     the bits of a code give the slopes of its patch, by least squares over the library; this undoes
               whitening, descriptor and signs in one step, as far as anything linear can

Both begin with what the PDQ hash in the trace says about light and dark, likewise learnt from the photos, and end in
the picture whose slopes fit best, coarse levels first. No network is trained: that would do better.

    python benchmarks/invert_trace.py PHOTOS --picture docs/images/trace-inversion.png

which are the figures and the picture of docs/explanation/trace-security.md.

PHOTOS is a folder of any photos. What is taken apart must not be among them: names that begin with ski_ are passed
over. Taken apart are three pictures of scikit-image, astronaut (NASA, public domain), chelsea (Stefan van der Walt)
and coffee (Rachel Michetti), both CC0; and, for the figures only, some photos of PHOTOS that faces.csv says show a
face, which then lend no patches. No face is recognised here: a face finder says whether something looks like one.
Needs scikit-image beside the packages of requirements/bench.txt.
"""

from __future__ import annotations

import argparse
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import cv2
import numpy as np
import skimage.data
from bench_faces import Face, read, read_list
from numpy.typing import NDArray
from PIL import Image

from haalweg._native import TRACE_HEAD_BYTES, TRACE_POINT_BYTES, find_faces
from haalweg.signals.trace import TRACE_LONG_SIDE, TooLittleDetail, Trace, trace_pixels

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

OWN: dict[str, list[Face]] = {
    "astronaut": [Face(44, 24, 16, "frontal", "lighter")],
    "chelsea": [],
    "coffee": [],
}
HELD_OUT = 12  # photos with a face that are taken apart too
SIDE = 24  # of a patch, in pixels of its level: what a code sees
LOOKED_AT = 96  # patches that may lend to a point
LENT = 24  # and do
COARSE = 32  # longer side of what the PDQ hash gives
ROUNDS = 2
WAYS = ("pdq only", "linear", "patches", "both")

Rgb = NDArray[np.uint8]
Grey = NDArray[Any]  # of float32
Codes = NDArray[np.uint64]


@dataclass(frozen=True)
class Point:
    """A place of a trace, in pixels of its picture."""

    x: float
    y: float
    size: float  # of a pixel of its level


@dataclass(frozen=True)
class Library:
    """Patches of other photos, and what can be learnt from them."""

    codes: Codes  # (n, 2)
    patches: NDArray[np.uint8]  # (n, SIDE + 2, SIDE + 2)
    linear: Grey  # (129, 2 * SIDE * SIDE), from the bits of a code and a one to slopes
    light: Grey  # (257, COARSE * COARSE), from the bits of a PDQ hash and a one to brightness


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("photos", type=Path)
    parser.add_argument("--picture", type=Path, help="write what is rebuilt of the astronaut")
    arguments = parser.parse_args()
    paths = [path for path in sorted(arguments.photos.glob("*.jpg")) if not path.name.startswith("ski_")]
    faces = {name: marked for (folder, name), marked in read_list()[0].items() if folder == "photos"}
    held_out = [path for path in paths if path.stem in faces][::3][:HELD_OUT]
    library = make_library([path for path in paths if path not in held_out])
    print(f"{len(library.codes)} patches of {len(paths) - len(held_out)} photos\n")
    print("| " + " | ".join(HEADS) + " |\n|" + "---|" * len(HEADS))
    for name, marked in OWN.items():
        rgb = own(name)
        rebuilt = [report(name, [rgb], [marked], library, leave_out=leave_out) for leave_out in (True, False)]
        if name == "astronaut" and arguments.picture:
            write_picture(arguments.picture, rgb, rebuilt)
    for leave_out in (True, False):
        others = [faces[path.stem] for path in held_out]
        report(f"{len(held_out)} others", [read(path) for path in held_out], others, library, leave_out=leave_out)


def own(name: str) -> Rgb:
    rgb: Rgb = getattr(skimage.data, name)()
    return rgb


# The library


def make_library(paths: Sequence[Path]) -> Library:
    codes, patches, hashes, lights = [], [], [], []
    for path in paths:
        for rgb in variants(read(path)):
            try:
                trace = trace_pixels(rgb, leave_faces_out=False)
            except TooLittleDetail:
                continue
            grey = seen_by(trace, rgb)
            points, own = taken_from(trace)
            codes.append(own)
            patches.append(patches_at(grey, points))
            hashes.append(bits_of(np.frombuffer(bytes(trace)[16:48], np.uint8)[None]))
            light = cv2.resize(grey, (COARSE, COARSE), interpolation=cv2.INTER_AREA)
            lights.append((light - light.mean()).ravel())
    all_codes, all_patches = np.concatenate(codes), np.concatenate(patches)
    sample = np.random.default_rng(1).choice(len(all_codes), min(60_000, len(all_codes)), replace=False)
    slopes = slopes_of(all_patches[sample])
    slopes /= contrast(slopes)[:, None, None, None] + 1
    linear = regression(bits_of(all_codes[sample].view(np.uint8)), slopes.reshape(len(sample), -1), 10)
    light = regression(np.concatenate(hashes), np.array(lights), 300)
    return Library(all_codes, all_patches, linear, light)


def variants(rgb: Rgb) -> Iterator[Rgb]:
    """A photo, mirrored, as a negative, and its parts: what costs nothing to have more of."""
    height, width = rgb.shape[:2]
    yield rgb
    yield np.ascontiguousarray(rgb[:, ::-1])
    yield 255 - rgb
    yield np.ascontiguousarray(rgb[: 3 * height // 4, : 3 * width // 4])
    yield np.ascontiguousarray(rgb[height // 4 :, width // 4 :][:, ::-1])


def seen_by(trace: Trace, rgb: Rgb) -> Grey:
    """The picture as its trace saw it: grey, its longer side 512, without a frame."""
    if trace.framed is not None:
        box = trace.framed
        rgb = rgb[box.top : box.bottom, box.left : box.right]
    grey = cv2.cvtColor(np.ascontiguousarray(rgb), cv2.COLOR_RGB2GRAY)
    how = cv2.INTER_AREA if max(grey.shape) > TRACE_LONG_SIDE else cv2.INTER_CUBIC
    seen: Grey = cv2.resize(grey, (trace.width, trace.height), interpolation=how).astype(np.float32)
    return seen


def taken_from(trace: Trace) -> tuple[list[Point], Codes]:
    """The points of a trace and their codes, from its bytes."""
    rows = np.frombuffer(bytes(trace), np.uint8, offset=TRACE_HEAD_BYTES).reshape(-1, TRACE_POINT_BYTES)
    places = (rows[:, :3].astype(int) << (0, 8, 16)).sum(1)
    points = [Point((p & 1023) / 2, (p >> 10 & 1023) / 2, 2 ** ((p >> 20) / 2)) for p in places.tolist()]
    return points, np.ascontiguousarray(rows[:, 3:]).view(np.uint64)


def at_level(grey: Grey, size: float) -> Grey:
    height, width = grey.shape
    sides = (max(1, round(width / size)), max(1, round(height / size)))
    smaller: Grey = cv2.resize(grey, sides, interpolation=cv2.INTER_AREA)
    return smaller


def patches_at(grey: Grey, points: Sequence[Point]) -> NDArray[np.uint8]:
    levels = {size: at_level(grey, size) for size in {point.size for point in points}}
    cut = [
        cv2.getRectSubPix(
            levels[p.size], (SIDE + 2, SIDE + 2), (p.x / p.size - 0.5, p.y / p.size - 0.5), patchType=cv2.CV_32F
        )
        for p in points
    ]
    return np.clip(np.round(np.array(cut)), 0, 255).astype(np.uint8)


def slopes_of(patches: Grey) -> Grey:
    """Across and down: (..., 2, SIDE, SIDE), grey levels a pixel of the level."""
    wide = patches.astype(np.float32)
    across = (wide[..., 1:-1, 2:] - wide[..., 1:-1, :-2]) / 2
    down = (wide[..., 2:, 1:-1] - wide[..., :-2, 1:-1]) / 2
    return np.stack([across, down], axis=-3)


def contrast(slopes: Grey) -> Grey:
    rms: Grey = np.sqrt((slopes**2).mean(axis=(-3, -2, -1)))
    return rms


def bits_of(rows: NDArray[np.uint8]) -> Grey:
    """(n, bytes) to (n, bits and a one), -1 or 1."""
    bits = np.unpackbits(np.ascontiguousarray(rows), axis=1, bitorder="little").astype(np.float32) * 2 - 1
    return np.concatenate([bits, np.ones((len(bits), 1), np.float32)], axis=1)


def regression(given: Grey, wanted: Grey, damping: float) -> Grey:
    square = given.T @ given + damping * np.eye(given.shape[1], dtype=np.float32)
    solved: Grey = np.linalg.solve(square, given.T @ wanted).astype(np.float32)
    return solved


# Taking apart


def rebuild(trace: Trace, library: Library) -> dict[str, Grey]:
    """What each way makes of the bytes of a trace."""
    points, codes = taken_from(trace)
    light = bits_of(np.frombuffer(bytes(trace)[16:48], np.uint8)[None]) @ library.light
    blurred = cv2.resize(light.reshape(COARSE, COARSE), (trace.width, trace.height), interpolation=cv2.INTER_CUBIC)
    nearest, distances = neighbours(codes, library)
    lent = [slopes_of(library.patches[each]) for each in nearest]
    linear = (bits_of(codes.view(np.uint8)) @ library.linear).reshape(-1, 2, SIDE, SIDE)
    # How much contrast there was does not stand in a code; that of the patches alike is the best guess.
    usual = np.array([np.median(contrast(each[:LENT])) for each in lent])
    linear *= (usual / (contrast(linear) + 1e-3))[:, None, None, None]
    rebuilt = {"pdq only": blurred, "linear": fitted(points, linear, blurred)}
    own = rebuilt["linear"]
    for _ in range(ROUNDS):
        patches = chosen(points, lent, distances, own)
        own = fitted(points, patches, blurred)
    rebuilt["patches"] = own
    rebuilt["both"] = fitted(points, (linear + patches) / 2, blurred)
    return rebuilt


def neighbours(codes: Codes, library: Library) -> tuple[NDArray[np.int64], Grey]:
    nearest, distances = [], []
    for code in codes:
        apart = np.bitwise_count(library.codes ^ code).sum(1, dtype=np.uint8)
        best = np.argpartition(apart, LOOKED_AT)[:LOOKED_AT]
        best = best[np.argsort(apart[best], kind="stable")]
        nearest.append(best)
        distances.append(apart[best])
    return np.array(nearest), np.array(distances, np.float32)


def chosen(points: Sequence[Point], lent: Sequence[Grey], distances: Grey, around: Grey) -> Grey:
    """For each point the mean of the patches that are near and agree with what is around."""
    out = []
    there = slopes_of(patches_at(around, points))
    for slopes, apart, here in zip(lent, distances, there, strict=True):
        strength = contrast(slopes)
        agree = (slopes * here).mean(axis=(1, 2, 3)) / (strength * contrast(here[None]) + 1e-3)
        worth = agree * 12 - apart / 3
        best = np.argsort(-worth)[:LENT]
        weights = np.exp(worth[best] - worth[best[0]])
        mean = np.tensordot(weights / weights.sum(), slopes[best] / (strength[best, None, None, None] + 1e-3), 1)
        out.append(mean * np.median(strength[best]) / (contrast(mean[None]) + 1e-3))
    return np.array(out, np.float32)


def fitted(points: Sequence[Point], slopes: Grey, blurred: Grey) -> Grey:
    """The picture whose slopes are nearest to those of the points, coarse levels first; elsewhere `blurred`."""
    height, width = blurred.shape
    picture = blurred + 128
    line = np.exp(-0.5 * (np.linspace(-1, 1, SIDE, dtype=np.float32) / 0.5) ** 2)
    window = np.outer(line, line)
    for size in sorted({point.size for point in points}, reverse=True):
        w, h = max(2, round(width / size)), max(2, round(height / size))
        field, weight = np.zeros((2, h, w), np.float32), np.zeros((h, w), np.float32)
        for point, own in zip(points, slopes, strict=True):
            # A coarser point says something about the finer level too, a finer one about the coarser.
            if abs(np.log2(point.size / size)) > 0.6:
                continue
            per = point.size / size
            at = np.array([[per, 0, point.x / size - 0.5 - per * (SIDE - 1) / 2],
                           [0, per, point.y / size - 0.5 - per * (SIDE - 1) / 2]])  # fmt: skip
            mask = cv2.warpAffine(window, at, (w, h), flags=cv2.INTER_LINEAR)
            weight += mask
            for k in range(2):
                field[k] += cv2.warpAffine(own[k] / per * window, at, (w, h), flags=cv2.INTER_LINEAR)
        field /= weight + 1e-3
        before = at_level(picture, size)
        now = solved(field, np.minimum(weight, 1), before)
        picture = picture + cv2.resize(now - before, (width, height), interpolation=cv2.INTER_CUBIC)
    return picture


def solved(field: Grey, weight: Grey, before: Grey, hold: float = 0.01, rounds: int = 200) -> Grey:
    """Least squares: weight * |slopes - field|^2 + hold * |picture - before|^2, by conjugate gradients."""
    across, down = (weight[:, 1:] + weight[:, :-1]) / 2, (weight[1:] + weight[:-1]) / 2

    def spread(x: Grey, y: Grey) -> Grey:
        out = np.zeros_like(before)
        out[:, 1:] += x
        out[:, :-1] -= x
        out[1:] += y
        out[:-1] -= y
        return out

    def applied(v: Grey) -> Grey:
        return spread(across * np.diff(v, axis=1), down * np.diff(v, axis=0)) + hold * v

    wanted_x, wanted_y = (field[0][:, 1:] + field[0][:, :-1]) / 2, (field[1][1:] + field[1][:-1]) / 2
    v = before.copy()
    rest = spread(across * wanted_x, down * wanted_y) + hold * before - applied(v)
    step, left = rest.copy(), float((rest**2).sum())
    for _ in range(rounds):
        if left < 1e-3:
            break
        turned = applied(step)
        far = left / float((step * turned).sum())
        v = v + far * step
        rest = rest - far * turned
        now = float((rest**2).sum())
        step, left = rest + now / left * step, now
    return v


# What came of it

HEADS = ("photo", "faces", "way", "correlation", "SSIM", "correlation in the face", "faces found", "boxes")


@dataclass(frozen=True)
class Likeness:
    correlation: float
    ssim: float
    in_face: float  # correlation inside the marked faces; not a number where there is none
    found: int  # of the marked faces, where they are
    boxes: int  # in all


def report(name: str, rgbs: Sequence[Rgb], marked: Sequence[list[Face]], library: Library, *, leave_out: bool) -> Rgb:
    """Rows of the table, in the mean of the photos; returns what is most alike of the last one."""
    likeness: dict[str, list[Likeness]] = {way: [] for way in WAYS}
    rebuilt: dict[str, Grey] = {}
    in_photos = 0
    for rgb, all_faces in zip(rgbs, marked, strict=True):
        trace = trace_pixels(rgb, leave_faces_out=leave_out)
        photo, rebuilt = seen_by(trace, rgb), rebuild(trace, library)
        faces = all_faces if trace.framed is None else []  # they are marked in the whole picture
        in_photos += compared(photo, photo, faces).found
        for way in WAYS:
            likeness[way].append(compared(photo, rebuilt[way], faces))
    for way, rows in likeness.items():
        in_face = [row.in_face for row in rows if not np.isnan(row.in_face)]
        cells = [name, "left out" if leave_out else "kept", way]
        cells += [f"{np.mean([row.correlation for row in rows]):.2f}", f"{np.mean([row.ssim for row in rows]):.2f}"]
        cells += [f"{np.mean(in_face):.2f}" if in_face else "-", f"{sum(row.found for row in rows)} of {in_photos}"]
        cells += [f"{np.mean([row.boxes for row in rows]):.1f}"]
        print("| " + " | ".join(cells) + " |", flush=True)
    return shown(rebuilt[max(WAYS, key=lambda way: likeness[way][-1].ssim)])


def compared(photo: Grey, rebuilt: Grey, faces: Sequence[Face]) -> Likeness:
    grey = shown(rebuilt)
    rgb = np.repeat(grey[..., None], 3, axis=2)
    boxes = find_faces(rgb)
    return Likeness(
        correlation(photo, rebuilt),
        ssim(photo, grey.astype(np.float32)),
        float(np.mean([correlation(inside(face, photo), inside(face, rebuilt)) for face in faces] or [np.nan])),
        sum(face.is_found(boxes, rgb) for face in faces),
        len(boxes),
    )


def correlation(a: Grey, b: Grey) -> float:
    return float(np.corrcoef(a.ravel(), b.ravel())[0, 1])


def inside(face: Face, grey: Grey) -> Grey:
    height, width = grey.shape
    x, y, half = face.x * width / 100, face.y * height / 100, face.width * width / 200
    return grey[max(0, int(y - half)) : int(y + half) + 1, max(0, int(x - half)) : int(x + half) + 1]


def shown(rebuilt: Grey) -> Rgb:
    """Brightness and contrast of a usual photo: neither stands in a trace."""
    usual = 120 + 55 * (rebuilt - rebuilt.mean()) / (rebuilt.std() + 1e-3)
    grey: Rgb = np.clip(np.round(usual), 0, 255).astype(np.uint8)
    return grey


def ssim(a: Grey, b: Grey) -> float:
    """Structural similarity (Wang et al. 2004), Gaussian window of 1.5 pixels."""

    def blur(v: Grey) -> Grey:
        out: Grey = cv2.GaussianBlur(v, (11, 11), 1.5)
        return out

    mean_a, mean_b = blur(a), blur(b)
    var_a, var_b, both = blur(a * a) - mean_a**2, blur(b * b) - mean_b**2, blur(a * b) - mean_a * mean_b
    c1, c2 = (0.01 * 255) ** 2, (0.03 * 255) ** 2
    like = (2 * mean_a * mean_b + c1) * (2 * both + c2) / ((mean_a**2 + mean_b**2 + c1) * (var_a + var_b + c2))
    return float(like.mean())


def write_picture(path: Path, rgb: Rgb, rebuilt: Sequence[Rgb]) -> None:
    """The photo, rebuilt without and with the face, side by side."""
    photo = cv2.cvtColor(rgb, cv2.COLOR_RGB2GRAY)
    panels = [cv2.resize(each, (384, 384), interpolation=cv2.INTER_AREA) for each in (photo, *rebuilt)]
    between = np.full((384, 8), 255, np.uint8)
    row = np.concatenate([panels[0], between, panels[1], between, panels[2]], axis=1)
    path.parent.mkdir(parents=True, exist_ok=True)
    Image.fromarray(row).save(path, optimize=True)


if __name__ == "__main__":
    main()
