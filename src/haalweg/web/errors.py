"""What is shown where no page can be: in the words of the other pages, with the way out and whom to call.

Django's own texts are in English, and speak to who programs. Nothing of what was asked or sent stands on any of these.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import HttpResponse
from django.shortcuts import render

from haalweg.web.pages import help_data

if TYPE_CHECKING:
    from django.http import HttpRequest

_BAD_REQUEST, _FORBIDDEN, _NOT_FOUND, _FAILED = 400, 403, 404, 500


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001 - as Django calls it
    """Say that it cannot be read."""
    return _page(request, "unreadable", _BAD_REQUEST)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001 - as Django calls it
    """Say that this is not for everybody."""
    return _page(request, "forbidden", _FORBIDDEN)


def not_from_here(request: HttpRequest, reason: str = "") -> HttpResponse:  # noqa: ARG001 - as Django calls it
    """Say that a form was not taken, since its page is not of the session of now."""
    return _page(request, "not_from_here", _FORBIDDEN)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001 - as Django calls it
    """Say that there is no such page."""
    return _page(request, "not_found", _NOT_FOUND)


def failed(request: HttpRequest) -> HttpResponse:
    """Say that it is our fault, also where that is all that can be said."""
    try:
        return _page(request, "failed", _FAILED)
    except Exception:  # noqa: BLE001 - what failed may be what makes pages
        return HttpResponse(help_data()["talk"]["number"], content_type="text/plain", status=_FAILED)


def _page(request: HttpRequest, what: str, status: int) -> HttpResponse:
    return render(request, "error.html", {"what": what}, status=status)
