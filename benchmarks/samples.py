"""Pictures for the benchmarks: a photo of scikit-image's at the sizes that people send, with fine grain."""

from __future__ import annotations

import io
from functools import cache
from typing import Any

import numpy as np
import skimage.data
from PIL import Image

PICTURE_SIZES = {0.25: (512, 512), 1.6: (1600, 1004), 12: (4032, 3024)}


@cache
def picture(width: int, height: int, name: str = "coffee") -> Image.Image:
    """Return the photo at that size; upscaled photos are too smooth, so grain of a few levels is added."""
    data: Any = skimage.data
    photo = Image.fromarray(getattr(data, name)()).resize((width, height), Image.Resampling.LANCZOS)
    grain = np.random.default_rng(1).normal(0, 5, (height, width, 3))
    return Image.fromarray(np.clip(np.asarray(photo) + grain, 0, 255).astype(np.uint8))


@cache
def jpeg(width: int, height: int, quality: int = 90, name: str = "coffee") -> bytes:
    """Return the same as a JPEG, 4:2:0 as telephones write it."""
    out = io.BytesIO()
    picture(width, height, name).save(out, "JPEG", quality=quality)
    return out.getvalue()
