"""The pages for the person it is about."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET, require_POST

if TYPE_CHECKING:
    from django.http import HttpRequest


@require_GET
def start(request: HttpRequest) -> HttpResponse:
    """The first page."""
    return render(request, "intake/start.html")


@require_GET
def report(request: HttpRequest) -> HttpResponse:
    """The whole path, in one document."""
    return render(request, "intake/report.html")


@require_POST
def send(request: HttpRequest) -> HttpResponse:
    """Take a report in."""
    return HttpResponse(status=501)
