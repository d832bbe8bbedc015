"""What people lay over or around a picture: words, stickers, watermarks, borders. Two photos under one share only it.

Together with the layouts of layouts.py; `TUNED` may be looked at while a recogniser is made, `HELD_OUT` only measured.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from layouts import HELD_OUT as HELD_OUT_LAYOUTS
from layouts import TUNED as TUNED_LAYOUTS
from PIL import Image, ImageDraw, ImageFont, ImageOps
from trace_changes import sentence
from trace_scenes import colours, logo

if TYPE_CHECKING:
    import random
    from collections.abc import Callable

    from layouts import Layout

    Frame = Callable[[Image.Image, random.Random], Image.Image]

WHITE, BLACK = (255, 255, 255), (0, 0, 0)


def caption_bar(*, above: bool) -> Frame:
    def frame(photo: Image.Image, rng: random.Random) -> Image.Image:
        bar = photo.height // 5
        image = Image.new("RGB", (photo.width, photo.height + bar), WHITE)
        image.paste(photo, (0, bar if above else 0))
        draw = ImageDraw.Draw(image)
        for line in range(2):
            at = (14, (0 if above else photo.height) + 8 + line * bar * 2 // 5)
            draw.text(at, sentence(rng, 6), fill=BLACK, font=ImageFont.load_default(bar // 3))
        return image

    return frame


def meme(photo: Image.Image, rng: random.Random) -> Image.Image:
    """Large white words with a black edge, above and below, over the photo."""
    image = photo.copy()
    draw = ImageDraw.Draw(image)
    size = photo.width // 11
    for top in (8, photo.height - 2 * size):
        draw.text(
            (photo.width // 16, top),
            sentence(rng, 4).upper(),
            fill=WHITE,
            font=ImageFont.load_default(size),
            stroke_width=3,
            stroke_fill=BLACK,
        )
    return image


def story_overlay(*, poll: bool) -> Frame:
    def frame(photo: Image.Image, rng: random.Random) -> Image.Image:
        image = photo.copy()
        draw = ImageDraw.Draw(image)
        width, height = photo.size
        for _ in range(4):
            x, y, r = rng.randrange(width), rng.randrange(height), width // rng.randrange(9, 14)
            face, ink = colours(rng, 2)
            draw.ellipse((x - r, y - r, x + r, y + r), fill=face, outline=WHITE, width=4)
            draw.ellipse((x - r // 2, y - r // 3, x - r // 5, y), fill=ink)
            draw.ellipse((x + r // 5, y - r // 3, x + r // 2, y), fill=ink)
            draw.arc((x - r // 2, y - r // 4, x + r // 2, y + r * 2 // 3), 20, 160, fill=ink, width=4)
        for line in range(2):
            top = round(height * (0.2 + 0.55 * line))
            size = width // 16
            draw.rounded_rectangle(
                (width // 10, top, width * 9 // 10, top + 2 * size), size // 2, fill=colours(rng, 1)[0]
            )
            draw.text((width // 8, top + size // 3), sentence(rng, 4), fill=WHITE, font=ImageFont.load_default(size))
        if poll:
            top = height // 2
            draw.rounded_rectangle((width // 8, top, width * 7 // 8, top + height // 8), 14, fill=WHITE)
            draw.line((width // 2, top, width // 2, top + height // 8), fill=(180, 180, 180), width=3)
            for left, word in ((width // 5, "yes"), (width * 3 // 5, "no")):
                draw.text(
                    (left, top + height // 40), word, fill=(30, 120, 220), font=ImageFont.load_default(height // 14)
                )
        return image

    return frame


def watermark(*, tiled: bool, drawn_logo: bool) -> Frame:
    def frame(photo: Image.Image, rng: random.Random) -> Image.Image:
        over = Image.new("RGBA", photo.size, (0, 0, 0, 0))
        width, height = photo.size
        if drawn_logo:
            mark = logo(rng.randrange(1000)).resize((width // (8 if tiled else 5),) * 2)
            mark.putalpha(mark.getchannel("A").point(lambda a: a * (4 if tiled else 8) // 10))
        else:
            font = ImageFont.load_default(width // (22 if tiled else 14))
            words = sentence(rng, 2 if tiled else 3)
            box = font.getbbox(words)
            mark = Image.new("RGBA", (int(box[2]) + 8, int(box[3]) + 8), (0, 0, 0, 0))
            ImageDraw.Draw(mark).text((3, 2), words, fill=(255, 255, 255, 120 if tiled else 220), font=font)
            mark = mark.rotate(30, expand=True) if tiled else mark
        if tiled:
            for row, top in enumerate(range(0, height, mark.height + height // 12)):
                for left in range(-(row % 2) * mark.width // 2, width, mark.width + width // 12):
                    over.alpha_composite(mark.crop((max(0, -left), 0, mark.width, mark.height)), (max(0, left), top))
        else:
            over.alpha_composite(mark, (max(0, width - mark.width - 8), max(0, height - mark.height - 8)))
        return Image.alpha_composite(photo.convert("RGBA"), over).convert("RGB")

    return frame


def date_stamp(photo: Image.Image, rng: random.Random) -> Image.Image:
    image = photo.copy()
    day, month, year, hour, minute = (rng.randrange(1, most) for most in (29, 13, 25, 24, 60))
    words = f"{day:02} {month:02} '{year:02} {hour:02}:{minute:02}"
    size = photo.height // 12
    ImageDraw.Draw(image).text(
        (photo.width - size * 9, photo.height - 2 * size), words, fill=(255, 140, 40), font=ImageFont.load_default(size)
    )
    return image


def ornamental(photo: Image.Image, rng: random.Random) -> Image.Image:
    """A patterned border such as greeting apps put around a photo."""
    wide = photo.width // 9
    page, one, other = colours(rng, 3)
    image = ImageOps.expand(photo, wide, page)
    draw = ImageDraw.Draw(image)
    radius = wide // 3
    for left in range(0, image.width, wide):
        for top in range(0, image.height, wide):
            if wide <= left < image.width - wide and wide <= top < image.height - wide:
                continue
            middle = (left + wide // 2, top + wide // 2)
            for k, colour in enumerate((one, other)):
                r = radius // (k + 1)
                draw.regular_polygon((*middle, r), 5 + k, rotation=rng.randrange(72), fill=colour)
    image.paste(photo, (wide, wide))
    return image


def film_strip(photo: Image.Image, _: random.Random) -> Image.Image:
    bar = photo.height // 7
    image = ImageOps.expand(photo, (0, bar), BLACK)
    draw = ImageDraw.Draw(image)
    for left in range(6, image.width, bar):
        for top in (bar // 4, image.height - bar * 3 // 4):
            draw.rounded_rectangle((left, top, left + bar // 2, top + bar // 2), 4, fill=(230, 230, 230))
    return image


def lower_third(photo: Image.Image, rng: random.Random) -> Image.Image:
    """The bar of a news programme over the lower part."""
    image = photo.copy()
    draw = ImageDraw.Draw(image)
    width, height = photo.size
    draw.rectangle((0, height * 3 // 4, width, height * 7 // 8), fill=(170, 20, 30))
    draw.rectangle((0, height * 7 // 8, width, height), fill=(245, 245, 245))
    draw.text(
        (12, height * 3 // 4 + 6), sentence(rng, 4).upper(), fill=WHITE, font=ImageFont.load_default(height // 13)
    )
    draw.text((12, height * 7 // 8 + 8), sentence(rng, 7), fill=BLACK, font=ImageFont.load_default(height // 18))
    mark = logo(rng.randrange(1000)).resize((width // 7,) * 2)
    image.paste(mark, (8, 8), mark)
    return image


def of_layout(layout: Layout) -> Frame:
    return lambda photo, rng: layout(photo, rng)[0]


TUNED: dict[str, Frame] = {
    **{name: of_layout(layout) for name, layout in TUNED_LAYOUTS.items()},
    "caption bar below": caption_bar(above=False),
    "words above and below": meme,
    "story with stickers": story_overlay(poll=False),
    "logo in the corner": watermark(tiled=False, drawn_logo=True),
    "words, tiled": watermark(tiled=True, drawn_logo=False),
    "border with a pattern": ornamental,
}
HELD_OUT: dict[str, Frame] = {
    **{name: of_layout(layout) for name, layout in HELD_OUT_LAYOUTS.items()},
    "caption bar above": caption_bar(above=True),
    "story with a poll": story_overlay(poll=True),
    "logo, tiled": watermark(tiled=True, drawn_logo=True),
    "words in the corner": watermark(tiled=False, drawn_logo=False),
    "date stamp": date_stamp,
    "film strip": film_strip,
    "news bar": lower_third,
}
