"""Where the desk's pages are."""

from __future__ import annotations

from allauth.account.views import LoginView, LogoutView
from django.urls import path

from haalweg.web.desk import views

app_name = "desk"

urlpatterns = [
    path("", views.queue, name="queue"),
    path("in/", LoginView.as_view(template_name="desk/login.html"), name="login"),
    path("out/", LogoutView.as_view(), name="logout"),
    path("case/<int:number>/", views.case_page, name="case"),
    path("case/<int:number>/confirm/", views.confirm, name="confirm"),
    path("case/<int:number>/refuse/", views.refuse, name="refuse"),
    path("case/<int:number>/under-18/", views.under_age, name="under_age"),
]
