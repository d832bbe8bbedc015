"""What the trace of a photo takes in the browser's module, with and without SIMD, beside ours in the same run.

Run: make browser-tests, then python benchmarks/bench_tracer.py
Processor time; under node the pixels' way into the module's memory included.
"""

from __future__ import annotations

import json
import os
import statistics
import struct
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import skimage.data
from PIL import Image

from haalweg.signals.trace import trace_pixels

if TYPE_CHECKING:
    from numpy.typing import NDArray

SCRIPT = Path(__file__).resolve().parents[1] / "web-hasher/build/tests/trace_stdin.js"
OPTIONS = json.dumps({"leaveOut": []}).encode()
SIDES = ((512, 384), (4032, 3024))
ROUNDS = 15


def main() -> None:
    if not SCRIPT.exists():
        sys.exit("The tests of web-hasher are not compiled: run `make browser-tests` first.")
    print("| a photo, RGBA in the browser | ours, ms | with SIMD, ms | least | without SIMD, ms | least |")
    print("|---|---|---|---|---|---|")
    with subprocess.Popen(["node", SCRIPT], stdin=subprocess.PIPE, stdout=subprocess.PIPE) as node:
        for name in ("astronaut", "coffee"):
            for width, height in SIDES:
                rgb = Image.fromarray(getattr(skimage.data, name)())
                pixels = np.asarray(rgb.resize((width, height), Image.Resampling.BICUBIC))
                print(row(f"{name}, {width} x {height}", node, pixels))
    print(
        f"\nProcesses that were ready to run, over the last minute: {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores."
    )


def row(name: str, node: subprocess.Popen[bytes], rgb: NDArray[np.uint8]) -> str:
    rgba = np.concatenate([rgb, np.full((*rgb.shape[:2], 1), 255, np.uint8)], axis=2)
    ours, modules = [], []
    for _ in range(ROUNDS + 1):
        begun = time.thread_time()
        trace = trace_pixels(rgb)
        ours.append((time.thread_time() - begun) * 1000)
        answers = in_modules(node, rgba)
        if any(answer["trace"] != bytes(trace).hex() for answer in answers):
            sys.exit(f"{name}: another trace than ours.")
        modules.append([answer["ms"] for answer in answers])
    simd, scalar = zip(*modules[1:], strict=True)
    figures = [statistics.median(ours[1:]), statistics.median(simd), min(simd), statistics.median(scalar), min(scalar)]
    return f"| {name} | " + " | ".join(f"{ms:.0f}" for ms in figures) + " |"


def in_modules(node: subprocess.Popen[bytes], rgba: NDArray[np.uint8]) -> list[dict[str, Any]]:
    if node.stdin is None or node.stdout is None:
        raise AssertionError
    height, width, channels = rgba.shape
    node.stdin.write(struct.pack("<4I", width, height, channels, len(OPTIONS)) + OPTIONS + rgba.tobytes())
    node.stdin.flush()
    answers: list[dict[str, Any]] = json.loads(node.stdout.readline())
    return answers


if __name__ == "__main__":
    main()
