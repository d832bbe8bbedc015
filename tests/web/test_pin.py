"""A PIN is set, changed and taken away on the own page; who tries at it keeps nobody out."""

from __future__ import annotations

import pytest
from django.utils import timezone

from haalweg.cases.states import CaseState
from haalweg.web.intake.pin import MOST_TRIES
from haalweg.web.store import cases, pins
from haalweg.web.store.models import Case
from tests.web.browsing import Browser

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("machine_door")]


def opened(words, pin=""):
    """A browser in which the page was asked for, and whether it opened."""
    browser = Browser()
    return browser, browser.submit("/c", words=words, pin=pin).status_code == 302


def test_a_pin_is_chosen_changed_and_taken_away_and_each_stands_in_the_timeline(words):
    page, _ = opened(words)
    assert "Kies een pincode" in page.get("/p").content.decode()
    assert page.submit("/p/pin", new=" 4711 ").headers["Location"] == "/p"
    assert not opened(words)[1]
    assert opened(words, "4711")[1]
    assert "4711" not in Case.objects.get().pin
    assert "Verander je pincode" in page.get("/p").content.decode()
    assert page.submit("/p/pin", old="4711", new="0815").status_code == 302
    assert (opened(words, "4711")[1], opened(words, "0815")[1]) == (False, True)
    assert page.submit("/p/pin", old="0815", new="", away="yes").status_code == 302
    assert opened(words)[1]
    assert [each.what for each in Case.objects.get().events.all()] == [
        "received",
        "pin_set",
        "pin_changed",
        "pin_removed",
    ]
    shown = page.get("/p").content.decode()
    assert "De pincode is weggehaald" in shown
    assert shown.count("Was jij dat niet? Bel ons meteen.") == 3


@pytest.mark.threat("C4")
@pytest.mark.parametrize("told", [{"new": "0815"}, {"new": "", "away": "yes"}])
@pytest.mark.parametrize("old", ["", "4712"])
def test_without_the_pin_of_now_it_stays_as_it_is(words, told, old):
    page, _ = opened(words)
    page.submit("/p/pin", new="4711")
    refused = page.submit("/p/pin", old=old, **told)
    assert refused.status_code == 422
    html = refused.content.decode()
    assert 'href="#old"' in html
    assert 'aria-describedby="old-trouble" aria-invalid="true"' in html
    assert 'value="4712"' not in html
    assert opened(words, "4711")[1]


@pytest.mark.parametrize("new", ["", "123", "1" * 13, "12a4", "١٢٣٤"])
def test_a_pin_has_four_to_twelve_digits(words, new):
    page, _ = opened(words)
    refused = page.submit("/p/pin", new=new)
    assert (refused.status_code, "Een pincode heeft 4 tot 12 cijfers." in refused.content.decode()) == (422, True)
    assert Case.objects.get().pin == ""


@pytest.mark.threat("C2")
def test_who_tries_at_the_pin_closes_the_page_in_that_browser_and_keeps_nobody_out(words):
    page, _ = opened(words)
    page.submit("/p/pin", new="4711")
    stalker, _ = opened(words, "4711")  # a page that was left open on a table
    for _ in range(MOST_TRIES):
        assert stalker.submit("/p/pin", old="1234", new="0000").status_code == 422
    last = stalker.submit("/p/pin", old="4711", new="0000")  # right, and too late
    assert (last.status_code, "Je pagina is gesloten" in last.content.decode()) == (403, True)
    assert stalker.get("/p").headers["Location"] == "/c"
    # The person sees nothing of it: her page is open where it was, and opens elsewhere.
    assert page.get("/p").status_code == 200
    assert opened(words, "4711")[1]
    assert page.submit("/p/pin", old="4711", new="0815").status_code == 302
    assert Case.objects.get().frozen_at is None


def test_a_try_that_fits_makes_the_others_be_forgotten(words):
    page, _ = opened(words)
    page.submit("/p/pin", new="4711")
    for _ in range(2):
        for _ in range(MOST_TRIES - 1):
            page.submit("/p/pin", old="1234", new="0000")
        assert page.submit("/p/pin", old="4711", new="4711").status_code == 302


@pytest.mark.threat("C4")
def test_another_pin_closes_the_page_where_it_is_open_elsewhere(words):
    page, _ = opened(words)
    elsewhere, _ = opened(words)
    assert elsewhere.get("/p").status_code == 200
    page.submit("/p/pin", new="4711")
    assert elsewhere.get("/p").headers["Location"] == "/c"
    assert page.get("/p").status_code == 200


def test_of_two_changes_at_once_the_second_is_not_kept(words):
    opened(words)
    case, same = Case.objects.get(), Case.objects.get()
    assert pins.replace(case, "4711", now=timezone.now())
    assert not pins.replace(same, "0815", now=timezone.now())
    assert opened(words, "4711")[1]


def test_a_case_that_was_stopped_takes_no_pin(words):
    page, _ = opened(words)
    cases.turned_out_under_age(Case.objects.get(), now=timezone.now())
    assert page.get("/p/pin").headers["Location"] == "/p"
    assert page.submit("/p/pin", new="4711").headers["Location"] == "/p"
    assert (Case.objects.get().state, Case.objects.get().pin) == (CaseState.UNDER_AGE, "")


@pytest.mark.parametrize("path", ["/p/pin", "/en/p/pin"])
def test_a_browser_is_asked_to_keep_nothing_of_a_pin(words, path):
    page, _ = opened(words)
    page.submit("/p/pin", new="4711")
    html = page.get(path).content.decode()
    assert 'type="password"' not in html
    assert html.count('autocomplete="off"') == 3  # the form and both fields
    assert Browser().get(path).headers["Location"].endswith("/c")
