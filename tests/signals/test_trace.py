from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import astuple
from typing import TYPE_CHECKING

import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFont

from haalweg.signals import (
    Box,
    LeaveOutError,
    SignatureError,
    TooLittleDetail,
    Trace,
    TraceKind,
    hash_pixels,
    inner_pictures,
    trace_pixels,
)
from tests import pictures
from tests.reference import trace as reference

if TYPE_CHECKING:
    from tests.pictures import Rgb

POINT = np.dtype([("place", "u1", 3), ("code", "<u8", 2)])


def points(trace: Trace) -> tuple[np.ndarray, np.ndarray, np.ndarray, list[int]]:
    """x, y in pixels of the trace, level, code."""
    rows = np.frombuffer(bytes(trace), POINT, offset=48)
    place = rows["place"].astype(np.uint32) @ np.array([1, 1 << 8, 1 << 16], np.uint32)
    codes = [int(low) | int(high) << 64 for low, high in rows["code"]]
    return (place & 1023) / 2, (place >> 10 & 1023) / 2, place >> 20, codes


def resized(rgb: Rgb, width: int, height: int) -> Rgb:
    return np.asarray(Image.fromarray(rgb).resize((width, height), Image.Resampling.LANCZOS))


@pytest.mark.parametrize("name", ["astronaut", "coffee", "rocket"])
@pytest.mark.parametrize("size", [(512, 512), (700, 523), (1000, 641)], ids=str)
def test_codes_are_what_the_slow_way_gives(name, size):
    rgb = resized(pictures.photo(name), *size)
    trace = trace_pixels(rgb)
    assert trace.framed is None
    levels = reference.pyramid(rgb, 512)
    x, y, level, codes = points(trace)
    some = range(0, trace.points, 7)
    assert [reference.code_at(levels, int(level[i]), x[i], y[i]) for i in some] == [codes[i] for i in some]


def test_its_bytes_say_what_it_was_made_of():
    rgb = pictures.photo("coffee")
    trace = trace_pixels(rgb)
    stored = bytes(trace)
    assert stored[:6] == b"HWTR\x01\x00"
    assert (trace.kind, trace.width, trace.height) == (TraceKind.SOURCE, 512, 341)
    assert trace.whole == hash_pixels(rgb)
    assert len(stored) == 48 + 19 * trace.points <= 7648
    assert Trace.from_bytes(stored) == trace
    assert trace_pixels(rgb, kind=TraceKind.FAKE).kind is TraceKind.FAKE


def test_its_places_are_those_in_its_bytes():
    trace = trace_pixels(pictures.photo("coffee"))
    x, y, _, _ = points(trace)
    assert trace.places.tolist() == np.stack([x, y], axis=1).tolist()
    assert trace.places.max() > 256


def test_a_trace_keeps_itself_out_of_logs():
    trace = trace_pixels(pictures.photo("coffee"))
    assert repr(trace) == f"Trace(<{trace.points} points of a source>)"


def test_grey_colour_and_alpha_of_the_same_picture_give_the_same_trace():
    grey = np.ascontiguousarray(pictures.photo("chelsea")[..., :1])
    colour = np.repeat(grey, 3, axis=2)
    alpha = np.concatenate([colour, pictures.noise(*grey.shape[:2])[..., :1]], axis=2)
    assert bytes(trace_pixels(grey)) == bytes(trace_pixels(colour)) == bytes(trace_pixels(alpha))


def test_every_instruction_set_gives_the_same_bytes():
    program = (
        "import hashlib; from haalweg.signals import trace_pixels; from tests import pictures\n"
        "names = [pictures.photo(n) for n in pictures.NAMES]\n"
        "names += [pictures.enlarged(names[0], 1501, 900), names[2][:90, :120]]\n"
        "print([hashlib.sha256(bytes(trace_pixels(rgb))).hexdigest() for rgb in names])"
    )
    said = [
        subprocess.run(
            [sys.executable, "-c", program],
            env={**os.environ, "HAALWEG_ISA": isa},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for isa in ("baseline", "")
    ]
    assert said[0] == said[1] != ""


@pytest.mark.parametrize(
    "rgb",
    [
        pictures.flat(400, 400),
        pictures.gradient(300, 300),
        pictures.noise(5, 5),
        pictures.noise(9, 4000),
        pictures.bars(300, 300, 40),
        np.zeros((512, 512, 3), np.uint8),
    ],
    ids=["flat", "gradient", "tiny", "ribbon", "bars", "black"],
)
def test_a_picture_that_holds_too_little_says_so(rgb):
    with pytest.raises(TooLittleDetail, match="fewer than 40 places with detail are left"):
        trace_pixels(rgb)


def test_a_repeated_pattern_is_too_little_to_hold_on_to():
    with pytest.raises(TooLittleDetail):
        trace_pixels(pictures.board(480, 480, 24))


def test_no_point_lies_in_a_face_that_was_found():
    rgb = pictures.photo("astronaut")
    trace = trace_pixels(rgb)
    face = next(box for box in trace.left_out if box.left < 225 < box.right and box.top < 110 < box.bottom)
    for box in trace.left_out:
        assert inside(trace, box) == 0
    assert inside(trace_pixels(rgb, leave_faces_out=False), face) > 10


def test_no_point_lies_in_what_is_to_be_left_out():
    rgb = resized(pictures.photo("coffee"), 1200, 800)
    box = Box(300, 200, 900, 600)
    trace = trace_pixels(rgb, leave_out=[box])
    assert box in trace.left_out
    scale = 512 / 1200
    there = Box(*(round(v * scale) for v in (box.left, box.top, box.right, box.bottom)))
    assert inside(trace, there, margin=1) == 0
    assert inside(trace_pixels(rgb), there) > 50


@pytest.mark.parametrize("box", [Box(300, 100, 100, 200), Box(100, 200, 300, 100), Box(5, 5, 5, 9)], ids=str)
def test_a_box_that_would_leave_out_nothing_is_refused(box):
    with pytest.raises(LeaveOutError, match="has no inside"):
        trace_pixels(pictures.photo("coffee"), leave_out=[box])


def inside(trace: Trace, box: Box, margin: float = 0.0) -> int:
    x, y, _, _ = points(trace)
    across = (x > box.left + margin) & (x < box.right - margin)
    return int(np.sum(across & (y > box.top + margin) & (y < box.bottom - margin)))


def test_of_a_screenshot_only_the_photo_in_it_is_traced():
    photo = pictures.photo("coffee")
    page = np.full((1100, 700, 3), 250, np.uint8)
    page[260:660, 50:650] = photo
    trace = trace_pixels(page)
    assert trace.framed is not None
    assert max(abs(trace.framed.left - 50), abs(trace.framed.top - 260)) <= 4
    assert trace.whole.hash.distance(hash_pixels(photo).hash) <= 12


def test_of_a_frame_in_a_frame_only_the_photo_is_traced():
    page = np.full((700, 760, 3), 250, np.uint8)
    page[150:550, 80:680] = pictures.photo("coffee")
    letterbox = np.zeros((700, 1300, 3), np.uint8)
    letterbox[:, 270:1030] = page
    framed = trace_pixels(letterbox).framed
    assert framed is not None
    wanted = (350, 150, 950, 550)
    assert max(abs(a - b) for a, b in zip(astuple(framed), wanted, strict=True)) <= 4


def test_a_part_of_a_photo_that_happens_to_look_framed_does_not_cost_it_the_rest():
    rocket = pictures.photo("rocket").copy()
    height, width = rocket.shape[:2]
    rocket[height // 4 :, width // 4 :][: height // 2, : width // 2] = resized(
        pictures.photo("coffee"), width // 2, height // 2
    )
    box = inner_pictures(rocket)[0]
    trace = trace_pixels(rocket)
    beyond = points(trace)[0] * width / trace.width > box.right + 20
    assert box.right < 0.8 * width
    assert trace.framed is None
    assert np.sum(beyond) > 20


def test_letters_on_a_photo_are_left_out():
    photo = Image.fromarray(pictures.photo("rocket"))
    draw = ImageDraw.Draw(photo)
    band = (0, 330, photo.width, 400)
    draw.rectangle(band, fill=(255, 255, 255))
    draw.text((20, 335), "look who this is, pass it on", fill=(20, 20, 20), font=ImageFont.load_default(44))
    scale = 512 / photo.width
    trace = trace_pixels(np.asarray(photo))
    there = Box(0, round(332 * scale), 512, round(398 * scale))
    assert inside(trace, there) <= 4


@pytest.mark.parametrize(
    "spoil",
    [
        lambda b: b[:0],
        lambda b: b[:47],
        lambda b: b[:-1],
        lambda b: b + b"\0",
        lambda b: b"HWTX" + b[4:],
        lambda b: b[:4] + b"\x02" + b[5:],
        lambda b: b[:5] + b"\x02" + b[6:],
        lambda b: b[:6] + b"\x65" + b[7:],
        lambda b: b[:7] + b"\x01" + b[8:],
        lambda b: b[:8] + b"\0\0" + b[10:],
        lambda b: b[:12] + (401).to_bytes(2, "little") + b[14:],
        lambda b: b[:12] + (39).to_bytes(2, "little") + b[14 : 48 + 39 * 19],
        lambda b: b[:50] + bytes([b[50] | 0x80]) + b[51:],
        lambda b: b[:48] + b"\xff\xff\x0f" + b[51:],
    ],
    ids=[
        "empty", "head", "cut", "more", "magic", "version", "kind", "quality", "reserved", "no width", "many", "few",
        "unused bit", "outside",
    ],
)  # fmt: skip
def test_bytes_that_are_no_trace_are_refused(spoil):
    stored = spoil(bytes(trace_pixels(pictures.photo("coffee"))))
    with pytest.raises(SignatureError, match=f"^{len(stored)} bytes that are no trace of this version"):
        Trace.from_bytes(stored)
