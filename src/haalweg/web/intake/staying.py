"""A page that was opened ends by itself after a while in which nothing comes in; who is still there says so."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import HttpResponse
from django.views.decorators.http import require_POST

from haalweg.web.intake import invited
from haalweg.web.intake.own_page import case_of

if TYPE_CHECKING:
    from django.http import HttpRequest

_NO_CONTENT, _FORBIDDEN = 204, 403


@require_POST
def stay(request: HttpRequest) -> HttpResponse:
    """Let the page stay open for as long again, and not beyond the hour; whether it is open still."""
    is_open = case_of(request) is not None or invited.is_open(request)
    return HttpResponse(status=_NO_CONTENT if is_open else _FORBIDDEN)
