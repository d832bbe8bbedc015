"""Where the person's pages are: short, flat, and without an answer or a code in them."""

from __future__ import annotations

from django.urls import path

from haalweg.web.intake import views

app_name = "intake"

urlpatterns = [
    path("", views.start, name="start"),
    path("s/", views.report, name="report"),
    path("s/send", views.send, name="send"),
]
