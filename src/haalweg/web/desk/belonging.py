"""Whose work a case is: taken, handed over, and opened by others who say why."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from django.contrib.auth.models import User
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from haalweg.web.desk.rights import WHO_MAY, may
from haalweg.web.desk.staff import open_for, shut
from haalweg.web.store import belonging
from haalweg.web.store.cases import DecisionError
from haalweg.web.store.models import Case

if TYPE_CHECKING:
    from django.db.models import QuerySet
    from django.http import HttpResponse

    from haalweg.web.desk.staff import StaffRequest


def may_have(request: StaffRequest, case: Case) -> QuerySet[User]:
    """Whose work they may make it: of those whose work cases are, all but whose it is; nobody's, where they may not."""
    if case.owner_id not in (None, request.user.pk) and not may(request.role, "hand_over_of_others"):
        return User.objects.none()
    working = User.objects.filter(is_active=True, colleague__role__in=WHO_MAY["take"]).order_by("username")
    return working if case.owner is None else working.exclude(pk=case.owner.pk)


def may_take_apart(request: StaffRequest, case: Case) -> bool:
    """Whether they may have it dealt with by itself again: whose work it is, or a coordinator."""
    return may(request.role, "take_apart_of_others" if case.owner_id != request.user.pk else "take_apart")


@require_POST
def take(request: StaffRequest, number: int) -> HttpResponse:
    """Make it one's own work, where it is nobody's: one reads it from then on."""
    with suppress(DecisionError):  # the page says whose it is
        belonging.take(get_object_or_404(Case, number=number), staff=request.user, now=timezone.now())
    return redirect("desk:case", number=number)


@require_POST
def look_in(request: StaffRequest, number: int) -> HttpResponse:
    """Open a case that is not one's own, with a reason: it stands in the timeline and in the log."""
    case = get_object_or_404(Case.objects.select_related("owner"), number=number)
    reason = request.POST.get("reason", "")
    if reason not in belonging.LOOKING_IN:
        return shut(request, case, trouble=_("Choose a reason."))
    try:
        opened = belonging.look_in(case, staff=request.user, reason=reason, now=timezone.now())
    except DecisionError:
        most = _("You open at most %(most)s cases of others within an hour. Wait a while, or ask a coordinator.")
        return shut(request, case, trouble=most % {"most": belonging.MOST_LOOKED_IN})
    open_for(request, opened)
    return redirect("desk:case", number=number)


@require_POST
def hand_over(request: StaffRequest, case: Case) -> HttpResponse:
    """Make it somebody else's work."""
    to = may_have(request, case).filter(username=request.POST.get("to", "")).first()
    if to is not None:
        with suppress(DecisionError):  # the page says whose it is
            reason = request.POST.get("reason", "")
            belonging.hand_over(case, to, staff=request.user, reason=reason, now=timezone.now())
    return redirect("desk:case", number=case.number)
