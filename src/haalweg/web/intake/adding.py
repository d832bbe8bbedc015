"""More to a report that is there already, told on the same path: from the person's own page, while that is open."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.http import JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.crypto import constant_time_compare
from django.views.decorators.csrf import ensure_csrf_cookie
from django.views.decorators.http import require_GET, require_POST

from haalweg.web.intake import path
from haalweg.web.intake.own_page import case_of, of_open_page, staying
from haalweg.web.running import box
from haalweg.web.store import additions, cases

if TYPE_CHECKING:
    import uuid

    from django.http import HttpRequest, HttpResponse

    from haalweg.web.store.models import Case

_FORBIDDEN, _CONFLICT = 403, 409


@require_GET
@ensure_csrf_cookie
@of_open_page
def page(request: HttpRequest, case: Case) -> HttpResponse:
    """The path once more, without what is of the case: its eight words, and how to reach the person."""
    if not cases.is_open(case):
        return redirect("intake:own_page")
    more = {"adds_to": _name_of(case), "numbers": additions.numbers_of(case), "staying": staying(request)}
    return render(request, "intake/report.html", path.context() | more)


@require_POST
def send(request: HttpRequest) -> JsonResponse:
    """Take in what was added; sent again with the same key it is kept once.

    It joins the case that the page was opened for, and no other: another one may be open in this browser by now.
    """
    case = case_of(request)
    if case is None or not constant_time_compare(request.headers.get("X-Page", ""), _name_of(case)):
        return JsonResponse({"closed": True}, status=_FORBIDDEN)

    def keep(key: uuid.UUID) -> dict[str, object]:
        now = timezone.now()
        is_as_sent = additions.add(case, request.body, key, box=box(), now=now)
        return {"received_at": now.isoformat(), "as_sent": is_as_sent}

    try:
        return path.received(request, keep)
    except cases.DecisionError:
        return JsonResponse({"ended": True}, status=_CONFLICT)


def _name_of(case: Case) -> str:
    """What the page calls the case that it adds to. It says nothing to who reads it, and opens nothing."""
    name: str = settings.HAALWEG_SECRET.lookup("adds to", case.pk.bytes).hex()
    return name
