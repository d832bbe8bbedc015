"""What the desk and the person decide about a case: each decision in one transaction, with what follows from it."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import transaction
from django.db.models import BooleanField, Count, ExpressionWrapper, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from haalweg.cases.states import CaseState, SignatureState
from haalweg.errors import HaalwegError
from haalweg.signals import MATCH_QUALITY
from haalweg.web.store.models import Case, Event, Signature, Task

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import datetime

    from django.contrib.auth.models import User

REFUSALS = ("no_detail", "not_intimate", "publicly_known", "not_theirs", "no_answer")


class DecisionError(HaalwegError):
    """A decision that the case does not stand for any more: somebody else was first, or it was taken back."""


def signatures_of(case: Case) -> QuerySet[Signature]:
    """Its signatures, each with how many other cases have the same (`in_other_cases`), and whether it is `is_flat`."""
    same = (
        Signature.objects.filter(value_lookup=OuterRef("value_lookup"))
        .exclude(case=OuterRef("case"))
        .order_by()
        .values("value_lookup")
        .annotate(cases=Count("case", distinct=True))
        .values("cases")
    )
    return case.signatures.annotate(
        in_other_cases=Coalesce(Subquery(same), 0),
        is_flat=ExpressionWrapper(Q(quality__lt=MATCH_QUALITY), output_field=BooleanField()),
    ).order_by("row_name", "is_inner", "signal_type")


def may_be_confirmed(case: Case) -> bool:
    """Whether the person allowed the list, and something of it would match."""
    allowed = case.consents.filter(what="bank", taken_back_at=None).exists()
    return allowed and _usable(case).exists()


def _usable(case: Case) -> QuerySet[Signature]:
    """What is held and would match: not what is too flat."""
    return case.signatures.filter(state=SignatureState.HELD).exclude(quality__lt=MATCH_QUALITY)


def confirm(case: Case, *, staff: User, assurance: str, now: datetime) -> int:
    """Put what is held on the list; how many signatures that are. Raises DecisionError."""
    if not may_be_confirmed(case):
        raise DecisionError("The person did not allow the list, or nothing of it holds enough detail.")
    with transaction.atomic():
        _claim(
            case,
            {CaseState.RECEIVED, CaseState.SET_ASIDE},
            CaseState.ON_THE_LIST,
            now,
            assurance=assurance,
            confirmed_by=staff,
        )
        count = _usable(case).update(state=SignatureState.ON_THE_LIST)
        case.signatures.filter(state=SignatureState.HELD).update(state=SignatureState.REFUSED)
        _note(case, "on_the_list", now, staff=staff, count=count)
        if count:
            Task.objects.create(case=case, what="admit", made_at=now)
    return count


def share(case: Case, *, staff: User, now: datetime) -> None:
    """Let partners have what the person allowed for them: a second person decides that. Raises DecisionError."""
    if case.confirmed_by_id == staff.pk:
        raise DecisionError("Sharing takes a second pair of eyes: somebody else than who put it on the list.")
    with transaction.atomic():
        moved = Case.objects.filter(pk=case.pk, state=CaseState.ON_THE_LIST, shared_by=None).update(shared_by=staff)
        if not moved:
            raise DecisionError("This case is not on the list, or it was shared already. Look at it anew.")
        case.refresh_from_db()
        _note(case, "shared", now, staff=staff)
        Task.objects.create(case=case, what="admit", made_at=_listed_at(case, now))


def _listed_at(case: Case, now: datetime) -> datetime:
    """When it came on the list: from then on it is kept for so long, also at partners."""
    listed = case.events.filter(what__in=("on_the_list", "restored")).last()
    return listed.at if listed else now


def refuse(case: Case, *, staff: User, reason: str, now: datetime) -> None:
    """Leave it off the list, for a reason of REFUSALS. Raises DecisionError."""
    if reason not in REFUSALS:
        raise DecisionError(f"There is no such reason. There are: {', '.join(REFUSALS)}.")
    with transaction.atomic():
        _claim(case, {CaseState.RECEIVED, CaseState.SET_ASIDE}, CaseState.REFUSED, now)
        count = case.signatures.filter(state=SignatureState.HELD).update(state=SignatureState.REFUSED)
        _note(case, "refused", now, staff=staff, count=count, reason=reason)


def withdraw(case: Case, *, now: datetime, staff: User | None = None) -> int:
    """Take everything back, at once; it can be undone until it is final. How many signatures. Raises DecisionError."""
    with transaction.atomic():
        _claim(case, set(CaseState) - {CaseState.WITHDRAWN, CaseState.UNDER_AGE}, CaseState.WITHDRAWN, now)
        count = case.signatures.exclude(state=SignatureState.REFUSED).update(state=SignatureState.WITHDRAWN)
        _note(case, "withdrawn", now, staff=staff, count=count)
        Task.objects.create(case=case, what="release", made_at=now)
    return count


def undo_withdrawal(case: Case, *, now: datetime) -> int:
    """Put back what was taken back, while that can be done. How many signatures. Raises DecisionError."""
    if not may_be_undone(case, now=now):
        raise DecisionError("This was taken back too long ago to be put back.")
    with transaction.atomic():
        was_on_the_list = case.events.filter(what="on_the_list").exists()
        after = CaseState.ON_THE_LIST if was_on_the_list else CaseState.RECEIVED
        _claim(case, {CaseState.WITHDRAWN}, after, now)
        state = SignatureState.ON_THE_LIST if was_on_the_list else SignatureState.HELD
        count = case.signatures.filter(state=SignatureState.WITHDRAWN).update(state=state)
        _note(case, "restored", now, count=count)
        if was_on_the_list:
            Task.objects.create(case=case, what="admit", made_at=now)
    return count


def may_be_undone(case: Case, *, now: datetime) -> bool:
    """Whether a withdrawal can still be taken back."""
    if case.state != CaseState.WITHDRAWN or case.decided_at is None:
        return False
    return now - case.decided_at < timedelta(days=settings.HAALWEG.terms.undo_days)


def turned_out_under_age(case: Case, *, now: datetime, staff: User | None = None) -> None:
    """Stop a case for good: its signatures are taken back everywhere for that reason, and then forgotten here too."""
    with transaction.atomic():
        _claim(case, set(CaseState) - {CaseState.UNDER_AGE}, CaseState.UNDER_AGE, now)
        case.signatures.update(state=SignatureState.WITHDRAWN)
        _note(case, "under_age", now, staff=staff)
        Task.objects.create(case=case, what="withdraw", reason="under_18", made_at=now)


def _claim(case: Case, before: Collection[CaseState], after: CaseState, now: datetime, **more: str | User) -> None:
    """Move a case on, where it still stands where it may be moved from: one of two that decide at once is refused."""
    moved = Case.objects.filter(pk=case.pk, state__in=before).update(state=after, decided_at=now, **more)
    if not moved:
        raise DecisionError("This case was decided already, or it was taken back. Look at it anew.")
    case.refresh_from_db()


def _note(case: Case, what: str, now: datetime, *, staff: User | None = None, count: int = 0, reason: str = "") -> None:
    Event.objects.create(case=case, what=what, at=now, staff=staff, count=count, reason=reason)
