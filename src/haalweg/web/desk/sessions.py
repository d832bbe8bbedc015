"""How long somebody stays at the desk: a working day at most, with the same second factors and the same role."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any

from allauth.account.authentication import AUTHENTICATION_METHODS_SESSION_KEY, get_authentication_records
from allauth.mfa.models import Authenticator
from allauth.mfa.signals import authenticator_added, authenticator_removed
from django.contrib.auth import SESSION_KEY, logout
from django.contrib.auth.signals import user_logged_in
from django.dispatch import receiver

from haalweg.web.store.colleagues import role_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.contrib.auth.models import User
    from django.http import HttpRequest
    from django.http.response import HttpResponseBase

_SINCE, _FACTORS, _ROLE = "desk_since", "desk_factors", "desk_role"
_MOST_S = 12 * 3_600


class EndOfTheDay:
    """Middleware: ends a session of staff that lasted long enough, or that began with other factors or another role.

    What the account is at the desk stands in `request.role` from then on.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """End it, or go on."""
        if SESSION_KEY in request.session:
            role = role_of(int(request.session[SESSION_KEY]))
            if _goes_on(request) and request.session.get(_ROLE) == role:
                request.role = role  # type: ignore[attr-defined]  # Django's request has none
            else:
                logout(request)
        return self._get_response(request)


def since(request: HttpRequest) -> float:
    """When the session began, as seconds since 1970."""
    begun: float = request.session.get(_SINCE, time.time())
    return begun


def gave_second_factor(request: HttpRequest) -> bool:
    """Whether a second factor was given in this very session."""
    return any(each["method"] == "mfa" for each in get_authentication_records(request, request.user))


def _goes_on(request: HttpRequest) -> bool:
    lasted_s = time.time() - request.session.get(_SINCE, 0)
    return lasted_s < _MOST_S and request.session.get(_FACTORS) == _factors_of(request.session[SESSION_KEY])


def _factors_of(user_id: object) -> list[int]:
    """The second factors of an account; recovery codes stand for them and are none of their own."""
    found = Authenticator.objects.filter(user_id=user_id).exclude(type=Authenticator.Type.RECOVERY_CODES)
    return list(found.order_by("pk").values_list("pk", flat=True))


@receiver(user_logged_in)
def _begin(request: HttpRequest, user: User, **_: Any) -> None:
    request.session[_SINCE], request.session[_FACTORS] = time.time(), _factors_of(user.pk)
    request.session[_ROLE] = role_of(user.pk)


@receiver(authenticator_added)
@receiver(authenticator_removed)
def _stay(request: HttpRequest, user: User, authenticator: Authenticator, **_: Any) -> None:
    """Who adds or removes a factor stays at the desk, under another key; their other sessions end."""
    if authenticator.type == Authenticator.Type.RECOVERY_CODES:
        return
    request.session.cycle_key()
    factors = request.session[_FACTORS] = _factors_of(user.pk)
    if factors == [authenticator.pk]:  # the first one, which was given here just now to make it
        given = {"method": "mfa", "at": time.time(), "id": authenticator.pk, "type": authenticator.type}
        records = get_authentication_records(request, user)
        request.session[AUTHENTICATION_METHODS_SESSION_KEY] = [*records, given]
