"""Words for who lost theirs, by mail to the address that they gave: asked for here, and sent by somebody else later.

Every address is answered alike, at the same cost (threats C3): what it leads to is looked up after the answer. What is
typed stands in no address of a page, in no log, and nowhere in clear.
"""

from __future__ import annotations

import math
import time
from typing import TYPE_CHECKING

from django.conf import settings
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from haalweg.reports.report import is_email
from haalweg.web.intake.prefixes import PREFIXES, prefix_of
from haalweg.web.running import mailer
from haalweg.web.store import mails, new_code

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

_UNPROCESSABLE, _TOO_MANY = 422, 429
_MINUTES = round(new_code.TO_FETCH.total_seconds() / 60)


@require_http_methods(["GET", "HEAD", "POST"])
def page(request: HttpRequest) -> HttpResponse:
    """Ask for the address, and say what happens if it is one that we know."""
    if request.method != "POST" or not settings.HAALWEG.sends_mail:
        return render(request, "intake/lost.html")
    prefix = prefix_of(request)
    wait_s = math.ceil(PREFIXES.seconds_to_wait_for_mail(prefix, now=time.monotonic()))
    if wait_s:
        answer = _asked_again(request, status=_TOO_MANY, wait_s=wait_s)
        answer["Retry-After"] = str(wait_s)
        return answer
    address = request.POST.get("mail", "").strip()
    if not is_email(address):  # by its shape alone
        return _asked_again(request)
    PREFIXES.asked_for_mail(prefix, now=time.monotonic())
    mails.ask(address, now=timezone.now())
    mailer().wake()
    return render(request, "intake/lost.html", {"is_asked": True, "minutes": _MINUTES})


def _asked_again(request: HttpRequest, *, status: int = _UNPROCESSABLE, **why: object) -> HttpResponse:
    return render(request, "intake/lost.html", {"is_wrong": True, **why}, status=status)
