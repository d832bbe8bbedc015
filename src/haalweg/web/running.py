"""What this process has once: its way to the machine door, what letters are closed with, and who tells the door."""

from __future__ import annotations

import threading
from functools import cache
from typing import TYPE_CHECKING

from django.conf import settings

from haalweg.web.door import Door

if TYPE_CHECKING:
    from haalweg.keeping.letters import LetterBox
    from haalweg.web.store.tasks import Messenger

_lock = threading.Lock()


@cache
def door() -> Door:
    """The way to the machine door."""
    return Door(settings.HAALWEG.door_socket)


@cache
def box() -> LetterBox:
    """What letters are closed with. Raises DoorError where the door was never reached by this process."""
    return door().box()


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
