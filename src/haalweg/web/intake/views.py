"""The pages for the person it is about."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.csrf import ensure_csrf_cookie
from django.views.decorators.http import require_POST, require_safe

from haalweg.web.intake import path
from haalweg.web.running import box
from haalweg.web.store.columns import OF_A_PERSON
from haalweg.web.store.reports import take

if TYPE_CHECKING:
    import uuid
    from collections.abc import Callable

    from django.http import HttpRequest, HttpResponse, JsonResponse


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
    return render(request, "intake/report.html", path.context())


@require_POST
def send(request: HttpRequest) -> JsonResponse:
    """Take a report in. The code in the answer is nowhere else; sent again with the same key it is the same."""

    def keep(key: uuid.UUID) -> dict[str, object]:
        now = timezone.now()
        taken = take(request.body, key, box=box(), now=now)
        return {"code": list(taken.code.words), "received_at": now.isoformat(), "as_sent": taken.is_as_sent}

    return path.received(request, keep)
