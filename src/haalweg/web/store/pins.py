"""PINs that people add to their eight words: a slow hash of what only the web secret makes of one.

A PIN has few digits. Whoever has the tables alone cannot try them out.
"""

from __future__ import annotations

import secrets
from functools import cache
from typing import TYPE_CHECKING

from django.conf import settings
from django.contrib.auth.hashers import check_password, make_password
from django.db import transaction

from haalweg.cases.states import FINAL
from haalweg.web.store.models import Case
from haalweg.web.store.timeline import note

if TYPE_CHECKING:
    from datetime import datetime


def kept(pin: str) -> str:
    """Give what is kept of a PIN."""
    return make_password(_keyed(pin))


def replace(case: Case, pin: str, *, now: datetime) -> bool:
    """Give a case another PIN, or none where it is empty; False where it got another one meanwhile.

    It stands in the timeline: whoever holds the words can do this, and the person has to be able to see it.
    """
    before, after = case.pin, kept(pin) if pin else ""
    with transaction.atomic():
        if not Case.objects.filter(pk=case.pk, pin=before).exclude(state__in=FINAL).update(pin=after):
            return False
        note(case, "pin_removed" if not after else "pin_changed" if before else "pin_set", now)
    case.refresh_from_db()
    return True


def fits(pin: str, kept_pin: str) -> bool:
    """Whether that is the PIN. kept_pin: empty where there is none, which no PIN fits; that takes as long."""
    return check_password(_keyed(pin), kept_pin or _nobodys())


def _keyed(pin: str) -> str:
    keyed: str = settings.HAALWEG_SECRET.lookup("pin", pin.encode()).hex()
    return keyed


@cache
def _nobodys() -> str:
    return make_password(secrets.token_hex())
