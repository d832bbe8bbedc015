"""Who is at the desk: logged in with two factors, or sent to where that is done."""

from __future__ import annotations

from functools import wraps
from typing import TYPE_CHECKING, Concatenate, ParamSpec, cast

from allauth.mfa.utils import is_mfa_enabled
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_required
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest
from django.shortcuts import redirect

from haalweg.web.desk.sessions import gave_second_factor

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.contrib.auth.models import User
    from django.http.response import HttpResponseBase

_P = ParamSpec("_P")


class StaffRequest(HttpRequest):
    """A request of somebody who is logged in with two factors. Only `staff_only` says that one is."""

    user: User


def staff_only(
    view: Callable[Concatenate[StaffRequest, _P], HttpResponseBase],
) -> Callable[Concatenate[HttpRequest, _P], HttpResponseBase]:
    """A view for staff: who has no second factor makes one first, and who did not give theirs logs in again."""

    @login_required
    @wraps(view)
    def wrapped(request: HttpRequest, /, *args: _P.args, **kwargs: _P.kwargs) -> HttpResponseBase:
        if not is_mfa_enabled(request.user):
            return redirect("mfa_index")
        if not gave_second_factor(request):
            logout(request)
            return redirect_to_login(request.get_full_path())
        return view(cast("StaffRequest", request), *args, **kwargs)

    return wrapped
