"""What the web process does beside its requests: again and again, in a thread of its own."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING, ClassVar

from django.db import close_old_connections

if TYPE_CHECKING:
    from haalweg.web.door import Door


class Background(threading.Thread):
    """Takes a step at once when it is woken, and else every few seconds, until the process ends."""

    pause_s: ClassVar[float]

    def __init__(self, door: Door) -> None:
        super().__init__(name=type(self).__name__.lower(), daemon=True)
        self._door = door
        self._woken = threading.Event()

    def wake(self) -> None:
        """There is something to do."""
        self._woken.set()

    def run(self) -> None:
        """Go on, whatever becomes of a step."""
        while True:
            try:
                self.step()
            finally:
                close_old_connections()
            self._woken.wait(self.pause_s)
            self._woken.clear()

    def step(self) -> None:
        """Do what there is to do. What fails is said in the log and done the next time: nothing may be raised."""
        raise NotImplementedError
