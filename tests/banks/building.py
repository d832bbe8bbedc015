"""Signatures and entries for tests of banks, named only in what a test is about."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from functools import cache
from typing import Any

import numpy as np

from haalweg.banks import Assurance, NewEntries
from haalweg.signals import PdqHash, SignalType, VideoFrame, trace_pixels
from haalweg.signals.video import packed
from tests.pictures import scene

NOW = datetime(2026, 3, 1, 9, tzinfo=UTC)
DAY = timedelta(days=1)
PDQ, MD5, SHA256, VPDQ = SignalType.PDQ, SignalType.MD5, SignalType.SHA256, SignalType.VPDQ
TRACE = SignalType.TRACE


def codes(count, *, seed=0, width=32):
    """Values that no picture has: uint8 (count, width)."""
    return np.random.default_rng(seed).integers(0, 256, (count, width), dtype=np.uint8)


def video(frames=3, *, seed=0):
    return packed(
        [VideoFrame(PdqHash(code.tobytes()), 100, float(at)) for at, code in enumerate(codes(frames, seed=seed))]
    )


def traces(count, *, seed=0):
    """Traces that differ in the hash of their photo alone."""
    drawn = bytes(_drawn_trace())
    return [drawn[:16] + code.tobytes() + drawn[48:] for code in codes(count, seed=seed)]


@cache
def _drawn_trace():
    return trace_pixels(scene(0, 240, 320))


def new_entries(bank, values, signal_type=PDQ, **others: Any):
    others.setdefault("assurance", Assurance.SELF_REPORTED)
    return NewEntries(bank.id, signal_type, values, **others)


def live_values(store, *, now=NOW, signal_type=PDQ):
    """Every live value, in the order they came."""
    found = []
    for block in store.blocks((signal_type,), now=now):
        found += list(block.uneven) or [value.tobytes() for value in block.values]
    return found


def live_ids(store, *, now=NOW, signal_type=PDQ):
    return [id_ for block in store.blocks((signal_type,), now=now) for id_ in block.ids.tolist()]
