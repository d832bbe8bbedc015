"""How fast videos are hashed in the jail, how soon a worker stands ready, and how much of an altered copy is found.

Run: python benchmarks/bench_video.py
"""

from __future__ import annotations

import io
import statistics
import time
from typing import TYPE_CHECKING, Any

import av
import numpy as np
import skimage.data
from PIL import Image

from haalweg.adapters.media import Limits, MediaPool
from haalweg.adapters.media.jailed_process import PICTURES, VIDEOS, JailedProcess
from haalweg.matching.video import VideoIndex
from haalweg.signals.video import packed

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from haalweg.signals import VideoSignatures

SECONDS, RATE = 8, 25


def frames() -> Iterator[Image.Image]:
    """720p: a walk over four photos, grain over it, as cameras give it."""
    random = np.random.default_rng(0)
    for name in ("astronaut", "coffee", "chelsea", "rocket"):
        photo = Image.fromarray(getattr(skimage.data, name)()).resize((1600, 900))
        for step in range(SECONDS * RATE // 4):
            left, top = step * 3, step * 2 % 180
            part = np.asarray(photo.crop((left % 320, top, left % 320 + 1280, top + 720))).astype(np.int16)
            yield Image.fromarray(np.clip(part + random.integers(-5, 6, (720, 1280, 1)), 0, 255).astype(np.uint8))


def same(picture: Image.Image) -> Image.Image:
    return picture


def encoded(
    form: str, codec: str, options: dict[str, str], alter: Callable[[Image.Image], Image.Image] = same
) -> bytes:
    """All frames, each altered, as a file."""
    out = io.BytesIO()
    with av.open(out, "w", format=form) as container:
        stream: Any = None
        for picture in map(alter, frames()):
            if stream is None:
                stream = container.add_stream(codec, rate=RATE, options=options)
                stream.width, stream.height, stream.pix_fmt = picture.width, picture.height, "yuv420p"
            container.mux(stream.encode(av.VideoFrame.from_ndarray(np.asarray(picture), format="rgb24")))
        container.mux(stream.encode())
    return out.getvalue()


def start_s(module: str) -> float:
    """Seconds until a worker is locked in, the median of nine."""
    times = []
    for _ in range(9):
        begun = time.perf_counter()
        worker = JailedProcess(Limits(), module=module)
        times.append(time.perf_counter() - begun)
        worker.end()
    return statistics.median(times)


def hashed(pool: MediaPool, data: bytes) -> tuple[VideoSignatures, float]:
    """What a video gives, and seconds of video hashed in a second, the median of five."""
    times = []
    for _ in range(6):
        begun = time.perf_counter()
        video = pool.video_of(data)
        times.append(time.perf_counter() - begun)
    return video, SECONDS / statistics.median(times[1:])


def main() -> None:
    """Print three tables."""
    print("| worker | ready after |\n|---|---|")
    for name, module in (("pictures", PICTURES), ("videos", VIDEOS)):
        print(f"| {name} | {start_s(module):.2f} s |")
    quick = {"deadline": "realtime", "cpu-used": "8"}
    with MediaPool() as pool:
        print("\n| 720p, 25 frames a second | video hashed in a second |\n|---|---|")
        original = encoded("mp4", "libx264", {"preset": "fast"})
        video, speed = hashed(pool, original)
        print(f"| H.264, one worker | {speed:.0f} s |")
        for name, codec, options in (
            ("VP9", "libvpx-vp9", quick),
            ("HEVC", "libx265", {"preset": "ultrafast", "x265-params": "log-level=none"}),
        ):
            print(f"| {name}, one worker | {hashed(pool, encoded('matroska', codec, options))[1]:.0f} s |")
        index = VideoIndex([(1, packed(video.vpdq))])
        print("\n| altered copy, H.264 | frames found | closest |\n|---|---|---|")
        for name, alter, crf in (
            ("compressed hard", same, "38"),
            ("640 x 360, compressed", lambda one: one.resize((640, 360)), "32"),
            ("320 x 180, compressed hard", lambda one: one.resize((320, 180)), "36"),
            ("left and right changed places", lambda one: one.transpose(Image.Transpose.FLIP_LEFT_RIGHT), "28"),
            ("a quarter turned", lambda one: one.transpose(Image.Transpose.ROTATE_90), "28"),
            ("letterboxed in a telephone's screen", letterboxed, "28"),
            ("6 % cut off every side", lambda one: one.crop((77, 43, 1203, 677)).resize((1280, 720)), "28"),
        ):
            copy = pool.video_of(encoded("mp4", "libx264", {"preset": "fast", "crf": crf}, alter))
            found = index.search(copy)
            share = f"{found[0].query_percent:.0f} % | {found[0].distance_bits} bits" if found else "0 % | -"
            print(f"| {name} | {share} |")


def letterboxed(picture: Image.Image) -> Image.Image:
    """A video as it plays on an upright telephone."""
    screen = Image.new("RGB", (720, 1280))
    screen.paste(picture.resize((720, 406)), (0, 437))
    return screen


if __name__ == "__main__":
    main()
