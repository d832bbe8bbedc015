"""What can go wrong between a file and its signatures, each with its sentence."""

from __future__ import annotations

from enum import IntEnum
from typing import TYPE_CHECKING

from haalweg.errors import HaalwegError

if TYPE_CHECKING:
    from haalweg.adapters.media.limits import Limits


class Trouble(IntEnum):
    """Why a file gave no signature; the numbers up to 15 are what a worker may answer."""

    NOT_A_PICTURE = 1
    DAMAGED = 2
    TOO_MANY_PIXELS = 3
    TOO_SMALL = 4
    OUT_OF_MEMORY = 5
    TIFF_NOT_ASKED_FOR = 6
    NO_FRAMES = 7
    DAMAGED_VIDEO = 8
    TOO_MANY_PIXELS_A_FRAME = 9
    TOO_MANY_STREAMS = 10
    VIDEO_TOO_SLOW = 11
    NO_SUCH_FILE = 16
    NOT_A_FILE = 17
    UNREADABLE_FILE = 18
    EMPTY = 19
    TOO_MANY_BYTES = 20
    TOO_SLOW = 21
    WORKER_DIED = 22
    BROKE_THE_RULES = 23
    NOT_A_VIDEO = 24

    @property
    def is_a_workers(self) -> bool:
        """Whether a worker may answer it; the others are for its parent to say."""
        return self < Trouble.NO_SUCH_FILE


class DecodeError(Exception):
    """A file that gives no pixels, said inside a worker."""

    def __init__(self, trouble: Trouble, size: tuple[int, int] = (0, 0)) -> None:
        super().__init__(trouble.name)
        self.trouble = trouble
        self.size = size


class MediaError(HaalwegError, ValueError):
    """A file that gives no signature. The text names the file, what is wrong with it, and what to do."""

    def __init__(self, trouble: Trouble, place: str, sentence: str) -> None:
        super().__init__(f"{place}: {sentence}")
        self.trouble = trouble
        self.place = place
        self.sentence = sentence


def sentence_for(trouble: Trouble, limits: Limits, size: tuple[int, int] = (0, 0)) -> str:
    """Say in words what happened; size in pixels where the trouble is about it."""
    width, height = size
    return {
        Trouble.NOT_A_PICTURE: "not a picture we read (JPEG, PNG, WebP, GIF, BMP, HEIC, AVIF; TIFF if asked for).",
        Trouble.DAMAGED: "damaged: it starts like a picture but cannot be decoded. Look for another copy.",
        Trouble.TOO_MANY_PIXELS: f"{width} x {height} pixels; at most {limits.max_pixels:,} are decoded.",
        Trouble.TOO_SMALL: f"{width} x {height} pixels; a hash needs at least 5 a side.",
        Trouble.OUT_OF_MEMORY: f"decoding takes more than the {limits.memory_bytes >> 20:,} MiB a worker gets.",
        Trouble.TIFF_NOT_ASKED_FOR: "a TIFF, which is read only if asked for (--tiff).",
        Trouble.NO_FRAMES: "a video file with nothing to see that we decode: sound only, or a codec we do not read.",
        Trouble.DAMAGED_VIDEO: "damaged: it starts like a video but no frame of it can be decoded. "
        "Look for another copy.",
        Trouble.TOO_MANY_PIXELS_A_FRAME: f"{width} x {height} pixels a frame; "
        f"at most {limits.video_pixels:,} are decoded.",
        Trouble.TOO_MANY_STREAMS: f"more than {limits.video_streams} streams in one video file.",
        Trouble.VIDEO_TOO_SLOW: f"no frame of the video was decoded within {limits.video_seconds:g} s.",
        Trouble.NO_SUCH_FILE: "there is no such file.",
        Trouble.NOT_A_FILE: "not a file.",
        Trouble.UNREADABLE_FILE: "the file cannot be read.",
        Trouble.EMPTY: "an empty file.",
        Trouble.TOO_MANY_BYTES: f"more than {limits.max_bytes:,} bytes, the most that is read.",
        Trouble.TOO_SLOW: f"decoding took longer than {limits.seconds:g} s and was stopped.",
        Trouble.WORKER_DIED: "the decoder died on it, by itself or stopped by its jail. Treat the file as hostile.",
        Trouble.BROKE_THE_RULES: "the decoder gave an answer that it may not give. Treat the file as hostile.",
        Trouble.NOT_A_VIDEO: "not a video we read (MP4, MOV, WebM, MKV, AVI, MPEG, FLV, WMV, Ogg Theora).",
    }[trouble]
