"""Every partner at a glance: what it may have, what it has, and what it has not dropped yet."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from haalweg.banks.feed import Tier
from haalweg.web.door import DoorError
from haalweg.web.running import door
from haalweg.web.store.deliveries import LATE, deliveries

if TYPE_CHECKING:
    from django.http import HttpResponse

    from haalweg.web.desk.staff import StaffRequest


@require_safe
def partners(request: StaffRequest) -> HttpResponse:
    """Partners, those that are late on top; and of gates of our own when they asked last."""
    now = timezone.now()
    try:
        followers = door().followers()
    except DoorError:
        return render(request, "desk/partners.html", {"page": "partners", "is_away": True})
    rows = [
        {
            "of": each,
            "is_late": each.is_late(now),
            "is_silent": each.follows and (each.heard_at is None or now - each.heard_at >= LATE),
            "traces_without_contract": each.tier is Tier.HASHES_AND_TRACES and not each.partner.has_contract,
        }
        for each in deliveries(followers)
    ]
    rows.sort(key=lambda row: not row["is_late"])
    shown = {
        "page": "partners",
        "rows": rows,
        "late": sum(bool(row["is_late"]) for row in rows),
        "our_own": [each for each in followers if settings.HAALWEG.bank in each.banks],
    }
    return render(request, "desk/partners.html", shown)
