"""Recognisers that are measured on the pictures of trace_data: ours, and the peers beside it.

A recogniser is given sources one by one, then asked for its scores: higher is more alike, and the scale is its own.
"""

from __future__ import annotations

import importlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol

import numpy as np

from haalweg.matching.trace_index import POSSIBLE_SCORE, TraceIndex
from haalweg.signals import (
    MATCH_THRESHOLD_BITS,
    PictureShapeError,
    TooLittleDetail,
    hash_orientations,
    hash_pixels,
    trace_pixels,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Collection

    from numpy.typing import NDArray

    from haalweg.signals import Trace

    Pixels = NDArray[np.uint8]


@dataclass(frozen=True, slots=True)
class Answer:
    """What a recogniser says of one source."""

    score: float
    kind: str | None = None  # "derived" or "same_photo", where it knows
    altered_percent: float | None = None
    by_itself: bool = True  # False: its first stage did not name the source, it was scored because we asked


class Recogniser(Protocol):
    """Finds the sources of a picture."""

    name: str
    threshold: float  # its own: from here on it would report
    pairwise: bool  # compares picture with picture: then only the sources asked about are scored

    def add(self, name: str, rgb: Pixels) -> bool:
        """Take a source into the bank; False where it holds too little, or is refused."""

    def scores(self, rgb: Pixels, asked: Collection[str]) -> dict[str, Answer]:
        """Scores of the sources it names by itself, and of those asked about; a source without a score is not alike."""


class Pdq:
    """Our PDQ over all eight orientations of the query; the score counts the bits that agree."""

    name = "PDQ"
    threshold = 256.0 - MATCH_THRESHOLD_BITS
    pairwise = False

    def __init__(self) -> None:
        self.ids: list[str] = []
        self.hashes: list[NDArray[np.uint8]] = []

    def add(self, name: str, rgb: Pixels) -> bool:
        hashed = hash_pixels(rgb)
        if hashed.too_flat:
            return False
        self.ids.append(name)
        self.hashes.append(np.unpackbits(np.frombuffer(bytes(hashed.hash), np.uint8)))
        return True

    def scores(self, rgb: Pixels, asked: Collection[str]) -> dict[str, Answer]:  # noqa: ARG002  # all are scored
        turned = hash_orientations(rgb)
        if turned[0].too_flat:
            return {}
        bank = np.stack(self.hashes)
        agree = [
            (bank == np.unpackbits(np.frombuffer(bytes(one.hash), np.uint8))).sum(axis=1, dtype=np.int64)
            for one in turned
        ]
        return {name: Answer(float(bits)) for name, bits in zip(self.ids, np.max(agree, axis=0), strict=True)}


@dataclass(frozen=True, slots=True)
class Points:
    """Places and descriptors of one picture."""

    places: NDArray[np.float32]  # (n, 2)
    descriptors: NDArray[Any]


class LocalFeatures:
    """OpenCV's ORB or SIFT, pair by pair: ratio 0.8, one to one, a similarity by RANSAC; the score counts inliers.

    A query is asked as it is and mirrored. RANSAC collapses many points onto one place unless matches are one to one
    and the scale is bounded, so both are checked; what rests on one small spot of either picture counts as nothing.
    """

    pairwise = True

    def __init__(self, name: str, make: Callable[[], Any], norm: int, threshold: float) -> None:
        cv2: Any = importlib.import_module("cv2")  # only needed for these peers
        cv2.setNumThreads(1)
        cv2.setRNGSeed(1)
        self.cv2 = cv2
        self.name, self.threshold = name, threshold
        self.detector, self.matcher = make(), cv2.BFMatcher(norm)
        self.bank: dict[str, Points] = {}

    def add(self, name: str, rgb: Pixels) -> bool:
        points = self.points(self.grey(rgb))
        if len(points.places) < LEAST_POINTS:
            return False
        self.bank[name] = points
        return True

    def scores(self, rgb: Pixels, asked: Collection[str]) -> dict[str, Answer]:
        grey = self.grey(rgb)
        views = [self.points(grey), self.points(np.ascontiguousarray(grey[:, ::-1]))]
        found = {}
        for name in asked:
            if name in self.bank:
                inliers = max(self.inliers(self.bank[name], view) for view in views)
                if inliers:
                    found[name] = Answer(float(inliers))
        return found

    def grey(self, rgb: Pixels) -> Pixels:
        grey = self.cv2.cvtColor(rgb, self.cv2.COLOR_RGB2GRAY)
        share = LONG_SIDE_PX / max(grey.shape)
        how = self.cv2.INTER_AREA if share < 1 else self.cv2.INTER_CUBIC
        resized: Pixels = self.cv2.resize(grey, None, fx=share, fy=share, interpolation=how)
        return resized

    def points(self, grey: Pixels) -> Points:
        found, descriptors = self.detector.detectAndCompute(grey, None)
        places = np.array([point.pt for point in found], np.float32).reshape(-1, 2)
        return Points(places[:MOST_POINTS], descriptors[:MOST_POINTS] if descriptors is not None else np.empty((0, 32)))

    def inliers(self, source: Points, query: Points) -> int:
        if min(len(source.places), len(query.places)) < LEAST_POINTS:
            return 0
        nearest: dict[int, tuple[float, int]] = {}  # one source point to each query point
        for two in self.matcher.knnMatch(source.descriptors, query.descriptors, k=2):
            if len(two) == 2 and two[0].distance < 0.8 * two[1].distance:
                best = (two[0].distance, two[0].queryIdx)
                nearest[two[0].trainIdx] = min(best, nearest.get(two[0].trainIdx, best))
        if len(nearest) < LEAST_INLIERS:
            return 0
        a = source.places[[i for _, i in nearest.values()]]
        b = query.places[list(nearest)]
        matrix, mask = self.cv2.estimateAffinePartial2D(
            a, b, ransacReprojThreshold=5.0, maxIters=2000, confidence=0.995
        )
        if matrix is None or not 0.15 < float(np.hypot(matrix[0, 0], matrix[1, 0])) < 6:
            return 0
        kept = mask.ravel() > 0
        return int(kept.sum()) if kept.sum() >= LEAST_INLIERS and not collapsed(a[kept], b[kept]) else 0


LONG_SIDE_PX, MOST_POINTS, LEAST_POINTS, LEAST_INLIERS = 512, 500, 8, 4


def collapsed(source: NDArray[np.float32], query: NDArray[np.float32]) -> bool:
    """Whether the points of either picture lie in one small spot (a deviation under 4 pixels)."""
    return any(float(places.std(axis=0).max()) < 4 for places in (source, query))


def orb() -> LocalFeatures:
    cv2: Any = importlib.import_module("cv2")  # its types name neither detector
    return LocalFeatures("ORB + RANSAC", lambda: cv2.ORB_create(nfeatures=MOST_POINTS), cv2.NORM_HAMMING, 22.0)


def sift() -> LocalFeatures:
    cv2: Any = importlib.import_module("cv2")
    return LocalFeatures("SIFT + RANSAC", lambda: cv2.SIFT_create(nfeatures=MOST_POINTS), cv2.NORM_L2, 19.0)


class OurTrace:
    """haalweg's traces, searched through its index: a source that the index does not verify has no score.

    Those asked about are searched for alone too, as in a bank that holds nothing else: what many sources share weighs
    little among many, and all that it is worth in a small bank.
    """

    name = "haalweg trace"
    threshold = POSSIBLE_SCORE
    pairwise = False

    def __init__(self) -> None:
        self.index = TraceIndex()
        self.names: list[str] = []
        self.traces: dict[str, Trace] = {}

    def add(self, name: str, rgb: Pixels) -> bool:
        try:
            trace = trace_pixels(rgb)
        except (TooLittleDetail, PictureShapeError):
            return False
        self.index.add(trace, len(self.names))
        self.names.append(name)
        self.traces[name] = trace
        return True

    def scores(self, rgb: Pixels, asked: Collection[str]) -> dict[str, Answer]:
        found = {
            self.names[one.id]: Answer(one.score, one.kind.value, one.altered_percent)
            for one in self.index.search(rgb, least=LEAST_SCORE)
        }
        alone = {name: self.alone(name, rgb) for name in asked if name in self.traces and name not in found}
        return found | {name: answer for name, answer in alone.items() if answer}

    def alone(self, name: str, rgb: Pixels) -> Answer | None:
        index = TraceIndex()
        index.add(self.traces[name], 0)
        for one in index.search(rgb, least=LEAST_SCORE):
            return Answer(one.score, one.kind.value, one.altered_percent, by_itself=False)
        return None


LEAST_SCORE = 0.01  # every photo that was verified, however low its score
