"""Many cases are decided at once on figures alone: fifty at most, none with a warning, after a step-up."""

from __future__ import annotations

import uuid

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from haalweg.adapters.bank_file import BankFile
from haalweg.banks import BankKind, WithdrawalReason
from haalweg.cases.states import CaseState
from haalweg.signals import SignalType
from haalweg.web.desk.warnings import Figures
from haalweg.web.door import DoorError
from haalweg.web.running import door
from haalweg.web.store import cases
from haalweg.web.store.models import Addition, Case, CaseNumber, Consent, Signature
from haalweg.web.store.roles import Role
from tests.gate.gates import until
from tests.web.browsing import FORM, PASSWORD, Browser, staff
from tests.web.reporting import a_report, an_item, hashed, sent

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("machine_door")]


@pytest.fixture
def kim():
    browser = Browser()
    browser.log_in(staff("kim", Role.REVIEWER))
    browser.submit("/desk/again/", password=PASSWORD)
    return browser


def reported(client, *seeds, **more):
    for seed in seeds:
        assert sent(client, a_report(items=[an_item(seed)], **more)).status_code == 201
    return list(Case.objects.order_by("number"))


def decided(browser, there, what="confirm", **more):
    fields = [("case", str(each.number)) for each in there] + [("what", what), *more.items()]
    body = "&".join(f"{name}={value}" for name, value in fields)
    return browser.post("/desk/check/decide/", body, content_type=FORM)


def states(there):
    return [Case.objects.get(pk=each.pk).state for each in there]


@pytest.mark.threat("W2")
def test_what_nothing_speaks_against_is_put_on_the_list_at_once_by_who_says_again_who_they_are(client):
    kim = Browser()
    kim.log_in(staff("kim", Role.REVIEWER))
    there = reported(client, 101, 102, 103)
    page = kim.get("/desk/check/").content.decode()
    assert page.count('name="case"') == 3
    assert not any(told in page for told in ("forum.example", "maandag"))
    asked = decided(kim, there[:2])
    assert asked.headers["Location"].startswith(("/desk/again/", "/desk/factors/reauthenticate/"))
    assert states(there) == [CaseState.RECEIVED] * 3
    done = kim.submit("/desk/again/?next=/desk/check/decide/", password=PASSWORD)
    assert done.headers["Location"] == "/desk/check/"
    assert states(there) == [CaseState.ON_THE_LIST] * 2 + [CaseState.RECEIVED]
    listed = Case.objects.filter(state=CaseState.ON_THE_LIST)
    assert set(listed.values_list("confirmed_by__username", flat=True)) == {"kim"}
    assert set(Case.objects.values_list("assurance", flat=True)) == {"self_reported"}


def test_each_keeps_what_is_known_of_who_reported_it(client, kim):
    there = reported(client, 109, 110)
    Case.objects.filter(pk=there[0].pk).update(assurance="spoken")  # told by phone, and given back to all
    assert decided(kim, there).status_code == 302
    assert states(there) == [CaseState.ON_THE_LIST] * 2
    assert [Case.objects.get(pk=each.pk).assurance for each in there] == ["spoken", "self_reported"]


def test_what_was_added_waits_for_a_consent_of_its_own(client, kim):
    (case,) = reported(client, 111)
    added = Addition.objects.create(case=case, number=1, at=case.received_at, sent_as=b"a" * 32)
    Signature.objects.filter(case=case).update(addition=added)
    assert case.spoken_number not in kim.get("/desk/check/").content.decode()
    Consent.objects.create(case=case, addition=added, what="bank", version="1", given_at=case.received_at)
    assert case.spoken_number in kim.get("/desk/check/").content.decode()


def test_many_are_left_off_for_one_reason(client, kim):
    there = reported(client, 104, 105)
    assert decided(kim, there, "refuse").status_code == 409
    assert states(there) == [CaseState.RECEIVED] * 2
    assert decided(kim, there, "refuse", reason="no_answer").status_code == 302
    assert states(there) == [CaseState.REFUSED] * 2


@pytest.mark.threat("W2")
def test_one_with_a_warning_holds_up_all_that_were_chosen_with_it(client, kim):
    there = reported(client, 106, 107)
    Signature.objects.filter(case=there[1], signal_type="pdq").update(is_odd=True)
    page = kim.get("/desk/check/").content.decode()
    assert "Ongewone cijfers" in page
    assert page.count(" disabled>") == 1
    refused = decided(kim, there)
    assert (refused.status_code, there[1].spoken_number in refused.content.decode()) == (409, True)
    assert states(there) == [CaseState.RECEIVED] * 2


@pytest.mark.threat("W2")
def test_fifty_are_decided_at_once_and_not_one_more(client, kim):
    (first,) = reported(client, 108)
    signature = first.signatures.get(signal_type="pdq")
    for _ in range(50):
        another(first, signature)
    there = list(Case.objects.order_by("number"))
    assert decided(kim, there).status_code == 409
    assert set(states(there)) == {CaseState.RECEIVED}
    assert decided(kim, []).status_code == 409
    assert decided(kim, there[:50]).status_code == 302
    assert states(there).count(CaseState.ON_THE_LIST) == 50


def another(case, signature):
    """A case as this one, with another value."""
    sent_as, lookup = uuid.uuid4().bytes * 2, uuid.uuid4().bytes * 2
    made = Case.objects.create(
        number=CaseNumber.objects.create().pk,
        language="nl",
        have="picture",
        consent_version="1",
        received_at=case.received_at,
        code_lookup=lookup,
        sent_as=sent_as,
        content_lookup=lookup,
    )
    Consent.objects.create(case=made, what="bank", version="1", given_at=case.received_at)
    Signature.objects.create(
        case=made,
        row_name="Foto 1",
        kind="picture",
        signal_type="pdq",
        quality=90,
        value_lookup=lookup,
        letter=signature.letter,
    )


def test_what_is_somebody_elses_work_or_was_decided_meanwhile_is_not_decided_here(client, kim):
    there = reported(client, 109, 110)
    Case.objects.filter(pk=there[0].pk).update(owner=staff("noor"))
    assert there[0].spoken_number not in kim.get("/desk/check/").content.decode()
    assert decided(kim, there).status_code == 409
    cases.refuse(there[1], staff=User.objects.get(username="noor"), reason="no_answer", now=timezone.now())
    assert decided(kim, there[1:]).status_code == 409
    assert states(there) == [CaseState.RECEIVED, CaseState.REFUSED]


@pytest.mark.parametrize("consents", [["notices"], []])
def test_what_was_not_allowed_is_not_offered(client, kim, consents):
    there = reported(client, 111, consents=consents)
    assert there[0].spoken_number not in kim.get("/desk/check/").content.decode()
    assert decided(kim, there).status_code == 409


@pytest.mark.threat("P7")
def test_each_warning_is_told_by_figures_alone(client, machine_door, monkeypatch):
    one, same, flat, aside, known, fine = reported(client, 112, 112, 113, 114, 115, 116)
    flat.signatures.filter(signal_type="pdq").update(quality=49)
    Case.objects.filter(pk=aside.pk).update(state=CaseState.SET_ASIDE)
    aside.refresh_from_db()
    machine_door.add(bytes(hashed(115).hash), bank="SCREENS", kind=BankKind.NEGATIVE)
    until(lambda: Figures([known]).warnings(known) == ["harmless"], 10)
    with CaptureQueriesContext(connection) as asked:
        figures = Figures([one, same, flat, aside, known, fine])
    assert len(asked) == 1
    found = {each.number: figures.warnings(each) for each in (one, same, flat, aside, known, fine)}
    assert list(found.values()) == [["other_cases"], ["other_cases"], ["flat"], ["set_aside"], ["harmless"], []]
    with BankFile.open(machine_door.bank, machine_door.ring) as store:
        store.withdraw_values(
            SignalType.PDQ, [bytes(hashed(115).hash)], reason=WithdrawalReason.MISTAKE, now=timezone.now()
        )

    def away(_):
        raise DoorError("away")

    monkeypatch.setattr(door(), "known_as_harmless", away)
    assert Figures([fine]).warnings(fine) == ["not_asked"]  # and so nothing is decided in bulk


def test_the_page_asks_as_much_of_the_database_however_many_wait(client, kim):
    asked = []
    for seeds in ((117,), (118, 119, 120)):
        reported(client, *seeds)
        with CaptureQueriesContext(connection) as questions:
            kim.get("/desk/check/")
        asked.append(len(questions))
    assert asked[0] == asked[1]


def test_the_page_of_a_case_says_what_to_look_at_twice(client):
    (case, _) = reported(client, 121, 121)
    noor = Browser()
    noor.log_in(staff("noor"))
    noor.take(case)
    assert "Andere zaken hebben hetzelfde." in noor.get(f"/desk/case/{case.number}/").content.decode()
