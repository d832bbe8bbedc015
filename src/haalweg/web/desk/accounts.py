"""Who may log in at the desk: accounts that were made at a terminal, with a second factor whose seed is closed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from django.conf import settings
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _

from haalweg.web.addresses import address_of

if TYPE_CHECKING:
    from django.contrib.auth.models import User
    from django.http import HttpRequest, HttpResponse


class StaffAdapter(DefaultAccountAdapter):
    """Nobody makes an account on a page."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "incorrect_password": _("This password does not fit."),
        "username_password_mismatch": _("This name and this password do not fit together."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Never."""
        del request
        return False

    def respond_user_inactive(self, request: HttpRequest, user: User) -> HttpResponse:
        """Lead whose account was closed back to where one logs in."""
        del request, user
        return redirect("account_login")

    def get_client_ip(self, request: HttpRequest) -> str:
        """Count failed log-ins for who fails: behind a proxy all have one address otherwise, and one keeps all out."""
        return address_of(request) or "unknown"


class SealedFactors(DefaultMFAAdapter):
    """Seeds of second factors are closed with the web secret before they get into the table."""

    error_messages = DefaultMFAAdapter.error_messages | {
        "incorrect_code": _("This code does not fit. Wait for the next one in your app, and enter that.")
    }

    def encrypt(self, text: str) -> str:
        """Close a seed."""
        closed: str = settings.HAALWEG_SECRET.closed("factors").encrypt(text.encode()).decode()
        return closed

    def decrypt(self, encrypted_text: str) -> str:
        """Open a seed."""
        opened: str = settings.HAALWEG_SECRET.closed("factors").decrypt(encrypted_text.encode()).decode()
        return opened
