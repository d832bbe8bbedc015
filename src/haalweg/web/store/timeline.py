"""What happened to a case, in its timeline and in the audit log."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from haalweg.keeping.audit import Act
from haalweg.web.store import audit
from haalweg.web.store.models import Event

if TYPE_CHECKING:
    from datetime import datetime

    from django.contrib.auth.models import User

    from haalweg.web.store.models import Case

_BY_THE_SERVER = frozenset(
    {"asked_longer", "expired", "not_done", "same_under_age", "withdrawn_before", "taken_off_since"}
)


def note(
    case: Case | None,
    what: str,
    now: datetime,
    *,
    staff: User | None = None,
    about: User | None = None,
    count: int = 0,
    reason: str = "",
) -> None:
    """Write it in the timeline, and in the audit log: the last step of what it is about.

    case: None for what is about an account. staff: None for what the person did, or the server by itself.
    """
    by = audit.PERSON if case is not None and what not in _BY_THE_SERVER else None
    subject = case.number if case is not None else about.pk if about is not None else None
    with transaction.atomic():
        if case is not None:
            Event.objects.create(case=case, what=what, at=now, staff=staff, about=about, count=count, reason=reason)
        audit.append(what, by=staff.pk if staff else by, now=now, subject=subject, count=count, detail=reason)
        if case is not None and about is not None:
            audit.append(Act.CASE_GIVEN, by=staff.pk if staff else by, now=now, subject=about.pk)
