"""New words for a person who lost theirs, or whose words somebody else has: two people of the helpline give them.

The first spoke with the person and is sure of them; the second makes the words and reads them out on the phone. So
nobody alone opens a person's page, and no mail or message that others may read holds the words.
"""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from haalweg.web.desk.staff import staff_only
from haalweg.web.store import cases
from haalweg.web.store.models import Case

if TYPE_CHECKING:
    from django.http import HttpResponse

    from haalweg.web.desk.staff import StaffRequest


@require_POST
@staff_only
def propose(request: StaffRequest, number: int) -> HttpResponse:
    """Say that the person needs new words; somebody else has to give them."""
    case = get_object_or_404(Case, number=number)
    with suppress(cases.DecisionError):  # the page says how it stands
        cases.propose_new_code(case, staff=request.user, now=timezone.now())
    return redirect("desk:case", number=number)


@require_POST
@staff_only
def give(request: StaffRequest, number: int) -> HttpResponse:
    """Make the words and show them once, to be read out."""
    case = get_object_or_404(Case, number=number)
    try:
        code = cases.give_new_code(case, staff=request.user, now=timezone.now())
    except cases.DecisionError:
        return redirect("desk:case", number=number)
    return render(request, "desk/new_code.html", {"case": case, "code": code.words})
