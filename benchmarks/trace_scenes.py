"""Pictures made for the measurement: regions replaced, one place seen twice, look-alikes, pages that are only print.

All of it is composed of the shared photos or drawn; everything comes out the same from the same random.Random.
"""

from __future__ import annotations

import math
import random
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from PIL import Image, ImageChops, ImageDraw, ImageFilter, ImageFont, ImageOps
from trace_changes import BICUBIC, LANCZOS, as_picture, drifted, sampled, smooth_field

if TYPE_CHECKING:
    from trace_changes import Pixels

SIZE = (512, 384)  # of composed scenes


def generator(rng: random.Random) -> np.random.Generator:
    return np.random.default_rng(rng.randrange(1 << 32))


# ---------------------------------------------------------------- regions replaced
def figure(size: tuple[int, int], spread: float, rng: random.Random) -> Image.Image:
    """A standing person's outline, 255 inside; spread 1 fills about a third of a portrait, more runs out of it."""
    width, height = size
    mask = Image.new("L", size, 0)
    draw = ImageDraw.Draw(mask)
    unit = spread * min(width * 0.62, height * 0.46)
    across, lean = width * (0.5 + rng.uniform(-0.06, 0.06)), rng.uniform(-0.08, 0.08) * unit
    neck = height * 0.5 - unit * 0.42
    head = unit * 0.19
    draw.ellipse((across + lean - head, neck - 2.2 * head, across + lean + head, neck + 0.2 * head), fill=255)
    draw.rounded_rectangle(
        (across - unit * 0.38, neck, across + unit * 0.38, neck + unit * 0.85), unit * 0.16, fill=255
    )
    hip = neck + unit * 0.8
    draw.polygon(
        [
            (across - unit * 0.33, hip - unit * 0.2),
            (across + unit * 0.33, hip - unit * 0.2),
            (across + unit * 0.4 + lean, hip + unit),
            (across - unit * 0.4 + lean, hip + unit),
        ],
        fill=255,
    )
    return mask.filter(ImageFilter.GaussianBlur(2))


def figure_of(size: tuple[int, int], share: float, rng: random.Random) -> Image.Image:
    """The outline that covers this share of the picture, found by halving."""
    low, high, seed = 0.1, 6.0, rng.randrange(1 << 32)
    for _ in range(18):
        middle = (low + high) / 2
        mask = figure(size, middle, type(rng)(seed))
        low, high = (middle, high) if np.asarray(mask).mean() / 255 < share else (low, middle)
    return mask


def cloth(size: tuple[int, int], rng: random.Random) -> Image.Image:
    """A drawn texture: stripes, checks, dots, knitwear or clouds, with folds and grain."""
    width, height = size
    noise = generator(rng)
    y, x = np.mgrid[:height, :width].astype(np.float32)
    turn, period = rng.uniform(0, math.pi), rng.uniform(7, 30)
    wave = 3 * smooth_field(width, height, noise, 60)
    along, across = x * math.cos(turn) + y * math.sin(turn) + wave, y * math.cos(turn) - x * math.sin(turn) + wave
    kind = rng.choice(("stripes", "checks", "dots", "knit", "clouds"))
    if kind == "stripes":
        weight = np.sin(2 * math.pi * along / period) > rng.uniform(-0.5, 0.5)
    elif kind == "checks":
        weight = (np.sin(2 * math.pi * along / period) > 0) * 0.5 + (np.sin(2 * math.pi * across / period) > 0) * 0.5
    elif kind == "dots":
        weight = np.sin(2 * math.pi * along / period) * np.sin(2 * math.pi * across / period) > rng.uniform(0.2, 0.6)
    elif kind == "knit":
        weight = 0.5 + 0.5 * np.sin(2 * math.pi * (along / 6 + np.abs(np.mod(across / 9, 1) - 0.5)))
    else:
        weight = 1 / (1 + np.exp(-2 * smooth_field(width, height, noise, period)))
    one, other = (np.array([rng.randrange(256) for _ in range(3)], np.float32) for _ in range(2))
    light = 1 + 0.15 * smooth_field(width, height, noise, 90)
    colour = (one + (other - one) * np.asarray(weight, np.float32)[..., None]) * light[..., None]
    return as_picture(colour + noise.normal(0, 4, colour.shape))


def filling(photo: Image.Image, size: tuple[int, int]) -> Image.Image:
    return ImageOps.fit(photo, size, LANCZOS)


def with_region_replaced(photo: Image.Image, share: float, by: Image.Image | None, rng: random.Random) -> Image.Image:
    """A person-shaped share of the middle is replaced: by drawn cloth, or by another photo."""
    mask = figure_of(photo.size, share, rng)
    return Image.composite(filling(by, photo.size) if by else cloth(photo.size, rng), photo, mask)


def cut_out(photo: Image.Image, size: tuple[int, int], rng: random.Random) -> tuple[Image.Image, Image.Image]:
    """A piece of a photo in an outline of its own, and that outline: an object to put in front of something."""
    piece = filling(photo, size)
    if rng.random() < 0.5:
        return piece, figure(size, rng.uniform(1.1, 1.5), rng)
    mask = Image.new("L", size, 0)
    ImageDraw.Draw(mask).ellipse((2, 2, size[0] - 3, size[1] - 3), fill=255)
    return piece, mask.filter(ImageFilter.GaussianBlur(1.5))


def with_object(scene: Image.Image, photo: Image.Image, rng: random.Random) -> Image.Image:
    """Put an object of a third to a half of the scene's height in front of it."""
    height = round(scene.height * rng.uniform(0.4, 0.65))
    width = round(height * rng.uniform(0.6, 1.1))
    piece, mask = cut_out(photo, (width, height), rng)
    out = scene.copy()
    out.paste(
        piece, (round((scene.width - width) * rng.uniform(0.1, 0.9)), scene.height - height - rng.randrange(30)), mask
    )
    return out


# ---------------------------------------------------------------- one place, seen twice
@dataclass(frozen=True, slots=True)
class Shot:
    """How a second photo of the same place differs from the first."""

    turn_deg: float
    tilt: float  # how much nearer one side is than the other, as a share
    zoom: float
    light: float


def strong_shot(rng: random.Random) -> Shot:
    return Shot(
        rng.choice((-1, 1)) * rng.uniform(1, 14),
        rng.uniform(-0.08, 0.08),
        rng.uniform(1.0, 1.25),
        rng.uniform(0.9, 1.1),
    )


def mild_shot(rng: random.Random) -> Shot:
    return Shot(
        rng.choice((-1, 1)) * rng.uniform(0.5, 4),
        rng.uniform(-0.03, 0.03),
        rng.uniform(1.0, 1.1),
        rng.uniform(0.95, 1.05),
    )


def place_at(photo: Image.Image, shot: Shot | None, rng: random.Random) -> Image.Image:
    """The place as one shot sees it; None is the first, straight one."""
    rgb = np.asarray(filling(photo, SIZE))
    if shot is None:
        return Image.fromarray(rgb)
    height, width = rgb.shape[:2]
    y, x = np.mgrid[:height, :width].astype(np.float32)
    u, v = (x - width / 2) / shot.zoom, (y - height / 2) / shot.zoom
    depth = 1 + shot.tilt * (u / width) + 0.6 * shot.tilt * (v / height)
    turn = math.radians(shot.turn_deg)
    across = (u * math.cos(turn) - v * math.sin(turn)) / depth + width / 2 + rng.uniform(-12, 12)
    down = (u * math.sin(turn) + v * math.cos(turn)) / depth + height / 2 + rng.uniform(-8, 8)
    seen = sampled(rgb, across.astype(np.float32), down.astype(np.float32)).astype(np.float32) * shot.light
    return as_picture(seen + generator(rng).normal(0, 1.5, seen.shape))


def neighbour(photo: Image.Image, middle: Image.Image, step: float, rng: random.Random) -> Image.Image:
    """A frame of a moving camera: the far part moves by step pixels, the ground more, a thing in the middle 3 x.

    rng must be the same for all frames of one film: it places the thing in the middle.
    """
    rgb = np.asarray(filling(photo, (SIZE[0] + 96, SIZE[1] + 16)))
    y, x = np.mgrid[: SIZE[1], : SIZE[0]].astype(np.float32)
    moved = step * (1 + 1.5 * (y / SIZE[1]) ** 2)
    frame = Image.fromarray(sampled(rgb, x + 48 + moved, y + 8 + 0.1 * step))
    size = (rng.randrange(110, 190), rng.randrange(140, 230))
    piece, mask = cut_out(middle, size, rng)
    nearer, turned = 1 + abs(step) / 300, step / 8  # seen from elsewhere, it is a little larger and turned away
    size = (round(size[0] * nearer), round(size[1] * nearer))
    piece, mask = (one.rotate(turned, BICUBIC).resize(size, BICUBIC) for one in (piece, mask))
    at = (round((SIZE[0] - size[0]) * rng.uniform(0.15, 0.85) - 3 * step), SIZE[1] - size[1] + 20)
    frame.paste(piece, at, mask)
    return frame


def seen_from(left: Pixels, disparity_px: Pixels, share: float) -> Image.Image:
    """A view between the two of a stereo pair; places that only one of them sees are smeared."""
    y, x = np.mgrid[: left.shape[0], : left.shape[1]].astype(np.float32)
    known = np.where(np.isfinite(disparity_px), disparity_px, 0).astype(np.float32)
    return Image.fromarray(sampled(left, np.clip(x + share * known, 0, left.shape[1] - 1).astype(np.float32), y))


def kept_person(source: Image.Image, derived: Image.Image) -> tuple[Image.Image, Image.Image]:
    """Where a pair with a replaced background agrees, cut to its box: the person in front, and a mask."""
    from skimage.measure import label  # noqa: PLC0415  # slow, and of use to one set only

    apart = ImageChops.difference(source, derived.resize(source.size, BICUBIC))
    agrees = Image.fromarray((np.asarray(apart).max(axis=2) < 20).astype(np.uint8) * 255)
    parts = label(np.asarray(agrees.filter(ImageFilter.MedianFilter(9)).filter(ImageFilter.MinFilter(5))) > 0)  # type: ignore[no-untyped-call]  # has no types
    largest = parts == 1 + np.argmax(np.bincount(parts.ravel())[1:])
    mask = Image.fromarray(largest.astype(np.uint8) * 255)
    box = mask.getbbox()
    return source.crop(box), mask.crop(box).filter(ImageFilter.GaussianBlur(1.5))


def in_studio(person: Image.Image, mask: Image.Image, shot: int, seed: int, rng: random.Random) -> Image.Image:
    """The person before a studio wall: shot 0 as is, later ones in another pose, place and light, in other clothes."""
    wall_noise = np.random.default_rng(seed)
    y = np.mgrid[: SIZE[0], : SIZE[1]][0].astype(np.float32)  # portrait
    tone = np.array(wall_noise.uniform(150, 225, 3), np.float32)
    wall = tone + 18 * smooth_field(SIZE[1], SIZE[0], wall_noise, 200)[..., None] - (y / SIZE[0] * 25)[..., None]
    wall[y > SIZE[0] * 0.9] -= 35
    body = np.dstack([np.asarray(person), np.asarray(mask)])
    if shot:
        dressed = person.copy()
        lower = Image.new("L", person.size, 0)
        ImageDraw.Draw(lower).rectangle((0, person.height * 9 // 20, person.width, person.height), fill=255)
        dressed.paste(cloth(person.size, rng), (0, 0), ImageChops.multiply(lower, mask))
        body = drifted(np.dstack([np.asarray(dressed), np.asarray(mask)]), generator(rng), sigma_px=11, every_px=90)
    piece = Image.fromarray(body, "RGBA").rotate(shot and rng.choice((-1, 1)) * rng.uniform(2, 7), BICUBIC)
    piece.thumbnail((SIZE[1] * (0.95 if not shot else rng.uniform(0.85, 0.98)), SIZE[0] * 0.85), LANCZOS)
    scene = as_picture(wall + generator(rng).normal(0, 2, wall.shape)).convert("RGB")
    at = ((SIZE[1] - piece.width) // 2 + (rng.randrange(-20, 21) if shot else 0), SIZE[0] - piece.height)
    scene.paste(piece.convert("RGB"), at, piece.getchannel("A"))
    return as_picture(np.asarray(scene).astype(np.float32) * (rng.uniform(0.92, 1.08) if shot else 1))


# ---------------------------------------------------------------- repeated textures
def pattern(kind: str, seed: int, shot: int, object_photo: Image.Image) -> Image.Image:
    """A wall or cloth of one pattern: each shot has its own distance, turn, light and object before it."""
    rng = seeded(f"{kind} {seed} {shot}")
    style = seeded(f"{kind} {seed}")
    size = (SIZE[0] + 120, SIZE[1] + 120)
    tile = PATTERNS[kind](size, style)
    away, turn = rng.uniform(0.94, 1.06), math.radians(rng.uniform(-5, 5))
    y, x = np.mgrid[: SIZE[1], : SIZE[0]].astype(np.float32)
    u, v = (x - SIZE[0] / 2) * away, (y - SIZE[1] / 2) * away
    across = u * math.cos(turn) - v * math.sin(turn) + size[0] / 2 + rng.uniform(-30, 30)
    down = u * math.sin(turn) + v * math.cos(turn) + size[1] / 2 + rng.uniform(-30, 30)
    noise = generator(rng)
    rgb = sampled(np.asarray(tile), across.astype(np.float32), down.astype(np.float32)).astype(np.float32)
    lit = rgb * (1 + 0.12 * smooth_field(SIZE[0], SIZE[1], noise, 160))[..., None] + noise.normal(0, 2.5, rgb.shape)
    return with_object(as_picture(lit), object_photo, rng)


def seeded(seed: str) -> random.Random:
    return random.Random(seed)


def colours(rng: random.Random, count: int) -> list[tuple[int, int, int]]:
    return [(rng.randrange(256), rng.randrange(256), rng.randrange(256)) for _ in range(count)]


def bricks(size: tuple[int, int], rng: random.Random) -> Image.Image:
    long, tall = rng.randrange(36, 70), rng.randrange(14, 28)
    base = (rng.randrange(120, 200), rng.randrange(60, 120), rng.randrange(50, 110))
    image = Image.new("RGB", size, (190, 185, 178))
    draw = ImageDraw.Draw(image)
    for row in range(size[1] // tall + 1):
        for column in range(-1, size[0] // long + 1):
            left = column * long + (long // 2 if row % 2 else 0)
            shade = tuple(max(0, c + rng.randrange(-18, 19)) for c in base)
            draw.rectangle((left + 2, row * tall + 2, left + long - 2, row * tall + tall - 2), fill=shade)
    return image


def tiles(size: tuple[int, int], rng: random.Random) -> Image.Image:
    side = rng.randrange(24, 60)
    one, other, line = colours(rng, 3)
    image = Image.new("RGB", size, one)
    draw = ImageDraw.Draw(image)
    for row in range(size[1] // side + 1):
        for column in range(size[0] // side + 1):
            box = (column * side, row * side, column * side + side, row * side + side)
            draw.rectangle(box, outline=line, fill=other if (row + column) % 2 else one)
            draw.ellipse(
                (box[0] + side // 4, box[1] + side // 4, box[2] - side // 4, box[3] - side // 4), outline=line, width=2
            )
    return image


def checks(size: tuple[int, int], rng: random.Random) -> Image.Image:
    image = Image.new("RGB", size, (240, 238, 232))
    for direction in (0, 1):
        bands = Image.new("RGBA", size, (0, 0, 0, 0))
        draw = ImageDraw.Draw(bands)
        step, colour = rng.randrange(28, 70), colours(rng, 1)[0]
        for at in range(0, max(size), step):
            wide, thin = step // 3, max(2, step // 14)
            for start, width in ((at, wide), (at + wide + thin, thin)):
                box = (start, 0, start + width, size[1]) if direction else (0, start, size[0], start + width)
                draw.rectangle(box, fill=(*colour, 120))
        image.paste(bands, (0, 0), bands)
    return image


def stripes(size: tuple[int, int], rng: random.Random) -> Image.Image:
    one, other = colours(rng, 2)
    image = Image.new("RGB", size, one)
    draw = ImageDraw.Draw(image)
    step = rng.randrange(12, 40)
    for at in range(0, size[1], step):
        draw.rectangle((0, at, size[0], at + step // 2), fill=other)
    return image


def floral(size: tuple[int, int], rng: random.Random) -> Image.Image:
    page, leaf, *petals = colours(rng, 5)
    side = rng.randrange(70, 120)
    motif = Image.new("RGB", (side, side), page)
    draw = ImageDraw.Draw(motif)
    for _ in range(5):
        x, y, r = rng.randrange(side), rng.randrange(side), rng.randrange(5, 12)
        draw.line((x, y, x + 2 * r, y + 3 * r), fill=leaf, width=3)
        for k in range(6):
            dx, dy = r * math.cos(k * math.pi / 3), r * math.sin(k * math.pi / 3)
            draw.ellipse((x + dx - r * 0.6, y + dy - r * 0.6, x + dx + r * 0.6, y + dy + r * 0.6), fill=petals[k % 3])
    image = Image.new("RGB", size, page)
    for top in range(0, size[1], side):
        for left in range(0, size[0], side):
            image.paste(motif, (left, top))
    return image


PATTERNS = {"bricks": bricks, "tiles": tiles, "checks": checks, "stripes": stripes, "floral": floral}


# ---------------------------------------------------------------- pages that are only print
SYLLABLES = "ba de ko li mu na po ra se ti vo we ha jo ki len mar nis ter ven dor gel hof zan".split()  # noqa: SIM905  # read as one line


def prose(rng: random.Random, words: int) -> str:
    """Made-up words: as many different ones as a language has, so that two pages share their type and nothing else."""
    return " ".join("".join(rng.choice(SYLLABLES) for _ in range(rng.randrange(1, 4))) for _ in range(words))


def page_of_text(style: int, content: int) -> Image.Image:
    """A page of running text: those of one style share type, margins and heading."""
    look, rng = seeded(f"page {style}"), seeded(f"page {style} {content}")
    paper, ink = look.choice(
        (((255, 255, 255), (10, 10, 10)), ((250, 244, 230), (40, 30, 20)), ((20, 22, 26), (220, 220, 220)))
    )
    image = Image.new("RGB", (512, 660), paper)
    draw = ImageDraw.Draw(image)
    size, left = look.randrange(11, 19), look.randrange(24, 60)
    draw.text((left, 26), "NEIGHBOURHOOD LETTER", fill=ink, font=ImageFont.load_default(size + 8))
    draw.line((left, 62, 512 - left, 62), fill=ink, width=2)
    for line in range((570 - size) // (size + 6)):
        words = rng.randrange(5, 9)
        draw.text((left, 76 + line * (size + 6)), prose(rng, words), fill=ink, font=ImageFont.load_default(size))
    return image


def logo(style: int) -> Image.Image:
    """A made-up mark of 150 x 150: a ring, a star and a name, on transparent ground."""
    look = seeded(f"logo {style}")
    mark = Image.new("RGBA", (150, 150), (0, 0, 0, 0))
    draw = ImageDraw.Draw(mark)
    one, other = colours(look, 2)
    draw.ellipse((20, 4, 130, 114), fill=(*one, 255), outline=(*other, 255), width=8)
    points = look.choice((5, 6, 7, 8))
    star = [
        (75 + r * math.sin(k * math.pi / points), 59 - r * math.cos(k * math.pi / points))
        for k in range(2 * points)
        for r in (44 if k % 2 == 0 else 18,)
    ]
    draw.polygon(star, fill=(*other, 255))
    name = "".join(look.choice("AEIOUKLMNRST") for _ in range(6))
    draw.text((18, 116), name, fill=(*one, 255), font=ImageFont.load_default(30))
    return mark


def poster(style: int, content: int) -> Image.Image:
    """A poster with the style's logo, large, and its own shapes and words below."""
    rng = seeded(f"poster {style} {content}")
    image = Image.new("RGB", (420, 560), colours(rng, 1)[0])
    draw = ImageDraw.Draw(image)
    for _ in range(14):
        x, y, r = rng.randrange(420), rng.randrange(200, 560), rng.randrange(10, 70)
        draw.ellipse((x - r, y - r, x + r, y + r), fill=colours(rng, 1)[0])
    for line in range(4):
        draw.text((24, 330 + 48 * line), prose(rng, 3), fill=colours(rng, 1)[0], font=ImageFont.load_default(28))
    mark = logo(style)
    image.paste(mark, (135, 30), mark)
    return image


def app(style: int, content: int, photos: list[Image.Image]) -> Image.Image:
    """A screenshot of one app: a grid of photos, a list with thumbnails or a conversation; only the content differs."""
    look, rng = seeded(f"app {style}"), seeded(f"app {style} {content}")
    page, ink, bar = look.choice(
        (
            ((255, 255, 255), (20, 20, 20), (30, 110, 220)),
            ((16, 18, 22), (235, 235, 235), (40, 44, 52)),
            ((246, 242, 236), (50, 40, 30), (200, 70, 60)),
        )
    )
    image = Image.new("RGB", (480, 960), page)
    draw = ImageDraw.Draw(image)
    draw.rectangle((0, 0, 480, 84), fill=bar)
    draw.text((16, 8), "21:47", fill=(255, 255, 255), font=ImageFont.load_default(18))
    draw.text(
        (16, 40),
        look.choice(("Market near you", "My messages", "Photo groups")),
        fill=(255, 255, 255),
        font=ImageFont.load_default(28),
    )
    draw.rounded_rectangle((12, 96, 468, 136), 18, outline=ink, width=2)
    draw.text((30, 106), "Search in all groups", fill=ink, font=ImageFont.load_default(18))
    kind = look.choice(("grid", "list", "chat"))
    for i, photo in enumerate(photos[:6]):
        if kind == "grid":
            image.paste(filling(photo, (220, 170)), (14 + 232 * (i % 2), 150 + 236 * (i // 2)))
            draw.text(
                (18 + 232 * (i % 2), 326 + 236 * (i // 2)),
                f"{prose(rng, 2)} {rng.randrange(90)}",
                fill=ink,
                font=ImageFont.load_default(17),
            )
        elif kind == "list":
            image.paste(filling(photo, (104, 104)), (14, 150 + 120 * i))
            for line in range(3):
                draw.text((130, 156 + 120 * i + 30 * line), prose(rng, 4), fill=ink, font=ImageFont.load_default(19))
        else:
            left = 30 if i % 2 else 150
            draw.rounded_rectangle(
                (left, 150 + 120 * i, left + 300, 250 + 120 * i), 16, fill=bar if i % 2 else (120, 124, 130)
            )
            for line in range(2):
                draw.text(
                    (left + 16, 166 + 120 * i + 32 * line),
                    prose(rng, 4),
                    fill=(255, 255, 255),
                    font=ImageFont.load_default(19),
                )
    draw.rectangle((0, 884, 480, 960), fill=bar)
    for i in range(5):
        draw.ellipse((26 + 96 * i, 898, 66 + 96 * i, 938), outline=(255, 255, 255), width=4)
        draw.text(
            (30 + 96 * i, 940),
            ("home", "find", "post", "news", "me")[i],
            fill=(255, 255, 255),
            font=ImageFont.load_default(13),
        )
    return image
