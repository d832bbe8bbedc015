"""Every hour the machine door is told where the audit log stands, and tells it on to every gate that follows."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.db import transaction

from haalweg.keeping.audit import Act
from haalweg.web.store import audit
from haalweg.web.store.alone import alone
from haalweg.web.store.models import AuditEntry

if TYPE_CHECKING:
    from datetime import datetime

    from haalweg.web.door import Door

EVERY = timedelta(hours=1)
LATE = 2 * EVERY  # from when on somebody should know
_LOCK = 0x6877616E  # "hwan"


def anchor_if_due(door: Door, *, now: datetime) -> bool:
    """Tell the door, where an hour went by; whether it was told. Raises DoorError: then it is due again at once.

    That it was told is a row of the log, and so is a time of more than an hour too long in which nobody was.
    """
    with alone(_LOCK) as mine:
        last = last_anchored()
        if not mine or (last is not None and now - last < EVERY):
            return False
        anchor = audit.anchor(now=now)
        door.anchor(anchor)
        since = last or AuditEntry.objects.order_by("number").values_list("at", flat=True)[0]
        with transaction.atomic():
            if now - since >= LATE:
                audit.append(Act.ANCHOR_GAP, by=None, now=now, count=(now - since) // EVERY)
            audit.append(Act.WITNESSED, by=None, now=now, count=anchor.head.number)
    return True


def last_anchored() -> datetime | None:
    """When the door was told last; None: never."""
    return audit.last_at(Act.WITNESSED)
