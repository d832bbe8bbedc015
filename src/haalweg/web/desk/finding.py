"""Cases found by exactly what is typed: a number, a link, a site, an e-mail address. No part of a word finds anything.

What is typed is compared as a mark that only this server can make (`store/marks`). It stands in no address and in no
log; that somebody searched, by what kind of thing, and how much was found, does (threats W1).
"""

from __future__ import annotations

import re
from datetime import timedelta
from typing import TYPE_CHECKING

from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from haalweg.keeping.audit import Act
from haalweg.reports.locations import MOST_URL, Location, LocationError, LocationKind
from haalweg.reports.report import is_email
from haalweg.web.desk.rights import may
from haalweg.web.store import audit, marks
from haalweg.web.store.models import AuditEntry, Case, Contact, Place

if TYPE_CHECKING:
    from django.db.models import QuerySet
    from django.http import HttpResponse

    from haalweg.web.desk.staff import StaffRequest

MOST_AN_HOUR = 60  # of one account: more than the work asks for, and too few to try addresses out
_ROWS = 50
_HOUR = timedelta(hours=1)
_NUMBER = re.compile(r"(?:\d\d-)?(\d{1,9})")
_TOO_MANY = 429


@require_POST
def search(request: StaffRequest) -> HttpResponse:
    """Go to a case by its number, as it is read out (26-00042) or in short (42); list those that have the rest."""
    typed = request.POST.get("what", "")[: MOST_URL + 1].strip()
    if not typed:
        return redirect("desk:queue")
    too_often = searches_too_often(request)
    if too_often:
        return _page(request, Case.objects.none(), trouble=too_often, status=_TOO_MANY)
    if _NUMBER.fullmatch(typed):
        case = by_number(request, typed)
        return redirect("desk:case", number=case.number) if case else _page(request, Case.objects.none(), by="number")
    by, found = _found(typed, reads=may(request.role, "read"))
    audit.append(Act.SEARCHED, by=request.user.pk, count=found.count(), detail=by, now=timezone.now())
    return _page(request, found, by=by)


def searches_too_often(request: StaffRequest) -> str:
    """Say so where somebody searched as often as the work asks for; empty where they may search."""
    if _asked_within(_HOUR, request.user.pk) < MOST_AN_HOUR:
        return ""
    most = _("You searched %(most)s times within an hour. Wait a while, or ask a coordinator.")
    return most % {"most": MOST_AN_HOUR}


def by_number(request: StaffRequest, typed: str) -> Case | None:
    """Give the case of a number, whatever year stands before it. That it was asked for stands in the log."""
    number, now = _NUMBER.fullmatch(typed), timezone.now()
    case = Case.objects.filter(number=int(number[1])).first() if number else None
    if case is None:
        audit.append(Act.SEARCHED, by=request.user.pk, detail="number", now=now)
    else:
        audit.append(Act.FOUND, by=request.user.pk, subject=case.number, now=now)
    return case


def _found(typed: str, *, reads: bool) -> tuple[str, QuerySet[Case]]:
    """By what it was searched for, and the cases that have it; who may not read what people tell finds none of it."""
    if not reads:
        return "other", Case.objects.none()
    if is_email(typed):
        return "contact", _having(Contact.objects.filter(lookup=marks.of_contact(typed)))
    try:
        location = Location.parse(typed)
    except LocationError:
        return "other", Case.objects.none()
    if location.kind is LocationKind.TEXT:
        return "other", Case.objects.none()
    if location.is_whole:
        return "link", _having(Place.objects.filter(link_lookup=marks.of_link(location)))
    return "site", _having(Place.objects.filter(site_lookup=marks.of_site(location)))


def _having(rows: QuerySet[Contact] | QuerySet[Place]) -> QuerySet[Case]:
    return Case.objects.filter(pk__in=rows.values_list("case", flat=True))


def _page(
    request: StaffRequest, found: QuerySet[Case], *, by: str = "", trouble: str = "", status: int = 200
) -> HttpResponse:
    shown = {
        "cases": found.select_related("owner").order_by("-received_at")[:_ROWS],
        "count": found.count(),
        "rows": _ROWS,
        "by": by,
        "trouble": trouble,
        "page": "queue",
    }
    return render(request, "desk/found.html", shown, status=status)


def _asked_within(time: timedelta, staff: int) -> int:
    asked = AuditEntry.objects.filter(at__gt=timezone.now() - time, act__in=(Act.FOUND, Act.SEARCHED), by=staff)
    return asked.count()
