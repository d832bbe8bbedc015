"""Who is at the desk: logged in with two factors, with a role that may do this, and of a case only who opened it."""

from __future__ import annotations

import time
from functools import wraps
from typing import TYPE_CHECKING, Any, cast

from allauth.mfa.utils import is_mfa_enabled
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_required
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path

from haalweg.web.desk.pausing import note_opened
from haalweg.web.desk.rights import FIRST_PAGE, WHO_MAY
from haalweg.web.desk.sessions import gave_second_factor
from haalweg.web.store.belonging import LOOKING_IN
from haalweg.web.store.models import Case
from haalweg.web.store.together import others_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from django.contrib.auth.models import User
    from django.http import HttpResponse
    from django.http.response import HttpResponseBase
    from django.urls import URLPattern

    from haalweg.web.store.roles import Role

_OPEN = "open_cases"  # in the session: those of others that were opened with a reason, and until when
_OPEN_S = 3_600
_FORBIDDEN = 403


class StaffRequest(HttpRequest):
    """A request of somebody who is logged in with two factors and may do this. Only this module says that one is."""

    user: User
    role: Role


def page(route: str, view: Callable[..., HttpResponseBase], name: str) -> URLPattern:
    """A page of the desk, for the roles that the table names for it."""
    roles = WHO_MAY[name]

    @login_required
    @wraps(view)
    def guarded(request: HttpRequest, /, **of: int) -> HttpResponseBase:
        if not is_mfa_enabled(request.user):
            return redirect("mfa_index")
        if not gave_second_factor(request):
            logout(request)
            return redirect_to_login(request.get_full_path())
        role: Role | None = cast("Any", request).role
        if role not in roles:
            if name == "queue" and role is not None and role in FIRST_PAGE:
                return redirect(FIRST_PAGE[role])
            return render(request, "desk/not_yours.html", {"has_role": role is not None}, status=_FORBIDDEN)
        return view(cast("StaffRequest", request), **of)

    return path(route, guarded, name=name)


def of_case(route: str, view: Callable[[StaffRequest, Case], HttpResponseBase], name: str) -> URLPattern:
    """The same of one case, which is theirs who ask, or which they opened with a reason."""

    @wraps(view)
    def of_open(request: StaffRequest, number: int) -> HttpResponseBase:
        case = get_object_or_404(Case.objects.select_related("owner"), number=number)
        if not is_open_for(request, case):
            return shut(request, case)
        note_opened(request, case)
        return view(request, case)

    return page(f"case/<int:number>/{route}", of_open, name)


def is_open_for(request: StaffRequest, case: Case) -> bool:
    """Whether they may see it: it is their work, or they said why within the hour."""
    return case.owner_id == request.user.pk or request.session.get(_OPEN, {}).get(str(case.pk), 0) > time.time()


def open_for(request: StaffRequest, cases: Iterable[Case]) -> None:
    """Let them see these for an hour."""
    there = {number: until for number, until in request.session.get(_OPEN, {}).items() if until > time.time()}
    request.session[_OPEN] = there | {str(case.pk): time.time() + _OPEN_S for case in cases}


def shut(request: StaffRequest, case: Case, *, trouble: str = "") -> HttpResponse:
    """Ask why somebody wants to see what is not their work."""
    shown = {"case": case, "others": others_of(case).count(), "reasons": LOOKING_IN, "trouble": trouble}
    return render(request, "desk/shut.html", shown, status=_FORBIDDEN)
