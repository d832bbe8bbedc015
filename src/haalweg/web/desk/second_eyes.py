"""What takes two people at the desk: one proposes with a reason, another carries it out, either takes it back."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from haalweg.web.desk.rights import may
from haalweg.web.desk.views import refused
from haalweg.web.running import messenger
from haalweg.web.store import cases
from haalweg.web.store.proposals import Proposed

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from haalweg.web.desk.staff import StaffRequest
    from haalweg.web.store.models import Case


@require_POST
def propose(request: StaffRequest, case: Case) -> HttpResponse:
    """Propose a change of what is on the list."""
    told = request.POST
    try:
        what = _what(request)
        reason, file = told.get("reason", ""), told.get("file", "")
        cases.propose(case, what, staff=request.user, reason=reason, file=file, now=timezone.now())
    except cases.DecisionError:
        return refused(request, case, _("This was not proposed: no reason was chosen, or the case changed meanwhile."))
    return redirect("desk:case", number=case.number)


@require_POST
def carry_out(request: StaffRequest, case: Case) -> HttpResponse:
    """Do what a colleague proposed."""
    try:
        cases.carry_out(case, _what(request), staff=request.user, now=timezone.now())
    except cases.DecisionError:
        return refused(
            request,
            case,
            _("This was not done: a colleague has to propose it first, or the case changed meanwhile."),
        )
    messenger().wake()
    return redirect("desk:case", number=case.number)


@require_POST
def take_back(request: StaffRequest, case: Case) -> HttpResponse:
    """Take back what was proposed."""
    with suppress(cases.DecisionError):
        what = _what(request)
        if what is not Proposed.NEW_CODE or may(request.role, "propose_code"):
            cases.take_back_proposal(case, what, staff=request.user, now=timezone.now())
    return redirect("desk:case", number=case.number)


def _what(request: HttpRequest) -> Proposed:
    try:
        return Proposed(request.POST.get("what", ""))
    except ValueError:
        raise cases.DecisionError("There is no such thing to propose.") from None
