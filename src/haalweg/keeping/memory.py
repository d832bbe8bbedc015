"""Keeps the memory of this process out of files and out of the hands of other processes."""

from __future__ import annotations

import ctypes
import resource
import sys

_PR_SET_DUMPABLE = 4


def guard_memory() -> None:
    """Leave no core dump, and let no other process of this user read our memory. For good; programs we start are free.

    The limit alone is not enough: a core_pattern that is a program gets its dump whatever the limit says.
    """
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if sys.platform == "linux":
        ctypes.CDLL(None, use_errno=True).prctl(_PR_SET_DUMPABLE, 0, 0, 0, 0)
