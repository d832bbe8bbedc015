"""Where each page is. Addresses are short and flat, and hold no answer and no code."""

from __future__ import annotations

from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path

urlpatterns = [
    path("desk/", include("haalweg.web.desk.urls")),
    *i18n_patterns(path("", include("haalweg.web.intake.urls")), prefix_default_language=False),
]
