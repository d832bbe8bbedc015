"""Only a link, told in a plain form: for who has no script. The age gate comes first here too."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from haalweg.reports.consents import Consent
from haalweg.reports.locations import Location, LocationError
from haalweg.reports.report import MOST_PLACES, NotKeptError, ReportError
from haalweg.web.door import DoorError
from haalweg.web.intake.prefixes import PREFIXES, prefix_of
from haalweg.web.intake.words import too_many
from haalweg.web.pages import help_data
from haalweg.web.plain_report import is_maybe_young, key_of, lines_of, report_of
from haalweg.web.questions import questions_of
from haalweg.web.running import box
from haalweg.web.store.reports import not_kept, take

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse, QueryDict

_UNPROCESSABLE, _TOO_MANY, _UNAVAILABLE = 422, 429, 503
_WORDS = "words"  # in the session, from when they are made until they are shown


@require_http_methods(["GET", "HEAD", "POST"])
def link(request: HttpRequest) -> HttpResponse:
    """The form; and taking in what it says."""
    told = request.POST
    if request.method != "POST":
        return _form(request, told, {})
    if is_maybe_young(told):
        not_kept(key_of(told), now=timezone.now())
        return render(request, "intake/young.html")  # and nothing else of it is read
    if not PREFIXES.may_report(prefix_of(request), now=time.monotonic()):
        return _form(request, told, {"send": too_many(help_data()["talk"])}, status=_TOO_MANY)
    unanswered = {each.name: each.missing for each in questions_of(told) if not each.is_answered}
    troubles = unanswered | _trouble_with_places(told)
    if troubles:
        return _form(request, told, troubles, status=_UNPROCESSABLE)
    return _keep(request, told)


@require_GET
def words(request: HttpRequest) -> HttpResponse:
    """Show the eight words, once: whoever opens this page again does not see them."""
    shown = request.session.pop(_WORDS, None)
    if shown is None:
        return redirect("intake:code")
    return render(request, "intake/link_sent.html", shown)


def _keep(request: HttpRequest, told: QueryDict) -> HttpResponse:
    try:
        allowed = [each for each in told.getlist("consent") if each == Consent.NOTICES]
        report = report_of(told, language=get_language(), consents=allowed)
        taken = take(report, key_of(told), box=box(), now=timezone.now())
    except NotKeptError:
        return render(request, "intake/young.html")
    except ReportError as error:
        troubles = {_field_of(each.at): _in_words(each.nl, each.en) for each in error.problems}
        return _form(request, told, troubles, status=_UNPROCESSABLE)
    except DoorError:
        again = _("It was not sent. Your choices are still here. Try again.")
        return _form(request, told, {"send": again}, status=_UNAVAILABLE)
    PREFIXES.reported(prefix_of(request), now=time.monotonic())
    request.session[_WORDS] = {"code": list(taken.code.words), "as_sent": taken.is_as_sent}
    return redirect("intake:words")


def _form(request: HttpRequest, told: QueryDict, troubles: dict[str, str], *, status: int = 200) -> HttpResponse:
    return render(
        request,
        "intake/link.html",
        {"questions": questions_of(told, troubles), "key": key_of(told), "told": told, "troubles": troubles},
        status=status,
    )


def _trouble_with_places(told: QueryDict) -> dict[str, str]:
    lines = lines_of(told)
    if len(lines) > MOST_PLACES:
        return {"places": _("These are too many links. Send at most %(most)s.") % {"most": MOST_PLACES}}
    try:
        found = [Location.parse(line) for line in lines]
    except LocationError as error:
        return {"places": _in_words(error.nl, error.en)}
    if not found and not told.get("story", "").strip():
        return {"places": _("Give a link, or tell where it is. Don't know? Call us, then we look together.")}
    return {}


def _field_of(at: str) -> str:
    """The field of the form where a place of the report came from."""
    return next((field for field in ("places", "story") if at.startswith(field)), "send")


def _in_words(dutch: str, english: str) -> str:
    return english if get_language() == "en" else dutch
