"""A report by phone: the questions about age first, then what was told, then words with which the caller adds files."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from haalweg.reports.age_gate import referrals
from haalweg.reports.case_code import LANGUAGES
from haalweg.reports.consents import PARTNER, Consent
from haalweg.reports.report import NotKeptError, ReportError
from haalweg.web.door import DoorError
from haalweg.web.plain_report import AGES, is_maybe_young, key_of, report_of
from haalweg.web.questions import questions_of
from haalweg.web.running import box
from haalweg.web.store import invitations
from haalweg.web.store.calls import take_call
from haalweg.web.store.cases import DecisionError
from haalweg.web.store.models import Partner
from haalweg.web.store.reports import not_kept

if TYPE_CHECKING:
    from django.http import HttpResponse, QueryDict

    from haalweg.web.desk.staff import StaffRequest
    from haalweg.web.store.models import Case

_HOURS = round(invitations.STANDS.total_seconds() / 3_600)
_CONSENTS = (Consent.BANK, Consent.NOTICES, Consent.UPLOADER_NOTICE)
_UNPROCESSABLE, _UNAVAILABLE = 422, 503


@require_http_methods(["GET", "HEAD", "POST"])
def call(request: StaffRequest) -> HttpResponse:
    """Write down what a caller tells; of somebody under 18, or perhaps so, nothing is read or kept."""
    told = request.POST
    if request.method != "POST":
        return _form(request, told)
    if is_maybe_young(told):
        not_kept(key_of(told), now=timezone.now(), staff=request.user)
        return _young(request)
    unanswered = {each.name: each.missing for each in questions_of(told) if not each.is_answered}
    if unanswered:
        return _form(request, told, unanswered, status=_UNPROCESSABLE)
    return _taken(request, told)


def _taken(request: StaffRequest, told: QueryDict) -> HttpResponse:
    try:
        language = told.get("language", "")
        report = report_of(
            told, language=language if language in LANGUAGES else get_language(), consents=told.getlist("consent")
        )
        case = take_call(report, key_of(told), staff=request.user, box=box(), now=timezone.now())
    except NotKeptError:
        return _young(request)
    except ReportError as error:
        is_english = get_language() == "en"
        troubles = {each.at.split("[")[0]: each.en if is_english else each.nl for each in error.problems}
        return _form(request, told, troubles, status=_UNPROCESSABLE)
    except DoorError:
        away = _("It was not kept: the machine door does not answer. What you wrote is still here. Try again.")
        return _form(request, told, {"send": away}, status=_UNAVAILABLE)
    return _invited(request, case) if told.get("files") == "yes" else redirect("desk:case", number=case.number)


def _young(request: StaffRequest) -> HttpResponse:
    return render(request, "desk/call_young.html", {"referrals": _referrals(), "page": "call"})


@require_POST
def invite(request: StaffRequest, case: Case) -> HttpResponse:
    """Give words, and a link, with which something can be added to a case on another phone."""
    return _invited(request, case)


def _invited(request: StaffRequest, case: Case) -> HttpResponse:
    try:
        words = invitations.invite(case, staff=request.user, now=timezone.now())
    except DecisionError:
        return redirect("desk:case", number=case.number)
    with override(case.language):  # the page as the person reads it
        address = settings.HAALWEG.address + reverse("intake:invited")
    shown = {"case": case, "code": words, "address": address, "link": f"{address}#{'-'.join(words)}", "hours": _HOURS}
    return render(request, "desk/invited.html", shown)


def _form(
    request: StaffRequest, told: QueryDict, troubles: dict[str, str] | None = None, *, status: int = 200
) -> HttpResponse:
    known = {*AGES, "whom", "places", "story"}
    shown = {
        "questions": questions_of(told, troubles),
        "told": told,
        "chosen": told.getlist("consent"),
        "consents": _CONSENTS,
        "partners": Partner.objects.filter(is_active=True),
        "partner_prefix": PARTNER,
        "key": key_of(told),
        "troubles": troubles or {},
        "trouble": "; ".join(text for name, text in (troubles or {}).items() if name not in known),
        "page": "call",
    }
    return render(request, "desk/call.html", shown, status=status)


def _referrals() -> list[tuple[str, str, str]]:
    is_english = get_language() == "en"
    return [(each.name, each.contact, each.english if is_english else each.dutch) for each in referrals()]
