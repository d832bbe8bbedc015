"""The browser's tracer and ours: from the same pixels the same trace, boxes left out and photo in a frame."""

from __future__ import annotations

import json
import shutil
import struct
import subprocess
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import pytest
import skimage.data
from PIL import Image

from haalweg.signals.inner import Box
from haalweg.signals.trace import TooLittleDetail, TraceKind, trace_pixels
from tests import pictures

ROOT = Path(__file__).resolve().parents[2]
SCRIPT = ROOT / "web-hasher/build/tests/trace_stdin.js"


@dataclass(frozen=True)
class Asked:
    pixels: pictures.Rgb
    kind: TraceKind = TraceKind.SOURCE
    leave_faces_out: bool = True
    leave_out: list[tuple[int, int, int, int]] = field(default_factory=list)

    def as_bytes(self):
        height, width, channels = self.pixels.shape
        options = {
            "kind": self.kind.name.lower(),
            "leaveFacesOut": self.leave_faces_out,
            "leaveOut": self.leave_out,
        }
        said = json.dumps(options).encode()
        return struct.pack("<4I", width, height, channels, len(said)) + said + self.pixels.tobytes()


def in_python(asked):
    try:
        trace = trace_pixels(
            asked.pixels,
            kind=asked.kind,
            leave_faces_out=asked.leave_faces_out,
            leave_out=[Box(*box) for box in asked.leave_out],
        )
    except TooLittleDetail as error:
        return {"tooLittle": str(error)}
    return {
        "trace": bytes(trace).hex(),
        "leftOut": [corners(box) for box in trace.left_out],
        "framed": None if trace.framed is None else corners(trace.framed),
    }


def corners(box):
    return [box.left, box.top, box.right, box.bottom]


def in_both_modules(asked):
    if shutil.which("node") is None or not SCRIPT.exists():
        pytest.skip("needs node and the compiled tests of web-hasher: `make browser-tests`")
    data = b"".join(one.as_bytes() for one in asked)
    lines = subprocess.run(["node", SCRIPT], input=data, capture_output=True, check=True).stdout.splitlines()
    assert len(lines) == len(asked)
    return [[{k: v for k, v in answer.items() if k != "ms"} for answer in json.loads(line)] for line in lines]


def resized(rgb, width, height):
    return np.asarray(Image.fromarray(rgb).resize((width, height), Image.Resampling.LANCZOS))


def framed(rgb):
    """As a screenshot shows it: bars above and below, a button, a line that looks like text."""
    height, width = rgb.shape[:2]
    screen = np.full((height + 500, width + 40, 3), 18, np.uint8)
    screen[250 : 250 + height, 20 : 20 + width] = rgb
    screen[60:110, 40:200] = (70, 140, 230)
    for x in range(40, width - 60, 14):
        screen[height + 330 : height + 345, x : x + 9] = 235
    return screen


def with_alpha(rgb):
    alpha = np.random.default_rng(1).integers(0, 256, (*rgb.shape[:2], 1), dtype=np.uint8)
    return np.concatenate([rgb, alpha], axis=2)


def grey(name):
    values = np.ascontiguousarray(getattr(skimage.data, name)())
    return values.reshape(*values.shape, 1)


ASTRONAUT, COFFEE, CHELSEA, ROCKET = (pictures.photo(name) for name in pictures.NAMES)
PICTURES = {
    "a face": Asked(ASTRONAUT),
    "a face that is kept": Asked(ASTRONAUT, leave_faces_out=False),
    "a face from the side, grey": Asked(grey("camera")),
    "a fake": Asked(ASTRONAUT, kind=TraceKind.FAKE),
    "boxes left out": Asked(COFFEE, leave_out=[(100, 50, 300, 250), (-20, 300, 90, 9000)]),
    "all of it left out": Asked(COFFEE, leave_out=[(0, 0, 600, 400)]),
    "a face and a box": Asked(ASTRONAUT, leave_out=[(0, 0, 150, 512)]),
    "a photo": Asked(CHELSEA),
    "a dark photo": Asked(ROCKET),
    "sides that are odd": Asked(np.ascontiguousarray(COFFEE[3:380, 5:592])),
    "a longer side of 512": Asked(resized(COFFEE, 512, 341)),
    "a shorter side of 511": Asked(resized(CHELSEA, 511, 513)),
    "enlarged from 120 x 90": Asked(resized(CHELSEA, 120, 90)),
    "enlarged much": Asked(resized(ASTRONAUT, 40, 30)),
    "tiny": Asked(resized(ASTRONAUT, 5, 5)),
    "a strip": Asked(np.ascontiguousarray(COFFEE[190:213])),
    "a high strip": Asked(np.ascontiguousarray(ASTRONAUT[:, 200:231])),
    "3000 x 2000": Asked(pictures.enlarged(COFFEE, 2000, 3000)),
    "a screenshot": Asked(framed(COFFEE)),
    "a screenshot with a face": Asked(framed(resized(ASTRONAUT, 700, 700)), leave_out=[(20, 250, 120, 400)]),
    "grey": Asked(grey("coins")),
    "grey texture": Asked(grey("brick")),
    "with alpha": Asked(with_alpha(CHELSEA)),
    "noise": Asked(pictures.noise(333, 777)),
    "bars": Asked(pictures.bars(600, 800, 13)),
    "a board": Asked(pictures.board(512, 640, 32)),
    "a gradient": Asked(pictures.gradient(300, 500)),
    "flat": Asked(pictures.flat(400, 400)),
    "a page of letters": Asked(grey("page")),
}


def test_browser_and_server_give_the_same_trace():
    for name, asked, answers in zip(PICTURES, PICTURES.values(), in_both_modules(list(PICTURES.values())), strict=True):
        assert answers == [in_python(asked)] * 2, name


def test_the_pictures_hold_what_they_are_there_for():
    answers = {name: in_python(asked) for name, asked in PICTURES.items()}
    assert answers["a face"]["leftOut"]
    assert not answers["a face that is kept"]["leftOut"]
    assert answers["a face"]["trace"] != answers["a face that is kept"]["trace"]
    assert answers["a screenshot"]["framed"]
    assert len(answers["a face and a box"]["leftOut"]) >= 2
    assert "tooLittle" in answers["all of it left out"]
    assert "tooLittle" in answers["flat"]
    assert sum("trace" in answer for answer in answers.values()) >= 12


def test_every_eighth_shared_photo(shared_photos):
    asked = [Asked(np.asarray(Image.open(path).convert("RGB"))) for path in shared_photos[::8]]
    for path, one, answers in zip(shared_photos[::8], asked, in_both_modules(asked), strict=True):
        assert answers == [in_python(one)] * 2, path.name
