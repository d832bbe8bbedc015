"""The browser's frames of a video and ours: the same seconds, and hashes that differ as little as the decoders do."""

from __future__ import annotations

import json
import shutil
import subprocess
from fractions import Fraction
from pathlib import Path

import av
import numpy as np
import pytest

from haalweg.adapters.media import MediaPool
from tests.adapters.media.videos_in_files import only_sound

ROOT = Path(__file__).resolve().parents[2]
SCRIPT = ROOT / "web-hasher/build/tests/hash_video_in_page.js"
MOST_BITS_OFF = 8


def drawn(path, codec="libx264", *, rate=25, seconds=3.4, turned_degrees=0, blank=(), size=(352, 288)):
    """A clip of moving blocks, of which the seconds named blank are grey."""
    random = np.random.default_rng(5)
    blocks = [(*random.integers(0, 300, 2), *random.integers(20, 90, 2), random.integers(0, 256, 3)) for _ in range(40)]
    with av.open(path, "w") as container:
        stream = container.add_stream(codec, rate=rate)
        stream.width, stream.height = size
        stream.pix_fmt = "yuv420p"
        if turned_degrees:
            stream.set_display_rotation(turned_degrees)
        for number in range(round(seconds * rate)):
            rgb = np.full((size[1], size[0], 3), 110, np.uint8)
            second = number // rate
            for x, y, width, height, colour in () if second in blank else blocks:
                left = (x + 37 * second) % (size[0] - 20)
                rgb[y : y + height, left : left + width] = colour
            container.mux(stream.encode(av.VideoFrame.from_ndarray(rgb, format="rgb24")))
        container.mux(stream.encode())
    return path


def drawn_at(path, codec, times_s):
    """A clip of frames that begin at those times, other blocks in each."""
    random = np.random.default_rng(7)
    with av.open(path, "w") as container:
        stream = container.add_stream(codec, rate=25)
        stream.width, stream.height, stream.pix_fmt = 320, 240, "yuv420p"
        stream.codec_context.time_base = Fraction(1, 1000)
        stream.options = {"deadline": "realtime", "cpu-used": "8", "bf": "0"}  # else durations are wrong
        for time_s in times_s:
            rgb = np.full((240, 320, 3), 110, np.uint8)
            for _ in range(40):
                (x, y), (width, height) = random.integers(0, 300, 2), random.integers(20, 90, 2)
                rgb[y : y + height, x : x + width] = random.integers(0, 256, 3)
            frame = av.VideoFrame.from_ndarray(rgb, format="rgb24")
            frame.pts, frame.time_base = round(1000 * time_s), Fraction(1, 1000)
            container.mux(stream.encode(frame))
        container.mux(stream.encode())
    return path


def in_page(*paths):
    if shutil.which("chromium") is None or shutil.which("node") is None or not SCRIPT.exists():
        pytest.skip("needs Chromium, node and the compiled tests of web-hasher: `make browser-tests`")
    lines = subprocess.run(["node", SCRIPT, *paths], capture_output=True, check=True).stdout.splitlines()
    assert len(lines) == len(paths)
    return [json.loads(line) for line in lines]


def on_server(path):
    with MediaPool() as pool:
        video = pool.video_of(path.read_bytes())
    return [
        (frame.timestamp_s, frame.parts[0].hashed.hash.hex, frame.parts[0].hashed.quality) for frame in video.frames
    ]


def bits_between(one, other):
    return (int(one, 16) ^ int(other, 16)).bit_count()


@pytest.mark.parametrize(
    ("name", "codec", "rate"),
    [("a.mp4", "libx264", 25), ("b.webm", "libvpx-vp9", 30), ("c.webm", "libvpx", 12), ("d.mp4", "libx264", 24)],
)
def test_frames_agree_with_the_servers(tmp_path, name, codec, rate):
    path = drawn(tmp_path / name, codec, rate=rate)
    (outcome,) = in_page(path)
    assert "video" in outcome, outcome
    video, expected = outcome["video"], on_server(path)
    assert [round(frame["at_s"], 2) for frame in video["frames"]] == [round(at, 2) for at, _, _ in expected]
    assert len(expected) == 4
    for frame, (_, value, quality) in zip(video["frames"], expected, strict=True):
        assert bits_between(frame["pdq"], value) <= MOST_BITS_OFF
        assert abs(frame["quality"] - quality) <= 2
    assert (video["width"], video["height"], video["cut_short"], video["blank"]) == (352, 288, False, 0)
    assert video["duration_s"] == pytest.approx(3.4, abs=0.1)


# Beside each what the server takes: the first frame, then the first of every second that has one.
FRAME_TIMES_S = {
    "one a second": ((0, 1, 2, 3), [0, 1, 2, 3]),
    "one in five seconds": ((0, 5, 10), [0, 5, 10]),
    "now and then": ((0, 0.9, 1.5, 2.5, 5.5), [0, 1.5, 2.5, 5.5]),
    "just before a second and just after": ((0, 0.999, 1.004, 1.996, 2.0, 2.004), [0, 1.004, 2]),
    "a long pause": ((*(n / 25 for n in range(30)), 32.3, 32.34, 32.38, 33.02), [0, 1, 32.3, 33.02]),
    "a burst after a pause": ((0, *(4.25 + n / 100 for n in range(40))), [0, 4.25]),
    "a slower rate on the way": ((*(n / 30 for n in range(45)), *(1.5 + n * 0.7 for n in range(4))), [0, 1, 2.2, 3.6]),
    "one frame": ((0,), [0]),
    "two frames within a second": ((0, 0.6), [0]),
}


@pytest.mark.parametrize(("codec", "ending"), [("libx264", "mp4"), ("libvpx", "webm")])
def test_whatever_the_frame_rate_the_frames_are_those_the_server_takes(tmp_path, codec, ending):
    paths = [drawn_at(tmp_path / f"{n}.{ending}", codec, t) for n, (t, _) in enumerate(FRAME_TIMES_S.values())]
    for (name, (_, taken)), path, outcome in zip(FRAME_TIMES_S.items(), paths, in_page(*paths), strict=True):
        expected = on_server(path)
        assert [at for at, _, _ in expected] == pytest.approx(taken, abs=0.001), name
        assert "video" in outcome, (name, outcome)
        assert [frame["at_s"] for frame in outcome["video"]["frames"]] == pytest.approx(
            [at for at, _, _ in expected], abs=0.001
        ), name
        assert not outcome["video"]["cut_short"], name
        assert outcome["took_ms"] < 30_000, name  # two seconds for every empty one, as it once was, would be a minute
        for frame, (_, value, quality) in zip(outcome["video"]["frames"], expected, strict=True):
            assert bits_between(frame["pdq"], value) <= MOST_BITS_OFF, name
            assert abs(frame["quality"] - quality) <= 2, name


def test_a_turned_video_is_hashed_as_it_is_shown(tmp_path):
    path = drawn(tmp_path / "turned.mp4", turned_degrees=90)
    (outcome,) = in_page(path)
    video, expected = outcome["video"], on_server(path)
    assert (video["width"], video["height"]) == (288, 352)
    for frame, (_, value, _) in zip(video["frames"], expected, strict=True):
        assert bits_between(frame["pdq"], value) <= MOST_BITS_OFF


def test_frames_of_one_colour_are_left_out_and_a_file_without_any_other_is_refused(tmp_path):
    some, none = drawn(tmp_path / "some.mp4", blank=(1,)), drawn(tmp_path / "none.mp4", blank=range(9))
    first, second = in_page(some, none)
    assert [round(frame["at_s"]) for frame in first["video"]["frames"]] == [0, 2, 3]
    assert first["video"]["blank"] == 1
    assert second["trouble"] == "altered_pixels"


def test_sound_alone_and_a_cut_file_end_in_a_sentence(tmp_path):
    sound, cut = tmp_path / "sound.mp4", tmp_path / "cut.mp4"
    sound.write_bytes(only_sound())
    cut.write_bytes(drawn(tmp_path / "whole.mp4").read_bytes()[:2000])
    first, second = in_page(sound, cut)
    assert first["trouble"] in {"no_video_track", "not_a_video"}
    assert second["trouble"] == "not_a_video"
