"""Where the desk's pages are."""

from __future__ import annotations

from django.urls import path

from haalweg.web.desk import contact, log, new_code, views

app_name = "desk"

urlpatterns = [
    path("", views.queue, name="queue"),
    path("log/", log.log, name="log"),
    path("log/check/", log.check, name="check_log"),
    path("find/", views.search, name="search"),
    path("case/<int:number>/", views.case_page, name="case"),
    path("case/<int:number>/confirm/", views.confirm, name="confirm"),
    path("case/<int:number>/share/", views.share, name="share"),
    path("case/<int:number>/write/", views.write_message, name="write"),
    path("case/<int:number>/refuse/", views.refuse, name="refuse"),
    path("case/<int:number>/contact/", contact.open_contact, name="contact"),
    path("case/<int:number>/words/propose/", new_code.propose, name="propose_code"),
    path("case/<int:number>/words/give/", new_code.give, name="give_code"),
    path("case/<int:number>/under-18/", views.under_age, name="under_age"),
]
