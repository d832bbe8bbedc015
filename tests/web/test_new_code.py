"""A person who lost the words, or whose words somebody else has, gets new ones from two people of the helpline."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from haalweg.reports.case_code import CaseCode
from haalweg.web.store import cases, new_code
from haalweg.web.store.models import Case, Proposal
from haalweg.web.store.roles import Role
from tests.web.browsing import Browser, at_the_desk, staff
from tests.web.reporting import words_in
from tests.web.test_reports import dump_of_tables

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("machine_door")]


LATE = timedelta(minutes=31)


@pytest.fixture
def noor(words):
    assert words  # of the case that is her work
    browser = at_the_desk("noor")
    browser.take(Case.objects.get())
    return browser


@pytest.fixture
def sam(noor):
    browser = at_the_desk("sam")
    assert browser is not noor
    browser.look_in(Case.objects.get())
    return browser


def test_who_may_not_propose_new_words_does_not_take_them_back(noor):
    noor.submit(f"{page_of()}words/propose/")
    reviewer = Browser()
    reviewer.log_in(staff("kim", Role.REVIEWER))
    reviewer.look_in(Case.objects.get())
    for browser, stands in ((reviewer, True), (noor, False)):
        browser.submit(f"{page_of()}take-back/", what="new_code")
        assert Proposal.objects.filter(what="new_code").exists() is stands


def page_of():
    return f"/desk/case/{Case.objects.get().number}/"


def given(noor, sam):
    noor.submit(f"{page_of()}words/propose/")
    return words_in(sam.submit(f"{page_of()}words/give/"))


@pytest.mark.threat("C5")
def test_two_people_give_new_words_and_nobody_alone(client, words, noor, sam):
    client.submit("/c", words=words)
    client.submit("/p/lock")
    case, path = Case.objects.get(), page_of()
    assert case.spoken_number in noor.get("/desk/").content.decode()
    assert noor.submit(f"{path}words/give/").status_code == 302  # nobody proposed it
    noor.submit(f"{path}words/propose/")
    assert "Iemand anders geeft ze" in noor.get(path).content.decode()
    assert noor.submit(f"{path}words/give/").status_code == 302
    shown = sam.submit(f"{path}words/give/")
    assert (shown.status_code, "no-store" in shown.headers["Cache-Control"]) == (200, True)
    assert sam.submit(f"{path}words/give/").status_code == 302  # once
    assert [each.what for each in case.events.all()] == [
        "received",
        "taken",
        "looked_in",
        "frozen",
        "new_code_proposed",
        "new_code",
    ]


@pytest.mark.threat("C7")
@pytest.mark.parametrize("prefix", ["", "/en"])
def test_the_person_fetches_words_that_nobody_at_the_desk_saw_and_that_stand_nowhere(words, noor, sam, prefix):
    visit, person = Browser(), Browser()
    visit.submit("/c", words=words)
    hand_over = given(noor, sam)
    assert visit.get("/p").headers["Location"] == "/c"
    assert Browser().submit("/c", words=words).status_code == 422
    fetched = person.submit(f"{prefix}/c", words=hand_over)
    new = words_in(fetched)
    assert (fetched.status_code, fetched.headers["Cache-Control"]) == (200, "no-store")
    assert ("Bewaar deze 8 nieuwe woorden" if not prefix else "Keep these 8 new words") in fetched.content.decode()
    assert (len(new.split()), len({new, hand_over, words})) == (8, 3)
    assert "Nieuwe woorden opgehaald" in person.get("/p").content.decode()  # it is open already
    assert Browser().submit("/c", words=new).headers["Location"] == "/p"
    dump = dump_of_tables()
    assert not any(each.encode() in dump for each in (new, hand_over, words))


@pytest.mark.threat("C3")
def test_whatever_opens_nothing_is_answered_alike_also_what_was_replaced_used_or_came_too_late(words, noor, sam):
    late = given(noor, sam)
    Case.objects.update(hand_over_until=timezone.now())
    replaced, used = given(noor, sam), given(noor, sam)
    new = words_in(Browser().submit("/c", words=used))
    cases.erase(Case.objects.get(), now=timezone.now())
    answers, questions = set(), set()
    for code in (words, late, replaced, used, new, " ".join(CaseCode.new("en").words)):
        browser = Browser()
        with CaptureQueriesContext(connection) as asked:
            answer = browser.submit("/c", words=code)
        answers.add((answer.status_code, re.sub(rb'name="csrfmiddlewaretoken" value="[^"]+"', b"", answer.content)))
        questions.add(len(asked))
    assert len(answers) == len(questions) == 1


@pytest.mark.threat("C5")
def test_words_for_handing_over_work_once_and_for_half_an_hour(client, words, noor, sam):
    assert words
    hand_over = given(noor, sam)
    assert new_code.fetch(CaseCode.parse(hand_over), "", now=timezone.now() + LATE) is None
    assert client.submit("/c", words=hand_over).status_code == 200
    assert Browser().submit("/c", words=hand_over).status_code == 422
    assert Case.objects.get().events.filter(what="new_code_fetched").count() == 1


@pytest.mark.threat("C5")
def test_words_that_were_overheard_before_they_were_used_end_with_the_next_proposal(words, noor, sam):
    assert words
    overheard = given(noor, sam)
    sam.submit(f"{page_of()}words/propose/")
    assert Browser().submit("/c", words=overheard).status_code == 422


def test_what_is_locked_is_open_again_once_the_new_words_are_there(client, words, noor, sam):
    client.submit("/c", words=words)
    client.submit("/p/lock")
    hand_over = given(noor, sam)
    assert Case.objects.get().frozen_at is not None
    assert Browser().submit("/c", words=hand_over).status_code == 200
    assert Case.objects.get().frozen_at is None
