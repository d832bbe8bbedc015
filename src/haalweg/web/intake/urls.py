"""Where the person's pages are: short, flat, and without an answer or a code in them."""

from __future__ import annotations

from django.urls import path

from haalweg.web.intake import adding, invited, link_only, lost, own_page, pin, staying, views

app_name = "intake"

urlpatterns = [
    path("", views.page("start"), name="start"),
    path("hide", views.page("hide"), name="hide"),
    path("keep", views.page("keep"), name="keep"),
    path("keep/all", views.exists, name="exists"),
    path("young", views.page("young"), name="young"),
    path("helping", views.page("helping"), name="helping"),
    path("s/", views.report, name="report"),
    path("s/send", views.send, name="send"),
    path("s/link", link_only.link, name="link"),
    path("s/words", link_only.words, name="words"),
    path("a", invited.words, name="invited"),
    path("a/more", invited.invited_path, name="invited_path"),
    path("a/send", invited.send, name="send_invited"),
    path("c", own_page.code, name="code"),
    path("c/new", lost.page, name="lost"),
    path("p", own_page.own_page, name="own_page"),
    path("p/add", adding.page, name="add"),
    path("p/add/send", adding.send, name="send_more"),
    path("p/pin", pin.page, name="pin"),
    path("p/write", own_page.write_message, name="write"),
    path("p/back", own_page.take_back, name="take_back"),
    path("p/undo", own_page.undo, name="undo"),
    path("p/longer", own_page.keep_longer, name="keep_longer"),
    path("p/file/back", own_page.take_back_file, name="take_back_file"),
    path("p/file/undo", own_page.put_back_file, name="put_back_file"),
    path("p/less", own_page.take_back_consent, name="take_back_consent"),
    path("p/more", own_page.give_consent, name="give_consent"),
    path("p/all", own_page.export, name="export"),
    path("p/lock", own_page.freeze, name="freeze"),
    path("p/end", own_page.erase, name="erase"),
    path("p/stay", staying.stay, name="stay"),
    path("p/close", own_page.close, name="close"),
    path("out", own_page.out, name="out"),
]
