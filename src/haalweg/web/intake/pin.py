"""The PIN of an own page is set, changed and taken away there.

Who has the page open without knowing the PIN gets few tries at it, and then the page is closed in that browser. That is
counted for what is open there, and never for the case: nobody keeps the person out by trying.
"""

from __future__ import annotations

import re
import threading
from collections import OrderedDict
from hashlib import sha256
from typing import TYPE_CHECKING

from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from haalweg.web.intake.own_page import keep_open, of_open_page, staying
from haalweg.web.store import messages, pins

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from haalweg.web.store.models import Case

MOST_TRIES = 5  # of what is open in one browser
_MOST_BROWSERS = 100_000  # that are remembered
_PIN = re.compile("[0-9]{4,12}")
_FORBIDDEN, _UNPROCESSABLE = 403, 422


@require_http_methods(["GET", "POST"])
@of_open_page
def page(request: HttpRequest, case: Case) -> HttpResponse:
    """Ask for the old PIN, where there is one, and for the new one: none takes it away."""
    if not messages.may_be_written(case):
        return redirect("intake:own_page")
    if request.method == "GET":
        return _page(request, case)
    new = "" if request.POST.get("away") == "yes" else request.POST.get("new", "").strip()
    if request.POST.get("away") != "yes" and not _PIN.fullmatch(new):
        return _page(request, case, trouble="new")
    if case.pin:
        # Counted before it is looked at: of tries that come at once each counts.
        if TRIES.another(request) > MOST_TRIES:
            request.session.flush()
            return render(request, "intake/closed.html", {"what": "pin"}, status=_FORBIDDEN)
        if not pins.fits(request.POST.get("old", "").strip(), case.pin):
            return _page(request, case, trouble="old")
        TRIES.forget(request)
    if pins.replace(case, new, now=timezone.now()):
        keep_open(request, case)
    return redirect("intake:own_page")


def _page(request: HttpRequest, case: Case, *, trouble: str = "") -> HttpResponse:
    told = {"case": case, "trouble": trouble, "staying": staying(request)}
    return render(request, "intake/pin.html", told, status=_UNPROCESSABLE if trouble else 200)


class Tries:
    """How often a PIN was tried in each browser that has a page open. For any number of threads."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._counts: OrderedDict[bytes, int] = OrderedDict()

    def another(self, request: HttpRequest) -> int:
        """Count one more; how many that are."""
        with self._lock:
            name = _name(request)
            self._counts[name] = self._counts.get(name, 0) + 1
            self._counts.move_to_end(name)
            if len(self._counts) > _MOST_BROWSERS:
                self._counts.popitem(last=False)  # the one that did not try for longest
            return self._counts[name]

    def forget(self, request: HttpRequest) -> None:
        """It fitted."""
        with self._lock:
            self._counts.pop(_name(request), None)


def _name(request: HttpRequest) -> bytes:
    return sha256(str(request.session.session_key).encode()).digest()


TRIES = Tries()
