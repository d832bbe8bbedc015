"""What the web process sees to by itself, by the clock."""

from __future__ import annotations

import logging
from functools import partial

from django.db import close_old_connections
from django.utils import timezone

from haalweg.web.door import DoorError
from haalweg.web.store import retention
from haalweg.web.store.anchoring import anchor_if_due
from haalweg.web.store.background import Background
from haalweg.web.store.doubts import note_doubts

_LOG = logging.getLogger("haalweg.web")


class Chores(Background):
    """Looks four times a minute at what is due."""

    pause_s = 15.0

    def step(self) -> None:
        """Look; what cannot be done now is done later."""
        for chore in (retention.run_if_due, partial(anchor_if_due, self._door), partial(note_doubts, self._door)):
            try:
                chore(now=timezone.now())
            except DoorError:
                pass  # it is away, which whoever tells it what waits says in the log
            except Exception:  # noqa: BLE001 - whatever it was, the others are seen to, and this one later
                _LOG.exception("chores failed")
            finally:
                close_old_connections()  # one that broke is not the next one's
