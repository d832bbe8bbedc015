"""The C++ core. See native/bindings/."""

from enum import Enum
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

CANDIDATE_SLOT_END: int
JPEG_NEAR_SMALLEST_SIDE: int
INNER_MOST: int
PDQ_SMALLEST_SIDE: int
PDQ_LONGEST_SIDE: int
TRACE_HEAD_BYTES: int
TRACE_MOST_BYTES: int
TRACE_POINT_BYTES: int
TRACE_QUERY_SIDE: int

RecognisedRow: TypeAlias = tuple[
    int, bool, bool, bool, float, int, int, int, int, int, float, tuple[float, float, float, float], bytes
]

class TraceIndex:
    def add(self, trace: bytes, id: int) -> None: ...  # noqa: A002 - the promised name
    def remove(self, id: int) -> int: ...  # noqa: A002 - the promised name
    def search(self, rgb: NDArray[np.uint8], least: float) -> tuple[int, int, list[RecognisedRow]]: ...
    @property
    def size(self) -> int: ...
    @property
    def nbytes(self) -> int: ...

class CandidateOptions:
    probes: int
    distance: int
    stop: int
    keep: int
    budget: int
    shortlist: int
    most: int
    crowd: float

class CandidateIndex:
    def add(
        self, slot: int, places: NDArray[np.uint16], levels: NDArray[np.uint8], codes: NDArray[np.uint64]
    ) -> None: ...
    def remove(
        self, slot: int, places: NDArray[np.uint16], levels: NDArray[np.uint8], codes: NDArray[np.uint64]
    ) -> bool: ...
    def candidates(
        self,
        places: NDArray[np.float32],
        levels: NDArray[np.uint8],
        codes: NDArray[np.uint64],
        margins: NDArray[np.uint8],
        options: CandidateOptions = ...,
    ) -> tuple[bytes, bytes, tuple[int, int, int, int]]: ...
    @property
    def photos(self) -> int: ...
    @property
    def postings(self) -> int: ...
    @property
    def buckets(self) -> int: ...
    @property
    def nbytes(self) -> int: ...

class RadiusIndex:
    def add(self, codes: NDArray[np.uint8], ids: NDArray[np.uint64]) -> None: ...
    def remove(self, ids: NDArray[np.uint64]) -> int: ...
    def search(self, queries: NDArray[np.uint8], radius: int, threads: int) -> bytes: ...
    def image(self) -> NDArray[np.uint8]: ...
    def take(self, file: NDArray[np.uint8]) -> int: ...
    def await_verdict(self) -> None: ...
    @property
    def damaged(self) -> bool: ...
    @property
    def size(self) -> int: ...
    @property
    def nbytes(self) -> int: ...

class PdqWay(Enum):
    fast_then_exact = 0
    fast_only = 1
    exact_only = 2

def find_faces(rgb: NDArray[np.uint8]) -> list[tuple[int, int, int, int]]: ...
def inner_pictures(rgb: NDArray[np.uint8]) -> list[tuple[int, int, int, int]]: ...
def isa_name() -> str: ...
def jpeg_hash_near(data: bytes, all_orientations: bool) -> tuple[tuple[bytes, ...], int] | None: ...
def trace_alignments(
    traces: list[bytes], rgb: NDArray[np.uint8]
) -> list[
    list[
        tuple[
            bool,
            tuple[float, float, float, float],
            tuple[float, float],
            bytes,
            bytes,
            bytes,
            tuple[int, float, float, float, float, float],
            float,
            bool,
        ]
    ]
]: ...
def trace_check(trace: bytes) -> None: ...
def reduced_grey(rgb: NDArray[np.uint8], most: int) -> NDArray[np.uint8]: ...
def trace_corners(rgb: NDArray[np.uint8], most: int, as_query: bool) -> tuple[int, int, bytes, bytes, bytes]: ...
def trace_descriptors(rgb: NDArray[np.uint8], places: NDArray[np.float32], mirrored: bool, as_query: bool) -> bytes: ...
def trace_pixels(
    rgb: NDArray[np.uint8], fake: bool, leave_faces_out: bool, leave_out: list[tuple[int, int, int, int]]
) -> tuple[bytes | None, tuple[int, int, int, int], list[tuple[int, int, int, int]]]: ...
def trace_replaced(
    trace: bytes,
    transform: tuple[float, float, float, float],
    view: tuple[float, float],
    inside: bytes,
    agrees: bytes,
) -> float: ...
def pdq_hash(rgb: NDArray[np.uint8], way: PdqWay = ...) -> tuple[bytes, int]: ...
def pdq_orientations(rgb: NDArray[np.uint8], way: PdqWay = ...) -> tuple[tuple[bytes, ...], int]: ...
def pdq_parts(
    rgb: NDArray[np.uint8],
    exact: bool,
    samples: NDArray[np.float32],
    coefficients: NDArray[np.float32],
) -> None: ...
def pdq_settled(rgb: NDArray[np.uint8], all_orientations: bool) -> bool: ...
def pdq_noise(width: int, height: int) -> tuple[list[float], float]: ...
