"""Bytes to frames of sRGB pixels, turned as shown. Runs inside the jail only."""

from __future__ import annotations

import hashlib
import io
import struct
import warnings
from typing import TYPE_CHECKING

import numpy as np
import pillow_heif
import simplejpeg
from PIL import Image, ImageCms, ImageFile, UnidentifiedImageError

from haalweg.adapters.media.errors import DecodeError, Trouble

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from numpy.typing import NDArray

    from haalweg.adapters.media.limits import Limits

    Rgb = NDArray[np.uint8]

FORMATS = ("JPEG", "PNG", "WEBP", "GIF", "BMP", "HEIF", "AVIF")  # MPO is a JPEG with more behind it
_TIFF_STARTS = (b"II*\0", b"MM\0*", b"II+\0", b"MM\0+")
_ORIENTATION_TAG = 0x0112
_SRGB = ImageCms.createProfile("sRGB")

pillow_heif.register_heif_opener(thumbnails=False, depth_images=False, aux_images=False)
pillow_heif.options.DECODE_THREADS = 1
Image.MAX_IMAGE_PIXELS = None  # our own limit is asked first, and says so in a sentence
ImageFile.LOAD_TRUNCATED_IMAGES = False
Image.init()  # every plugin is imported now: in the jail no file can be opened


class Opened:
    """A picture of which only the header was read."""

    def __init__(self, data: bytes, limits: Limits, *, tiff: bool) -> None:
        """Read the header. Raises DecodeError where we know none, or it promises more than the limits."""
        if data.startswith(_TIFF_STARTS) and not tiff:
            raise DecodeError(Trouble.TIFF_NOT_ASKED_FOR)
        self._data = data
        self._limits = limits
        try:
            with warnings.catch_warnings(action="ignore"):
                self._image = Image.open(io.BytesIO(data), formats=(*FORMATS, "TIFF") if tiff else FORMATS)
        except UnidentifiedImageError as error:
            known = any(accepts(data[:16]) for name in FORMATS if (accepts := Image.OPEN[name][1]) is not None)
            raise DecodeError(Trouble.DAMAGED if known else Trouble.NOT_A_PICTURE) from error
        except MemoryError:
            raise
        except Exception as error:
            raise DecodeError(Trouble.DAMAGED) from error
        self._check_size()
        self.orientation = self._exif_orientation()

    @property
    def is_plain_jpeg(self) -> bool:
        """Whether the file's own brightness is the picture's: a JPEG with nothing to turn and no profile to convert."""
        return self._is_ycc_jpeg and self.orientation == 1 and self._foreign_profile() is None

    @property
    def _is_ycc_jpeg(self) -> bool:
        # An Adobe marker may say that the three channels are RGB; Pillow knows how to ask, simplejpeg too.
        return self._image.format in ("JPEG", "MPO") and self._image.mode == "RGB"

    def first_frame(self) -> Rgb:
        """Pixels of the first frame, (height, width, 3). Raises DecodeError where the data is damaged."""
        if self._is_ycc_jpeg and self._foreign_profile() is None:
            try:
                return self._turned(simplejpeg.decode_jpeg(self._data, "RGB"))
            except ValueError:
                pass  # a warning of the decoder, or another colour space than the header says: Pillow decides
        return self._pixels()

    def distinct_frames(self) -> Iterator[tuple[int, Rgb]]:
        """Each frame that differs from all before it, with its number; at most as many as the limits say."""
        if self._image.format in ("JPEG", "MPO") or getattr(self._image, "n_frames", 1) == 1:
            yield 0, self.first_frame()
            return
        seen: set[bytes] = set()
        for number in range(min(getattr(self._image, "n_frames", 1), self._limits.frames_walked)):
            try:
                self._image.seek(number)
            except EOFError:
                return
            except MemoryError:
                raise
            except Exception as error:
                raise DecodeError(Trouble.DAMAGED) from error
            self._check_size()
            rgb = self._pixels()
            digest = _digest(rgb)
            if digest not in seen:
                seen.add(digest)
                yield number, rgb
            if len(seen) == self._limits.frames:
                return

    def _check_size(self) -> None:
        width, height = self._image.size
        if width * height > self._limits.max_pixels:
            raise DecodeError(Trouble.TOO_MANY_PIXELS, (width, height))
        if min(width, height) < 1:
            raise DecodeError(Trouble.DAMAGED)

    def _pixels(self) -> Rgb:
        try:
            with warnings.catch_warnings(action="ignore"):
                self._image.load()
                return self._turned(np.asarray(self._to_srgb(self._image)))
        except MemoryError:
            raise
        except Exception as error:
            raise DecodeError(Trouble.DAMAGED) from error

    def _to_srgb(self, image: Image.Image) -> Image.Image:
        if image.mode.startswith("I;16") or image.mode in ("I", "F"):
            image = _eight_bits(image)
        profile = self._foreign_profile()
        if profile is not None and image.mode in ("RGB", "RGBA", "CMYK", "L"):
            # Alpha is dropped, not blended: a hidden colour is part of what others hash.
            opaque = image.convert("RGB") if image.mode == "RGBA" else image
            try:
                converted = ImageCms.profileToProfile(opaque, profile, _SRGB, outputMode="RGB")
            except ImageCms.PyCMSError:
                return opaque.convert("RGB")  # a broken profile, or one for other channels
            return converted if converted is not None else opaque.convert("RGB")
        if image.mode == "RGBA":
            return Image.merge("RGB", image.split()[:3])
        return image if image.mode == "RGB" else image.convert("RGB")

    def _foreign_profile(self) -> ImageCms.ImageCmsProfile | None:
        data = self._image.info.get("icc_profile")
        if not isinstance(data, bytes) or not data:
            return None
        try:
            profile = ImageCms.ImageCmsProfile(io.BytesIO(data))
            if "sRGB" in ImageCms.getProfileDescription(profile):
                return None
        except (OSError, ImageCms.PyCMSError):
            return None
        return profile

    def _exif_orientation(self) -> int:
        try:
            with warnings.catch_warnings(action="ignore"):
                value = self._image.getexif().get(_ORIENTATION_TAG, 1)
        except MemoryError:
            raise
        except Exception:  # noqa: BLE001 - whatever a broken EXIF block raises, the picture itself can be fine
            return 1
        return value if isinstance(value, int) and 1 <= value <= 8 else 1

    def _turned(self, rgb: Rgb) -> Rgb:
        turns: dict[int, Callable[[Rgb], Rgb]] = {
            2: lambda a: a[:, ::-1],
            3: lambda a: a[::-1, ::-1],
            4: lambda a: a[::-1],
            5: lambda a: a.swapaxes(0, 1),
            6: lambda a: np.rot90(a, -1),
            7: lambda a: a[::-1, ::-1].swapaxes(0, 1),
            8: lambda a: np.rot90(a, 1),
        }
        turn = turns.get(self.orientation)
        return np.ascontiguousarray(rgb if turn is None else turn(rgb))


def _eight_bits(image: Image.Image) -> Image.Image:
    values = np.asarray(image).astype(np.float64)
    if image.mode.startswith("I;16") or (image.mode == "I" and values.max(initial=0) > 255):
        values = values / 257
    return Image.fromarray(np.clip(np.rint(values), 0, 255).astype(np.uint8))


def _digest(rgb: Rgb) -> bytes:
    return hashlib.sha256(struct.pack("<2I", *rgb.shape[:2]) + rgb.tobytes()).digest()
