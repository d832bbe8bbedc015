"""Many cases decided at once, on figures alone: at most fifty, and none of which something speaks against."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from allauth.account.decorators import reauthentication_required
from django.db import transaction
from django.db.models import Exists, OuterRef, Q
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from haalweg.cases.states import UNDECIDED, SignatureState
from haalweg.reports.consents import PARTNER
from haalweg.reports.consents import Consent as ConsentTo
from haalweg.signals import MATCH_QUALITY
from haalweg.web.desk.warnings import Figures
from haalweg.web.pages import other_language
from haalweg.web.running import messenger
from haalweg.web.store import cases, together
from haalweg.web.store.models import Case, Consent, Signature

if TYPE_CHECKING:
    from django.db.models import QuerySet
    from django.http import HttpResponse

    from haalweg.web.desk.staff import StaffRequest

MOST = 50
_CONFLICT = 409


class Row(NamedTuple):
    """One case, as it is decided on."""

    case: Case
    file_count: int
    qualities: tuple[int, ...]  # of what has one, the lowest first
    in_other_cases: int
    partner_count: int
    others: int  # that belong with it; each of them is chosen by itself
    warnings: list[str]


@require_safe
def check(request: StaffRequest) -> HttpResponse:
    """Those that wait and are nobody's or one's own, the oldest first, each with the figures that speak for it."""
    return _page(request)


@require_POST
@reauthentication_required  # type: ignore[untyped-decorator]  # allauth has no types
def decide(request: StaffRequest) -> HttpResponse:
    """Put all that were chosen on the list, or leave them off for one reason; all of them or none."""
    numbers = {int(each) for each in request.POST.getlist("case") if each.isdecimal() and len(each) < 10}
    if not numbers or len(numbers) > MOST:
        return _page(request, trouble=_("Choose 1 to %(most)s cases.") % {"most": MOST})
    chosen = list(_waiting(request).filter(number__in=numbers))
    figures = Figures(chosen)
    warned = [each.spoken_number for each in chosen if figures.warnings(each)]
    if warned or len(chosen) != len(numbers):
        why = _("Nothing was done: open these by themselves, or they were decided meanwhile. %(cases)s")
        return _page(request, trouble=why % {"cases": ", ".join(warned)})
    reason, is_refusal = request.POST.get("reason", ""), request.POST.get("what") == "refuse"
    if is_refusal and reason not in cases.REFUSALS:
        return _page(request, trouble=_("Choose a reason."))
    now = timezone.now()
    try:
        with transaction.atomic():
            # All of them before the first is written down: who waits for the log may not hold one of them.
            chosen = list(Case.objects.select_for_update().filter(pk__in=[each.pk for each in chosen]).order_by("pk"))
            for each in chosen:
                if is_refusal:
                    cases.refuse(each, staff=request.user, reason=reason, now=now)
                else:
                    cases.confirm(each, staff=request.user, assurance=each.assurance, now=now)
    except cases.DecisionError:
        return _page(request, trouble=_("Nothing was done: one of them changed meanwhile. Look again."))
    messenger().wake()
    return redirect("desk:check")


def _page(request: StaffRequest, *, trouble: str = "") -> HttpResponse:
    waiting = list(_waiting(request).order_by("received_at")[:MOST])
    figures = Figures(waiting)
    partners = _partner_counts(waiting)
    leads = {together.lead_of(each) for each in waiting}
    others = Counter(each.together_with_id for each in together.led_by(leads) if each.together_with_id)
    shown = {
        "checked": [_row(each, figures, partners.get(each.pk, 0), others[together.lead_of(each)]) for each in waiting],
        "most": MOST,
        "refusals": cases.REFUSALS,
        "trouble": trouble,
        "page": "check",
        "other_language": other_language(reverse("desk:check")),
    }
    return render(request, "desk/check.html", shown, status=_CONFLICT if trouble else 200)


def _waiting(request: StaffRequest) -> QuerySet[Case]:
    """Where the list was allowed and something would match, of nobody or of who looks."""
    allowed = Consent.objects.filter(case=OuterRef("case"), what=ConsentTo.BANK, taken_back_at=None)
    usable = Signature.objects.filter(
        Q(addition=None) & Exists(allowed.filter(addition=None))
        | Exists(allowed.filter(addition=OuterRef("addition"))),
        case=OuterRef("pk"),
        state=SignatureState.HELD,
    )
    return Case.objects.filter(
        Q(owner=None) | Q(owner=request.user),
        Exists(usable.exclude(quality__lt=MATCH_QUALITY)),
        state__in=UNDECIDED,
    )


def _row(case: Case, figures: Figures, partner_count: int, others: int) -> Row:
    rows = figures.of[case.pk]
    qualities = sorted(each.quality for each in rows if each.quality is not None)
    in_other_cases = max((each.in_other_cases for each in rows), default=0)
    file_count = len({each.row_name for each in rows})
    return Row(case, file_count, tuple(qualities), in_other_cases, partner_count, others, figures.warnings(case))


def _partner_counts(waiting: list[Case]) -> dict[object, int]:
    found: dict[object, int] = {}
    allowed = Consent.objects.filter(case__in=waiting, what__startswith=PARTNER, taken_back_at=None)
    for case, _partner in allowed.values_list("case", "what").distinct():
        found[case] = found.get(case, 0) + 1
    return found
