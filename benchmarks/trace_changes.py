"""What befalls a picture on its way: encoding, crops, captions, screenshots; and a generator's hand on what it keeps.

Every change takes a picture and a random.Random, so that the same seed gives the same picture.
"""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, TypeAlias

import numpy as np
from layouts import TUNED, WORDS
from PIL import Image, ImageDraw, ImageFilter, ImageFont, ImageOps

if TYPE_CHECKING:
    import random
    from collections.abc import Callable

    from numpy.typing import NDArray

    Change = Callable[[Image.Image, random.Random], Image.Image]
    Pixels: TypeAlias = NDArray[np.uint8]
    Field: TypeAlias = NDArray[np.float32]

LANCZOS, BICUBIC = Image.Resampling.LANCZOS, Image.Resampling.BICUBIC


# ---------------------------------------------------------------- the changes of the tables
def unchanged(photo: Image.Image, _: random.Random) -> Image.Image:
    return photo


def half_q50(photo: Image.Image, _: random.Random) -> Image.Image:
    return as_jpeg(resized(photo, 0.5), 50)


def cropped(photo: Image.Image, rng: random.Random) -> Image.Image:
    return as_jpeg(crop_of(photo, rng), 80)


def mirrored(photo: Image.Image, _: random.Random) -> Image.Image:
    return ImageOps.mirror(photo)


def captioned(photo: Image.Image, rng: random.Random) -> Image.Image:
    return as_jpeg(with_caption(photo, rng), 75)


def screenshot(photo: Image.Image, rng: random.Random) -> Image.Image:
    return as_jpeg(in_app(photo, rng), 85)


def combo(photo: Image.Image, rng: random.Random) -> Image.Image:
    return as_jpeg(with_caption(resized(crop_of(photo, rng), 0.5), rng), 60)


def mirrored_screenshot(photo: Image.Image, rng: random.Random) -> Image.Image:
    return as_jpeg(in_app(resized(ImageOps.mirror(photo), 0.5), rng), 80)


def telephone(photo: Image.Image, rng: random.Random) -> Image.Image:
    """One of the layouts the search for inner pictures was made with: the photo is blown up or reduced to fit it."""
    name = rng.choice(sorted(TUNED))
    return as_jpeg(TUNED[name](photo, rng)[0], rng.choice((75, 85, 90)))


def encoded_q30(photo: Image.Image, _: random.Random) -> Image.Image:
    return as_jpeg(photo, 30)


def resized_075(photo: Image.Image, _: random.Random) -> Image.Image:
    return as_jpeg(resized(photo, 0.75), 85)


CHANGES: dict[str, Change] = {
    "none": unchanged,
    "half, q50": half_q50,
    "crop": cropped,
    "mirror": mirrored,
    "caption": captioned,
    "screenshot": screenshot,
    "combo": combo,
    "mirrored screenshot": mirrored_screenshot,
    "telephone": telephone,
}
REPOSTS: dict[str, Change] = {
    "q30": encoded_q30,
    "0.75x": resized_075,
    **{name: CHANGES[name] for name in ("half, q50", "crop", "mirror", "caption", "screenshot", "telephone")},
}


def as_jpeg(image: Image.Image, quality: int) -> Image.Image:
    out = io.BytesIO()
    image.save(out, "JPEG", quality=quality)
    return Image.open(out).convert("RGB")


def resized(image: Image.Image, share: float) -> Image.Image:
    size = (max(1, round(image.width * share)), max(1, round(image.height * share)))
    return image.resize(size, Image.Resampling.BOX if share == 0.5 else LANCZOS)  # a plain half is what most apps do


def crop_of(photo: Image.Image, rng: random.Random) -> Image.Image:
    """Take 8 to 15 % off the width and off the height, from either side."""
    across, down = (rng.uniform(0.08, 0.15) for _ in range(2))
    left, top = round(photo.width * across * rng.random()), round(photo.height * down * rng.random())
    width, height = round(photo.width * (1 - across)), round(photo.height * (1 - down))
    return photo.crop((left, top, left + width, top + height))


def sentence(rng: random.Random, words: int) -> str:
    return " ".join(" ".join(rng.choice(WORDS) for _ in range(words)).split()[:words])


def with_caption(photo: Image.Image, rng: random.Random) -> Image.Image:
    """A bar with a sentence, below, above or over the lowest part; half of the time words on the photo too."""
    bar = max(16, photo.height // 9)
    where = rng.choice(("below", "above", "over"))
    page, ink = rng.choice((((255, 255, 255), (0, 0, 0)), ((0, 0, 0), (255, 255, 255)), ((250, 220, 60), (20, 20, 20))))
    image = Image.new("RGB", (photo.width, photo.height + (0 if where == "over" else bar)), page)
    image.paste(photo, (0, bar if where == "above" else 0))
    draw = ImageDraw.Draw(image)
    top = 0 if where == "above" else image.height - bar
    draw.rectangle((0, top, image.width, top + bar - 1), fill=page)
    size = max(9, bar * 5 // 9)
    draw.text((size, top + bar // 6), sentence(rng, 5), fill=ink, font=ImageFont.load_default(size))
    if rng.random() < 0.5:
        at = (photo.width // 10, photo.height // 3 + rng.randrange(max(1, photo.height // 4)))
        font = ImageFont.load_default(max(10, photo.height // 14))
        draw.text(at, sentence(rng, 3), fill=(255, 255, 255), font=font, stroke_width=2, stroke_fill=(0, 0, 0))
    return image


def in_app(photo: Image.Image, rng: random.Random) -> Image.Image:
    """A screenshot of an app that shows the photo at its own size: bars, buttons and words around it."""
    page, ink = rng.choice(
        (((255, 255, 255), (20, 20, 20)), ((18, 18, 18), (235, 235, 235)), ((240, 242, 245), (30, 30, 40)))
    )
    margin, above, below = rng.choice((0, 0, 8, 16)), rng.randrange(60, 120), rng.randrange(80, 220)
    image = Image.new("RGB", (photo.width + 2 * margin, photo.height + above + below), page)
    draw = ImageDraw.Draw(image)
    draw.text((10, 4), f"{rng.randrange(24):02}:{rng.randrange(60):02}", fill=ink, font=ImageFont.load_default(14))
    for i in range(3):
        draw.rectangle((image.width - 24 - 20 * i, 7, image.width - 12 - 20 * i, 17), fill=ink)
    draw.ellipse((10, above - 36, 38, above - 8), fill=(rng.randrange(256), rng.randrange(256), rng.randrange(256)))
    draw.text((46, above - 31), sentence(rng, 2), fill=ink, font=ImageFont.load_default(15))
    image.paste(photo, (margin, above))
    under = above + photo.height
    for i in range(4):
        draw.ellipse((12 + 36 * i, under + 10, 34 + 36 * i, under + 32), outline=ink, width=3)
    for line in range((below - 44) // 20):
        draw.text((12, under + 40 + 20 * line), sentence(rng, 6), fill=ink, font=ImageFont.load_default(13))
    return image


# ---------------------------------------------------------------- a generator's hand
def redrawn(image: Image.Image, rng: random.Random) -> Image.Image:
    """What a generator gives back of what it was to keep: resampled, drifted by a pixel, smooth, sharpened, grainy."""
    noise = np.random.default_rng(rng.randrange(1 << 32))
    small = image.resize((max(8, image.width * 7 // 8), max(8, image.height * 7 // 8)), BICUBIC)
    soft = drifted(np.asarray(small.resize(image.size, LANCZOS)), noise, sigma_px=1.0, every_px=40)
    smooth = Image.fromarray(soft).filter(ImageFilter.GaussianBlur(rng.uniform(0.5, 0.9)))
    sharp = np.asarray(smooth.filter(ImageFilter.UnsharpMask(1.5, 70, 2))).astype(np.float32)
    contrast, light = rng.uniform(0.98, 1.02), rng.uniform(-3, 3)
    return as_picture((sharp - 128) * contrast + 128 + light + noise.normal(0, 2.5, sharp.shape))


def drifted(rgb: Pixels, noise: np.random.Generator, *, sigma_px: float, every_px: float) -> Pixels:
    """Move every place by a smooth random field: sigma_px in each direction, independent about every_px apart."""
    height, width = rgb.shape[:2]
    y, x = np.mgrid[:height, :width].astype(np.float32)
    return sampled(
        rgb,
        x + sigma_px * smooth_field(width, height, noise, every_px),
        y + sigma_px * smooth_field(width, height, noise, every_px),
    )


def smooth_field(width: int, height: int, noise: np.random.Generator, every_px: float) -> Field:
    """A random field of mean 0 and deviation 1, smooth over about every_px pixels."""
    cells = (max(2, round(height / every_px)) + 3, max(2, round(width / every_px)) + 3)
    grid = Image.fromarray(noise.normal(0, 1, cells).astype(np.float32))
    # One and a half cells of margin on each side: the borders of a bicubic blow-up are too still.
    box = (1.5, 1.5, cells[1] - 1.5, cells[0] - 1.5)
    field: Field = np.asarray(grid.resize((width, height), BICUBIC, box=box))
    even: Field = ((field - field.mean()) / max(1e-6, float(field.std()))).astype(np.float32)
    return even


def sampled(rgb: Pixels, x: Field, y: Field) -> Pixels:
    """Bilinear samples at (x, y), the picture reflected at its borders."""
    height, width = rgb.shape[:2]
    x, y = reflected(x, width), reflected(y, height)
    left, top = np.minimum(x.astype(np.int32), width - 2), np.minimum(y.astype(np.int32), height - 2)
    across, down = (x - left)[..., None], (y - top)[..., None]
    flat = rgb.reshape(-1, rgb.shape[2]).astype(np.float32)
    corner = top * width + left
    upper = flat[corner] * (1 - across) + flat[corner + 1] * across
    lower = flat[corner + width] * (1 - across) + flat[corner + width + 1] * across
    seen: Pixels = np.clip(upper * (1 - down) + lower * down + 0.5, 0, 255).astype(np.uint8)
    return seen


def reflected(at: Field, size: int) -> Field:
    folded: Field = np.mod(at, np.float32(2 * (size - 1)))
    inside: Field = np.minimum(folded, 2 * (size - 1) - folded)
    return inside


def as_picture(values: NDArray[np.floating]) -> Image.Image:
    return Image.fromarray(np.clip(values + 0.5, 0, 255).astype(np.uint8))
