"""How much of everything one file may cost."""

from __future__ import annotations

from dataclasses import astuple, dataclass, fields
from typing import Any, Self


@dataclass(frozen=True, slots=True)
class Limits:
    """What a file may cost at most; all of it is known to the worker before it sees the first file."""

    max_bytes: int = 100_000_000
    max_pixels: int = 120_000_000  # a telephone's 108 megapixels
    frames: int = 16  # distinct frames of an animation that are hashed
    frames_walked: int = 300  # frames of an animation that are looked at for distinct ones
    seconds: float = 30.0  # from sending the file to the last byte of the answer
    memory_bytes: int = 3 << 30  # address space of a worker, Python and decoders included
    video_seconds: float = 300.0  # after which a video is left as far as it was seen
    video_frames: int = 7_200  # of a video that are hashed, one a second
    video_pixels: int = 36_000_000  # a frame of 8K
    video_streams: int = 64  # pictures, sounds and subtitles of a video file

    def to_arguments(self) -> list[str]:
        """Write them for the command line of a worker."""
        return [str(value) for value in astuple(self)]

    @classmethod
    def from_arguments(cls, arguments: list[str]) -> Self:
        """Read what `to_arguments` wrote."""
        kinds = {"int": int, "float": float}
        values: list[Any] = [kinds[str(field.type)](text) for field, text in zip(fields(cls), arguments, strict=True)]
        return cls(*values)
