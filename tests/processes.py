"""Processes that others started, as the kernel lists them."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path


def children_of(process: int) -> set[int]:
    """Those that any thread of it started and that are there yet; none of one that is gone."""
    found: set[int] = set()
    for path in Path(f"/proc/{process}/task").glob("*/children"):
        with suppress(OSError):
            found.update(map(int, path.read_text().split()))
    return found


def workers_of(process: int) -> set[int]:
    """Decoding workers for pictures below a process, however deep."""
    found: set[int] = set()
    for child in children_of(process):
        with suppress(OSError):
            if b"haalweg.adapters.media.worker" in Path(f"/proc/{child}/cmdline").read_bytes():
                found.add(child)
        found |= workers_of(child)
    return found
