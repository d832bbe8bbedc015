"""A process that is killed before each of its steps in turn: opening, linking, renaming, and what a test names."""

from __future__ import annotations

import os
import signal
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

STEP = "haalweg.tests.step"  # what a test raises by sys.audit counts too
_STEPS = ("open", "os.link", "os.mkdir", "os.remove", "os.rename", "fcntl.flock", STEP)
_MOST_STEPS = 500


def killed_before_each_step(work: Callable[[], object]) -> Iterator[int]:
    """Run the work in a process of its own, killed before its first step, then its second, until it ends by itself.

    Gives the number of the step each time, for the caller to look at what is left.
    """
    for step in range(1, _MOST_STEPS):
        if _run(work, step) == 0:
            return
        yield step
    raise AssertionError("the work never ended")


def _run(work: Callable[[], object], step: int) -> int:
    child = os.fork()
    if child == 0:
        left = step

        def count(event: str, _: object) -> None:
            nonlocal left
            left -= event in _STEPS
            if left == 0:
                left = -1  # killing is an event too
                os.kill(os.getpid(), signal.SIGKILL)

        sys.addaudithook(count)
        try:
            work()
            os._exit(0)
        finally:
            os._exit(1)
    code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    assert code in (0, -signal.SIGKILL)
    return code
