"""PINs that people add to their eight words: a slow hash of what only the web secret makes of one.

A PIN has few digits. Whoever has the tables alone cannot try them out.
"""

from __future__ import annotations

import secrets
from functools import cache

from django.conf import settings
from django.contrib.auth.hashers import check_password, make_password


def kept(pin: str) -> str:
    """Give what is kept of a PIN."""
    return make_password(_keyed(pin))


def fits(pin: str, kept_pin: str) -> bool:
    """Whether that is the PIN. kept_pin: empty where there is none, which no PIN fits; that takes as long."""
    return check_password(_keyed(pin), kept_pin or _nobodys())


def _keyed(pin: str) -> str:
    keyed: str = settings.HAALWEG_SECRET.lookup("pin", pin.encode()).hex()
    return keyed


@cache
def _nobodys() -> str:
    return make_password(secrets.token_hex())
