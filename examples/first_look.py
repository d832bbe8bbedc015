"""What haalweg does today, shown on a picture drawn on the spot: `make run` ends with this.

The picture is altered as pictures are on their way through chats; each alteration is hashed and compared by the
commands that you would use yourself, which are printed as they run.
"""

from __future__ import annotations

import random
import shlex
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from PIL import Image, ImageDraw, ImageFilter, ImageOps

if TYPE_CHECKING:
    from collections.abc import Callable

HAALWEG = Path(sys.executable).with_name("haalweg")


def main() -> None:
    """Draw, alter, hash and compare, in a temporary folder that is gone afterwards."""
    with tempfile.TemporaryDirectory(prefix="haalweg-") as folder:
        here = Path(folder)
        print("\nA drawing of hills, and what becomes of it in chats:\n")
        save(hills(seed=5), here / "hills.jpg", quality=92)
        save(hills(seed=11), here / "other-hills.jpg", quality=92)
        for name, alter in ALTERATIONS.items():
            save(alter(hills(seed=5)), here / f"{name}.jpg", quality=75)
        run(here, "--version")
        run(here, "hash", "hills.jpg", "mirrored.jpg", "--signal", "pdq")
        for name in (*ALTERATIONS, "other-hills"):
            run(here, "compare", f"{name}.jpg", "hills.jpg")
        print(NEXT.format(haalweg=HAALWEG))


NEXT = """\
Next, on pictures of your own:

  . {haalweg.parent}/activate
  haalweg hash --help
  haalweg compare photo.jpg screenshot.png

docs/tutorial/first-look.md goes on from here. `make bench` shows how fast it is on this machine, `make test` runs
the tests.
"""


def run(folder: Path, *arguments: str) -> None:
    """Show a command, run it, show what it says."""
    print(f"$ haalweg {shlex.join(arguments)}", flush=True)
    answer = subprocess.run([HAALWEG, *arguments], cwd=folder, check=False)
    print(flush=True)
    if answer.returncode not in (0, 1):
        sys.exit(answer.returncode)


def hills(seed: int) -> Image.Image:
    """Draw a landscape: sky, sun, hills and trees, different for each seed."""
    dice = random.Random(seed)
    picture = Image.linear_gradient("L").resize((1200, 900))
    picture = ImageOps.colorize(picture, (90, 140, 200), (250, 225, 190))
    draw = ImageDraw.Draw(picture)
    x, y = dice.randrange(150, 1050), dice.randrange(120, 300)
    draw.ellipse((x - 70, y - 70, x + 70, y + 70), fill=(255, 235, 150))
    for layer in range(4):
        base, shade = 420 + 120 * layer, 150 - 30 * layer
        points = [(step * 100, base + dice.randrange(-90, 90)) for step in range(13)]
        draw.polygon([(0, 900), *points, (1200, 900)], fill=(shade // 2, shade, shade // 3))
        for _ in range(12):
            tx, ty, size = dice.randrange(1200), base + dice.randrange(20, 140), dice.randrange(15, 45)
            draw.polygon([(tx, ty - 2 * size), (tx - size, ty), (tx + size, ty)], fill=(10, shade // 2, 40))
    return picture.filter(ImageFilter.GaussianBlur(0.7))


def screenshot(picture: Image.Image) -> Image.Image:
    """Put the picture into a telephone's chat, with a bar above and buttons below."""
    page = Image.new("RGB", (1080, 2200), (18, 18, 22))
    draw = ImageDraw.Draw(page)
    draw.rectangle((0, 0, 1080, 170), fill=(32, 33, 40))
    draw.ellipse((40, 60, 130, 150), fill=(120, 90, 160))
    draw.text((160, 75), "Group", fill=(235, 235, 235), font_size=48)
    page.paste(picture.resize((1080, 810)), (0, 600))
    draw.rounded_rectangle((40, 2050, 900, 2150), 50, fill=(45, 46, 54))
    draw.text((90, 2070), "Message", fill=(150, 150, 155), font_size=44)
    return page


ALTERATIONS: dict[str, Callable[[Image.Image], Image.Image]] = {
    "smaller": lambda picture: picture.resize((480, 360)),
    "mirrored": ImageOps.mirror,
    "screenshot": screenshot,
    "letterbox": lambda picture: ImageOps.expand(picture, (0, 90), (0, 0, 0)),
}


def save(picture: Image.Image, path: Path, *, quality: int) -> None:
    """Write a JPEG."""
    picture.save(path, quality=quality)


if __name__ == "__main__":
    main()
