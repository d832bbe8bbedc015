"""Keeps the processes of a server running, and ends them in order."""

from __future__ import annotations

import ctypes
import signal
import subprocess
import sys
import time
from typing import TYPE_CHECKING

import typer

from haalweg.cli.language import _

if TYPE_CHECKING:
    from types import FrameType

_AGAIN_S = (1.0, 30.0)  # from one start of the same to the next, at least: doubled each time that it ended
_STEADY_S = 60.0
_BY_SOMEBODY = (-signal.SIGKILL, -signal.SIGTERM)
_END_S = 40.0
_PR_SET_PDEATHSIG = 1


class Keeper:
    """Starts processes, starts one that ended again, and ends all of them when told to."""

    def __init__(self, commands: dict[str, list[str]]) -> None:
        self._commands = commands
        self._running: dict[str, subprocess.Popen[bytes]] = {}
        self._began: dict[str, float] = {}
        self._pause: dict[str, float] = dict.fromkeys(commands, _AGAIN_S[0])
        self._is_ending = False

    def run(self) -> None:
        """Keep all of them running until a signal says to end; return once they have ended."""
        for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
            signal.signal(number, self._end)
        while not self._is_ending:
            for name in self._commands:
                self._see_to(name)
            time.sleep(0.2)
        self._end_all()

    def _see_to(self, name: str) -> None:
        process, now = self._running.get(name), time.monotonic()
        if process is not None and process.poll() is None:
            if now - self._began[name] > _STEADY_S:
                self._pause[name] = _AGAIN_S[0]
            return
        if process is not None and now - self._began[name] < self._pause[name]:
            return
        if process is not None:
            typer.echo(
                _("The {name} ended with code {code} and is started again.").format(name=name, code=process.returncode),
                err=True,
            )
            if process.returncode not in _BY_SOMEBODY:  # else it did not fail by itself
                self._pause[name] = min(2 * self._pause[name], _AGAIN_S[1])
        # A group of its own: Ctrl-C at the terminal is for us, who then end it in order.
        self._running[name] = subprocess.Popen(  # noqa: S603 - our own
            self._commands[name],
            start_new_session=True,
            preexec_fn=_end_with_parent,  # noqa: PLW1509 - this process has one thread
        )
        self._began[name] = now

    def _end(self, number: int, frame: FrameType | None) -> None:
        del number, frame
        self._is_ending = True

    def _end_all(self) -> None:
        # The pages first: they ask the door.
        for name in reversed(self._commands):
            process = self._running.get(name)
            if process is None or process.poll() is not None:
                continue
            process.terminate()
            try:
                process.wait(_END_S)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


def _end_with_parent() -> None:
    """Ask the kernel to end this process with the one that started it, however that ends: nobody looks after it."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGTERM, 0, 0, 0)
