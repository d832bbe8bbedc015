"""What traces in a bank cost a scan: processor time a picture with none, one, a hundred and a thousand.

Run: python benchmarks/bench_leads.py [TRACES...]

Pictures and photos are drawn, each another one, so that none leads to another. Processor time, since other programs
take their share of the clock.
"""

from __future__ import annotations

import resource
import subprocess
import sys
import tempfile
from datetime import UTC, datetime
from itertools import count
from pathlib import Path

import numpy as np
from PIL import Image, ImageDraw, ImageFilter

from haalweg.adapters.bank_file import BankFile
from haalweg.banks import NewEntries
from haalweg.signals import SignalType, TooLittleDetail, trace_pixels

HAALWEG = Path(sys.executable).with_name("haalweg")
PICTURES, SIZE = 200, (1280, 960)
NOW = datetime.now(UTC)


def main(steps: list[int]) -> None:
    """Print a line for each number of traces."""
    with tempfile.TemporaryDirectory(prefix="haalweg-") as folder:
        here, traces = Path(folder), drawn_traces(max(steps))
        (here / "pictures").mkdir()
        for number in range(PICTURES):
            drawn(number).resize(SIZE).save(here / f"pictures/{number}.jpg", quality=85)
        for step in steps:
            print(f"{step:>6,} traces: {1000 * scan(here, traces[:step]):.0f} ms of a processor a picture")


def drawn(seed: int) -> Image.Image:
    """Things of many colours before each other, with grain."""
    dice = np.random.default_rng(seed)
    image = Image.new("RGB", (480, 360), tuple(dice.integers(60, 200, 3).tolist()))
    draw = ImageDraw.Draw(image)
    for _ in range(140):
        at, size = dice.uniform((0, 0), (480, 360)), dice.uniform(4, 60)
        corners = [tuple(corner) for corner in (at + size * dice.uniform(-1, 1, (5, 2))).tolist()]
        draw.polygon(corners, fill=tuple(dice.integers(0, 256, 3).tolist()))
    soft = np.asarray(image.filter(ImageFilter.GaussianBlur(0.7))).astype(np.int16)
    return Image.fromarray(np.clip(soft + dice.normal(0, 4, soft.shape), 0, 255).astype(np.uint8))


def drawn_traces(most: int) -> list[bytes]:
    """Of photos that are none of the pictures."""
    traces: list[bytes] = []
    for seed in count(PICTURES):
        if len(traces) == most:
            break
        try:
            traces.append(bytes(trace_pixels(np.asarray(drawn(seed)), leave_faces_out=False)))
        except TooLittleDetail:
            continue
    return traces


def scan(folder: Path, traces: list[bytes]) -> float:
    """Seconds of processor time a picture, workers included, of a bank with a thousand hashes and these traces."""
    bank = folder / f"{len(traces)}.bank"
    with BankFile.new(bank, None, now=NOW) as store:
        made = store.make_bank("MEASURED", now=NOW)
        hashes = np.random.default_rng(1).integers(0, 256, (1000, 32), dtype=np.uint8)
        store.add(NewEntries(made.id, SignalType.PDQ, hashes), now=NOW)
        store.add(NewEntries(made.id, SignalType.TRACE, traces), now=NOW)
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    command = [str(HAALWEG), "scan", "pictures", "--bank", bank.name, "--yes", "--json"]
    done = subprocess.run(command, cwd=folder, stdout=subprocess.PIPE, check=False)
    if done.returncode or done.stdout:
        raise SystemExit("something was found among drawn pictures")
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return (after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime) / PICTURES


if __name__ == "__main__":
    main([int(step) for step in sys.argv[1:]] or [0, 1, 100, 1000])
