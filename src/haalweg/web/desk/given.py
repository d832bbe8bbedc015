"""What a partner was given, for who works there: numbers of their own partner, and nothing of anybody else."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Exists, OuterRef, Q
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from haalweg.cases.states import CaseState, SignatureState
from haalweg.reports.consents import PARTNER, PARTNERS_LIKE
from haalweg.reports.consents import Consent as ConsentTo
from haalweg.signals import SignalType
from haalweg.web.door import DoorError
from haalweg.web.running import door
from haalweg.web.store.deliveries import SHOWN, days_of, delivery_to
from haalweg.web.store.models import Colleague, Consent, Signature

if TYPE_CHECKING:
    from django.db.models import QuerySet
    from django.http import HttpResponse

    from haalweg.web.desk.staff import StaffRequest
    from haalweg.web.store.models import Partner


@require_safe
def given(request: StaffRequest) -> HttpResponse:
    """How much their partner may have now, how far its gate has come, and what it has to drop."""
    partner = Colleague.objects.select_related("partner").get(account=request.user).partner
    if partner is None:
        raise ValueError("Somebody of a partner has one: `haalweg.web.store.colleagues` sees to it.")
    there, now = _given_to(partner), timezone.now()
    try:
        delivery = delivery_to(partner, door())
    except DoorError:
        delivery = None
    shown = {
        "partner": partner,
        "delivery": delivery,
        "is_late": delivery is not None and delivery.is_late(now),
        "days": [] if delivery is None else days_of(delivery, now=now),
        "shown_days": SHOWN.days,
        "case_count": there.values("case").distinct().count(),
        "hash_count": there.count(),
        "page": "given",
    }
    return render(request, "desk/given.html", shown)


def _given_to(partner: Partner) -> QuerySet[Signature]:
    """What it has as hashes: shared by two, and allowed for it with what it came with, the report or an addition."""
    if not partner.is_active:
        return Signature.objects.none()
    named = [f"{PARTNER}{partner.name}", f"{PARTNERS_LIKE}{partner.kind}"]
    allowed = Consent.objects.filter(case=OuterRef("case"), taken_back_at=None)
    of_report, of_addition = allowed.filter(addition=None), allowed.filter(addition=OuterRef("addition"))
    listed = Signature.objects.filter(state=SignatureState.ON_THE_LIST, case__state=CaseState.ON_THE_LIST)
    return listed.exclude(signal_type=SignalType.TRACE).filter(
        Q(addition=None, case__shared_by__isnull=False)
        & Exists(of_report.filter(what=ConsentTo.BANK))
        & Exists(of_report.filter(what__in=named))
        | Q(addition__shared_by__isnull=False)
        & Exists(of_addition.filter(what=ConsentTo.BANK))
        & Exists(of_addition.filter(what__in=named))
    )
