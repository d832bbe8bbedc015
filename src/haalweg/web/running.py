"""What this process has once: its way to the door, what letters are closed with, who tells the door, and who mails."""

from __future__ import annotations

import threading
import time
from functools import cache
from typing import TYPE_CHECKING

from django.conf import settings

from haalweg.web.door import Door, DoorError

if TYPE_CHECKING:
    from haalweg.keeping.letters import LetterBox
    from haalweg.web.store.mails import Mailer
    from haalweg.web.store.tasks import Messenger

_FRESH_S = 600.0
_lock = threading.Lock()


@cache
def door() -> Door:
    """The way to the machine door."""
    return Door(settings.HAALWEG.door_socket)


def box() -> LetterBox:
    """What letters are closed with, asked for anew every ten minutes: its key may be another by then.

    While the door is away it is the last one. Raises DoorError where this process never reached the door.
    """
    return _kept_box.now(time.monotonic())


class _KeptBox:
    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._box: LetterBox | None = None
        self._until = 0.0

    def now(self, now: float) -> LetterBox:
        with self._lock:
            kept, is_fresh = self._box, now < self._until
            if not is_fresh:
                self._until = now + _FRESH_S  # one asks; the others go on with the last one meanwhile
        if kept is not None and is_fresh:
            return kept
        try:
            self._box = door().box()
        except DoorError:
            if kept is None:
                raise
            return kept
        return self._box


def messenger() -> Messenger:
    """Who tells the door what waits; it starts with the first that is to be told, and with the process."""
    with _lock:
        return _messenger()


@cache
def _messenger() -> Messenger:
    from haalweg.web.store.tasks import Messenger  # noqa: PLC0415 - the tables can be read once Django is set up

    made = Messenger(door())
    made.start()
    return made


def mailer() -> Mailer:
    """Who sends what waits; it starts with the first that asks for a mail, and with the process."""
    with _lock:
        return _mailer()


@cache
def _mailer() -> Mailer:
    from haalweg.web.store.mails import Mailer  # noqa: PLC0415 - the tables can be read once Django is set up

    made = Mailer(door())
    made.start()
    return made


def begin_chores() -> None:
    """Begin what is seen to by the clock, once in a process that serves pages."""
    from haalweg.web.store.chores import Chores  # noqa: PLC0415 - the tables can be read once Django is set up

    Chores(door()).start()


_kept_box = _KeptBox()
