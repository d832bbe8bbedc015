"""The desk: what waits, one case, and what is decided about it. No picture is ever here, only figures and reasons."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from django.conf import settings
from django.db.models import Q
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST, require_safe

from haalweg.banks import Assurance
from haalweg.cases.states import FINAL, CaseState, SignatureState
from haalweg.keeping.audit import Act
from haalweg.reports.channels import channel_for
from haalweg.reports.consents import PARTNER
from haalweg.reports.locations import Location, LocationError
from haalweg.web.desk import belonging, waiting
from haalweg.web.desk.rights import may
from haalweg.web.desk.warnings import Figures
from haalweg.web.door import DoorError, letters_of
from haalweg.web.pages import other_language
from haalweg.web.running import box, door, messenger
from haalweg.web.store import audit, cases, doubts, listings, messages, new_code, proposals, retention, together
from haalweg.web.store.belonging import HANDING_OVER, PUTTING_TOGETHER
from haalweg.web.store.models import Case, Consent, Contact, Partner
from haalweg.web.store.proposals import Proposed

if TYPE_CHECKING:
    from django.http import HttpResponse

    from haalweg.reports.channels import Channel
    from haalweg.web.desk.staff import StaffRequest

_CONFLICT, _UNPROCESSABLE, _UNAVAILABLE = 409, 422, 503


@require_safe
def queue(request: StaffRequest) -> HttpResponse:
    """What waits for a person, the best assured and the oldest first: of all, one's own, or what is nobody's yet."""
    whose = request.GET.get("whose", "")
    of = {"all": Q(), "mine": Q(owner=request.user), "nobody": Q(owner=None)}
    counts = waiting.counted(of)
    whose = whose if whose in of else "all"
    shown = {
        "work": waiting.rows(of[whose]),
        "whose": whose,
        "count": counts[whose],
        "counts": counts,
        "rows": waiting.ROWS,
        "page": "queue",
    }
    return render(request, "desk/queue.html", shown)


@require_GET
def case_page(request: StaffRequest, case: Case) -> HttpResponse:
    """One case."""
    return _case_page(request, case)


@require_POST
def confirm(request: StaffRequest, case: Case) -> HttpResponse:
    """Put what is held on the list."""
    spoken = request.POST.get("spoken") == "yes"
    try:
        cases.confirm(
            case,
            staff=request.user,
            assurance=Assurance.SPOKEN if spoken else Assurance.SELF_REPORTED,
            now=timezone.now(),
        )
    except cases.DecisionError:
        return refused(request, case, _("This was not put on the list: the case was decided already, or taken back."))
    messenger().wake()
    return redirect("desk:case", number=case.number)


@require_POST
def refuse(request: StaffRequest, case: Case) -> HttpResponse:
    """Leave it off the list, with a reason."""
    reason = request.POST.get("reason", "")
    if reason not in cases.REFUSALS:
        return _case_page(request, case, trouble=_("Choose a reason."), status=_UNPROCESSABLE)
    try:
        cases.refuse(case, staff=request.user, reason=reason, now=timezone.now())
    except cases.DecisionError:
        return refused(request, case, _("This was not refused: the case was decided already, or taken back."))
    return redirect("desk:case", number=case.number)


@require_POST
def keep_longer(request: StaffRequest, case: Case) -> HttpResponse:
    """Let what is about to go stay as long again, for the person."""
    try:
        cases.keep_longer(case, staff=request.user, now=timezone.now())
    except cases.DecisionError:
        return refused(request, case, _("Nothing of this case is about to go."))
    messenger().wake()
    return redirect("desk:case", number=case.number)


@require_POST
def read_more(request: StaffRequest, case: Case) -> HttpResponse:
    """Say that the places that were added were read."""
    with suppress(cases.DecisionError):  # the page says how it stands
        cases.read_more(case, staff=request.user, now=timezone.now())
    return redirect("desk:case", number=case.number)


@require_POST
def doubt_seen(request: StaffRequest, case: Case) -> HttpResponse:
    """Say that somebody looked at why it matches what very many people upload."""
    doubts.seen(case, staff=request.user, now=timezone.now())
    return redirect("desk:case", number=case.number)


@require_POST
def write_message(request: StaffRequest, case: Case) -> HttpResponse:
    """Write to the person."""
    text = request.POST.get("text", "")
    try:
        messages.write(case, text, staff=request.user, box=box(), now=timezone.now())
    except messages.MessageError as error:
        return _case_page(request, case, unkept=error.why, unsent=text, status=_UNPROCESSABLE)
    except DoorError:
        return _case_page(request, case, unkept="not_sent", unsent=text, status=_UNAVAILABLE)
    return redirect("desk:case", number=case.number)


@require_POST
def under_age(request: StaffRequest, case: Case) -> HttpResponse:
    """Stop a case: somebody in it is, or may be, under 18."""
    try:
        cases.turned_out_under_age(case, staff=request.user, now=timezone.now())
    except cases.DecisionError:
        return refused(request, case, _("This case was stopped or erased already."))
    messenger().wake()
    return redirect("desk:case", number=case.number)


def refused(request: StaffRequest, case: Case, why: str) -> HttpResponse:
    """Draw a case as it stands now, with why what was wanted was not done."""
    case.refresh_from_db()
    return _case_page(request, case, trouble=why, status=_CONFLICT)


def _together(request: StaffRequest, case: Case, same: list[Case]) -> dict[str, object]:
    """What it is dealt with together with, and what it can be. `same`: those that have the same fingerprints."""
    others = list(waiting.with_what_waits(together.others_of(case)).order_by("number"))
    is_theirs = case.owner_id in (None, request.user.pk)
    return {
        "others": [(each, list(waiting.words(each))) for each in others],
        "leads": case.together_with_id is None,
        "leading": next((each for each in others if each.together_with_id is None), None),
        "perhaps_too": [each for each in others if each.state not in FINAL],
        "may_put_together": is_theirs and case.state not in FINAL and may(request.role, "put_together"),
        "may_take_apart": belonging.may_take_apart(request, case),
        "putting_together": PUTTING_TOGETHER,
        "same": same,
        "typed": request.POST.get("number", ""),
    }


def _two_people(case: Case) -> dict[str, object]:
    """What somebody proposed, and what else can be proposed for it."""
    now = timezone.now()
    standing = list(proposals.standing(case, now=now))
    there = {each.what for each in standing}
    return {
        "new_code": next((each for each in standing if each.what == Proposed.NEW_CODE), None),
        "words_are_out": new_code.are_out(case, now=now),
        "standing": [each for each in standing if each.what != Proposed.NEW_CODE],
        "stands_days": proposals.STANDS.days,
        "may_be_proposed": sorted(cases.may_be_proposed(case, now=now) - there),
        "revocations": cases.REVOCATIONS,
        "sharing": cases.SHARING,
        "files": sorted({each.row_name for each in case.signatures.filter(state=SignatureState.ON_THE_LIST)}),
    }


def _consents(case: Case) -> list[tuple[Consent, str]]:
    """What is allowed, each with the partner's name where it is about one."""
    titles = dict(Partner.objects.values_list("name", "title"))
    there = case.consents.filter(taken_back_at=None).select_related("addition").order_by("addition", "pk")
    return [(each, titles.get(each.what.removeprefix(PARTNER), "")) for each in there]


def _channel(text: str) -> Channel | None:
    try:
        return channel_for(Location.parse(text))
    except LocationError:
        return None


def _receipts(case: Case) -> dict[str, listings.Receipts] | None:
    """Who has it and who has dropped it, file by file; None while the door is away."""
    try:
        return listings.receipts_of(case, door(), ours=_("a gate of our own"))
    except DoorError:
        return None


def _case_page(
    request: StaffRequest, case: Case, *, trouble: str = "", unkept: str = "", unsent: str = "", status: int = 200
) -> HttpResponse:
    """Draw a case. `trouble`: why something was not done; `unkept`: why the message that is `unsent` was not."""
    texts, written = None, None  # it says that they cannot be read just now
    who = request.user.pk
    audit.append(Act.CASE_READ, by=who, subject=case.number, now=timezone.now())
    if may(request.role, "read"):
        try:
            texts = door().read_back(letters_of(case.places.order_by("position")), who=who, why="case")
            written = messages.read(case, door(), by_person=False, who=who, now=timezone.now())
        except DoorError:
            trouble = trouble or _("The machine door does not answer. Decisions are kept until it does.")
    figures = Figures([case])
    return render(
        request,
        "desk/case.html",
        {
            "case": case,
            "signatures": [(each, each.pk in (figures.harmless or ())) for each in figures.of[case.pk]],
            "warnings": figures.warnings(case),
            "places": None if texts is None else [(text, _channel(text) if text else None) for text in texts],
            "consents": _consents(case),
            "has_contact": Contact.objects.filter(case=case).exists(),
            "held": cases.usable(case).count(),
            "messages": written,
            "may_confirm": cases.may_be_confirmed(case),
            "may_write": messages.may_be_written(case),
            "events": case.events.select_related("staff", "about").order_by("-at", "-id"),
            "may_have": belonging.may_have(request, case),
            "handing_over": HANDING_OVER,
            **_together(request, case, figures.others_with_the_same(case)),
            "is_over": case.state in FINAL,
            "waits": case.tasks.filter(done_at=None).exists(),
            "is_to_be_decided": cases.is_to_be_decided(case),
            "may_add": cases.is_open(case),
            "has_held": case.signatures.filter(state=SignatureState.HELD).exists(),
            "receipts": _receipts(case),
            "added": [] if case.state != CaseState.ON_THE_LIST else cases.undecided(case),
            "refusals": cases.REFUSALS,
            "going": retention.going(case, now=timezone.now()),
            **_two_people(case),
            "bank": settings.HAALWEG.bank,
            "trouble": trouble,
            "unkept": unkept,
            "unsent": unsent,
            "other_language": other_language(reverse("desk:case", args=[case.number])),
        },
        status=status,
    )
