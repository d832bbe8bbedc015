"""Whose work a case is, and who else opened it: both stand in its timeline."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.db import transaction

from haalweg.cases.states import FINAL
from haalweg.web.store.cases import DecisionError
from haalweg.web.store.models import Case, Event
from haalweg.web.store.timeline import note

if TYPE_CHECKING:
    from datetime import datetime

    from django.contrib.auth.models import User

LOOKING_IN = ("second_look", "person_called", "stands_in", "asked", "same_picture", "to_assign")
HANDING_OVER = ("away", "knows_person", "too_heavy", "language", "knows_more")
MOST_LOOKED_IN = 30  # cases of others that one account opens in an hour
_HOUR = timedelta(hours=1)


def take(case: Case, *, staff: User, now: datetime) -> None:
    """Make it the work of who takes it, where it is nobody's. Raises DecisionError."""
    with transaction.atomic():
        if not Case.objects.filter(pk=case.pk, owner=None).exclude(state__in=FINAL).update(owner=staff):
            raise DecisionError("Somebody else took this case, or there is nothing more to be done about it.")
        case.refresh_from_db()
        note(case, "taken", now, staff=staff)


def hand_over(case: Case, to: User, *, staff: User, reason: str, now: datetime) -> None:
    """Make it somebody else's work, for a reason of HANDING_OVER. Raises DecisionError."""
    if reason not in HANDING_OVER:
        raise DecisionError(f"There is no such reason. There are: {', '.join(HANDING_OVER)}.")
    with transaction.atomic():
        there = Case.objects.filter(pk=case.pk, owner=case.owner_id).exclude(state__in=FINAL)
        if to.pk == case.owner_id or not there.update(owner=to):
            raise DecisionError("This case is theirs already, or it went to somebody else meanwhile. Look at it anew.")
        case.refresh_from_db()
        note(case, "handed_over", now, staff=staff, about=to, reason=reason)


def look_in(case: Case, *, staff: User, reason: str, now: datetime) -> None:
    """Note that somebody opens a case that is not theirs, for a reason of LOOKING_IN. Raises DecisionError.

    Nobody opens more of them in an hour than the work asks for.
    """
    if reason not in LOOKING_IN:
        raise DecisionError(f"There is no such reason. There are: {', '.join(LOOKING_IN)}.")
    if Event.objects.filter(what="looked_in", staff=staff, at__gt=now - _HOUR).count() >= MOST_LOOKED_IN:
        raise DecisionError(f"You opened {MOST_LOOKED_IN} cases of others within an hour.")
    note(case, "looked_in", now, staff=staff, reason=reason)
