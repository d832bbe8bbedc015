"""Who did what, and when: of all cases and accounts, without anything that somebody told."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from haalweg.web.store.models import Event

if TYPE_CHECKING:
    from django.http import HttpResponse

    from haalweg.web.desk.staff import StaffRequest

_ROWS = 200
_WEEK = timedelta(days=7)
_OPENED = ("looked_in", "opened")  # cases of others, and addresses


@require_safe
def acts(request: StaffRequest) -> HttpResponse:
    """The newest first; of the last week what somebody opened, where that is asked for."""
    found = Event.objects.select_related("case", "staff", "about").order_by("-at", "-id")
    is_opened = request.GET.get("what") == "opened"
    if is_opened:
        found = found.filter(what__in=_OPENED, at__gt=timezone.now() - _WEEK)
    return render(
        request, "desk/acts.html", {"acts": found[:_ROWS], "rows": _ROWS, "opened": is_opened, "page": "acts"}
    )
