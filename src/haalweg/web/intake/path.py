"""What a report and an addition to one share: the page of the path, and how what it sends is answered."""

from __future__ import annotations

import logging
import time
from typing import TYPE_CHECKING

from django.http import JsonResponse
from django.utils.translation import get_language

from haalweg.reports.report import NotKeptError, ReportError
from haalweg.web.door import DoorError
from haalweg.web.intake.prefixes import PREFIXES, prefix_of
from haalweg.web.intake.words import of_the_path
from haalweg.web.logs import OURS
from haalweg.web.pages import help_data
from haalweg.web.sent_keys import sent_key
from haalweg.web.store.models import Partner

if TYPE_CHECKING:
    import uuid
    from collections.abc import Callable

    from django.http import HttpRequest

_ICONS = ("tick", "info", "care", "photo", "video")  # those that the script of the path draws with
_LOG = logging.getLogger(OURS)
_CREATED, _BAD, _UNSUPPORTED, _UNPROCESSABLE, _TOO_MANY, _UNAVAILABLE = 201, 400, 415, 422, 429, 503


def context() -> dict[str, object]:
    """What the page of the path is drawn with."""
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
    return {"words": words(), "partners": partners, "icons": _ICONS}


def words() -> dict[str, str]:
    """What the script of the path says."""
    return of_the_path(talk=help_data()["talk"])


def received(request: HttpRequest, keep: Callable[[uuid.UUID], dict[str, object]]) -> JsonResponse:
    """Answer what the path sends: with what `keep` says of it, once it is kept under the key that came with it."""
    if request.content_type != "application/json":
        return JsonResponse({}, status=_UNSUPPORTED)
    try:
        key = sent_key(request.headers.get("Idempotency-Key", ""))
    except ValueError:
        return JsonResponse({"problems": [{"at": "Idempotency-Key"}]}, status=_BAD)
    if not PREFIXES.may_report(prefix_of(request), now=time.monotonic()):
        return JsonResponse({"too_many": True}, status=_TOO_MANY, headers={"Retry-After": "3600"})
    return _kept(request, key, keep)


def _kept(request: HttpRequest, key: uuid.UUID, keep: Callable[[uuid.UUID], dict[str, object]]) -> JsonResponse:
    try:
        told = keep(key)
    except NotKeptError:
        return JsonResponse({"not_kept": True}, status=_UNPROCESSABLE)
    except ReportError as error:
        problems = [{"at": each.at, "sentence": {"nl": each.nl, "en": each.en}} for each in error.problems]
        return JsonResponse({"problems": problems}, status=_UNPROCESSABLE)
    except DoorError:
        _LOG.warning("no key to close letters with")
        return JsonResponse({}, status=_UNAVAILABLE)
    PREFIXES.reported(prefix_of(request), now=time.monotonic())
    return JsonResponse(told, status=_CREATED)
