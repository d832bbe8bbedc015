"""What a partner was given, for who works there: numbers of their own partner, and nothing of anybody else."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from haalweg.web.door import DoorError
from haalweg.web.running import door
from haalweg.web.store.deliveries import SHOWN, days_of, delivery_to
from haalweg.web.store.models import Colleague

if TYPE_CHECKING:
    from django.http import HttpResponse

    from haalweg.web.desk.staff import StaffRequest


@require_safe
def given(request: StaffRequest) -> HttpResponse:
    """How much their partner is given now, how far its gate has come, and what it has to drop."""
    partner = Colleague.objects.select_related("partner").get(account=request.user).partner
    if partner is None:
        raise ValueError("Somebody of a partner has one: `haalweg.web.store.colleagues` sees to it.")
    now = timezone.now()
    try:
        delivery = delivery_to(partner, door().followers())
    except DoorError:
        delivery = None
    shown = {
        "partner": partner,
        "delivery": delivery,
        "is_late": delivery is not None and delivery.is_late(now),
        "days": [] if delivery is None else days_of(delivery, now=now),
        "shown_days": SHOWN.days,
        "page": "given",
    }
    return render(request, "desk/given.html", shown)
