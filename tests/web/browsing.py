"""A browser for tests: what it sends, it sends as browsers do."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal import auth as totp
from django.contrib.auth.models import User
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from haalweg.web.store.colleagues import give_role
from haalweg.web.store.roles import Role

if TYPE_CHECKING:
    from haalweg.web.store.models import Case

PASSWORD = "correct horse 12 battery"  # noqa: S105 - of a test
FORM = "application/x-www-form-urlencoded"


class Browser(Client):
    """Django's test client, which by itself sends every form as multipart."""

    def submit(self, path: str, *, address: str = "192.0.2.1", **fields: str) -> Any:
        """Send a form, from this address."""
        return self.post(path, urlencode(fields), content_type=FORM, REMOTE_ADDR=address)

    def log_in(self, user: User) -> None:
        """Log in as staff do: with the password, and then a code of the second factor."""
        for _ in range(2):  # a code of the last second may be too late
            self.submit("/desk/in/", login=user.username, password=PASSWORD)
            self.submit("/desk/factors/authenticate/", code=code_of(user))
            if "/desk/in/" not in self.get("/desk/").headers.get("Location", ""):
                return
        raise AssertionError(f"{user.username} did not get in.")

    def take(self, case: Case) -> None:
        """Make a case of nobody one's own work, as staff do before they read it."""
        self.submit(f"/desk/case/{case.number}/take/")
        assert self.get(f"/desk/case/{case.number}/").status_code == 200

    def look_in(self, case: Case, reason: str = "second_look") -> None:
        """Open a case that is not one's own work."""
        self.submit(f"/desk/case/{case.number}/look-in/", reason=reason)
        assert self.get(f"/desk/case/{case.number}/").status_code == 200


def staff(name: str, role: Role = Role.CASE_WORKER, **more: str) -> User:
    """Give somebody who works at the desk, with a second factor."""
    user = User.objects.create_user(name, password=PASSWORD)
    give_role(user, role, now=timezone.now(), **more)
    totp.TOTP.activate(user, totp.generate_totp_secret())
    return user


def at_the_desk(name: str, role: Role = Role.CASE_WORKER, **more: str) -> Browser:
    """Give the browser of somebody who works there, and is in."""
    browser = Browser()
    browser.log_in(staff(name, role, **more))
    return browser


def seed_of(user: User) -> str:
    """What their app makes codes from."""
    return str(get_adapter().decrypt(Authenticator.objects.get(user=user, type="totp").data["secret"]))


def code_of(user: User) -> str:
    """Give what the app shows now; a code is taken once, so the last one is forgotten, as if time had passed."""
    cache.clear()
    return code_from(seed_of(user))


def code_from(seed: str) -> str:
    """Give what an app shows now that knows this seed."""
    return str(totp.format_hotp_value(totp.hotp_value(seed, next(iter(totp.yield_hotp_counters_from_time())))))
