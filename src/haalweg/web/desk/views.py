"""The desk: what waits, one case, and what is decided about it. No picture is ever here, only figures and reasons."""

from __future__ import annotations

import re
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db.models import Case as Which
from django.db.models import Count, Exists, OuterRef, Q, Subquery, Value, When
from django.db.models.functions import Coalesce
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST, require_safe

from haalweg.banks import Assurance
from haalweg.cases.states import FINAL, CaseState, SignatureState
from haalweg.keeping.audit import Act
from haalweg.reports.channels import channel_for
from haalweg.reports.locations import Location, LocationError
from haalweg.signals import SignalType
from haalweg.web.desk import belonging
from haalweg.web.desk.rights import may
from haalweg.web.door import DoorError, letters_of
from haalweg.web.pages import other_language
from haalweg.web.running import box, door, messenger
from haalweg.web.store import audit, cases, messages, retention
from haalweg.web.store.belonging import HANDING_OVER
from haalweg.web.store.cases import signatures_of
from haalweg.web.store.models import Addition, Case, Contact, Message, Place, Signature, Task

if TYPE_CHECKING:
    import uuid
    from collections.abc import Iterable

    from django.db.models import Manager, QuerySet
    from django.http import HttpResponse

    from haalweg.reports.channels import Channel
    from haalweg.web.desk.staff import StaffRequest

_ROWS = 50
_NUMBER = re.compile(r"[0-9]{1,9}")
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
    """The cases to be decided on, to be answered (`to_answer`), to be opened again, or that the door did not take.

    And those about to go, unless somebody wants them longer. The story of a report, which came with it, is no message
    that waits.
    """
    messages = Message.objects.filter(case=OuterRef("pk"), at__gt=OuterRef("received_at"))
    failed = Task.objects.filter(case=OuterRef("pk"), done_at=None, tries__gt=0)
    return Case.objects.annotate(
        added=Exists(Addition.objects.filter(case=OuterRef("pk"), decided_at=None)),
        unread=Exists(messages.filter(from_person=True, read_at=None)),
        to_answer=Coalesce(Subquery(messages.order_by("-at").values("from_person")[:1]), Value(value=False)),
    ).filter(
        Q(state__in=[CaseState.RECEIVED, CaseState.SET_ASIDE])
        | Q(to_answer=True)
        | Q(unread=True)
        | Q(frozen_at__isnull=False)
        | Q(new_code_by__isnull=False)
        | Q(asked_at__isnull=False)
        | Exists(failed)
        | Q(state=CaseState.ON_THE_LIST, added=True)
    )


def _count(rows: Manager[Any], what: str) -> Coalesce:
    of_case = rows.filter(case=OuterRef("pk")).order_by().values("case")
    return Coalesce(Subquery(of_case.annotate(number=Count(what, distinct=True)).values("number")), 0)


@require_POST
def search(request: StaffRequest) -> HttpResponse:
    """Go to a case by its number, as it is read out: 26-00042, or 42."""
    number = request.POST.get("number", "").rpartition("-")[2].strip()
    if _NUMBER.fullmatch(number) and Case.objects.filter(number=int(number)).exists():
        audit.append(Act.FOUND, by=request.user.pk, subject=int(number), now=timezone.now())
        return redirect("desk:case", number=int(number))
    return redirect("desk:queue")


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
        return _refused(request, case, _("This was not put on the list: the case was decided already, or taken back."))
    messenger().wake()
    return redirect("desk:case", number=case.number)


@require_POST
def share(request: StaffRequest, case: Case) -> HttpResponse:
    """Let partners have what the person allowed for them: the second pair of eyes."""
    try:
        cases.share(case, staff=request.user, now=timezone.now())
    except cases.DecisionError:
        if cases.to_be_shared(case) and not _is_second(request, case):
            return _refused(request, case, _("That takes a second pair of eyes: somebody else looks at it too."))
        return _refused(
            request,
            case,
            _("This was not shared: the case is off the list, was shared before, or is for no partner."),
        )
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
        return _refused(request, case, _("This was not refused: the case was decided already, or taken back."))
    return redirect("desk:case", number=case.number)


@require_POST
def keep_longer(request: StaffRequest, case: Case) -> HttpResponse:
    """Let what is about to go stay as long again, for the person."""
    try:
        cases.keep_longer(case, staff=request.user, now=timezone.now())
    except cases.DecisionError:
        return _refused(request, case, _("Nothing of this case is about to go."))
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
        return _refused(request, case, _("This case was stopped or erased already."))
    messenger().wake()
    return redirect("desk:case", number=case.number)


def _refused(request: StaffRequest, case: Case, why: str) -> HttpResponse:
    case.refresh_from_db()
    return _case_page(request, case, trouble=why, status=_CONFLICT)


def _is_second(request: StaffRequest, case: Case) -> bool:
    """Whether something waits to be shared that somebody else put on the list."""
    return any(each.confirmed_by != request.user.pk for each in cases.to_be_shared(case))


def _channel(text: str) -> Channel | None:
    try:
        return channel_for(Location.parse(text))
    except LocationError:
        return None


def _known_as_harmless(signatures: Iterable[Signature]) -> set[uuid.UUID]:
    """Which of them a negative bank knows; none while the door is away, which the page says elsewhere."""
    asked = [each for each in signatures if each.signal_type == SignalType.PDQ]
    try:
        known = door().known_as_harmless(letters_of(asked))
    except DoorError:
        return set()
    return {each.pk for each, is_known in zip(asked, known, strict=True) if is_known}


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
    signatures = signatures_of(case)
    known = _known_as_harmless(signatures)
    return render(
        request,
        "desk/case.html",
        {
            "case": case,
            "signatures": [(each, each.pk in known) for each in signatures],
            "places": None if texts is None else [(text, _channel(text) if text else None) for text in texts],
            "consents": case.consents.filter(taken_back_at=None).select_related("addition").order_by("addition", "pk"),
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
            "is_open": cases.is_to_be_decided(case),
            "has_held": case.signatures.filter(state=SignatureState.HELD).exists(),
            "added": [] if case.state != CaseState.ON_THE_LIST else cases.undecided(case),
            "refusals": cases.REFUSALS,
            "may_share": bool(cases.to_be_shared(case)),
            "goes_at": retention.goes_at(case, now=timezone.now()),
            "is_asked": retention.asked().filter(pk=case.pk).exists(),
            "is_second": _is_second(request, case),
            "bank": settings.HAALWEG.bank,
            "trouble": trouble,
            "unkept": unkept,
            "unsent": unsent,
            "other_language": other_language(reverse("desk:case", args=[case.number])),
        },
        status=status,
    )
