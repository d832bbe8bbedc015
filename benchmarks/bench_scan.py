"""A scan of a large export against the core's own rate: how much is lost on the way from files to rows.

Run: python benchmarks/bench_scan.py [POSTS]

The export reuses some two hundred photos of a telephone's size as hard links. The core's rate is what the jailed
workers hash from memory, with one thread a processor, measured before and after; the scan's is the whole command's.
"""

from __future__ import annotations

import io
import json
import os
import random
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
from PIL import Image
from samples import picture
from timing import Row, table

from haalweg.adapters.media import MediaPool

HAALWEG = Path(sys.executable).with_name("haalweg")
PHOTOS, SIZE = 200, (1280, 960)
NAMES = ("astronaut", "coffee", "chelsea", "rocket")
KNOWN = 5  # photos of these that the bank knows


def rows(posts: int = 10_000) -> list[Row]:
    """Return (work, ours, peer, ratio, goal)."""
    return [measured(posts)[0]]


def measured(posts: int) -> tuple[Row, str]:
    """The row, and a line about memory and rows."""
    with tempfile.TemporaryDirectory(prefix="haalweg-") as folder:
        here = Path(folder)
        photos = [cut_out(number) for number in range(PHOTOS)]
        write_export(here / "export", photos, posts)
        make_bank(here, photos[:KNOWN])
        before = core_rate(photos)
        seconds, early_mib, late_mib, matched = scan(here)
        core, whole = (before + core_rate(photos)) / 2, posts / seconds
    expected = sum(number % PHOTOS < KNOWN for number in range(posts))
    row = (
        f"scan of {posts:,} posts, 1.2 MP, {cores()} processors",
        f"{whole:.0f} pictures/s",
        f"the core alone {core:.0f} pictures/s",
        f"{whole / core:.2f}x",
        "0.9x",
    )
    return row, (
        f"{seconds:.0f} s in all; {early_mib:.0f} MiB after a tenth of the time, {late_mib:.0f} MiB at the most; "
        f"{matched:,} posts match, of {expected:,} that show a known photo."
    )


def main(posts: int) -> None:
    """Print the row and the line."""
    row, line = measured(posts)
    print(table([row]), line, sep="\n\n")


def cut_out(number: int) -> bytes:
    """A JPEG of a telephone's size: a part of a photo, another for each number."""
    dice = random.Random(number)
    photo = picture(1600, 1200, NAMES[number % len(NAMES)])
    left, top = dice.randrange(320), dice.randrange(240)
    out = io.BytesIO()
    turned = photo.crop((left, top, left + SIZE[0], top + SIZE[1])).rotate(dice.uniform(-40, 40))
    shade = Image.fromarray(np.uint8(np.add.outer(np.linspace(0, dice.randrange(90), SIZE[1]), np.zeros(SIZE[0]))))
    Image.blend(turned, Image.merge("RGB", [shade] * 3), 0.2).save(out, "JPEG", quality=85)
    return out.getvalue()


def write_export(folder: Path, photos: list[bytes], posts: int) -> None:
    """A chat in which the photos come round again and again."""
    (folder / "photos").mkdir(parents=True)
    for number, photo in enumerate(photos):
        (folder / f"photos/{number}.jpg").write_bytes(photo)
    messages = []
    for number in range(posts):
        name = f"photos/photo_{number}.jpg"
        os.link(folder / f"photos/{number % PHOTOS}.jpg", folder / name)
        about = {"from": "Member", "from_id": f"user{number % 97}", "text": "", "text_entities": []}
        at = {"date": "2026-11-01T09:00:00", "date_unixtime": str(1_793_520_000 + number)}
        messages.append({"id": number, "type": "message", **at, **about, "photo": name, "width": 1280, "height": 960})
    chat = {"name": "Group", "type": "private_supergroup", "id": 1, "messages": messages}
    (folder / "result.json").write_text(json.dumps(chat, indent=1))


def make_bank(folder: Path, photos: list[bytes]) -> None:
    os.environ["HAALWEG_KEY_FILE"] = str(folder / "keys")
    for number, photo in enumerate(photos):
        (folder / f"known{number}.jpg").write_bytes(photo)
    known = [f"known{number}.jpg" for number in range(len(photos))]
    for command in (
        ["keys", "new", "--no-drill"],
        ["bank", "new", "case.bank"],
        ["bank", "add", "case.bank", *known, "--bank", "reported", "--adults"],
    ):
        subprocess.run([HAALWEG, *command], check=True, cwd=folder, stdin=subprocess.DEVNULL, capture_output=True)


def core_rate(photos: list[bytes], seconds: float = 10.0) -> float:
    """Pictures a second that the workers hash from memory."""
    with MediaPool(cores()) as pool, ThreadPoolExecutor(cores()) as threads:
        list(threads.map(pool.signatures_of, photos[: 4 * cores()]))
        begun, done = time.monotonic(), 0
        while time.monotonic() - begun < seconds:
            done += len(list(threads.map(pool.signatures_of, photos)))
        return done / (time.monotonic() - begun)


def scan(folder: Path) -> tuple[float, float, float, int]:
    """Seconds, MiB early, MiB at most, posts that match."""
    command = [str(HAALWEG), "scan", "export", "--bank", "case.bank", "--out", "found.jsonl", "--yes"]
    begun, sizes = time.monotonic(), []
    with subprocess.Popen(command, cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        while process.poll() is None:
            sizes.append(resident_mib(process.pid))
            time.sleep(0.25)
    seconds = time.monotonic() - begun
    matched = {json.loads(line)["item"] for line in (folder / "found.jsonl").read_text().splitlines()}
    return seconds, sizes[len(sizes) // 10], max(sizes), len(matched)


def resident_mib(process: int) -> float:
    try:
        pages = int(Path(f"/proc/{process}/statm").read_text().split()[1])
    except (OSError, IndexError):
        return 0.0
    return pages * os.sysconf("SC_PAGE_SIZE") / (1 << 20)


def cores() -> int:
    return len(os.sched_getaffinity(0))


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 10_000)
