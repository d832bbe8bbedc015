"""A shut screen and a break: nothing of the desk is shown until who works there says again who they are.

A break is offered and never asked for. How long somebody works and on how many cases is told to them alone, and goes
with their session.
"""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any

from allauth.account.authentication import get_authentication_records
from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST, require_safe

from haalweg.web.desk.sessions import since

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest, HttpResponse
    from django.http.response import HttpResponseBase

    from haalweg.web.desk.staff import StaffRequest
    from haalweg.web.store.models import Case

_SHUT, _GOES_ON, _CASES = "desk_shut", "desk_goes_on", "desk_cases"  # in the session
_SAY_WHO = ("account_reauthenticate", "mfa_reauthenticate", "mfa_reauthenticate_webauthn")
_STAYS_OPEN = ("desk:closed", "account_logout", *_SAY_WHO)


class ShutScreen:
    """Middleware: while the screen is shut every page of staff leads to the one that opens it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Go on: `process_view` knows which page it is."""
        return self._get_response(request)

    def process_view(self, request: HttpRequest, *_: Any) -> HttpResponse | None:
        """Lead there, unless who they are was said since."""
        if _SHUT not in request.session or SESSION_KEY not in request.session:
            return None
        records = get_authentication_records(request, request.user)
        if any(each["at"] > request.session[_SHUT]["at"] for each in records):
            del request.session[_SHUT]
            request.session[_GOES_ON] = time.time()
            return None
        name = request.resolver_match.view_name if request.resolver_match else ""
        is_shown = name in _STAYS_OPEN or name.startswith("intake:")
        return None if is_shown else redirect("desk:closed")


@require_POST
def close(request: StaffRequest) -> HttpResponse:
    """Shut the screen, for a break or because somebody comes in."""
    back = request.POST.get("back", "")
    if not (url_has_allowed_host_and_scheme(back, None) and back.startswith(reverse("desk:queue"))):
        back = reverse("desk:queue")
    request.session.cycle_key()  # what another tab asked for before saves nothing over it
    request.session[_SHUT] = {"at": time.time(), "back": back, "is_break": request.POST.get("why") == "break"}
    return redirect("desk:closed")


@require_safe
def closed(request: StaffRequest) -> HttpResponse:
    """Show that it is shut, and nothing else."""
    if _SHUT not in request.session:
        return redirect("desk:queue")
    minutes = settings.SESSION_COOKIE_AGE // 60
    return render(request, "desk/closed.html", request.session[_SHUT] | {"minutes": minutes})


def note_opened(request: StaffRequest, case: Case) -> None:
    """Count a case for who opened it, for today."""
    today, there = _today(request)
    if case.number not in there:
        request.session[_CASES] = [today, [*there, case.number]]


def of_the_day(request: HttpRequest) -> dict[str, object]:
    """For templates: minutes without a break, and how many cases were opened today."""
    if getattr(request, "role", None) is None:
        return {}
    begun = request.session.get(_GOES_ON, since(request))
    return {"minutes_at_it": round((time.time() - begun) // 60), "cases_today": len(_today(request)[1])}


def _today(request: HttpRequest) -> tuple[str, list[int]]:
    today = timezone.localdate().isoformat()
    day, there = request.session.get(_CASES, ("", []))
    return today, there if day == today else []
