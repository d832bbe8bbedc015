"""Drawn pictures as uploads: a near copy of each, and the hash that a bank has of it."""

from __future__ import annotations

import io
from functools import cache

from PIL import Image, ImageOps

import haalweg
from tests import pictures


@cache
def copy_of(seed: int) -> bytes:
    stream = io.BytesIO()
    ImageOps.mirror(Image.fromarray(pictures.scene(seed))).save(stream, "JPEG", quality=70)
    return stream.getvalue()


@cache
def hash_of(seed: int) -> bytes:
    return bytes(haalweg.hash_pixels(pictures.scene(seed)).hash)
