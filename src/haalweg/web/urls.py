"""Where each page is. Addresses are short and flat, and hold no answer and no code."""

from __future__ import annotations

from allauth.account import views as account
from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path

handler400 = "haalweg.web.errors.bad_request"
handler403 = "haalweg.web.errors.forbidden"
handler404 = "haalweg.web.errors.not_found"
handler500 = "haalweg.web.errors.failed"
urlpatterns = i18n_patterns(
    path("", include("haalweg.web.intake.urls")),
    path("desk/", include("haalweg.web.desk.urls")),
    path("desk/in/", account.login, name="account_login"),
    path("desk/out/", account.logout, name="account_logout"),
    path("desk/again/", account.reauthenticate, name="account_reauthenticate"),
    path("desk/password/", account.password_change, name="account_change_password"),
    path("desk/factors/", include("allauth.mfa.urls")),
    prefix_default_language=False,
)
