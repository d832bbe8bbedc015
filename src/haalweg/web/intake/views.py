"""The pages for the person it is about."""

from __future__ import annotations

import logging
import time
from typing import TYPE_CHECKING

from django.http import JsonResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.csrf import ensure_csrf_cookie
from django.views.decorators.http import require_POST, require_safe

from haalweg.reports.report import NotKeptError, ReportError
from haalweg.web.door import DoorError
from haalweg.web.intake.prefixes import PREFIXES, prefix_of
from haalweg.web.intake.sent_keys import sent_key
from haalweg.web.intake.words import of_the_path
from haalweg.web.logs import OURS
from haalweg.web.pages import help_data
from haalweg.web.running import box
from haalweg.web.store.columns import OF_A_PERSON
from haalweg.web.store.models import Partner
from haalweg.web.store.reports import take

if TYPE_CHECKING:
    import uuid
    from collections.abc import Callable

    from django.http import HttpRequest, HttpResponse

_ICONS = ("tick", "info", "care", "photo", "video")  # those that the script of the path draws with
_LOG = logging.getLogger(OURS)
_CREATED, _BAD, _UNSUPPORTED, _UNPROCESSABLE, _TOO_MANY, _UNAVAILABLE = 201, 400, 415, 422, 429, 503


def page(name: str) -> Callable[[HttpRequest], HttpResponse]:
    """A page that only tells something: no script, no account and no cookie is needed for it."""

    @require_safe
    def shown(request: HttpRequest) -> HttpResponse:
        return render(request, f"intake/{name}.html")

    return shown


@require_safe
def exists(request: HttpRequest) -> HttpResponse:
    """What there is of a person, as the list of all columns has it."""
    return render(request, "intake/exists.html", {"tables": OF_A_PERSON.values()})


@require_safe
@ensure_csrf_cookie
def report(request: HttpRequest) -> HttpResponse:
    """The whole path, in one document."""
    language = get_language()
    partners = [
        {
            "name": each.name,
            "title": each.title,
            "kind": each.kind,
            "sentence": each.sentence_en if language == "en" else each.sentence_nl,
        }
        for each in Partner.objects.filter(is_active=True)
    ]
    words = of_the_path(talk=help_data()["talk"])
    return render(request, "intake/report.html", {"words": words, "partners": partners, "icons": _ICONS})


@require_POST
def send(request: HttpRequest) -> JsonResponse:
    """Take a report in. The code in the answer is nowhere else; sent again with the same key it is the same."""
    if request.content_type != "application/json":
        return JsonResponse({}, status=_UNSUPPORTED)
    try:
        key = sent_key(request.headers.get("Idempotency-Key", ""))
    except ValueError:
        return JsonResponse({"problems": [{"at": "Idempotency-Key"}]}, status=_BAD)
    if not PREFIXES.may_report(prefix_of(request), now=time.monotonic()):
        return JsonResponse({"too_many": True}, status=_TOO_MANY, headers={"Retry-After": "3600"})
    return _taken(request, key)


def _taken(request: HttpRequest, key: uuid.UUID) -> JsonResponse:
    now = timezone.now()
    try:
        taken = take(request.body, key, box=box(), now=now)
    except NotKeptError:
        return JsonResponse({"not_kept": True}, status=_UNPROCESSABLE)
    except ReportError as error:
        problems = [{"at": each.at, "sentence": {"nl": each.nl, "en": each.en}} for each in error.problems]
        return JsonResponse({"problems": problems}, status=_UNPROCESSABLE)
    except DoorError:
        _LOG.warning("no key to close letters with")
        return JsonResponse({}, status=_UNAVAILABLE)
    PREFIXES.reported(prefix_of(request), now=time.monotonic())
    told = {"code": list(taken.code.words), "received_at": now.isoformat(), "as_sent": taken.is_as_sent}
    return JsonResponse(told, status=_CREATED)
