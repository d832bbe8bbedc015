"""Cases that are dealt with as one piece of work, since one person, or a helper too, reported more than once."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from haalweg.web.desk.belonging import may_take_apart
from haalweg.web.desk.finding import by_number, searches_too_often
from haalweg.web.desk.views import refused
from haalweg.web.store import belonging, together
from haalweg.web.store.belonging import PUTTING_TOGETHER, TogetherError
from haalweg.web.store.cases import DecisionError

if TYPE_CHECKING:
    from django.http import HttpResponse

    from haalweg.web.desk.staff import StaffRequest
    from haalweg.web.store.models import Case


@require_POST
def put_together(request: StaffRequest, case: Case) -> HttpResponse:
    """Deal with it together with the case whose number was given."""
    reason = request.POST.get("reason", "")
    if reason not in PUTTING_TOGETHER:
        return refused(request, case, _("Choose a reason."))
    too_often = searches_too_often(request)
    if too_often:
        return refused(request, case, too_often)
    other = by_number(request, request.POST.get("number", "").strip())
    if other is None:
        return refused(request, case, _("There is no case with this number. Nothing was changed."))
    try:
        belonging.put_together(case, other, staff=request.user, reason=reason, now=timezone.now())
    except TogetherError as error:
        return refused(request, case, _why(error))
    except DecisionError:
        return refused(request, case, _("One of these cases was wiped meanwhile. Nothing was changed."))
    return redirect("desk:case", number=case.number)


@require_POST
def take_apart(request: StaffRequest, case: Case) -> HttpResponse:
    """Deal with it by itself again."""
    if may_take_apart(request, case):
        with suppress(DecisionError):  # the page says what it is together with
            belonging.take_apart(case, staff=request.user, now=timezone.now())
    return redirect("desk:case", number=case.number)


def _why(error: TogetherError) -> str:
    case = error.case
    name = case.owner.get_username() if case.owner else ""
    leading = case.together_with.spoken_number if case.together_with else ""
    sentences = {
        "itself": _("That is the number of this case itself. Nothing was changed."),
        "ended": _("%(number)s was stopped or erased, and stays by itself. Nothing was changed."),
        "of_others": _("%(number)s is the work of %(name)s: have it handed over to you first. Nothing was changed."),
        "together": _("%(number)s belongs together with this case already."),
        "elsewhere": _("%(number)s belongs together with %(leading)s: give that number. Nothing was changed."),
        "too_many": _("At most %(most)s cases belong together. Nothing was changed."),
    }
    told = {"number": case.spoken_number, "name": name, "leading": leading, "most": together.MOST}
    return sentences[error.why] % told
