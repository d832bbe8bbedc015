"""The person's own page: opened with eight words, closed after a while, and all of it can be taken back there."""

from __future__ import annotations

import math
import time
from contextlib import suppress
from functools import wraps
from hashlib import sha256
from typing import TYPE_CHECKING

from django.conf import settings
from django.http import HttpResponse, JsonResponse
from django.middleware.csrf import rotate_token
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_POST

from haalweg.cases.states import SignatureState
from haalweg.keeping.audit import Act
from haalweg.reports.case_code import CaseCode, CaseCodeError
from haalweg.reports.consents import PARTNER, Consent
from haalweg.web.door import DoorError
from haalweg.web.intake.fingerprints import fingerprints_of
from haalweg.web.intake.prefixes import PREFIXES, prefix_of
from haalweg.web.pages import other_language
from haalweg.web.running import box, door, messenger
from haalweg.web.store import audit, cases, messages, new_code, pins, retention
from haalweg.web.store.export import OF_STAFF, all_of
from haalweg.web.store.listings import receipts_of
from haalweg.web.store.models import Case, Partner

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from datetime import datetime

    from django.http import HttpRequest

_CASE, _OPENED, _CODE, _PIN = "case", "opened_at", "code", "pin"
_NOT_SHOWN = (*OF_STAFF, "message_in", "message_out")  # events: messages stand by themselves
_MOST_S = 3_600  # of one visit
_NO_CONTENT, _UNPROCESSABLE, _TOO_MANY, _UNAVAILABLE = 204, 422, 429, 503


def code(request: HttpRequest) -> HttpResponse:
    """Ask for the eight words, and open the page that they fit. Whatever does not fit is answered the same."""
    if request.method != "POST":
        return render(request, "intake/code.html")  # nothing is wrong yet
    prefix = prefix_of(request)
    wait_s = PREFIXES.seconds_to_wait(prefix, now=time.monotonic())
    if wait_s:
        answer = _asked_again(request, status=_TOO_MANY, wait_s=math.ceil(wait_s))
        answer["Retry-After"] = str(math.ceil(wait_s))
        return answer
    try:
        asked = CaseCode.parse(request.POST.get("words", ""))
    except CaseCodeError as error:  # by the public list alone: that says nothing of any case
        return _asked_again(request, trouble=error)
    pin = request.POST.get("pin", "").strip()
    found = _found(asked, pin)
    if found is not None:
        _open(request, found)
        return redirect("intake:own_page")
    fetched = new_code.fetch(asked, pin, now=timezone.now())
    if fetched is not None:
        _open(request, fetched.case)
        return render(request, "intake/new_words.html", {"code": fetched.code.words})
    PREFIXES.failed(prefix, now=time.monotonic())
    return _asked_again(request, unknown=True)


def _open(request: HttpRequest, case: Case) -> None:
    audit.append(Act.PAGE_OPENED, by=audit.PERSON, subject=case.number, now=timezone.now())
    request.session.cycle_key()
    if request.session.get(_CASE, str(case.pk)) != str(case.pk):
        rotate_token(request)  # what stands open of another case in this browser must not act on this one
    request.session[_CASE], request.session[_OPENED] = str(case.pk), time.time()
    keep_open(request, case)


def keep_open(request: HttpRequest, case: Case) -> None:
    """Let the page be open here for as long as its code and its PIN are those of now; it closes elsewhere with them."""
    request.session[_CODE], request.session[_PIN] = bytes(case.code_lookup).hex(), _mark_of(case.pin)


def _asked_again(request: HttpRequest, *, status: int = _UNPROCESSABLE, **why: object) -> HttpResponse:
    return render(request, "intake/code.html", {"is_wrong": True, **why}, status=status)


def of_open_page(view: Callable[[HttpRequest, Case], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """A view of the case whose page is open in this browser; where none is, the words are asked for."""

    @wraps(view)
    def wrapped(request: HttpRequest) -> HttpResponse:
        case = case_of(request)
        return redirect("intake:code") if case is None else view(request, case)

    return wrapped


@require_GET
@of_open_page
def own_page(request: HttpRequest, case: Case) -> HttpResponse:
    """How it stands: words and days, never a signature and never a post."""
    return _page(request, case)


def choices_of(case: Case, *, now: datetime) -> dict[str, object]:
    """What can be taken back and put back by itself."""
    may_be_put_back = set(cases.files_that_may_be_put_back(case, now=now).values_list("row_name", flat=True))
    there = case.signatures.filter(state__in=(SignatureState.HELD, SignatureState.ON_THE_LIST))
    titles = dict(Partner.objects.values_list("name", "title"))
    added_at = dict(case.additions.values_list("number", "at"))

    def shown(choices: Iterable[cases.Choice]) -> list[dict[str, object]]:
        return [
            {
                "what": each.what,
                "partner": titles.get(each.what.removeprefix(PARTNER)),
                "addition": each.addition,
                "added_at": added_at.get(each.addition),
            }
            for each in choices
        ]

    return {
        "files": sorted(set(there.values_list("row_name", flat=True))),
        "put_back": sorted(may_be_put_back),
        "consents": shown(each for each in cases.consents_now(case) if each.what != Consent.BANK),
        "consents_back": shown(cases.consents_taken_back(case)),
    }


def _page(
    request: HttpRequest,
    case: Case,
    *,
    trouble: str = "",
    unsent: str = "",
    not_exported: bool = False,
    status: int = 200,
) -> HttpResponse:
    """Draw the page. `trouble`: why the message that is `unsent` was not taken."""
    now = timezone.now()
    try:
        written = messages.read(case, door(), by_person=True, who=0, now=now)
    except DoorError:
        written = None  # it says that they cannot be read just now
    try:
        told = receipts_of(case, door(), ours=_("our own check"))
    except DoorError:
        told = None
    return render(
        request,
        "intake/own_page.html",
        {
            "case": case,
            "messages": written,
            "trouble": trouble,
            "unsent": unsent,
            "not_exported": not_exported,
            "events": case.events.exclude(what__in=_NOT_SHOWN).order_by("-at", "-id"),
            "files": fingerprints_of(case, told),
            "receipts_are_known": told is not None,
            "place_count": case.places.count(),
            "waits": case.tasks.filter(done_at=None).exists(),
            "is_open": cases.is_open(case),
            "going": retention.going(case, now=now),
            "wiped_at": retention.wiped_at(case),
            "choices": choices_of(case, now=now),
            "may_write": messages.may_be_written(case),
            "may_undo": cases.may_be_undone(case, now=now),
            "staying": staying(request),
            "other_language": other_language(reverse("intake:own_page")),
        },
        status=status,
    )


@require_POST
@of_open_page
def write_message(request: HttpRequest, case: Case) -> HttpResponse:
    """Write to the helpline."""
    text = request.POST.get("text", "")
    try:
        messages.write(case, text, staff=None, box=box(), now=timezone.now())
    except messages.MessageError as error:
        return _page(request, case, trouble=error.why, unsent=text, status=_UNPROCESSABLE)
    except DoorError:
        return _page(request, case, trouble="not_sent", unsent=text, status=_UNAVAILABLE)
    return redirect("intake:own_page")


@require_POST
@of_open_page
def take_back(request: HttpRequest, case: Case) -> HttpResponse:
    """Take everything back, at once."""
    del request
    return _decided(lambda: cases.withdraw(case, now=timezone.now()))


@require_POST
@of_open_page
def undo(request: HttpRequest, case: Case) -> HttpResponse:
    """Put back what was taken back."""
    del request
    return _decided(lambda: cases.undo_withdrawal(case, now=timezone.now()))


@require_POST
@of_open_page
def keep_longer(request: HttpRequest, case: Case) -> HttpResponse:
    """Let it stay as long again: its time is nearly over."""
    del request
    return _decided(lambda: cases.keep_longer(case, now=timezone.now()))


@require_POST
@of_open_page
def take_back_file(request: HttpRequest, case: Case) -> HttpResponse:
    """Take one file back."""
    return _decided(lambda: cases.take_back_file(case, request.POST.get("file", ""), now=timezone.now()))


@require_POST
@of_open_page
def put_back_file(request: HttpRequest, case: Case) -> HttpResponse:
    """Put back one file that was taken back by itself."""
    return _decided(lambda: cases.put_back_file(case, request.POST.get("file", ""), now=timezone.now()))


@require_POST
@of_open_page
def take_back_consent(request: HttpRequest, case: Case) -> HttpResponse:
    """Take back one thing that was allowed."""
    return _decided(lambda: cases.change_consent(case, _choice(request), given=False, now=timezone.now()))


@require_POST
@of_open_page
def give_consent(request: HttpRequest, case: Case) -> HttpResponse:
    """Allow again what was allowed once."""
    choice = _choice(request)

    def given() -> None:
        if choice not in cases.consents_taken_back(case):
            raise cases.DecisionError("This was never allowed, or it still is.")
        cases.change_consent(case, choice, given=True, now=timezone.now())

    return _decided(given)


def _choice(request: HttpRequest) -> cases.Choice:
    number = request.POST.get("of", "0")
    return cases.Choice(request.POST.get("what", ""), int(number) if number.isdecimal() and len(number) < 6 else 0)


@require_POST
@of_open_page
def freeze(request: HttpRequest, case: Case) -> HttpResponse:
    """Somebody else has the eight words: they open nothing any more."""
    return _closed_by(request, lambda: cases.freeze(case, now=timezone.now()), "frozen")


@require_POST
@of_open_page
def erase(request: HttpRequest, case: Case) -> HttpResponse:
    """Take everything back for good, and keep nothing."""
    if request.POST.get("sure") != "yes":
        return redirect("intake:own_page")
    return _closed_by(request, lambda: cases.erase(case, now=timezone.now()), "erased")


@require_POST
@of_open_page
def export(request: HttpRequest, case: Case) -> HttpResponse:
    """Give all that is held of a case, as a file."""
    try:
        content = all_of(case, door(), now=timezone.now())
    except DoorError:
        return _page(request, case, not_exported=True, status=_UNAVAILABLE)
    answer = JsonResponse(content, json_dumps_params={"ensure_ascii": False, "indent": 1})
    answer["Content-Disposition"] = 'attachment; filename="overzicht.json"'  # says nothing of what it is
    return answer


@csrf_exempt  # it only ends a session; the quick exit sends it while the page goes away
@require_POST
def out(request: HttpRequest) -> HttpResponse:
    """End the session."""
    request.session.flush()
    response = HttpResponse(status=_NO_CONTENT)
    response["Clear-Site-Data"] = '"cache", "cookies", "storage"'
    return response


@require_POST
def close(request: HttpRequest) -> HttpResponse:
    """Close the page, and go to the first one."""
    request.session.flush()
    return redirect("intake:start")


def _decided(decide: Callable[[], object]) -> HttpResponse:
    """Do what the person decided, and show how it stands then."""
    with suppress(cases.DecisionError):  # the page says how it stands
        decide()
        messenger().wake()
    return redirect("intake:own_page")


def _closed_by(request: HttpRequest, decide: Callable[[], object], what: str) -> HttpResponse:
    """Do what closes the page for good, and say so."""
    try:
        decide()
    except cases.DecisionError:
        return redirect("intake:own_page")
    messenger().wake()
    request.session.flush()
    return render(request, "intake/closed.html", {"what": what})


def _found(code: CaseCode, pin: str) -> Case | None:
    """The case that a code opens, with its PIN where it has one. A wrong PIN is answered as a wrong code is."""
    lookup = code.lookup(settings.HAALWEG_SECRET.derived("case codes"))
    case = Case.objects.filter(code_lookup=lookup, frozen_at=None).first()
    pin_fits = bool(pin) and pins.fits(pin, case.pin if case else "")  # as slow for every code
    return case if case is not None and (pin_fits or not case.pin) else None


def case_of(request: HttpRequest) -> Case | None:
    """The case whose page is open in this browser; None: none is, its time is over, or its code opens nothing now."""
    if _CASE not in request.session:
        return None
    if time.time() - request.session.get(_OPENED, 0) > _MOST_S:
        for name in (_CASE, _OPENED, _CODE, _PIN):  # and nothing else: somebody of the desk may have come by
            request.session.pop(name, None)
        return None
    code_lookup = bytes.fromhex(request.session[_CODE])
    case = Case.objects.filter(pk=str(request.session[_CASE]), code_lookup=code_lookup, frozen_at=None).first()
    return case if case is not None and _mark_of(case.pin) == request.session.get(_PIN) else None


def staying(request: HttpRequest) -> dict[str, int | None]:
    """After how many seconds without a word the page ends, and after how many in any case."""
    opened = request.session.get(_OPENED)
    left_s = None if opened is None else max(0, round(opened + _MOST_S - time.time()))
    return {"idle_s": settings.SESSION_COOKIE_AGE, "left_s": left_s}


def _mark_of(kept_pin: str) -> str:
    """Another one for every PIN that was set, also where the digits are the same."""
    return sha256(kept_pin.encode()).hexdigest()
