"""Neutral mails: that there is news on the page, to who wants to hear so, and nothing of what it is."""

from __future__ import annotations

import dataclasses
from datetime import timedelta

import pytest
from django.utils import timezone

from haalweg.web import running
from haalweg.web.store import cases, mails, messages, new_code, news, retention
from haalweg.web.store.models import Case, Mail
from haalweg.web.store.proposals import Proposed
from tests.web.browsing import Browser, staff
from tests.web.mailing import deliver
from tests.web.reporting import a_report, an_item, sent

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("machine_door")]

HOUR = timedelta(hours=1)
DAY = timedelta(days=1)


@pytest.fixture
def kim():
    return staff("kim")


@pytest.fixture
def sam():
    return staff("sam")


@pytest.fixture
def case(server):
    assert server
    return reported()


def reported(*, email="noor@example.nl", purposes=("news",), **more):
    answer = sent(Browser(), a_report(contact={"email": email, "for": list(purposes)}, **more))
    assert answer.status_code == 201
    return Case.objects.latest("number")


def write(case, by, *, now=None):
    messages.write(case, "Een bericht.", staff=by, box=running.box(), now=now or timezone.now())


@pytest.mark.parametrize(
    ("language", "subject", "text"),
    [("nl", "Nieuws", "Er is nieuws op je pagina.\n"), ("en", "News", "There is news on your page.\n")],
)
def test_it_says_that_there_is_news_and_nothing_else(server, kim, language, subject, text):
    write(reported(language=language), kim)
    deliver(now=timezone.now() + HOUR)
    (mail,) = server.taken
    assert (mail["Subject"], server.text(), mail["To"]) == (subject, text, "noor@example.nl")


def test_what_is_done_in_one_go_is_one_mail_some_minutes_later(server, case, kim):
    now = timezone.now()
    write(case, kim, now=now)
    cases.confirm(case, staff=kim, assurance="spoken", now=now + timedelta(minutes=2))
    deliver(now=now + timedelta(minutes=4))
    assert server.taken == []
    deliver(now=now + news.AFTER)
    assert len(server.taken) == 1


def confirmed(case, kim, _):
    cases.confirm(case, staff=kim, assurance="spoken", now=timezone.now())


def refused(case, kim, _):
    cases.refuse(case, staff=kim, reason="no_detail", now=timezone.now())


def shared(case, kim, sam):
    confirmed(case, kim, sam)
    Mail.objects.all().delete()
    cases.carry_out(case, Proposed.SHARE, staff=sam, now=timezone.now())


def revoked(case, kim, sam):
    confirmed(case, kim, sam)
    Mail.objects.all().delete()
    cases.propose(case, Proposed.REVOKE, staff=kim, reason="by_mistake", now=timezone.now())
    assert not Mail.objects.exists()  # the person does not see what is only proposed
    cases.carry_out(case, Proposed.REVOKE, staff=sam, now=timezone.now())


def asked_longer(case, *_):
    retention.run(now=timezone.now() + timedelta(days=61))
    assert case.events.filter(what="asked_longer").exists()


def expired(case, *_):
    asked_longer(case)
    Mail.objects.all().delete()
    retention.run(now=timezone.now() + timedelta(days=92))
    assert case.events.filter(what="expired").exists()


@pytest.mark.parametrize("happens", [confirmed, refused, shared, revoked, asked_longer, expired])
def test_what_staff_or_the_server_decides_is_news(server, kim, sam, happens):
    case = reported(consents=["bank", "partners_like:forum"])
    happens(case, kim, sam)
    (mail,) = Mail.objects.all()
    deliver(now=mail.due_at)
    assert len(server.taken) == 1


def test_what_the_person_does_is_no_news_to_them(case):
    messages.write(case, "Een bericht.", staff=None, box=running.box(), now=timezone.now())
    cases.withdraw(case, now=timezone.now())
    cases.undo_withdrawal(case, now=timezone.now())
    assert not Mail.objects.exists()


def test_what_the_person_does_not_see_is_no_news(case, kim):
    new_code.propose(case, staff=kim, now=timezone.now())
    cases.set_aside(case, why="withdrawn_before", now=timezone.now())
    assert not Mail.objects.exists()


@pytest.mark.parametrize("contact", [None, {"email": "noor@example.nl", "for": ["recovery"]}])
def test_who_does_not_want_it_is_not_mailed(server, kim, contact):
    sent(Browser(), a_report(contact=contact))
    write(Case.objects.get(), kim)
    assert not Mail.objects.exists()
    assert server.taken == []


def test_at_most_one_a_day_and_what_comes_after_it_is_told_the_next_day(server, case, kim):
    now = timezone.now()
    write(case, kim, now=now)
    deliver(now=now + HOUR)
    write(case, kim, now=now + 2 * HOUR)
    write(case, kim, now=now + 3 * HOUR)
    deliver(now=now + 4 * HOUR)
    assert len(server.taken) == 1
    deliver(now=now + HOUR + DAY)
    assert len(server.taken) == 2
    deliver(now=now + 5 * DAY)
    assert len(server.taken) == 2


def test_an_address_with_several_pages_gets_one_a_day_for_all_of_them(server, kim):
    now = timezone.now()
    for number in range(4):
        write(reported(items=[an_item(number)]), kim, now=now)
    deliver(now=now + HOUR)
    deliver(now=now + 3 * DAY)
    assert len(server.taken) == 1


@pytest.mark.threat("C5")
def test_that_two_people_gave_new_words_is_told_at_once_also_after_a_mail_of_today(server, case, kim, sam):
    now = timezone.now()
    write(case, kim, now=now)
    deliver(now=now + HOUR)
    new_code.propose(case, staff=kim, now=now + 2 * HOUR)
    new_code.give(case, staff=sam, now=now + 2 * HOUR)
    deliver(now=now + 2 * HOUR)
    assert [server.text(number) for number in range(2)] == ["Er is nieuws op je pagina.\n"] * 2


@pytest.mark.threat("P4")
def test_nobody_is_mailed_whose_case_was_stopped_as_under_18_or_erased(server, kim):
    for number, stop in enumerate((cases.turned_out_under_age, cases.erase)):
        case = reported(items=[an_item(number)], email=f"a{number}@example.nl")
        write(case, kim)
        assert Mail.objects.filter(case=case).exists()
        stop(case, now=timezone.now())
        assert not Mail.objects.exists()
    deliver(now=timezone.now() + DAY)
    assert server.taken == []


def test_a_contact_that_was_wiped_gets_nothing_more(server, case, kim):
    write(case, kim)
    case.contact.delete()
    deliver(now=timezone.now() + HOUR)
    assert server.taken == []
    assert not Mail.objects.filter(ended_at=None).exists()


def test_where_nobody_is_mailed_nothing_waits(server, case, kim, settings):
    settings.HAALWEG = dataclasses.replace(settings.HAALWEG, mail=None, try_out=False)
    write(case, kim)
    assert not Mail.objects.exists()
    assert server.taken == []


def test_words_go_before_news(server, kim):
    write(reported(email="sam@example.nl"), kim, now=timezone.now() - HOUR)
    reported(items=[an_item(9)], purposes=["recovery"])
    Browser().submit("/c/new", mail="noor@example.nl")
    mails.answer(running.door(), now=timezone.now())
    assert mails.send_next(running.door(), now=timezone.now())
    assert server.recipients == [["noor@example.nl"]]
