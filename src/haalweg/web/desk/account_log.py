"""What happens to accounts of staff stands in the audit log: who came in, who was refused, which factors changed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from allauth.account.signals import password_changed
from allauth.mfa.signals import (
    authentication_failed,
    authenticator_added,
    authenticator_removed,
    authenticator_reset,
)
from django.contrib.auth.models import User
from django.contrib.auth.signals import user_logged_in, user_logged_out, user_login_failed
from django.dispatch import receiver
from django.utils import timezone

from haalweg.keeping.audit import Act
from haalweg.web.store import audit

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.dispatch import Signal

_ACTS: tuple[tuple[Signal, Act], ...] = (
    (user_logged_in, Act.LOGGED_IN),
    (user_logged_out, Act.LOGGED_OUT),
    (authentication_failed, Act.FACTOR_FAILED),
    (authenticator_added, Act.FACTOR_ADDED),
    (authenticator_removed, Act.FACTOR_REMOVED),
    (authenticator_reset, Act.FACTOR_RESET),
    (password_changed, Act.PASSWORD_CHANGED),
)
# Who failed is not known to be who the account is of.
_BY_NOBODY_KNOWN = frozenset({Act.FACTOR_FAILED})


def _writing(act: Act) -> Callable[..., None]:
    def write(user: User | None, **_: Any) -> None:
        if user is not None:  # else nobody was logged in
            by = None if act in _BY_NOBODY_KNOWN else user.pk
            audit.append(act, by=by, subject=user.pk, now=timezone.now())

    return write


for _signal, _act in _ACTS:
    _signal.connect(_writing(_act), weak=False, dispatch_uid=f"audit {_act}")


@receiver(user_login_failed)
def _login_failed(credentials: dict[str, Any], **_: Any) -> None:
    found = User.objects.filter(username=str(credentials.get("username", ""))).values_list("pk", flat=True).first()
    audit.append(Act.LOGIN_FAILED, by=None, subject=found, now=timezone.now())
