"""Whose work a case is, who else opened it, and which are dealt with as one: all of it stands in its timeline."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Q

from haalweg.cases.states import FINAL
from haalweg.web.store import together
from haalweg.web.store.cases import DecisionError
from haalweg.web.store.models import Case, Event
from haalweg.web.store.timeline import note

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import datetime

    from django.contrib.auth.models import User

LOOKING_IN = ("second_look", "person_called", "stands_in", "asked", "same_picture", "to_assign")
HANDING_OVER = ("away", "knows_person", "too_heavy", "language", "knows_more")
# That two have the same picture is no reason: who stalks somebody may report that person's.
PUTTING_TOGETHER = ("person_said", "helper_and_person", "same_story")
MOST_LOOKED_IN = 30  # cases of others that one account opens in an hour
_HOUR = timedelta(hours=1)


class TogetherError(DecisionError):
    """Cases that are not put together: `why` is a word of a list, `case` the one that it is about."""

    def __init__(self, why: str, case: Case) -> None:
        super().__init__(f"These cases are not put together: {why}.")
        self.why = why
        self.case = case


def take(case: Case, *, staff: User, now: datetime) -> None:
    """Make it the work of who takes it, with all that belong with it, where it is nobody's. Raises DecisionError."""
    with transaction.atomic():
        there = together.hold(Q(pk=case.pk))
        if not any(each.pk == case.pk and each.owner_id is None and each.state not in FINAL for each in there):
            raise DecisionError("Somebody else took this case, or there is nothing more to be done about it.")
        _give(there, staff, now)
        case.refresh_from_db()


def _give(them: Collection[Case], staff: User, now: datetime) -> None:
    """Make what is nobody's of these the work of somebody who takes it."""
    nobodys = [each for each in them if each.owner_id is None]
    Case.objects.filter(pk__in=[each.pk for each in nobodys]).update(owner=staff)
    for each in nobodys:
        note(each, "taken", now, staff=staff)


def hand_over(case: Case, to: User, *, staff: User, reason: str, now: datetime) -> None:
    """Make it somebody else's work, and all that belong with it, for a reason of HANDING_OVER. Raises DecisionError."""
    if reason not in HANDING_OVER:
        raise DecisionError(f"There is no such reason. There are: {', '.join(HANDING_OVER)}.")
    with transaction.atomic():
        there = together.hold(Q(pk=case.pk))
        stands = [each for each in there if each.pk == case.pk and each.state not in FINAL]
        if to.pk == case.owner_id or not any(each.owner_id == case.owner_id for each in stands):
            raise DecisionError("This case is theirs already, or it went to somebody else meanwhile. Look at it anew.")
        Case.objects.filter(pk__in=[each.pk for each in there]).update(owner=to)
        for each in there:
            note(each, "handed_over", now, staff=staff, about=to, reason=reason)
        case.refresh_from_db()


def look_in(case: Case, *, staff: User, reason: str, now: datetime) -> list[Case]:
    """Note that somebody opens a case that is not theirs, for a reason of LOOKING_IN. Raises DecisionError.

    With it they open those that belong with it, and each of these tells so: all that they opened are given. Nobody
    opens more of them in an hour than the work asks for.
    """
    if reason not in LOOKING_IN:
        raise DecisionError(f"There is no such reason. There are: {', '.join(LOOKING_IN)}.")
    with transaction.atomic():
        there = together.hold(Q(pk=case.pk))
        before = Event.objects.filter(what="looked_in", staff=staff, at__gt=now - _HOUR).count()
        if before + len(there) > MOST_LOOKED_IN:
            raise DecisionError(f"Nobody opens more than {MOST_LOOKED_IN} cases of others within an hour.")
        for each in there:
            note(each, "looked_in", now, staff=staff, reason=reason)
    return there


def put_together(case: Case, other: Case, *, staff: User, reason: str, now: datetime) -> None:
    """Deal with two cases as one piece of work, for a reason of PUTTING_TOGETHER. Raises DecisionError, TogetherError.

    They are the work of who does so, or nobody's: then they become it. Those that belong with the other come along.
    """
    if reason not in PUTTING_TOGETHER:
        raise DecisionError(f"There is no such reason. There are: {', '.join(PUTTING_TOGETHER)}.")
    with transaction.atomic():
        there = together.hold(Q(pk__in=[case.pk, other.pk]))
        found = {each.pk: each for each in there}
        if not {case.pk, other.pk} <= found.keys():
            raise DecisionError("One of these cases was wiped meanwhile.")
        case, other = found[case.pk], found[other.pk]
        _refuse_what_stays_apart(case, other, there, staff)
        together.join(there, together.lead_of(case))
        _give(there, staff, now)
        for each in there:
            note(each, "put_together", now, staff=staff, reason=reason)


def _refuse_what_stays_apart(case: Case, other: Case, there: Collection[Case], staff: User) -> None:
    if case.pk == other.pk:
        raise TogetherError("itself", case)
    for each in (case, other):
        if each.state in FINAL:
            raise TogetherError("ended", each)
    for each in there:
        if each.owner_id not in (None, staff.pk):
            raise TogetherError("of_others", each)
    if together.lead_of(case) == together.lead_of(other):
        raise TogetherError("together", other)
    if other.together_with is not None:
        raise TogetherError("elsewhere", other)
    if len(there) > together.MOST:
        raise TogetherError("too_many", other)


def take_apart(case: Case, *, staff: User, now: datetime) -> None:
    """Deal with a case by itself again; the others stay together, as the same work. Raises DecisionError."""
    with transaction.atomic():
        there = together.hold(Q(pk=case.pk))
        others = [each for each in there if each.pk != case.pk]
        is_there = len(others) < len(there)
        if not (is_there and others):
            raise DecisionError("This case is dealt with by itself.")
        together.let_go(case, others)
        for each in there:
            note(each, "taken_apart", now, staff=staff)
