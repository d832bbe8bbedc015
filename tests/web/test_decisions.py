"""What is decided about a case reaches the machine door as it holds, and holds up nothing of anybody else."""

from __future__ import annotations

import uuid
from datetime import timedelta

import pytest
from django.contrib.auth.models import User
from django.utils import timezone

from haalweg.cases.states import CaseState, SignatureState
from haalweg.web.door import letters_of
from haalweg.web.running import door
from haalweg.web.store import cases, new_code
from haalweg.web.store.models import Case, Contact, Partner, Signature, Task
from haalweg.web.store.proposals import Proposed
from haalweg.web.store.tasks import work_off
from tests.web.at_the_door import banks, confirmed, told
from tests.web.reporting import a_report, an_item, hashed, sent

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("machine_door")]
ALL = ["bank", "partner:VONK"]


@pytest.fixture(autouse=True)
def _vonk():
    Partner.objects.create(name="VONK", title="Vonk", kind="chat")


@pytest.fixture
def staff():
    return [User.objects.create_user(name) for name in ("noor", "sam")]


@pytest.fixture
def reported(client):
    """Make a case of a drawing."""

    def reported(*seeds, consents=("bank",), **more):
        numbers = set(Case.objects.values_list("number", flat=True))
        items = [an_item(seed, name=f"Foto {number}") for number, seed in enumerate(seeds, 1)]
        assert sent(client, a_report(items=items, consents=list(consents), **more)).status_code == 201
        return Case.objects.exclude(number__in=numbers).get()

    return reported


def shared(case, staff):
    confirmed(case, staff)
    cases.carry_out(case, Proposed.SHARE, staff=staff[1], now=timezone.now())


def damage(letter_of):
    letter_of.letter = bytes(letter_of.letter)[:-1] + bytes([bytes(letter_of.letter)[-1] ^ 1])
    letter_of.save()


@pytest.mark.threat("X1")
def test_a_partner_whom_nobody_allows_it_any_more_has_it_no_more(reported, staff, machine_door):
    mine, theirs = reported(41, consents=ALL), reported(41)
    shared(mine, staff)
    confirmed(theirs, staff)
    told()
    assert banks(machine_door, 41) == ["HELPLINE", "P_VONK"]
    cases.withdraw(mine, now=timezone.now())
    told()
    assert banks(machine_door, 41) == ["HELPLINE"]
    cases.undo_withdrawal(mine, now=timezone.now())
    told()
    assert banks(machine_door, 41) == ["HELPLINE", "P_VONK"]
    for each in (mine, theirs):
        cases.withdraw(each, now=timezone.now())
    told()
    assert banks(machine_door, 41) == []


def test_what_a_person_takes_back_stays_in_a_list_that_came_from_elsewhere(reported, staff, machine_door):
    mine = reported(42)
    machine_door.add(bytes(hashed(42).hash), bank="IMPORTED")
    confirmed(mine, staff)
    told()
    assert banks(machine_door, 42) == ["HELPLINE", "IMPORTED"]
    cases.withdraw(mine, now=timezone.now())
    told()
    assert banks(machine_door, 42) == ["IMPORTED"]


@pytest.mark.threat("X3")
def test_who_reports_what_is_on_the_list_and_takes_it_back_takes_nothing_off_it(reported, staff, machine_door):
    theirs, mine = reported(43), reported(43)
    confirmed(theirs, staff)
    told()
    Case.objects.filter(pk=theirs.pk).delete()  # the entry came by another way
    cases.withdraw(mine, now=timezone.now())
    assert not Task.objects.filter(done_at=None).exists()
    assert banks(machine_door, 43) == ["HELPLINE"]


def test_a_letter_that_does_not_open_holds_up_nothing_else(reported, staff, machine_door):
    mine, other = reported(44), reported(45)
    confirmed(mine, staff)
    told()
    damage(mine.signatures.get(signal_type="md5"))
    cases.withdraw(mine, now=timezone.now())
    confirmed(other, staff)
    now = timezone.now()
    assert work_off(door(), now=now) == 1
    assert (banks(machine_door, 44), banks(machine_door, 45)) == ([], ["HELPLINE"])
    (task,) = Task.objects.filter(done_at=None)
    assert (task.case, task.tries) == (mine, 1)
    assert work_off(door(), now=now) == 0
    task.refresh_from_db()
    assert task.tries == 1  # it is tried again later, and less and less often
    work_off(door(), now=now + timedelta(seconds=5))
    assert mine.events.filter(what="not_done").count() == 1


def test_a_text_that_does_not_open_leaves_the_others_readable(reported):
    case = reported(46, story="Dit staat er.")
    first, second = case.places.order_by("position")
    damage(first)
    letters = letters_of([first, second, case.messages.get()])
    assert door().read_back(letters, who=1, why="case") == [None, "fotohoek, album 9", "Dit staat er."]


def test_what_the_door_refuses_holds_up_nobody_else(reported, staff, machine_door, monkeypatch):
    mine, other = reported(47), reported(48)
    for each in (mine, other):
        confirmed(each, staff)
    told()
    real = door().admit

    def refusing(letters, **more):
        return real(letters, **(more | {"assurance": "sure"}))  # which the door does not know

    monkeypatch.setattr(door(), "admit", refusing)
    Task.objects.create(case=mine, what="settle", made_at=timezone.now(), due_at=timezone.now())
    cases.withdraw(other, now=timezone.now())
    assert told() == 1
    assert (banks(machine_door, 47), banks(machine_door, 48)) == (["HELPLINE"], [])
    monkeypatch.undo()
    assert told(after=timedelta(minutes=1)) == 1


def test_nothing_is_shared_after_it_was_on_the_list_for_as_long_as_was_promised(reported, staff):
    case = reported(49, consents=ALL)
    confirmed(case, staff)
    late = timezone.now() + timedelta(days=731)
    with pytest.raises(cases.DecisionError, match="as long as was promised"):
        cases.carry_out(case, Proposed.SHARE, staff=staff[1], now=late)


def test_who_put_it_on_the_list_does_not_share_it_with_what_was_read_before(reported, staff):
    case = reported(50, consents=ALL)
    before = Case.objects.get(pk=case.pk)  # as another request of the same person holds it
    confirmed(case, staff)
    with pytest.raises(cases.DecisionError, match="second pair of eyes"):
        cases.carry_out(before, Proposed.SHARE, staff=staff[0], now=timezone.now())
    case.refresh_from_db()
    assert case.shared_by is None


@pytest.mark.threat("P4")
def test_what_others_have_of_somebody_under_18_is_forgotten_and_set_aside(reported, staff, machine_door):
    mine, theirs, taken_back = reported(51), reported(51), reported(51)
    for each in (mine, theirs, taken_back):
        confirmed(each, staff)
    told()
    cases.withdraw(taken_back, now=timezone.now())
    cases.turned_out_under_age(mine, staff=staff[0], now=timezone.now())
    told()
    assert banks(machine_door, 51) == []
    theirs.refresh_from_db()
    assert (theirs.state, Signature.objects.count()) == (CaseState.SET_ASIDE, 0)
    assert [each.what for each in theirs.events.all()][-1] == "same_under_age"
    cases.undo_withdrawal(taken_back, now=timezone.now())
    told()
    assert banks(machine_door, 51) == []


@pytest.mark.parametrize("decide", ["nothing", "refuse", "confirm"])
def test_taking_back_is_undone_to_where_it_stood(reported, staff, decide):
    case = reported(52)
    if decide == "refuse":
        cases.refuse(case, staff=staff[0], reason="no_detail", now=timezone.now())
    elif decide == "confirm":
        confirmed(case, staff)
    before = (case.state, sorted(case.signatures.values_list("signal_type", "state")))
    cases.withdraw(case, now=timezone.now())
    assert not case.signatures.filter(state=SignatureState.ON_THE_LIST).exists()
    cases.undo_withdrawal(case, now=timezone.now())
    assert (case.state, sorted(case.signatures.values_list("signal_type", "state"))) == before


def test_a_partner_that_comes_later_has_what_was_allowed_for_its_kind(reported, staff, machine_door):
    case = reported(53, consents=["bank", "partners_like:forum"])
    shared(case, staff)
    told()
    assert banks(machine_door, 53) == ["HELPLINE"]
    Partner.objects.create(name="BUURT", title="Buurt", kind="forum")
    cases.partner_came("forum", now=timezone.now())
    told()
    assert banks(machine_door, 53) == ["HELPLINE", "P_BUURT"]


@pytest.mark.parametrize("consents", [["bank"], ["bank", "partner:NOBODY"]])
def test_what_was_allowed_for_no_partner_is_not_shared(reported, staff, consents):
    case = reported(54, consents=consents)
    confirmed(case, staff)
    with pytest.raises(cases.DecisionError, match="allowed no partner"):
        cases.carry_out(case, Proposed.SHARE, staff=staff[1], now=timezone.now())


@pytest.mark.threat("P4")
def test_an_age_that_is_corrected_before_it_is_sent_again_stops_what_was_kept(client, staff, machine_door):
    key = str(uuid.uuid4())
    sent(client, a_report(items=[an_item(55)]), key=key)
    case = Case.objects.get()
    confirmed(case, staff)
    told()
    age = {"in_picture": "no", "in_source_photo": "no_such_picture", "others": "nobody"}
    assert sent(client, a_report(age=age), key=key).json() == {"not_kept": True}
    told()
    case.refresh_from_db()
    assert (case.state, case.signatures.count(), banks(machine_door, 55)) == (CaseState.UNDER_AGE, 0, [])


def test_one_file_is_taken_back_and_put_back_and_the_other_stays(reported, staff, machine_door):
    case = reported(56, 57)
    confirmed(case, staff)
    told()
    assert cases.take_back_file(case, "Foto 1", now=timezone.now()) == 3
    with pytest.raises(cases.DecisionError, match="nothing of this file"):
        cases.take_back_file(case, "Foto 1", now=timezone.now())
    told()
    assert (banks(machine_door, 56), banks(machine_door, 57)) == ([], ["HELPLINE"])
    cases.withdraw(case, now=timezone.now())
    with pytest.raises(cases.DecisionError, match="taken back or stopped"):
        cases.put_back_file(case, "Foto 1", now=timezone.now())
    cases.undo_withdrawal(case, now=timezone.now())
    told()
    assert (banks(machine_door, 56), banks(machine_door, 57)) == ([], ["HELPLINE"])  # as it was before
    assert cases.put_back_file(case, "Foto 1", now=timezone.now()) == 3
    told()
    assert (banks(machine_door, 56), banks(machine_door, 57)) == (["HELPLINE"], ["HELPLINE"])


def test_a_file_taken_back_before_somebody_looked_is_not_put_on_the_list_by_putting_it_back(reported, staff):
    case = reported(58, 59)
    cases.take_back_file(case, "Foto 1", now=timezone.now())
    confirmed(case, staff)
    assert not cases.files_that_may_be_put_back(case, now=timezone.now()).exists()
    with pytest.raises(cases.DecisionError, match="nothing of this file"):
        cases.put_back_file(case, "Foto 1", now=timezone.now())


def test_a_file_is_put_back_for_so_many_days(reported):
    case = reported(60)
    cases.take_back_file(case, "Foto 1", now=timezone.now())
    later = timezone.now() + timedelta(days=14)
    with pytest.raises(cases.DecisionError, match="nothing of this file"):
        cases.put_back_file(case, "Foto 1", now=later)
    cases.put_back_file(case, "Foto 1", now=later - timedelta(hours=1))
    assert set(case.signatures.values_list("state", flat=True)) == {SignatureState.HELD}


@pytest.mark.threat("X1")
def test_a_partner_has_it_for_as_long_as_the_person_allows_it(reported, staff, machine_door):
    case = reported(64, consents=ALL)
    shared(case, staff)
    told()
    for given, expected in ((False, ["HELPLINE"]), (True, ["HELPLINE", "P_VONK"])):
        for _ in range(2):  # twice is once
            cases.change_consent(case, cases.Choice("partner:VONK"), given=given, now=timezone.now())
        told()
        assert banks(machine_door, 64) == expected
    assert case.consents.filter(what="partner:VONK").count() == 2  # when it was given, taken back and given
    for what in ("bank", "everything"):
        with pytest.raises(cases.DecisionError, match="no such thing"):
            cases.change_consent(case, cases.Choice(what), given=False, now=timezone.now())


def test_what_is_erased_is_taken_back_and_nothing_of_what_was_told_stays(client, reported, staff, machine_door):
    Partner.objects.create(name="BUURT", title="Buurt", kind="forum")
    key = str(uuid.uuid4())
    words = sent(client, a_report(items=[an_item(65)], consents=ALL), key=key).json()["code"]
    case, other = Case.objects.get(), reported(65)
    shared(case, staff)
    confirmed(other, staff)
    told()
    assert banks(machine_door, 65) == ["HELPLINE", "P_VONK"]
    cases.erase(case, now=timezone.now())
    told()
    assert banks(machine_door, 65) == ["HELPLINE"]  # somebody else's
    for rows in (case.signatures, case.places, case.messages, case.consents):
        assert not rows.exists()
    assert not Contact.objects.filter(case=case).exists()
    assert client.submit("/c", words=" ".join(words)).status_code == 422
    for decide in (cases.erase, cases.withdraw, cases.turned_out_under_age):
        with pytest.raises(cases.DecisionError):
            decide(case, now=timezone.now())


@pytest.mark.threat("C7")
def test_a_frozen_case_opens_with_a_new_code_only_that_two_people_gave(client, staff):
    words = " ".join(sent(client, a_report(pin="4711")).json()["code"])
    case = Case.objects.get()
    client.submit("/c", words=words, pin="4711")
    cases.freeze(case, now=timezone.now())
    assert client.get("/p").status_code == 302  # also the page that was open
    assert client.submit("/c", words=words, pin="4711").status_code == 422
    with pytest.raises(cases.DecisionError, match="Nobody else"):
        new_code.give(case, staff=staff[0], now=timezone.now())
    new_code.propose(case, staff=staff[0], now=timezone.now())
    with pytest.raises(cases.DecisionError, match="Nobody else"):
        new_code.give(case, staff=staff[0], now=timezone.now())
    hand_over = new_code.give(case, staff=staff[1], now=timezone.now())
    assert client.submit("/c", words=words).status_code == 422
    case.refresh_from_db()
    assert case.frozen_at is not None  # until the person fetched them
    fetched = new_code.fetch(hand_over, "", now=timezone.now())
    assert fetched is not None
    assert client.submit("/c", words=" ".join(fetched.code.words)).headers["Location"] == "/p"
    with pytest.raises(cases.DecisionError, match="Nobody else"):
        new_code.give(case, staff=staff[1], now=timezone.now())
