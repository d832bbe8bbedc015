"""Where no page can be shown there is one all the same: in both languages, with the way out and whom to call."""

from __future__ import annotations

import re

import pytest
from django.test import RequestFactory

from haalweg.web import errors
from haalweg.web.store.models import Case
from tests.web.browsing import Browser
from tests.web.reporting import a_report, an_item, sent

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("machine_door")]
CALL = "020-261 52 75"


def token_in(page):
    (token, *_) = re.findall(r'name="csrfmiddlewaretoken" value="(\w+)"', page.content.decode())
    return token


@pytest.mark.parametrize(
    ("path", "said"), [("/nothing", "Deze pagina is er niet"), ("/en/p/nothing", "This page is not there")]
)
def test_a_page_that_is_not_there_says_so_with_whom_to_call(client, path, said):
    answer = client.get(f"{path}?planted=1")
    page = answer.content.decode()
    assert answer.status_code == 404
    assert all(each in page for each in (f"<h1>{said}</h1>", CALL, 'id="exit"'))
    assert "planted" not in page
    assert answer.headers["Cache-Control"] == client.get("/").headers["Cache-Control"]


def test_the_desk_has_one_too(client):
    assert "<h1>Deze pagina is er niet</h1>" in client.get("/desk/nothing/").content.decode()


def test_a_form_of_a_page_that_is_not_of_this_session_is_not_sent_and_says_so():
    answer = Browser(enforce_csrf_checks=True).submit("/c", words="planted words")
    assert answer.status_code == 403
    page = answer.content.decode()
    assert "<h1>Dit is niet verstuurd</h1>" in page
    assert not any(each in page for each in ("CSRF", "planted"))


def test_what_is_meant_for_another_address_is_not_read(client):
    answer = client.get("/", headers={"host": "planted.example"})
    assert answer.status_code == 400
    assert "<h1>Dit kunnen we niet lezen</h1>" in answer.content.decode()
    assert "planted" not in answer.content.decode()


def test_what_goes_wrong_with_us_says_so_and_nothing_of_what_it_was(client, monkeypatch):
    words = " ".join(sent(client, a_report()).json()["code"])
    person = Browser(raise_request_exception=False)
    person.submit("/en/c", words=words)

    def broken(*_, **__):
        raise RuntimeError("planted")

    monkeypatch.setattr("haalweg.web.intake.own_page.all_of", broken)
    answer = person.submit("/en/p/all")
    assert answer.status_code == 500
    assert "<h1>Something went wrong on our side</h1>" in answer.content.decode()
    assert CALL in answer.content.decode()
    assert "planted" not in answer.content.decode()


def test_where_not_even_that_page_can_be_made_there_is_a_number_to_call(monkeypatch):
    def broken(*_, **__):
        raise RuntimeError

    monkeypatch.setattr(errors, "render", broken)
    answer = errors.failed(RequestFactory().get("/"))
    assert (answer.status_code, answer.content.decode()) == (500, CALL)


def test_a_page_that_stands_open_of_one_case_does_nothing_to_another_that_was_opened_later(client):
    mine, other = (" ".join(sent(client, a_report(items=[an_item(seed)])).json()["code"]) for seed in (1, 2))
    person = Browser(enforce_csrf_checks=True)
    token = token_in(person.get("/c"))
    person.submit("/c", words=mine, csrfmiddlewaretoken=token)
    first = token_in(person.get("/p"))
    person.submit("/c", words=mine, csrfmiddlewaretoken=first)  # the same once more: what stands open still works
    assert person.submit("/p/write", text="Hallo", csrfmiddlewaretoken=first).status_code == 302
    person.submit("/c", words=other, csrfmiddlewaretoken=first)
    refused = person.submit("/p/back", sure="yes", csrfmiddlewaretoken=first)
    assert refused.status_code == 403
    assert "<h1>Dit is niet verstuurd</h1>" in refused.content.decode()
    assert set(Case.objects.values_list("state", flat=True)) == {"received"}
    person.submit("/p/back", sure="yes", csrfmiddlewaretoken=token_in(person.get("/p")))
    assert set(Case.objects.values_list("state", flat=True)) == {"received", "withdrawn"}
