"""What is kept no longer goes on the day, and not the day before; what somebody may still want is asked about first."""

from __future__ import annotations

import itertools
from dataclasses import replace
from datetime import timedelta

import pytest
from django.apps import apps
from django.conf import settings
from django.contrib.sessions.models import Session
from django.utils import timezone

from haalweg.keeping import AuditError
from haalweg.keeping.audit import Act, Witness
from haalweg.web.running import box, door
from haalweg.web.store import audit, cases, messages, retention
from haalweg.web.store.models import AuditEntry, Case, Contact, Event, Message, Place, Signature
from haalweg.web.store.tasks import work_off
from haalweg.web.store.timeline import note
from tests.web.browsing import staff
from tests.web.reporting import a_report, an_item, hashed, sent

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("machine_door")]
DAYS, TERMS = settings.HAALWEG.retention, settings.HAALWEG.terms
DAY = timedelta(days=1)
ASK = DAYS.ask * DAY
KEEP = TERMS.keep
SEEDS = itertools.count(700)


@pytest.fixture
def noor():
    return staff("noor")


@pytest.fixture
def seed():
    """Of a drawing that no other test has: they share one door."""
    return next(SEEDS)


@pytest.fixture
def words(client, seed):
    items = [an_item(seed), an_item(next(SEEDS), name="Foto 2")]
    return " ".join(sent(client, a_report(items=items)).json()["code"])


@pytest.fixture
def case(words):
    assert len(words.split()) == 8
    return Case.objects.get()


def ran(*, now):
    gone = retention.run(now=now)
    assert gone is not None
    return gone


def goes_at(case, now):
    going = retention.going(case, now=now)
    assert going is not None
    return going.at


def told(now):
    work_off(door(), now=now)


@pytest.fixture
def banks(machine_door, seed):
    """The door's banks that know the first file now."""

    def banks():
        asked = {"items": [{"pdq": hashed(seed).hash.hex}]}
        (item,) = machine_door.ask(machine_door.uploads, json=asked).json()["items"]
        return sorted({each["bank"] for each in item["matches"]})  # kept longer it is in one of them twice

    return banks


def listed(case, noor):
    cases.confirm(case, staff=noor, assurance="spoken", now=timezone.now())
    told(timezone.now())
    return case.events.get(what="on_the_list").at


def nothing_left_of(case):
    """No row of any table points at it, and none of the door's banks has it."""
    for model in apps.get_app_config("store").get_models():
        for field in model._meta.get_fields():
            if field.is_relation and field.related_model is Case and field.concrete:
                assert not model._default_manager.filter(**{field.name: case.pk}).exists(), model
    return not Case.objects.filter(pk=case.pk).exists()


def counts():
    return tuple(model.objects.count() for model in (Case, Signature, Place, Message, Contact))


@pytest.mark.threat("O1")
def test_what_is_on_the_list_is_asked_about_and_goes_on_the_day_from_here_and_from_the_door(case, noor, banks):
    since, before = listed(case, noor), counts()
    assert banks() == ["HELPLINE"]
    assert ran(now=since + KEEP - ASK - DAY).is_nothing
    assert ran(now=since + KEEP - ASK).asked == 1
    assert ran(now=since + KEEP - ASK + DAY).is_nothing  # asked once
    assert ran(now=since + KEEP - DAY).is_nothing
    assert counts() == before
    assert banks() == ["HELPLINE"]
    assert retention.due(now=since + KEEP).expired == 1
    assert ran(now=since + KEEP).expired == 1
    told(since + KEEP)
    assert banks() == []
    assert counts() == (1, 0, 0, 1, 1)  # messages and contact have their own time
    assert [each.what for each in case.events.all()][-2:] == ["asked_longer", "expired"]


@pytest.mark.threat("O1")
def test_who_wants_it_longer_says_so_on_their_page_and_it_stays_as_long_again(client, words, case, noor, banks):
    since = listed(case, noor)
    client.submit("/c", words=words)
    assert "Mag dit langer blijven" not in client.get("/p").content.decode()
    asked = since + KEEP - ASK
    ran(now=asked)
    client.submit("/c", words=words)  # its session was over long before
    assert "Mag dit langer blijven" in client.get("/p").content.decode()
    client.submit("/p/longer")
    assert "Mag dit langer blijven" not in client.get("/p").content.decode()
    longer = case.events.get(what="kept_longer")
    assert longer.staff is None
    Event.objects.filter(pk=longer.pk).update(at=asked)  # the page says when by the clock
    told(timezone.now())
    assert ran(now=since + KEEP + DAY).expired == 0
    assert banks() == ["HELPLINE"]
    ran(now=asked + KEEP - ASK)
    assert ran(now=asked + KEEP - DAY).expired == 0
    assert ran(now=asked + KEEP).expired == 1


def test_nothing_that_may_be_wanted_goes_without_a_question_however_late_it_is_asked(case, noor):
    since = listed(case, noor)
    late = since + KEEP + 100 * DAY  # the server was off, say
    assert ran(now=late).expired == 0
    assert ran(now=late + ASK - DAY).is_nothing
    assert ran(now=late + ASK).expired == 1


def test_the_desk_sees_what_is_about_to_go_and_may_keep_it(client, case, noor):
    since = listed(case, noor)
    client.log_in(noor)
    client.take(case)
    Message.objects.all().update(read_at=timezone.now())
    assert case.spoken_number not in client.get("/desk/").content.decode()
    ran(now=since + KEEP - ASK)
    client.log_in(noor)  # that session was over long before
    page = client.get("/desk/").content.decode()
    assert case.spoken_number in page
    assert "Vraag of het mag blijven" in page
    assert "Gaat weg op" in client.get(f"/desk/case/{case.number}/").content.decode()
    client.submit(f"/desk/case/{case.number}/keep/")
    assert case.spoken_number not in client.get("/desk/").content.decode()
    assert AuditEntry.objects.filter(act="kept_longer", by=noor.pk, subject=case.number).count() == 1


@pytest.mark.threat("O1")
def test_what_was_added_stays_for_its_own_time_and_the_question_comes_before_the_first_part_goes(case, noor, banks):
    since = listed(case, noor)
    later = since + 200 * DAY
    note(case, "more_on_the_list", later, staff=noor)  # as where what was added is confirmed
    assert ran(now=since + KEEP - ASK - DAY).is_nothing
    assert ran(now=since + KEEP - ASK).asked == 1
    assert goes_at(case, since + KEEP - ASK) == since + KEEP
    assert ran(now=since + KEEP).expired == 0  # the door lets go of the first part by itself
    assert goes_at(case, since + KEEP) == later + KEEP
    assert ran(now=later + KEEP - DAY).expired == 0
    assert ran(now=later + KEEP).expired == 1
    told(later + KEEP)
    assert banks() == []


@pytest.mark.threat("O1")
def test_a_report_that_nobody_decided_on_goes_on_the_day_after_a_question(case):
    since = case.received_at
    undecided = DAYS.undecided * DAY
    assert ran(now=since + undecided - ASK - DAY).is_nothing
    assert ran(now=since + undecided - ASK).asked == 1
    assert ran(now=since + undecided - DAY).is_nothing
    assert ran(now=since + undecided).expired == 1
    assert counts() == (1, 0, 0, 1, 1)


def test_what_happens_to_a_report_counts_its_time_anew_and_it_is_asked_about_again(case):
    undecided = DAYS.undecided * DAY
    ran(now=case.received_at + undecided - ASK)
    cared = case.received_at + undecided - 5 * DAY
    note(case, "message_in", cared)
    assert ran(now=case.received_at + undecided).is_nothing
    assert ran(now=cared + undecided - ASK).asked == 1
    assert ran(now=cared + undecided - DAY).is_nothing
    assert ran(now=cared + undecided).expired == 1


@pytest.mark.threat("O1")
def test_what_was_taken_back_stays_as_long_as_that_can_be_undone_and_then_its_fingerprints_go(case, noor, banks):
    since = listed(case, noor)
    cases.withdraw(case, now=since)
    undo = TERMS.undo_days * DAY
    assert ran(now=since + undo).is_nothing  # the door was not told yet
    told(since)
    assert ran(now=since + undo - DAY).is_nothing
    assert cases.may_be_undone(case, now=since + undo - timedelta(seconds=1))
    assert ran(now=since + undo).signatures == 6
    assert not cases.may_be_undone(case, now=since + undo)
    assert counts() == (1, 0, 2, 1, 1)
    assert banks() == []


def test_one_file_that_was_taken_back_goes_alone(case, noor, banks):
    since = listed(case, noor)
    cases.take_back_file(case, "Foto 2", now=since)
    told(since)
    assert ran(now=since + TERMS.undo_days * DAY).signatures == 3
    assert set(case.signatures.values_list("row_name", flat=True)) == {"Foto 1"}
    assert banks() == ["HELPLINE"]


@pytest.mark.threat("O1")
@pytest.mark.parametrize("end", ["refused", "withdrawn", "erased", "under_age"])
def test_a_closed_case_loses_messages_and_contact_and_then_all_of_it_on_the_day(case, noor, end, banks):
    since = timezone.now()
    {
        "refused": lambda: cases.refuse(case, staff=noor, reason="no_answer", now=since),
        "withdrawn": lambda: cases.withdraw(case, now=since),
        "erased": lambda: cases.erase(case, now=since),
        "under_age": lambda: cases.turned_out_under_age(case, now=since),
    }[end]()
    told(since)
    holds = end in ("refused", "withdrawn")
    ran(now=since + TERMS.undo_days * DAY)
    assert (Message.objects.count(), Contact.objects.count()) == ((1, 1) if holds else (0, 0))
    ran(now=since + (min(DAYS.messages, DAYS.contact) - 1) * DAY)
    assert (Message.objects.exists(), Contact.objects.exists()) == (holds, holds)
    ran(now=since + max(DAYS.messages, DAYS.contact) * DAY)
    assert (Message.objects.exists(), Contact.objects.exists()) == (False, False)
    ran(now=since + (DAYS.closed - 1) * DAY)
    assert Case.objects.filter(pk=case.pk).exists()
    ran(now=since + DAYS.closed * DAY)
    assert nothing_left_of(case)
    assert banks() == []
    assert AuditEntry.objects.filter(act=Act.WIPED.value, subject=case.number, detail="case").count() == 1
    assert audit.check().number == AuditEntry.objects.count()


def test_a_message_that_came_after_the_end_has_its_own_time(case, noor):
    since = timezone.now()
    cases.refuse(case, staff=noor, reason="no_answer", now=since)
    messages.write(case, "Waarom niet?", staff=None, box=box(), now=since + 60 * DAY)
    assert ran(now=since + DAYS.messages * DAY).messages == 1
    assert ran(now=since + (60 + DAYS.messages - 1) * DAY).messages == 0
    assert ran(now=since + (60 + DAYS.messages) * DAY).messages == 1


@pytest.mark.threat("O1")
def test_sessions_and_the_first_rows_of_the_log_go_on_the_day_and_the_log_is_still_whole(client, noor):
    client.log_in(noor)
    (ends,) = Session.objects.filter(session_data__gt="").values_list("expire_date", flat=True)[:1]
    assert ran(now=ends + DAYS.sessions * DAY - timedelta(seconds=1)).sessions == 0
    assert ran(now=ends + DAYS.sessions * DAY).sessions >= 1
    first, witness = AuditEntry.objects.get(number=1), audit.check()
    old = first.at + DAYS.audit * DAY
    ran(now=old - DAY)
    assert AuditEntry.objects.filter(number=1).exists()
    assert ran(now=old + DAY).rows > 0
    assert not AuditEntry.objects.filter(at__lte=old + DAY - DAYS.audit * DAY).exists()
    stands = audit.check()
    assert stands.number > witness.number
    assert AuditEntry.objects.filter(act="let_go").count() == 1
    audit.check([stands])
    with pytest.raises(AuditError, match="Take a later witness"):
        audit.check([Witness(1, bytes(32))])


def test_what_was_broken_off_goes_on_the_next_time(case, noor, monkeypatch):
    since = timezone.now()
    cases.refuse(case, staff=noor, reason="no_answer", now=since)
    late = since + DAYS.closed * DAY

    def fails(**_):
        raise RuntimeError

    with monkeypatch.context() as patched:
        patched.setattr(audit, "let_go", fails)
        with pytest.raises(RuntimeError):
            ran(now=late)
    assert nothing_left_of(case)
    assert not AuditEntry.objects.filter(act="retained").exists()
    retention.run_if_due(now=late)
    assert AuditEntry.objects.filter(act="retained").count() == 1
    retention.run_if_due(now=late + timedelta(minutes=59))
    assert AuditEntry.objects.filter(act="retained").count() == 1
    retention.run_if_due(now=late + timedelta(hours=1))
    assert AuditEntry.objects.filter(act="retained").count() == 2


@pytest.mark.threat("O1")
@pytest.mark.parametrize(
    ("path", "said"),
    [
        (
            "/keep",
            (
                "Na 7 maanden",
                "11 dagen daarvoor",
                "en 5 dagen daarna, zodat",
                "101 dagen na het laatste",
                "303 dagen",
                "404 dagen",
                "505 dagen daarna. Of tot",
                "606 dagen",
                "binnen 3 werkdagen",
                "binnen 8 werkdagen",
            ),
        ),
        (
            "/en/keep",
            ("After 7 months", "11 days before that", "101 days after", "303 days", "404 days", "3 working days"),
        ),
    ],
)
def test_the_page_for_people_prints_what_is_set(client, path, said, settings):
    terms = replace(TERMS, keep_months=7, undo_days=5, answer_days=3, message_days=8)
    days = replace(DAYS, ask=11, undecided=101, messages=303, contact=404, closed=505, audit=606)
    settings.HAALWEG = replace(settings.HAALWEG, terms=terms, retention=days)
    page = client.get(path).content.decode()
    assert [each for each in said if each not in page] == []
