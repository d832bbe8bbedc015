"""New words for a person who lost theirs, or whose words somebody else has: two people of the helpline give them.

The first spoke with the person and is sure of them; the second reads out what the new words are fetched with
(`store/new_code`). So nobody alone opens a person's page, and nobody here sees the words that open it.
"""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from django.conf import settings
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override
from django.views.decorators.http import require_POST

from haalweg.web.store import new_code
from haalweg.web.store.cases import DecisionError

if TYPE_CHECKING:
    from django.http import HttpResponse

    from haalweg.web.desk.staff import StaffRequest
    from haalweg.web.store.models import Case

_MINUTES = round(new_code.TO_FETCH.total_seconds() / 60)


@require_POST
def propose(request: StaffRequest, case: Case) -> HttpResponse:
    """Say that the person needs new words; somebody else has to give them."""
    with suppress(DecisionError):  # the page says how it stands
        new_code.propose(case, staff=request.user, now=timezone.now())
    return redirect("desk:case", number=case.number)


@require_POST
def give(request: StaffRequest, case: Case) -> HttpResponse:
    """Make the words, and show those for handing over once, to be read out."""
    try:
        code = new_code.give(case, staff=request.user, now=timezone.now())
    except DecisionError:
        return redirect("desk:case", number=case.number)
    with override(case.language):  # the page as the person reads it
        path = reverse("intake:code")
    shown = {"case": case, "code": code.words, "minutes": _MINUTES, "address": settings.HAALWEG.address + path}
    return render(request, "desk/new_code.html", shown)
