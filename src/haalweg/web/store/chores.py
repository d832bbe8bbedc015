"""What the web process sees to by itself, by the clock."""

from __future__ import annotations

import logging
import threading
import time
from functools import partial
from typing import TYPE_CHECKING

from django.db import close_old_connections
from django.utils import timezone

from haalweg.web.door import DoorError
from haalweg.web.store import retention
from haalweg.web.store.anchoring import anchor_if_due
from haalweg.web.store.doubts import note_doubts

if TYPE_CHECKING:
    from haalweg.web.door import Door

_LOG = logging.getLogger("haalweg.web")
_PAUSE_S = 15.0


class Chores(threading.Thread):
    """Looks four times a minute at what is due."""

    def __init__(self, door: Door) -> None:
        super().__init__(name="chores", daemon=True)
        self._door = door

    def run(self) -> None:
        """Go on until the process ends; what cannot be done now is done later."""
        while True:
            for chore in (retention.run_if_due, partial(anchor_if_due, self._door), partial(note_doubts, self._door)):
                try:
                    chore(now=timezone.now())
                except DoorError:
                    pass  # it is away, which whoever tells it what waits says in the log
                except Exception:  # noqa: BLE001 - whatever it was, the others are seen to, and this one later
                    _LOG.exception("chores failed")
                finally:
                    close_old_connections()
            time.sleep(_PAUSE_S)
