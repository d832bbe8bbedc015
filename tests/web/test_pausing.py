"""A shut screen and a break: nothing of the desk is shown until who works there said again who they are."""

from __future__ import annotations

import re

import pytest
from django.contrib.sessions.backends.base import UpdateError
from django.core.cache import cache

from haalweg.web.store.models import AuditEntry, Case
from haalweg.web.store.roles import Role
from tests.web.browsing import PASSWORD, at_the_desk
from tests.web.reporting import a_report, sent

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("machine_door")]


@pytest.fixture
def case(client):
    assert sent(client, a_report()).status_code == 201
    return Case.objects.get()


@pytest.fixture
def noor(case):
    browser = at_the_desk("noor")
    browser.take(case)
    return browser


def opened(browser, password=PASSWORD, back="/desk/"):
    cache.clear()  # as if time had passed since the last try
    return browser.submit("/desk/again/", password=password, next=back)


@pytest.mark.threat("W4")
@pytest.mark.parametrize("why", ["break", "shut"])
def test_a_shut_screen_shows_nothing_until_the_password_was_given(noor, case, why):
    here = f"/desk/case/{case.number}/"
    assert noor.submit("/desk/close/", why=why, back=here).headers["Location"] == "/desk/closed/"
    for path in (here, "/desk/", "/desk/check/", "/desk/password/", "/desk/factors/", "/en/desk/"):
        answer = noor.get(path)
        assert (answer.status_code, answer.headers["Location"].endswith("/desk/closed/")) == (302, True), path
    assert noor.submit(f"{here}confirm/").headers["Location"] == "/desk/closed/"
    assert Case.objects.get().state == "received"
    page = noor.get("/desk/closed/").content.decode()
    assert case.spoken_number not in page
    assert f'name="next" value="{here}"' in page
    assert "noor" not in page
    assert opened(noor, "something else 12").status_code == 200
    assert noor.get(here).status_code == 302
    assert opened(noor, back=here).headers["Location"] == here
    assert noor.get(here).status_code == 200


@pytest.mark.threat("W4")
def test_what_was_asked_for_before_it_was_shut_opens_nothing_when_it_ends_later(noor):
    slow = noor.session  # as another tab has it in hand, which waits for the door
    assert dict(slow.items())
    noor.submit("/desk/close/", why="shut")
    with pytest.raises(UpdateError):
        slow.save()
    assert noor.get("/desk/").headers["Location"] == "/desk/closed/"


def test_who_just_said_who_they_are_says_it_again(noor):
    opened(noor)
    noor.submit("/desk/close/", why="break")
    assert noor.get("/desk/").headers["Location"] == "/desk/closed/"


def test_it_leads_back_to_where_it_was_shut_and_to_no_other_place(noor):
    for back in ("https://example.org/", "//example.org/desk/", "/c", ""):
        noor.submit("/desk/close/", why="shut", back=back)
        assert 'name="next" value="/desk/"' in noor.get("/desk/closed/").content.decode()


def test_a_screen_that_is_not_shut_is_the_work(noor):
    assert noor.get("/desk/closed/").headers["Location"] == "/desk/"


def test_a_break_begins_the_minutes_anew_and_nobody_else_hears_of_it(noor):
    before = AuditEntry.objects.count()
    session = noor.session
    session["desk_since"] -= 52 * 60
    session.save()
    page = noor.get("/desk/").content.decode()
    assert re.search(r"52 minuten zonder pauze.*1 zaak vandaag", page, re.DOTALL)
    noor.submit("/desk/close/", why="break")
    opened(noor)
    assert "0 minuten zonder pauze" in noor.get("/desk/").content.decode()
    assert AuditEntry.objects.count() == before


@pytest.mark.parametrize("role", [Role.AUDITOR, Role.REVIEWER])
def test_every_role_may_shut_its_screen(role):
    browser = at_the_desk("kim", role)
    assert browser.submit("/desk/close/", why="shut").headers["Location"] == "/desk/closed/"
    assert "Het scherm is dicht" in browser.get("/desk/closed/").content.decode()
