"""Videos as files, made on the spot of scikit-image's photos."""

from __future__ import annotations

import io
import os
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import av
import numpy as np
from PIL import Image

from haalweg.signals import hash_pixels
from tests.pictures import NAMES, Rgb, photo

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from haalweg.signals import Hashed

# What of the formats and decoders we read can also be written here.
KINDS = (
    ("mp4", "libx264"),
    ("mp4", "libx265"),
    ("mov", "libx264"),
    ("matroska", "libx264"),
    ("webm", "libvpx"),
    ("webm", "libvpx-vp9"),
    ("webm", "libsvtav1"),
    ("avi", "mpeg4"),
    ("avi", "mjpeg"),
    ("mpegts", "mpeg2video"),
    ("mpegts", "libx264"),
    ("flv", "flv"),
    ("asf", "wmv2"),
    ("3gp", "h263"),
)
_QUIET = {
    "libx265": {"x265-params": "log-level=none", "preset": "ultrafast"},
    "libsvtav1": {"preset": "12", "svtav1-params": "lp=1"},
    "libvpx": {"deadline": "realtime", "cpu-used": "8"},
    "libvpx-vp9": {"deadline": "realtime", "cpu-used": "8"},
}


def made(
    form: str = "mp4",
    codec: str = "libx264",
    *,
    seconds: int = 4,
    rate: int = 8,
    size: tuple[int, int] = (352, 288),
    streams: int = 1,
    sound: bool = False,
    turned_degrees: int = 0,
) -> bytes:
    """A walk over photos, another each second."""
    out = io.BytesIO()
    with _priority_kept(), av.open(out, "w", format=form) as container:
        videos: list[Any] = [
            container.add_stream(codec, rate=rate, options=_QUIET.get(codec, {})) for _ in range(streams)
        ]
        for video in videos:
            video.width, video.height = size
            video.pix_fmt = "yuvj420p" if codec == "mjpeg" else "yuv420p"
            if turned_degrees:
                video.set_display_rotation(turned_degrees)
        if sound:
            _mux_silence(container)
        for video in videos:
            for picture in pictures(seconds, rate, size):
                container.mux(video.encode(av.VideoFrame.from_ndarray(picture, format="rgb24")))
            container.mux(video.encode())
    return out.getvalue()


@contextmanager
def _priority_kept() -> Iterator[None]:
    """SVT-AV1 makes its caller a real-time thread where it may: it, and all it starts, would keep others waiting."""
    before = os.sched_getscheduler(0), os.sched_getparam(0)
    try:
        yield
    finally:
        os.sched_setscheduler(0, *before)


def only_sound() -> bytes:
    out = io.BytesIO()
    with av.open(out, "w", format="mp4") as container:
        _mux_silence(container)
    return out.getvalue()


def pictures(seconds: int, rate: int, size: tuple[int, int]) -> Iterator[Rgb]:
    width, height = size
    for second in range(seconds):
        big = Image.fromarray(photo(NAMES[second % len(NAMES)])).resize((width + 2 * rate, height + 2 * rate))
        for step in range(rate):
            yield np.ascontiguousarray(np.asarray(big)[step * 2 :, step * 2 :][:height, :width])


def slowly_hashed(data: bytes) -> list[tuple[float, Hashed]]:
    """Decode every frame, and hash the first and then the first of each second: what the worker has to give."""
    found: list[tuple[float, Hashed]] = []
    with av.open(io.BytesIO(data), "r") as container:
        stream = container.streams.video[0]
        first, due_s = None, 0
        for frame in container.decode(stream):
            assert frame.pts is not None
            assert stream.time_base is not None
            first = frame.pts if first is None else first
            seconds = float((frame.pts - first) * stream.time_base)
            if seconds >= due_s:
                found.append((seconds, hash_pixels(pixels_of(frame))))
                due_s = int(seconds) + 1
    return found


def first_frame(data: bytes) -> Rgb:
    with av.open(io.BytesIO(data), "r") as container:
        return pixels_of(next(container.decode(video=0)))


def pixels_of(frame: av.VideoFrame) -> Rgb:
    return frame.to_ndarray(format="rgb24").astype(np.uint8, copy=False)


def with_index_first(data: bytes, path: Path) -> bytes:
    """The same frames in an MP4 whose index comes before them. FFmpeg needs a file of its own for that."""
    with av.open(io.BytesIO(data), "r") as whole, av.open(path, "w", options={"movflags": "faststart"}) as out:
        stream = out.add_stream_from_template(whole.streams.video[0])
        for packet in whole.demux(video=0):
            if packet.dts is not None:
                packet.stream = stream
                out.mux(packet)
    return path.read_bytes()


def _mux_silence(container: av.container.OutputContainer) -> None:
    sound = container.add_stream("aac", rate=44_100, layout="mono")
    for number in range(20):
        frame = av.AudioFrame.from_ndarray(np.zeros((1, 1024), np.float32), format="fltp", layout="mono")
        frame.sample_rate, frame.pts = 44_100, number * 1024
        container.mux(sound.encode(frame))
    container.mux(sound.encode())
