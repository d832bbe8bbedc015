"""The C++ core. See native/bindings/."""

from enum import Enum

import numpy as np
from numpy.typing import NDArray

JPEG_DC_SMALLEST_SIDE: int
INNER_MOST: int
PDQ_SMALLEST_SIDE: int
PDQ_LONGEST_SIDE: int

class PdqWay(Enum):
    fast_then_exact = 0
    fast_only = 1
    exact_only = 2

def inner_pictures(rgb: NDArray[np.uint8]) -> list[tuple[int, int, int, int]]: ...
def isa_name() -> str: ...
def jpeg_hash_dc(data: bytes, all_orientations: bool) -> tuple[tuple[bytes, ...], int] | None: ...
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
