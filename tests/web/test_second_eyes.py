"""What is on the list is taken off it by the desk, and shared or shared no more, by two people and never by one."""

from __future__ import annotations

import re

import pytest
from django.contrib.auth.models import User
from django.utils import timezone

from haalweg.cases.states import CaseState
from haalweg.web.store import cases, proposals
from haalweg.web.store.models import Case, Partner, Proposal
from haalweg.web.store.proposals import Proposed
from tests.web.at_the_door import banks, told
from tests.web.browsing import Browser, staff
from tests.web.reporting import a_report, an_item, sent

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("machine_door")]


@pytest.fixture
def case(client):
    Partner.objects.create(name="VONK", title="Vonk", kind="chat")
    items = [an_item(31), an_item(32, name="Foto 2")]
    assert sent(client, a_report(items=items, consents=["bank", "partner:VONK"])).status_code == 201
    return Case.objects.get()


@pytest.fixture
def noor(case):
    browser = Browser()
    browser.log_in(staff("noor"))
    browser.take(case)
    browser.submit(f"/desk/case/{case.number}/confirm/")
    told()
    return browser


@pytest.fixture
def sam(case, noor):
    browser = Browser()
    browser.log_in(staff("sam"))
    assert browser is not noor
    browser.look_in(case)
    return browser


def what_happened(case):
    return [each.what for each in case.events.exclude(what__in=("received", "taken", "looked_in"))]


def does(browser, case, how, what, **more):
    return browser.submit(f"/desk/case/{case.number}/{how}/", what=what, **more).status_code


@pytest.mark.threat("W2")
def test_what_is_on_the_list_is_taken_off_by_two_and_goes_from_every_copy(case, noor, sam, machine_door):
    assert does(sam, case, "carry-out", "share") == 302
    told()
    assert banks(machine_door, 31) == ["HELPLINE", "P_VONK"]
    assert does(noor, case, "carry-out", "revoke") == 409  # nobody proposed it
    assert does(noor, case, "propose", "revoke") == 409  # without a reason
    assert does(noor, case, "propose", "revoke", reason="no_detail") == 409  # which is none of these
    assert does(noor, case, "propose", "revoke", reason="disputed") == 302
    assert does(noor, case, "carry-out", "revoke") == 409  # the same account
    told()
    assert banks(machine_door, 31) == ["HELPLINE", "P_VONK"]
    page = sam.get(f"/desk/case/{case.number}/").content.decode()
    assert "een platform of een uploader spreekt het tegen" in page
    assert does(sam, case, "carry-out", "revoke") == 302
    assert does(sam, case, "carry-out", "revoke") == 409  # once
    told()
    assert (banks(machine_door, 31), banks(machine_door, 32)) == ([], [])
    case.refresh_from_db()
    assert (case.state, case.shared_by) == (CaseState.REVOKED, None)
    assert what_happened(case) == ["on_the_list", "shared", "revoke_proposed", "revoked"]


@pytest.mark.threat("W2")
def test_one_file_is_taken_off_and_the_other_stays(case, noor, sam, machine_door):
    assert does(noor, case, "propose", "revoke", reason="by_mistake", file="Foto 3") == 409
    assert does(noor, case, "propose", "revoke", reason="by_mistake", file="Foto 2") == 302
    assert does(sam, case, "carry-out", "revoke") == 302
    told()
    assert (banks(machine_door, 31), banks(machine_door, 32)) == (["HELPLINE"], [])
    case.refresh_from_db()
    assert case.state == CaseState.ON_THE_LIST
    assert does(sam, case, "carry-out", "share") == 302  # what is left can still be shared
    told()
    assert (banks(machine_door, 31), banks(machine_door, 32)) == (["HELPLINE", "P_VONK"], [])


@pytest.mark.threat("W2")
def test_sharing_is_ended_and_begun_again_by_two(case, noor, sam, machine_door):
    does(sam, case, "carry-out", "share")
    assert does(sam, case, "propose", "unshare", reason="partner_trouble") == 302
    assert does(sam, case, "carry-out", "unshare") == 409
    assert does(noor, case, "carry-out", "unshare") == 302
    told()
    assert banks(machine_door, 31) == ["HELPLINE"]
    assert does(sam, case, "carry-out", "share") == 409  # nobody proposed it since
    assert does(sam, case, "propose", "share", reason="by_mistake") == 302
    assert does(sam, case, "carry-out", "share") == 409
    assert does(noor, case, "carry-out", "share") == 409  # who put it on the list
    assert does(sam, case, "take-back", "share") == 302
    assert does(noor, case, "propose", "share", reason="by_mistake") == 302
    assert does(sam, case, "carry-out", "share") == 302
    told()
    assert banks(machine_door, 31) == ["HELPLINE", "P_VONK"]


def test_a_proposal_is_taken_back_by_either_and_stands_in_the_list_of_work_meanwhile(case, noor, sam):
    assert "Tweede paar ogen" in noor.get("/desk/").content.decode()  # to share it
    for browser in (noor, sam):
        does(noor, case, "propose", "revoke", reason="not_theirs")
        assert does(browser, case, "take-back", "revoke") == 302
        assert does(sam, case, "carry-out", "revoke") == 409
    does(sam, case, "take-back", "share")
    assert case.spoken_number not in noor.get("/desk/").content.decode()
    assert what_happened(case)[-2:] == ["revoke_not", "share_not"]
    before = what_happened(case)
    does(sam, case, "take-back", "share")  # there is none
    does(sam, case, "take-back", "everything")
    assert what_happened(case) == before


def test_a_proposal_of_a_colleague_is_not_replaced_by_ones_own(case, noor, sam):
    assert does(noor, case, "propose", "revoke", reason="not_theirs") == 302
    assert does(sam, case, "propose", "revoke", reason="by_mistake") == 409
    assert does(noor, case, "propose", "revoke", reason="disputed") == 302  # she thought again
    assert case.proposals.get(what="revoke").reason == "disputed"


def test_a_proposal_that_is_too_old_is_not_carried_out_and_can_be_made_anew(case, noor, sam):
    does(noor, case, "propose", "revoke", reason="not_theirs")
    Proposal.objects.update(at=timezone.now() - proposals.STANDS)
    assert does(sam, case, "carry-out", "revoke") == 409
    assert case.spoken_number not in noor.get("/desk/").content.decode()
    assert does(sam, case, "propose", "revoke", reason="by_mistake") == 302
    assert does(noor, case, "carry-out", "revoke") == 302


@pytest.mark.parametrize("end", [cases.withdraw, cases.turned_out_under_age, cases.erase])
def test_what_was_proposed_goes_with_how_the_case_stood(case, noor, sam, end):
    does(noor, case, "propose", "revoke", reason="not_theirs")
    end(case, now=timezone.now())
    assert not Proposal.objects.exists()
    assert does(sam, case, "carry-out", "revoke") == 409


@pytest.mark.usefixtures("noor", "sam")
def test_two_who_carry_it_out_at_once_do_it_once(case):
    by, first, second = (User.objects.get(username="noor"), User.objects.get(username="sam"), staff("kim"))
    cases.propose(case, Proposed.REVOKE, staff=by, reason="disputed", now=timezone.now())
    before = Case.objects.get()
    cases.carry_out(case, Proposed.REVOKE, staff=first, now=timezone.now())
    with pytest.raises(cases.DecisionError):
        cases.carry_out(before, Proposed.REVOKE, staff=second, now=timezone.now())


def test_the_person_reads_that_it_was_taken_off_and_not_who_proposed_it(client, case, noor, sam):
    words = " ".join(sent(client, a_report(items=[an_item(33)])).json()["code"])
    case = Case.objects.exclude(pk=case.pk).get()
    noor.take(case)
    sam.look_in(case)
    noor.submit(f"/desk/case/{case.number}/confirm/")
    does(noor, case, "propose", "revoke", reason="disputed")
    does(sam, case, "carry-out", "revoke")
    client.submit("/c", words=words)
    page = client.get("/p").content.decode()
    assert page.count("Door ons van de lijst gehaald") == 2  # in the timeline, and at the file
    assert "We haalden het van de lijst." in page
    assert not re.search(r"\b(noor|sam|Voorgesteld)\b|spreekt het tegen", page)
