"""The main job on pictures drawn on the spot: a sealed bank, a group's export, a table of where.

`make first-scan` ends with it. Each step is a command that you would use yourself; it is printed, then it runs.
"""

from __future__ import annotations

import json
import os
import random
import shlex
import subprocess
import sys
import tempfile
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from PIL import Image, ImageDraw, ImageFilter, ImageOps

if TYPE_CHECKING:
    from collections.abc import Callable

HAALWEG = Path(sys.executable).with_name("haalweg")
POSTS = 120
REPORTED = 5  # the seed of the drawing that is reported


def main() -> None:
    """Report a drawing and find its altered copies in an export, in a folder that goes again."""
    with tempfile.TemporaryDirectory(prefix="haalweg-") as folder:
        here = Path(folder)
        os.environ["HAALWEG_KEY_FILE"] = str(here / "keys")
        hills(REPORTED).save(here / "reported.jpg", quality=92)
        print("\n1. A key, and a bank that is sealed with it:\n")
        run(here, "keys", "new", "--no-drill", shown=False)
        run(here, "bank", "new", "case.bank")
        print("2. A drawing of hills is reported. Only its signature goes into the bank:\n")
        run(here, "bank", "add", "case.bank", "reported.jpg", "--bank", "reported", "--adults")
        print(f"3. A group's export with {POSTS} posts; four are altered copies. Where?\n")
        write_export(here / "export")
        run(
            here, "scan", "export", "--bank", "case.bank", "--out", "found.csv", "--yes", exits=1
        )  # something was found
        print("4. The affected person takes it back: it is found nowhere any more.\n")
        run(here, "bank", "withdraw", "case.bank", "1", "--reason", "asked")
        run(here, "match", "reported.jpg", "--bank", "case.bank")
        print(NEXT.format(activate=HAALWEG.with_name("activate")))


NEXT = """\
Next, on files of your own:

  . {activate}
  haalweg keys new                                  # once; it prints a sheet to keep
  haalweg bank new case.bank
  haalweg bank add case.bank photo.jpg --bank reported
  haalweg scan DataExport_2026-11-25 --bank case.bank --out found.csv

docs/tutorial/first-scan.md goes through it step by step. `make bench` shows how fast it is on this machine.
"""


def run(folder: Path, *arguments: str, shown: bool = True, exits: int = 0) -> None:
    """Show a command, run it, show what it says; end where it ends otherwise than it should."""
    print(f"$ haalweg {shlex.join(arguments)}", flush=True)
    out = None if shown else subprocess.DEVNULL
    answer = subprocess.run([HAALWEG, *arguments], cwd=folder, check=False, stdin=subprocess.DEVNULL, stdout=out)
    print(flush=True)
    if answer.returncode != exits:
        sys.exit(answer.returncode or 1)


def write_export(folder: Path) -> None:
    """Write what Telegram Desktop writes: photos, and a result.json that says who posted what."""
    (folder / "photos").mkdir(parents=True)
    altered = dict(zip((17, 42, 71, 103), ALTERATIONS.values(), strict=True))
    begun = datetime(2026, 11, 1, 9, tzinfo=UTC)
    messages = []
    for number in range(1, POSTS + 1):
        photo = f"photos/photo_{number}@{begun + timedelta(hours=number):%d-%m-%Y_%H-%M-%S}.jpg"
        picture = altered[number](hills(REPORTED)) if number in altered else hills(1000 + number)
        picture.save(folder / photo, quality=75)
        at = begun + timedelta(hours=number)
        messages.append(
            {
                "id": number,
                "type": "message",
                "date": at.strftime("%Y-%m-%dT%H:%M:%S"),
                "date_unixtime": str(int(at.timestamp())),
                "from": f"Member {number % 7}",
                "from_id": f"user{7000 + number % 7}",
                "photo": photo,
                "width": picture.width,
                "height": picture.height,
                "text": "",
                "text_entities": [],
            }
        )
    chat = {"name": "Hills and trees", "type": "private_supergroup", "id": 1234567890, "messages": messages}
    (folder / "result.json").write_text(json.dumps(chat, indent=1))


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


if __name__ == "__main__":
    main()
