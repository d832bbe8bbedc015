"""What a partner was given, for who works there: numbers of their own partner, and nothing of anybody else."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Exists, OuterRef
from django.shortcuts import render
from django.views.decorators.http import require_safe

from haalweg.cases.states import CaseState, SignatureState
from haalweg.reports.consents import PARTNER
from haalweg.reports.consents import Consent as ConsentTo
from haalweg.signals import SignalType
from haalweg.web.store.models import Case, Colleague, Consent, Signature

if TYPE_CHECKING:
    from django.db.models import QuerySet
    from django.http import HttpResponse

    from haalweg.web.desk.staff import StaffRequest
    from haalweg.web.store.models import Partner


@require_safe
def given(request: StaffRequest) -> HttpResponse:
    """How many cases and fingerprints are at their partner now."""
    partner = Colleague.objects.select_related("partner").get(account=request.user).partner
    if partner is None:
        raise ValueError("Somebody of a partner has one: `haalweg.web.store.colleagues` sees to it.")
    cases = _given_to(partner)
    there = Signature.objects.filter(case__in=cases, state=SignatureState.ON_THE_LIST)
    shown = {
        "partner": partner,
        "case_count": cases.count(),
        "hash_count": there.exclude(signal_type=SignalType.TRACE).count(),
        "page": "given",
    }
    return render(request, "desk/given.html", shown)


def _given_to(partner: Partner) -> QuerySet[Case]:
    """Cases of which it has what was allowed for it."""
    if not partner.is_active:
        return Case.objects.none()
    allowed = Consent.objects.filter(case=OuterRef("pk"), taken_back_at=None)
    named = [f"{PARTNER}{partner.name}", f"partners_like:{partner.kind}"]
    return Case.objects.filter(
        Exists(allowed.filter(what=ConsentTo.BANK)),
        Exists(allowed.filter(what__in=named)),
        state=CaseState.ON_THE_LIST,
        shared_by__isnull=False,
    )
