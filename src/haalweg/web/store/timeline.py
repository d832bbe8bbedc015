"""What happened to a case, in its timeline and in the audit log; and a mail, where it is news to the person."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from haalweg.keeping.audit import Act
from haalweg.web.store import audit, news
from haalweg.web.store.models import Event

if TYPE_CHECKING:
    from datetime import datetime

    from django.contrib.auth.models import User

    from haalweg.web.store.models import Case


def note(
    case: Case,
    what: str,
    now: datetime,
    *,
    staff: User | None = None,
    by_server: bool = False,
    about: User | None = None,
    count: int = 0,
    reason: str = "",
) -> None:
    """Write it in the timeline, and in the audit log: the last step of what it is about.

    Where it was neither staff nor the server by itself, it was the person.
    """
    by = staff.pk if staff else None if by_server else audit.PERSON
    with transaction.atomic():
        if by != audit.PERSON:
            news.tell(case, what, now)  # before the log, for whose end others wait
        Event.objects.create(case=case, what=what, at=now, staff=staff, about=about, count=count, reason=reason)
        audit.append(what, by=by, now=now, subject=case.number, count=count, detail=reason)
        if about is not None:
            audit.append(Act.CASE_GIVEN, by=by, now=now, subject=about.pk)
