"""PDQ, the perceptual hash of pictures: the value, its quality, and the way there from pixels."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING

import numpy as np

from haalweg import _native
from haalweg.errors import HaalwegError

if TYPE_CHECKING:
    from numpy.typing import NDArray

MATCH_THRESHOLD_BITS = 31  # two pictures within so many differing bits are near copies (the field's ceiling)
MATCH_QUALITY = 50  # below this a picture holds too little detail for its hash to mean anything

_BYTES = 32
_KNOWN_LENGTHS = {32: "an MD5", 40: "a SHA-1", 128: "a SHA-512"}


class SignatureError(HaalwegError, ValueError):
    """A value that is not the signature it is said to be."""


class PictureShapeError(HaalwegError, ValueError):
    """An array that is not a picture we can hash."""


class Orientation(Enum):
    """How the asking picture was turned or mirrored before it matched; in the order of `hash_orientations`.

    rotate90 turns counter-clockwise. flip_x mirrors about the x axis (upside down), flip_y about the y axis (left and
    right change places), transpose about the diagonal from the top left, antitranspose about the other one.
    """

    IDENTITY = "identity"
    ROTATE90 = "rotate90"
    ROTATE180 = "rotate180"
    ROTATE270 = "rotate270"
    FLIP_X = "flip_x"
    FLIP_Y = "flip_y"
    TRANSPOSE = "transpose"
    ANTITRANSPOSE = "antitranspose"


class PdqHash:
    """256 bits; near copies of a picture differ in few of them."""

    __slots__ = ("_bytes",)

    _bytes: bytes

    def __init__(self, value: bytes) -> None:
        """Take the 32 bytes of a hash, bit 255 first. Raises SignatureError for another length."""
        if len(value) != _BYTES:
            raise SignatureError(f"{len(value)} bytes where PDQ has {_BYTES}.")
        self._bytes = bytes(value)

    @classmethod
    def from_hex(cls, text: str) -> PdqHash:
        """Read the field's notation, 64 hexadecimal characters. Raises SignatureError for anything else."""
        if len(text) != 2 * _BYTES:
            known = _KNOWN_LENGTHS.get(len(text))
            hint = f" {len(text)} is the length of {known}." if known else ""
            raise SignatureError(f"{len(text)} characters where PDQ has {2 * _BYTES} hexadecimal ones.{hint}")
        if not text.isascii() or not text.isalnum():
            raise SignatureError("Characters that are not hexadecimal where a PDQ hash was expected.")
        try:
            return cls(bytes.fromhex(text))
        except ValueError:
            raise SignatureError("Characters that are not hexadecimal where a PDQ hash was expected.") from None

    @property
    def hex(self) -> str:
        """64 lower-case hexadecimal characters, as the field writes it."""
        return self._bytes.hex()

    def distance(self, other: PdqHash) -> int:
        """Count the differing bits, 0..256."""
        return (int.from_bytes(self._bytes) ^ int.from_bytes(other._bytes)).bit_count()

    def __bytes__(self) -> bytes:
        return self._bytes

    def __eq__(self, other: object) -> bool:
        return isinstance(other, PdqHash) and self._bytes == other._bytes

    def __hash__(self) -> int:
        return hash(self._bytes)

    def __repr__(self) -> str:
        # The value itself stays out of logs and tracebacks.
        return "PdqHash(<256 bits>)"


@dataclass(frozen=True, slots=True)
class Hashed:
    """A picture's PDQ hash and how far to trust it."""

    hash: PdqHash
    quality: int  # 0..100

    @property
    def too_flat(self) -> bool:
        """Whether the picture holds too little detail to be matched: a plain wall has a hash, but it means nothing."""
        return self.quality < MATCH_QUALITY


def hash_pixels(rgb: NDArray[np.uint8]) -> Hashed:
    """PDQ hash of a decoded picture.

    rgb: shape (height, width, 3), sRGB bytes, turned the way it is shown; each side 5 to 262,144 pixels. One channel
    (grey) and four (the last is ignored) work too.
    Raises PictureShapeError for any other shape. A flat picture is no error: its quality is low.
    Source: Meta's description of PDQ (hashing.pdf, 2019); held bit for bit to its reference at full size.
    """
    value, quality = _native.pdq_hash(checked_pixels(rgb))
    return Hashed(PdqHash(value), quality)


def hash_orientations(rgb: NDArray[np.uint8]) -> tuple[Hashed, ...]:
    """PDQ hashes of a picture turned and mirrored in all eight ways, in the order of Orientation, from one pass.

    rgb and errors as for `hash_pixels`. The seven others are the reference's own "dihedral" hashes: they are made from
    the coefficients of the upright picture, and lie a few bits from the hash of the turned pixels.
    """
    values, quality = _native.pdq_orientations(checked_pixels(rgb))
    return tuple(Hashed(PdqHash(value), quality) for value in values)


def checked_pixels(rgb: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """Give rgb with whole rows in memory. Raises PictureShapeError where it is no picture PDQ can hash."""
    if rgb.dtype != np.uint8 or rgb.ndim != 3 or rgb.shape[2] not in (1, 3, 4):
        raise PictureShapeError(
            f"An array of {rgb.dtype} with shape {rgb.shape} where a picture is uint8 (height, width, 3).",
        )
    size = f"A picture of {rgb.shape[1]} x {rgb.shape[0]} pixels"
    if min(rgb.shape[:2]) < _native.PDQ_SMALLEST_SIDE:
        raise PictureShapeError(f"{size}: PDQ needs at least {_native.PDQ_SMALLEST_SIDE} a side.")
    if max(rgb.shape[:2]) > _native.PDQ_LONGEST_SIDE:
        raise PictureShapeError(f"{size}: PDQ takes at most {_native.PDQ_LONGEST_SIDE} a side.")
    rows_are_whole = rgb.strides[2] == 1 and rgb.strides[1] == rgb.shape[2]
    return rgb if rows_are_whole else np.ascontiguousarray(rgb)
