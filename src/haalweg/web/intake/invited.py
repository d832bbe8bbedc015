"""What a caller adds on her own phone, with words or a link that a case worker gave: it opens no page of a case."""

from __future__ import annotations

import math
import time
from typing import TYPE_CHECKING

from django.conf import settings
from django.http import JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.csrf import ensure_csrf_cookie
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from haalweg.reports.report import NotKeptError, ReportError
from haalweg.web.door import DoorError
from haalweg.web.intake import path
from haalweg.web.intake.prefixes import PREFIXES, prefix_of
from haalweg.web.running import box
from haalweg.web.store import additions, cases, invitations

if TYPE_CHECKING:
    import uuid

    from django.http import HttpRequest, HttpResponse

    from haalweg.web.store.models import Invitation

_INVITATION = "invitation"  # in the session
_FORBIDDEN, _CONFLICT, _UNPROCESSABLE, _TOO_MANY = 403, 409, 422, 429


@require_http_methods(["GET", "HEAD", "POST"])
def words(request: HttpRequest) -> HttpResponse:
    """Ask for the short words; a link brings them after its #, which is sent to no server."""
    if request.method != "POST":
        return render(request, "intake/invited.html", {"count": invitations.WORDS})
    prefix = prefix_of(request)
    wait_s = PREFIXES.seconds_to_wait(prefix, now=time.monotonic())
    if wait_s:
        answer = _asked_again(request, status=_TOO_MANY, wait_s=math.ceil(wait_s))
        answer["Retry-After"] = str(math.ceil(wait_s))
        return answer
    found = invitations.open_with(request.POST.get("words", ""), now=timezone.now())
    if found is None:
        PREFIXES.failed(prefix, now=time.monotonic())
        return _asked_again(request)
    request.session.cycle_key()
    request.session[_INVITATION] = found.pk
    return redirect("intake:invited_path")


def _asked_again(request: HttpRequest, *, status: int = _UNPROCESSABLE, **why: object) -> HttpResponse:
    shown = {"count": invitations.WORDS, "is_wrong": True, **why}
    return render(request, "intake/invited.html", shown, status=status)


@require_GET
@ensure_csrf_cookie
def invited_path(request: HttpRequest) -> HttpResponse:
    """The path, for one thing to be added; nothing of the case is on it."""
    if _standing(request) is None:
        return redirect("intake:invited")
    shown = path.context() | {"adds_to": _INVITATION, "is_invited": True, "numbers": additions.Numbers(0, 0)}
    shown["staying"] = {"idle_s": settings.SESSION_COOKIE_AGE, "left_s": None}
    closed = {"pageClosed": _("These words were used, or are too old. Ask who you spoke with for new ones.")}
    ended = {"ended": _("Nothing can be added any more. Call us, then we look together.")}
    shown["words"] = {**path.words(), **closed, **ended}
    return render(request, "intake/report.html", shown)


@require_POST
def send(request: HttpRequest) -> JsonResponse:
    """Take in what was added; sent again with the same key it is kept once, and something else is not taken."""
    invitation = _standing(request)
    if invitation is None:
        return JsonResponse({"closed": True}, status=_FORBIDDEN)

    def keep(key: uuid.UUID) -> dict[str, object]:
        now = timezone.now()
        is_first = invitations.use(invitation, key)
        try:
            is_as_sent = additions.add(invitation.case, request.body, key, box=box(), now=now)
        except (NotKeptError, ReportError, DoorError):
            if is_first:
                invitations.give_back(invitation)
            raise
        return {"received_at": now.isoformat(), "as_sent": is_as_sent}

    try:
        return path.received(request, keep)
    except cases.DecisionError:
        return JsonResponse({"ended": True}, status=_CONFLICT)


def is_open(request: HttpRequest) -> bool:
    """Whether something can still be added in this browser."""
    return _standing(request) is not None


def _standing(request: HttpRequest) -> Invitation | None:
    pk = request.session.get(_INVITATION)
    return None if pk is None else invitations.standing(pk, now=timezone.now())
