"""The desk: what waits, one case, and what is decided about it. No picture is ever here, only figures and reasons."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db.models import Case as Which
from django.db.models import Count, Exists, F, OuterRef, Q, Subquery, When
from django.db.models.functions import Coalesce
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST, require_safe

from haalweg.banks import Assurance
from haalweg.cases.states import FINAL, UNDECIDED, CaseState, SignatureState
from haalweg.keeping.audit import Act
from haalweg.reports.channels import channel_for
from haalweg.reports.consents import PARTNER
from haalweg.reports.locations import Location, LocationError
from haalweg.web.desk import belonging
from haalweg.web.desk.rights import may
from haalweg.web.desk.warnings import Figures
from haalweg.web.door import DoorError, letters_of
from haalweg.web.pages import other_language
from haalweg.web.running import box, door, messenger
from haalweg.web.store import audit, cases, listings, messages, proposals, retention
from haalweg.web.store.belonging import HANDING_OVER
from haalweg.web.store.models import (
    Addition,
    Case,
    Consent,
    Contact,
    Message,
    Partner,
    Place,
    Proposal,
    Signature,
    Task,
)
from haalweg.web.store.proposals import Proposed

if TYPE_CHECKING:
    from django.db.models import Manager, QuerySet
    from django.http import HttpResponse

    from haalweg.reports.channels import Channel
    from haalweg.web.desk.staff import StaffRequest

_ROWS = 50
_BEST_ASSURED = Which(When(assurance=Assurance.SEEN, then=0), When(assurance=Assurance.SPOKEN, then=1), default=2)
_CONFLICT, _UNPROCESSABLE, _UNAVAILABLE = 409, 422, 503


@require_safe
def queue(request: StaffRequest) -> HttpResponse:
    """What waits for a person, the best assured and the oldest first: of all, one's own, or what is nobody's yet."""
    waiting, whose = _waiting(), request.GET.get("whose", "")
    of = {"mine": Q(owner=request.user), "nobody": Q(owner=None)}
    counts = waiting.aggregate(all=Count("pk"), **{each: Count("pk", filter=which) for each, which in of.items()})
    files, places = _count(Signature.objects, "row_name"), _count(Place.objects, "pk")
    first = waiting.filter(of.get(whose, Q())).select_related("owner").annotate(files=files, place_count=places)
    shown = {
        "cases": first.order_by(_BEST_ASSURED, "received_at")[:_ROWS],
        "whose": whose if whose in of else "all",
        "count": counts[whose if whose in of else "all"],
        "counts": counts,
        "rows": _ROWS,
        "page": "queue",
    }
    return render(request, "desk/queue.html", shown)


def _waiting() -> QuerySet[Case]:
    """The cases that a person has to look at.

    Those to be decided on, to be answered (`to_answer`), to be opened again, for which a colleague proposed something
    (`proposed`), that the door did not take, or that soon go. The story of a report, which came with it, is no
    message that waits.
    """
    unread = Message.objects.filter(from_person=True, read_at=None, at__gt=F("case__received_at"))
    proposed = Proposal.objects.filter(at__gt=timezone.now() - proposals.STANDS)
    added = Addition.objects.filter(decided_at=None)
    failed = Task.objects.filter(done_at=None, tries__gt=0)
    # Each found by an index of its own: asked of every case, one after the other, it takes a second among very many.
    of_cases = [
        Case.objects.filter(which).values("pk")
        for which in (
            Q(state__in=UNDECIDED),
            Q(to_answer=True),
            Q(frozen_at__isnull=False),
            Q(asked_at__isnull=False),
        )
    ]
    rows = (unread, proposed, failed, added.filter(case__state=CaseState.ON_THE_LIST))
    waiting = of_cases[0].union(*of_cases[1:], *(each.order_by().values("case") for each in rows))
    return Case.objects.filter(pk__in=waiting).annotate(
        proposed=Exists(proposed.filter(case=OuterRef("pk"))),
        added=Exists(added.filter(case=OuterRef("pk"))),
        unread=Exists(unread.filter(case=OuterRef("pk"))),
    )


def _count(rows: Manager[Any], what: str) -> Coalesce:
    of_case = rows.filter(case=OuterRef("pk")).order_by().values("case")
    return Coalesce(Subquery(of_case.annotate(number=Count(what, distinct=True)).values("number")), 0)


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


def _two_people(case: Case) -> dict[str, object]:
    """What somebody proposed, and what else can be proposed for it."""
    now = timezone.now()
    standing = list(proposals.standing(case, now=now))
    there = {each.what for each in standing}
    return {
        "new_code": next((each for each in standing if each.what == Proposed.NEW_CODE), None),
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
            "events": case.events.select_related("staff", "about"),
            "may_have": belonging.may_have(request, case),
            "handing_over": HANDING_OVER,
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
