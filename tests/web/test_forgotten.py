"""What was taken back, erased or replaced does not come back by another way, and takes nothing else with it."""

from __future__ import annotations

import io
import re
import uuid

import pytest
from django.contrib.auth.models import User
from django.utils import timezone
from PIL import Image

from haalweg.cases.states import CaseState
from haalweg.signals import TraceKind
from haalweg.web.store import cases, new_code
from haalweg.web.store.models import Case, Partner, Signature, Task
from haalweg.web.store.proposals import Proposed
from haalweg.web.store.tasks import banks_of
from tests import pictures
from tests.web.at_the_door import banks, confirmed, told
from tests.web.browsing import Browser
from tests.web.browsing import staff as a_colleague
from tests.web.reporting import a_report, a_trace, an_item, sent

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("machine_door")]


@pytest.fixture
def staff():
    return [User.objects.create_user(name) for name in ("noor", "sam")]


@pytest.mark.parametrize("forgotten", ["erased", "under_age"])
def test_what_is_forgotten_and_sent_again_is_not_taken_in_anew_and_told_no_more_than_before(client, staff, forgotten):
    key, report = str(uuid.uuid4()), a_report(items=[an_item(84)])
    first = sent(client, report, key=key)
    case = Case.objects.get()
    confirmed(case, staff)
    if forgotten == "erased":
        cases.erase(case, now=timezone.now())
    else:
        cases.turned_out_under_age(case, now=timezone.now())
    told()
    case.refresh_from_db()
    assert bytes(case.content_lookup) == b""
    for again in (report, report | {"story": "Iets anders."}):
        answer = sent(client, again, key=key)
        told_again = answer.json() | {"received_at": None}
        assert (answer.status_code, told_again) == (201, first.json() | {"received_at": None})
    assert (Case.objects.count(), Signature.objects.count()) == (1, 0)
    assert not Case.objects.exclude(state=forgotten).exists()


@pytest.mark.threat("P4")
def test_an_age_that_is_corrected_after_all_was_erased_is_answered_as_ever(client):
    key = str(uuid.uuid4())
    sent(client, a_report(), key=key)
    cases.erase(Case.objects.get(), now=timezone.now())
    told()
    age = {"in_picture": "no", "in_source_photo": "no_such_picture", "others": "nobody"}
    assert sent(client, a_report(age=age), key=key).json() == {"not_kept": True}
    assert Case.objects.get().state == CaseState.ERASED


@pytest.mark.threat("C5")
def test_a_report_that_is_sent_again_makes_no_second_case_for_the_words_that_were_replaced(client, staff):
    key = str(uuid.uuid4())
    old = " ".join(sent(client, a_report(), key=key).json()["code"])
    case = Case.objects.get()
    new_code.propose(case, staff=staff[0], now=timezone.now())
    new_code.give(case, staff=staff[1], now=timezone.now())
    sent(client, a_report(), key=key)
    assert Case.objects.count() == 1
    assert client.submit("/c", words=old).status_code == 422


@pytest.mark.threat("C5")
def test_what_is_erased_meanwhile_has_no_new_words(client, staff):
    sent(client, a_report())
    case = Case.objects.get()
    new_code.propose(case, staff=staff[0], now=timezone.now())
    cases.erase(case, now=timezone.now())
    with pytest.raises(cases.DecisionError):
        new_code.give(case, staff=staff[1], now=timezone.now())


@pytest.mark.threat("P4")
def test_what_waits_to_be_erased_and_is_of_somebody_under_18_goes_for_good(client, staff, machine_door):
    sent(client, a_report(items=[an_item(85)]))
    case = Case.objects.get()
    confirmed(case, staff)
    told()
    cases.erase(case, now=timezone.now())
    cases.turned_out_under_age(case, now=timezone.now())
    told()
    case.refresh_from_db()
    assert (case.state, banks(machine_door, 85), Signature.objects.count()) == (CaseState.UNDER_AGE, [], 0)
    sent(client, a_report(items=[an_item(85)]))
    same = Case.objects.latest("number")
    confirmed(same, staff)
    told()
    assert (same.events.latest("id").what, banks(machine_door, 85)) == ("withdrawn_before", [])


@pytest.mark.threat("X3")
def test_what_never_came_on_the_list_is_erased_at_once_and_takes_nothing_off_it(client, staff, machine_door):
    sent(client, a_report(items=[an_item(82)]))
    confirmed(Case.objects.get(), staff)
    told()
    Case.objects.all().delete()  # the entry came by another way
    sent(client, a_report(items=[an_item(82)]))
    cases.erase(Case.objects.get(), now=timezone.now())
    assert not Task.objects.filter(done_at=None).exists()
    assert not Signature.objects.exists()
    told()
    assert banks(machine_door, 82) == ["HELPLINE"]


def test_what_another_file_of_the_same_case_has_of_the_same_stays(client, staff, machine_door):
    Partner.objects.create(name="VONK", title="Vonk", kind="chat")
    sent(client, a_report(items=[an_item(66, name=f"Foto {at}") for at in (1, 2)]))
    case = Case.objects.get()
    confirmed(case, staff)
    cases.carry_out(case, Proposed.SHARE, staff=staff[1], now=timezone.now())
    told()
    cases.take_back_file(case, "Foto 2", now=timezone.now())
    told()
    assert banks(machine_door, 66) == ["HELPLINE", "P_VONK"]
    cases.take_back_file(case, "Foto 1", now=timezone.now())
    told()
    assert banks(machine_door, 66) == []


def test_a_trace_of_the_picture_goes_with_what_allowed_it(client, staff):
    trace = an_item(trace=a_trace(kind=TraceKind.FAKE))
    sent(client, a_report(items=[trace], consents=["bank", "trace_of_fake"]))
    case = Case.objects.get()
    confirmed(case, staff)
    assert {each.signal_type for each in banks_of(case)["HELPLINE"]} == {"pdq", "md5", "sha256", "trace"}
    cases.change_consent(case, cases.Choice("trace_of_fake"), given=False, now=timezone.now())
    assert {each.signal_type for each in banks_of(case)["HELPLINE"]} == {"pdq", "md5", "sha256"}


def test_what_was_allowed_once_can_be_allowed_again_on_the_page(client):
    Partner.objects.create(name="VONK", title="Vonk", kind="chat")
    Partner.objects.create(name="BUURT", title="Buurtplein", kind="forum")
    words = " ".join(sent(client, a_report()).json()["code"])
    client.submit("/c", words=words)
    client.submit("/p/less", what="partner:VONK")
    assert "Sta weer toe" in client.get("/p").content.decode()
    assert client.submit("/p/more", what="partner:VONK").headers["Location"] == "/p"
    client.submit("/p/more", what="partner:BUURT")  # which was never asked
    case = Case.objects.get()
    assert set(case.consents.filter(taken_back_at=None).values_list("what", flat=True)) == {"bank", "partner:VONK"}


@pytest.mark.threat("C4")
def test_that_all_of_it_was_given_as_a_file_is_seen_by_the_person_and_the_desk(client):
    words = " ".join(sent(client, a_report()).json()["code"])
    client.submit("/c", words=words)
    client.submit("/p/all")
    assert [each.what for each in Case.objects.get().events.all()] == ["received", "exported"]
    assert "Bestand met alles gemaakt" in client.get("/p").content.decode()


@pytest.mark.threat("C6")
def test_a_stalker_who_enrols_a_public_photo_learns_nothing_of_where_it_or_a_fake_of_it_turns_up(
    client, staff, machine_door
):
    photo = pictures.scene(86)
    trace = an_item(86, kind="source_photo", parts=[], sha256=None, md5=None, trace=a_trace(86))
    words = " ".join(sent(client, a_report(have="source_photo", items=[trace])).json()["code"])
    client.submit("/c", words=words)
    case, desk = Case.objects.get(), Browser()
    desk.log_in(a_colleague("kim"))
    desk.take(case)

    def what_he_sees():
        pages = [client.get("/p"), client.submit("/p/all"), desk.get(f"/desk/case/{case.number}/")]
        case.events.filter(what="exported").delete()  # his own doing
        return [re.sub(rb'value="[^"]+"|data-left-s="[0-9]+"|[0-9T:.+-]{20,}', b"", each.content) for each in pages]

    def turned_up():
        found = []
        for picture in (photo, pictures.redressed(photo)):
            body = io.BytesIO()
            Image.fromarray(picture).save(body, "JPEG", quality=92)
            found.append(machine_door.check(machine_door.uploads, body.getvalue())["verdict"])
        return found

    what_he_sees()  # the desk reads his message
    before = what_he_sees()
    assert turned_up() == ["no_match", "no_match"]  # nobody confirmed it
    assert what_he_sees() == before
    confirmed(case, staff)
    told()
    before = what_he_sees()
    assert turned_up() == ["no_match", "lead"]  # an altered one is a lead, for the moderators of that gate
    told()
    assert what_he_sees() == before
    client.submit("/p/end", sure="yes")
    told()
    assert turned_up() == ["no_match", "no_match"]
