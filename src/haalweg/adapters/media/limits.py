"""How much of everything one file may cost."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Limits:
    """What a file may cost at most; all of it is known to the worker before it sees the first file."""

    max_bytes: int = 100_000_000
    max_pixels: int = 120_000_000  # a telephone's 108 megapixels
    frames: int = 16  # distinct frames of an animation that are hashed
    frames_walked: int = 300  # frames of an animation that are looked at for distinct ones
    seconds: float = 30.0  # from sending the file to the last byte of the answer
    memory_bytes: int = 3 << 30  # address space of a worker, Python and decoders included
