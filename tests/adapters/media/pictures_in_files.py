"""Drawn pictures as files, in every format that is read."""

from __future__ import annotations

import io

import pillow_heif
from PIL import Image

from tests.pictures import photo

pillow_heif.register_heif_opener()

FORMATS = ("JPEG", "PNG", "WEBP", "GIF", "BMP", "HEIF", "AVIF")


def drawn(width: int = 320, height: int = 240) -> Image.Image:
    return Image.fromarray(photo("coffee")).resize((width, height))


def saved(image: Image.Image, name: str, **options: object) -> bytes:
    out = io.BytesIO()
    image.save(out, name, **options)
    return out.getvalue()
