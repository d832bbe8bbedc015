"""The desk: what waits, one case, and what is decided about it. No picture is ever here, only figures and reasons."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.db.models import Count, Q
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from haalweg.banks import Assurance
from haalweg.cases.states import CaseState, SignatureState
from haalweg.reports.channels import channel_for
from haalweg.reports.locations import Location, LocationError
from haalweg.web.desk.staff import staff_only
from haalweg.web.door import DoorError, Letter
from haalweg.web.running import box, door, messenger
from haalweg.web.store import cases, messages
from haalweg.web.store.cases import signatures_of
from haalweg.web.store.models import Case

if TYPE_CHECKING:
    from django.http import HttpResponse

    from haalweg.reports.channels import Channel
    from haalweg.web.desk.staff import StaffRequest

_ROWS = 50
_CONFLICT, _UNPROCESSABLE = 409, 422


@require_GET
@staff_only
def queue(request: StaffRequest) -> HttpResponse:
    """What waits for a person, the best assured and the oldest first."""
    waiting = (
        Case.objects.filter(
            Q(state__in=[CaseState.RECEIVED, CaseState.SET_ASIDE])
            | Q(messages__from_person=True, messages__read_at=None)
            | Q(tasks__done_at=None, tasks__tries__gt=0)
        )
        .distinct()
        .annotate(files=Count("signatures__row_name", distinct=True), place_count=Count("places", distinct=True))
        .annotate(unread=Count("messages", filter=Q(messages__from_person=True, messages__read_at=None), distinct=True))
        .order_by("-assurance", "received_at")
    )
    shown = {"cases": waiting[:_ROWS], "count": waiting.count(), "rows": _ROWS, "page": "queue"}
    return render(request, "desk/queue.html", shown)


@require_POST
@staff_only
def search(request: StaffRequest) -> HttpResponse:
    """Go to a case by its number, as it is read out: 26-00042, or 42."""
    number = request.POST.get("number", "").rpartition("-")[2].strip()
    if number.isascii() and number.isdecimal() and Case.objects.filter(number=int(number)).exists():
        return redirect("desk:case", number=int(number))
    return redirect("desk:queue")


@require_GET
@staff_only
def case_page(request: StaffRequest, number: int) -> HttpResponse:
    """One case."""
    return _case_page(request, get_object_or_404(Case, number=number))


@require_POST
@staff_only
def confirm(request: StaffRequest, number: int) -> HttpResponse:
    """Put what is held on the list."""
    case = get_object_or_404(Case, number=number)
    spoken = request.POST.get("spoken") == "yes"
    try:
        cases.confirm(
            case,
            staff=request.user,
            assurance=Assurance.SPOKEN if spoken else Assurance.SELF_REPORTED,
            now=timezone.now(),
        )
    except cases.DecisionError as error:
        return _case_page(request, case, trouble=str(error), status=_CONFLICT)
    messenger().wake()
    return redirect("desk:case", number=number)


@require_POST
@staff_only
def share(request: StaffRequest, number: int) -> HttpResponse:
    """Let partners have what the person allowed for them: the second pair of eyes."""
    case = get_object_or_404(Case, number=number)
    try:
        cases.share(case, staff=request.user, now=timezone.now())
    except cases.DecisionError as error:
        return _case_page(request, case, trouble=str(error), status=_CONFLICT)
    messenger().wake()
    return redirect("desk:case", number=number)


@require_POST
@staff_only
def refuse(request: StaffRequest, number: int) -> HttpResponse:
    """Leave it off the list, with a reason."""
    case = get_object_or_404(Case, number=number)
    try:
        cases.refuse(case, staff=request.user, reason=request.POST.get("reason", ""), now=timezone.now())
    except cases.DecisionError as error:
        return _case_page(request, case, trouble=str(error), status=_UNPROCESSABLE)
    return redirect("desk:case", number=number)


@require_POST
@staff_only
def write_message(request: StaffRequest, number: int) -> HttpResponse:
    """Write to the person."""
    case = get_object_or_404(Case, number=number)
    try:
        messages.write(case, request.POST.get("text", ""), from_person=False, box=box(), now=timezone.now())
    except (messages.MessageError, DoorError) as error:
        return _case_page(request, case, trouble=str(error), status=_UNPROCESSABLE)
    return redirect("desk:case", number=number)


@require_POST
@staff_only
def under_age(request: StaffRequest, number: int) -> HttpResponse:
    """Stop a case: somebody in it is, or may be, under 18."""
    case = get_object_or_404(Case, number=number)
    try:
        cases.turned_out_under_age(case, staff=request.user, now=timezone.now())
    except cases.DecisionError as error:
        return _case_page(request, case, trouble=str(error), status=_CONFLICT)
    messenger().wake()
    return redirect("desk:case", number=number)


def _channel(text: str) -> Channel | None:
    try:
        return channel_for(Location.parse(text))
    except LocationError:
        return None


def _case_page(request: StaffRequest, case: Case, *, trouble: str = "", status: int = 200) -> HttpResponse:
    places = list(case.places.order_by("position"))
    try:
        letters = [Letter(place.place, bytes(place.letter)) for place in places]
        who = request.user.pk
        texts = door().read_back(letters, who=who, why="case")
        written = messages.read(case, door(), by_person=False, who=who, now=timezone.now())
    except DoorError as error:
        texts, written, trouble = [], [], trouble or str(error)
    return render(
        request,
        "desk/case.html",
        {
            "case": case,
            "signatures": signatures_of(case),
            "places": [(text, _channel(text) if text else None) for text in texts],
            "consents": case.consents.filter(taken_back_at=None),
            "held": case.signatures.filter(state=SignatureState.HELD).count(),
            "messages": written,
            "may_confirm": cases.may_be_confirmed(case),
            "events": case.events.select_related("staff"),
            "waits": case.tasks.filter(done_at=None).exists(),
            "is_open": case.state in (CaseState.RECEIVED, CaseState.SET_ASIDE),
            "refusals": cases.REFUSALS,
            "may_share": case.state == CaseState.ON_THE_LIST
            and case.shared_by_id is None
            and cases.may_be_shared(case),
            "is_second": case.confirmed_by_id != request.user.pk,
            "bank": settings.HAALWEG.bank,
            "trouble": trouble,
        },
        status=status,
    )
