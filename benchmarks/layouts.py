"""Frames around a photo as they occur: chats, feeds, stories, letterboxes. Each gives where the photo lies.

`TUNED` were looked at while the search for inner pictures was made; `HELD_OUT` only measured afterwards.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PIL import Image, ImageDraw, ImageFilter, ImageFont, ImageOps

if TYPE_CHECKING:
    import random
    from collections.abc import Callable

    Place = tuple[int, int, int, int]
    Layout = Callable[[Image.Image, random.Random], tuple[Image.Image, Place]]

WORDS = (
    "did you see",
    "this was posted",
    "today in the group",
    "who sent it",
    "please do not share",
    "call me when you can",
)
Colour = tuple[int, int, int]
BLACK, WHITE, GREY = (0, 0, 0), (255, 255, 255), (128, 128, 128)


def words(
    draw: ImageDraw.ImageDraw, at: tuple[int, int], count: int, *, size: int, colour: Colour, rng: random.Random
) -> None:
    text = " ".join(" ".join(rng.choice(WORDS) for _ in range(count)).split()[:count])
    draw.text(at, text, fill=colour, font=ImageFont.load_default(size))


def status_bar(draw: ImageDraw.ImageDraw, width: int, colour: Colour) -> None:
    draw.text((width // 20, 18), "21:47", fill=colour, font=ImageFont.load_default(30))
    for i in range(3):
        draw.rectangle((width - 60 - 50 * i, 22, width - 30 - 50 * i, 46), fill=colour)


def fitted(photo: Image.Image, width: int, height: int) -> Image.Image:
    share = min(width / photo.width, height / photo.height)
    size = (max(1, round(photo.width * share)), max(1, round(photo.height * share)))
    return photo.resize(size, Image.Resampling.LANCZOS)


def pasted(page: Image.Image, photo: Image.Image, left: int, top: int, radius: int = 0) -> Place:
    mask = Image.new("L", photo.size, 255)
    if radius:
        mask = Image.new("L", photo.size, 0)
        ImageDraw.Draw(mask).rounded_rectangle((0, 0, photo.width - 1, photo.height - 1), radius, fill=255)
    page.paste(photo, (left, top), mask)
    return left, top, left + photo.width, top + photo.height


def chat(size: tuple[int, int], page: Colour, bubble: Colour, ink: Colour, radius: int) -> Layout:
    def layout(photo: Image.Image, rng: random.Random) -> tuple[Image.Image, Place]:
        width, height = size
        image = Image.new("RGB", size, page)
        draw = ImageDraw.Draw(image)
        status_bar(draw, width, ink)
        draw.ellipse((90, 80, 170, 160), fill=GREY)
        words(draw, (190, 100), 2, size=40, colour=ink, rng=rng)
        shown = fitted(photo, width * 7 // 10, height // 2)
        left, top = width - shown.width - 40, 420 + rng.randrange(60)
        words(draw, (60, 230), 6, size=34, colour=ink, rng=rng)
        draw.rounded_rectangle(
            (left - 8, top - 8, left + shown.width + 7, top + shown.height + 70), radius + 4, fill=bubble
        )
        place = pasted(image, shown, left, top, radius)
        words(draw, (left + 16, top + shown.height + 14), 3, size=34, colour=ink, rng=rng)
        draw.rounded_rectangle((30, height - 130, width - 150, height - 40), 45, fill=bubble)
        words(draw, (70, height - 108), 2, size=34, colour=GREY, rng=rng)
        return image, place

    return layout


def feed(size: tuple[int, int], page: Colour, ink: Colour, margin: int) -> Layout:
    def layout(photo: Image.Image, rng: random.Random) -> tuple[Image.Image, Place]:
        width, height = size
        image = Image.new("RGB", size, page)
        draw = ImageDraw.Draw(image)
        status_bar(draw, width, ink)
        draw.ellipse((24, 120, 104, 200), fill=(200, 90, 60))
        words(draw, (130, 140), 2, size=36, colour=ink, rng=rng)
        shown = fitted(photo, width - 2 * margin, height * 2 // 3)
        place = pasted(image, shown, (width - shown.width) // 2, 230)
        below = place[3] + 30
        for i in range(3):
            draw.ellipse((30 + 90 * i, below, 84 + 90 * i, below + 54), outline=ink, width=5)
        for line in range(3):
            words(draw, (30, below + 80 + 50 * line), 7, size=32, colour=ink, rng=rng)
        return image, place

    return layout


def story(size: tuple[int, int]) -> Layout:
    def layout(photo: Image.Image, rng: random.Random) -> tuple[Image.Image, Place]:
        width, height = size
        behind = ImageOps.fit(photo, (width // 8, height // 8)).filter(ImageFilter.GaussianBlur(7))
        image = behind.resize(size, Image.Resampling.BICUBIC).point(lambda value: value * 6 // 10)
        draw = ImageDraw.Draw(image)
        for i in range(4):
            draw.rectangle((20 + i * (width - 40) // 4, 24, 12 + (i + 1) * (width - 40) // 4, 30), fill=WHITE)
        draw.ellipse((30, 50, 110, 130), fill=(230, 180, 90))
        words(draw, (130, 72), 2, size=34, colour=WHITE, rng=rng)
        shown = fitted(photo, width, height * 7 // 10)
        place = pasted(image, shown, (width - shown.width) // 2, (height - shown.height) // 2)
        draw.rounded_rectangle((30, height - 120, width - 200, height - 40), 40, outline=WHITE, width=3)
        return image, place

    return layout


def expanded(share: float, colour: Colour, *, sides: bool = False) -> Layout:
    def layout(photo: Image.Image, _: random.Random) -> tuple[Image.Image, Place]:
        down = max(1, round(photo.height * share))
        across = max(1, round(photo.width * share)) if sides else 0
        image = ImageOps.expand(photo, (across, down), colour)
        return image, (across, down, across + photo.width, down + photo.height)

    return layout


def browser(photo: Image.Image, rng: random.Random) -> tuple[Image.Image, Place]:
    image = Image.new("RGB", (1600, 900), WHITE)
    draw = ImageDraw.Draw(image)
    draw.rectangle((0, 0, 1600, 40), fill=(222, 225, 230))
    draw.rounded_rectangle((10, 8, 260, 40), 8, fill=WHITE)
    words(draw, (30, 12), 2, size=20, colour=BLACK, rng=rng)
    draw.rounded_rectangle((120, 48, 1400, 80), 16, fill=(238, 240, 243))
    draw.line((0, 88, 1600, 88), fill=(200, 200, 200))
    for line in range(14):
        words(draw, (1180, 140 + 44 * line), 4, size=22, colour=(40, 40, 60), rng=rng)
    shown = fitted(photo, 1000, 700)
    place = pasted(image, shown, 90, 140)
    words(draw, (90, place[3] + 12), 8, size=22, colour=GREY, rng=rng)
    return image, place


def viewer(photo: Image.Image, rng: random.Random) -> tuple[Image.Image, Place]:
    image = Image.new("RGB", (828, 1792), BLACK)
    draw = ImageDraw.Draw(image)
    status_bar(draw, 828, WHITE)
    words(draw, (300, 90), 2, size=34, colour=WHITE, rng=rng)
    shown = fitted(photo, 828, 1400)
    place = pasted(image, shown, (828 - shown.width) // 2, (1792 - shown.height) // 2)
    for i in range(4):
        draw.ellipse((80 + 190 * i, 1690, 130 + 190 * i, 1740), outline=WHITE, width=4)
    return image, place


def patterned_chat(size: tuple[int, int], page: Colour, pattern: Colour, head: Colour, bubble: Colour) -> Layout:
    def layout(photo: Image.Image, rng: random.Random) -> tuple[Image.Image, Place]:
        width, height = size
        image = Image.new("RGB", size, page)
        draw = ImageDraw.Draw(image)
        for _ in range(width * height // 4400):
            x, y, long = rng.randrange(width), rng.randrange(height), rng.randrange(24, 48)
            draw.arc((x, y, x + long, y + long), rng.randrange(360), rng.randrange(360), fill=pattern, width=2)
        draw.rectangle((0, 0, width, height // 11), fill=head)
        status_bar(draw, width, WHITE)
        words(draw, (130, 80), 2, size=34, colour=WHITE, rng=rng)
        shown = fitted(photo, width * 7 // 10, height // 2)
        left, top = 28, height // 5 + rng.randrange(30)
        draw.rounded_rectangle((left - 8, top - 8, left + shown.width + 8, top + shown.height + 8), 18, fill=bubble)
        place = pasted(image, shown, left, top, 14)
        draw.text((place[2] - 90, place[3] - 40), "21:46", fill=WHITE, font=ImageFont.load_default(26))
        draw.rounded_rectangle((16, height - 100, width - 120, height - 20), 40, fill=bubble)
        return image, place

    return layout


def document(photo: Image.Image, rng: random.Random) -> tuple[Image.Image, Place]:
    image = Image.new("RGB", (1240, 1754), WHITE)
    draw = ImageDraw.Draw(image)
    for line in range(12):
        words(draw, (120, 120 + 36 * line), 11, size=24, colour=BLACK, rng=rng)
    shown = fitted(photo, 900, 800)
    place = pasted(image, shown, (1240 - shown.width) // 2, 600)
    words(draw, (170, place[3] + 16), 6, size=20, colour=GREY, rng=rng)
    for line in range(6):
        words(draw, (120, place[3] + 70 + 36 * line), 11, size=24, colour=BLACK, rng=rng)
    return image, place


TUNED: dict[str, Layout] = {
    "letterbox of 4 %, black": expanded(0.04, BLACK),
    "letterbox of 10 %, black": expanded(0.10, BLACK),
    "border of 5 %, white": expanded(0.05, WHITE, sides=True),
    "chat, dark": chat((1080, 2340), (11, 20, 26), (0, 92, 75), (220, 225, 228), 24),
    "chat, light": chat((1080, 2340), (240, 238, 233), (217, 253, 211), (20, 24, 28), 24),
    "feed, light": feed((1080, 2340), WHITE, BLACK, 0),
    "story": story((1080, 1920)),
    "chat, wallpaper, time in the photo": patterned_chat(
        (720, 1600), (229, 221, 213), (216, 207, 198), (7, 94, 84), WHITE
    ),
}
HELD_OUT: dict[str, Layout] = {
    "letterbox of 7 %, grey": expanded(0.07, (60, 60, 60)),
    "chat, small, violet": chat((720, 1520), (24, 18, 43), (118, 106, 200), (240, 240, 245), 12),
    "chat, dark wallpaper, time in the photo": patterned_chat(
        (1080, 2400), (12, 19, 24), (24, 34, 41), (31, 44, 52), (0, 92, 75)
    ),
    "feed, dark, with margins": feed((1170, 2532), (18, 18, 18), (230, 230, 230), 32),
    "story, small": story((720, 1280)),
    "browser window": browser,
    "photo viewer": viewer,
    "page of a document": document,
}
