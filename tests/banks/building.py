"""Signatures and entries for tests of banks, named only in what a test is about."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import numpy as np

from haalweg.banks import Assurance, NewEntries
from haalweg.signals import PdqHash, SignalType, VideoFrame
from haalweg.signals.video import packed

NOW = datetime(2026, 3, 1, 9, tzinfo=UTC)
DAY = timedelta(days=1)
PDQ, MD5, SHA256, VPDQ = SignalType.PDQ, SignalType.MD5, SignalType.SHA256, SignalType.VPDQ


def codes(count, *, seed=0, width=32):
    """Values that no picture has: uint8 (count, width)."""
    return np.random.default_rng(seed).integers(0, 256, (count, width), dtype=np.uint8)


def video(frames=3, *, seed=0):
    return packed(
        [VideoFrame(PdqHash(code.tobytes()), 100, float(at)) for at, code in enumerate(codes(frames, seed=seed))]
    )


def new_entries(bank, values, signal_type=PDQ, **others: Any):
    others.setdefault("assurance", Assurance.SELF_REPORTED)
    return NewEntries(bank.id, signal_type, values, **others)


def live_values(store, *, now=NOW, signal_type=PDQ):
    """Every live value, in the order they came."""
    found = []
    for block in store.blocks((signal_type,), now=now):
        found += list(block.videos) or [value.tobytes() for value in block.values]
    return found


def live_ids(store, *, now=NOW, signal_type=PDQ):
    return [id_ for block in store.blocks((signal_type,), now=now) for id_ in block.ids.tolist()]
