"""The person's own page: opened with eight words, closed after a while, and all of it can be taken back there."""

from __future__ import annotations

import math
import time
from typing import TYPE_CHECKING

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_POST

from haalweg.cases.states import CaseState
from haalweg.reports.case_code import CaseCode, CaseCodeError
from haalweg.web.door import DoorError
from haalweg.web.intake.prefixes import PREFIXES, prefix_of
from haalweg.web.pages import other_language
from haalweg.web.running import box, door, messenger
from haalweg.web.store import cases, messages
from haalweg.web.store.models import Case

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest

_CASE, _OPENED = "case", "opened_at"
# Events that the person's page leaves out.
_FOR_STAFF = ("opened", "message_in", "message_out", "not_done", "same_under_age", "withdrawn_before")
_MOST_S = 3_600  # of one visit
_NO_CONTENT, _UNPROCESSABLE, _TOO_MANY, _UNAVAILABLE = 204, 422, 429, 503


def code(request: HttpRequest) -> HttpResponse:
    """Ask for the eight words, and open the page that they fit. Whatever does not fit is answered the same."""
    if request.method != "POST":
        return render(request, "intake/code.html")  # nothing is wrong yet
    prefix = prefix_of(request)
    wait_s = PREFIXES.seconds_to_wait(prefix, now=time.monotonic())
    if wait_s:
        answer = _asked_again(request, status=_TOO_MANY, wait_s=math.ceil(wait_s))
        answer["Retry-After"] = str(math.ceil(wait_s))
        return answer
    try:
        asked = CaseCode.parse(request.POST.get("words", ""))
    except CaseCodeError as error:  # by the public list alone: that says nothing of any case
        return _asked_again(request, trouble=error)
    found = _found(asked)
    if found is None:
        PREFIXES.failed(prefix, now=time.monotonic())
        return _asked_again(request, unknown=True)
    request.session.cycle_key()
    request.session[_CASE], request.session[_OPENED] = str(found.pk), time.time()
    return redirect("intake:own_page")


def _asked_again(request: HttpRequest, *, status: int = _UNPROCESSABLE, **why: object) -> HttpResponse:
    return render(request, "intake/code.html", {"is_wrong": True, **why}, status=status)


@require_GET
def own_page(request: HttpRequest) -> HttpResponse:
    """How it stands: words and days, never a signature and never a post."""
    case = _of_session(request)
    if case is None:
        return redirect("intake:code")
    return _page(request, case)


def _page(request: HttpRequest, case: Case, *, trouble: str = "", unsent: str = "", status: int = 200) -> HttpResponse:
    """Draw the page. `trouble`: why the message that is `unsent` was not taken."""
    now = timezone.now()
    try:
        written = messages.read(case, door(), by_person=True, who=0, now=now)
    except DoorError:
        written = None  # it says that they cannot be read just now
    return render(
        request,
        "intake/own_page.html",
        {
            "case": case,
            "messages": written,
            "trouble": trouble,
            "unsent": unsent,
            "events": case.events.exclude(what__in=_FOR_STAFF).order_by("-at", "-id"),
            "files": case.signatures.values_list("row_name", flat=True).distinct().order_by("row_name"),
            "place_count": case.places.count(),
            "waits": case.tasks.filter(done_at=None).exists(),
            "may_write": messages.may_be_written(case),
            "may_take_back": case.state not in (CaseState.WITHDRAWN, CaseState.UNDER_AGE, CaseState.ERASED),
            "may_undo": cases.may_be_undone(case, now=now),
            "other_language": other_language(reverse("intake:own_page")),
        },
        status=status,
    )


@require_POST
def write_message(request: HttpRequest) -> HttpResponse:
    """Write to the helpline."""
    case = _of_session(request)
    if case is None:
        return redirect("intake:code")
    text = request.POST.get("text", "")
    try:
        messages.write(case, text, staff=None, box=box(), now=timezone.now())
    except messages.MessageError as error:
        return _page(request, case, trouble=error.why, unsent=text, status=_UNPROCESSABLE)
    except DoorError:
        return _page(request, case, trouble="not_sent", unsent=text, status=_UNAVAILABLE)
    return redirect("intake:own_page")


@require_POST
def take_back(request: HttpRequest) -> HttpResponse:
    """Take everything back, at once."""
    return _decide(request, lambda case: cases.withdraw(case, now=timezone.now()))


@require_POST
def undo(request: HttpRequest) -> HttpResponse:
    """Put back what was taken back."""
    return _decide(request, lambda case: cases.undo_withdrawal(case, now=timezone.now()))


@csrf_exempt  # it only ends a session; the quick exit sends it while the page goes away
@require_POST
def out(request: HttpRequest) -> HttpResponse:
    """End the session."""
    request.session.flush()
    response = HttpResponse(status=_NO_CONTENT)
    response["Clear-Site-Data"] = '"cache", "cookies", "storage"'
    return response


@require_POST
def close(request: HttpRequest) -> HttpResponse:
    """Close the page, and go to the first one."""
    request.session.flush()
    return redirect("intake:start")


def _decide(request: HttpRequest, decide: Callable[[Case], int]) -> HttpResponse:
    case = _of_session(request)
    if case is None:
        return redirect("intake:code")
    try:
        decide(case)
    except cases.DecisionError:
        return redirect("intake:own_page")  # it says how it stands
    messenger().wake()
    return redirect("intake:own_page")


def _found(code: CaseCode) -> Case | None:
    lookup = code.lookup(settings.HAALWEG_SECRET.derived("case codes"))
    return Case.objects.filter(code_lookup=lookup, frozen_at=None).first()


def _of_session(request: HttpRequest) -> Case | None:
    if time.time() - request.session.get(_OPENED, 0) > _MOST_S:
        for name in (_CASE, _OPENED):  # and nothing else: somebody of the desk may have come by
            request.session.pop(name, None)
        return None
    return Case.objects.filter(pk=str(request.session[_CASE]), frozen_at=None).first()
