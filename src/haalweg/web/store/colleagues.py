"""Who works at the desk, and as what: made and changed at a terminal, and each change is an act in the log."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from haalweg.errors import HaalwegError
from haalweg.keeping.audit import Act
from haalweg.web.store import audit
from haalweg.web.store.models import Colleague, Partner
from haalweg.web.store.roles import Role

if TYPE_CHECKING:
    from datetime import datetime

    from django.contrib.auth.models import User


class ColleagueError(HaalwegError):
    """An account or a role that cannot be given."""


def give_role(account: User, role: Role, *, partner: str | None = None, now: datetime) -> None:
    """Let an account do what this role may, and nothing else; their sessions end. Raises ColleagueError.

    partner: the name of the partner whose figures somebody with that role sees.
    """
    if (role is Role.PARTNER) != (partner is not None):
        raise ColleagueError("A partner's name is given with the role partner, and with no other.")
    of = Partner.objects.filter(name=partner).first()
    if partner is not None and of is None:
        raise ColleagueError("There is no such partner. `haalweg serve partner new` makes one.")
    with transaction.atomic():
        Colleague.objects.update_or_create(account=account, defaults={"role": role, "partner": of})
        audit.append(Act.ROLE_GIVEN, by=None, now=now, subject=account.pk, detail=role)


def close(account: User, *, now: datetime) -> None:
    """Let nobody in with this account any more; what they did stays theirs."""
    with transaction.atomic():
        account.is_active = False
        account.save(update_fields=["is_active"])
        audit.append(Act.ACCOUNT_CLOSED, by=None, now=now, subject=account.pk)


def role_of(account_id: int) -> Role | None:
    """What an account does at the desk; None: nothing."""
    found = Colleague.objects.filter(account=account_id, account__is_active=True).values_list("role", flat=True)
    role = found.first()
    return None if role is None else Role(role)
