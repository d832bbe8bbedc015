"""The desk: two factors, a queue, and decisions that reach the machine door."""

from __future__ import annotations

import pytest
from allauth.mfa.adapter import get_adapter
from allauth.mfa.totp.internal import auth as totp
from django.contrib.auth.models import User
from django.db import connection
from django.utils import timezone

from haalweg.cases.states import CaseState, SignatureState
from haalweg.web.running import door
from haalweg.web.store import cases
from haalweg.web.store.models import Case, Partner, Task
from haalweg.web.store.tasks import banks_of, work_off
from tests.web.browsing import PASSWORD
from tests.web.reporting import a_report, a_trace, an_item, hashed, sent

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("machine_door")]


@pytest.fixture
def noor():
    user = User.objects.create_user("noor", password=PASSWORD)
    totp.TOTP.activate(user, totp.generate_totp_secret())
    return user


@pytest.fixture
def desk(client, noor):
    client.force_login(noor)
    return client


@pytest.fixture
def case(client):
    assert sent(client, a_report()).status_code == 201
    return Case.objects.get()


def matched(machine_door, seed):
    (item,) = machine_door.ask(machine_door.uploads, json={"items": [{"pdq": hashed(seed).hash.hex}]}).json()["items"]
    return sorted((each["bank"], each["assurance"]) for each in item["matches"])


def told():
    return work_off(door(), now=timezone.now())


@pytest.mark.threat("W3")
def test_nobody_gets_in_without_a_second_factor(client, case):
    path = f"/desk/case/{case.number}/"
    assert client.get(path).headers["Location"].startswith("/desk/in/")
    User.objects.create_user("sam", password=PASSWORD)
    assert client.submit("/desk/in/", login="sam", password=PASSWORD).status_code == 302
    assert client.get(path).headers["Location"] == "/desk/factors/"
    assert client.submit(f"{path}confirm/").headers["Location"] == "/desk/factors/"
    case.refresh_from_db()
    assert case.state == CaseState.RECEIVED


def test_with_password_and_code_one_is_at_the_desk(client, noor):
    asked = client.submit("/desk/in/", login="noor", password=PASSWORD)
    assert asked.headers["Location"] == "/desk/factors/authenticate/"
    assert client.get("/desk/").status_code == 302
    secret = totp.TOTP(noor.authenticator_set.get(type="totp")).instance.data["secret"]
    opened = get_adapter().decrypt(secret)
    code = totp.format_hotp_value(totp.hotp_value(opened, next(iter(totp.yield_hotp_counters_from_time()))))
    assert client.submit("/desk/factors/authenticate/", code=code).headers["Location"] == "/desk/"
    assert client.get("/desk/").status_code == 200


@pytest.mark.threat("K1")
def test_seeds_and_sessions_are_closed_in_the_table(client, noor):
    client.force_login(noor)
    (secret,) = [each.data["secret"] for each in noor.authenticator_set.all()]
    seed = get_adapter().decrypt(secret)
    with connection.cursor() as cursor:
        cursor.execute("SELECT session_key, session_data FROM django_session")
        rows = cursor.fetchall()
    assert rows
    assert seed not in secret
    assert all(client.session.session_key != key and "_auth_user_id" not in data for key, data in rows)


def test_what_is_confirmed_matches_at_the_door_and_what_is_withdrawn_does_not(desk, case, machine_door):
    assert case.spoken_number in desk.get("/desk/").content.decode()
    page = desk.get(f"/desk/case/{case.number}/").content.decode()
    assert "forum.example/draad/12" in page
    assert 'href="https://forum.example' not in page
    assert matched(machine_door, 5) == []
    assert desk.submit(f"/desk/case/{case.number}/confirm/", spoken="yes").status_code == 302
    told()
    assert matched(machine_door, 5) == [("HELPLINE", "spoken")]
    again = desk.submit(f"/desk/case/{case.number}/confirm/")
    assert again.status_code == 409
    case.refresh_from_db()
    assert cases.withdraw(case, now=timezone.now()) == 3
    told()
    assert matched(machine_door, 5) == []
    assert [event.what for event in case.events.all()] == ["received", "on_the_list", "withdrawn"]


def test_what_is_refused_never_reaches_the_door(desk, case, machine_door):
    path = f"/desk/case/{case.number}/refuse/"
    assert desk.submit(path, reason="because").status_code == 422
    assert desk.submit(path, reason="publicly_known").status_code == 302
    told()
    assert matched(machine_door, 5) == []
    assert set(case.signatures.values_list("state", flat=True)) == {SignatureState.REFUSED}


@pytest.mark.threat("X1")
def test_partners_get_what_was_allowed_for_them_and_only_when_a_second_person_looked(desk, client, machine_door):
    for name, kind in (("VONK", "chat"), ("BUURT", "forum"), ("OTHER", "forum"), ("GONE", "chat")):
        Partner.objects.create(name=name, title=name.title(), kind=kind, is_active=name != "GONE")
    sent(client, a_report(items=[an_item(9)], consents=["bank", "partner:VONK", "partner:GONE", "partners_like:forum"]))
    case = Case.objects.get()
    path = f"/desk/case/{case.number}"
    assert desk.submit(f"{path}/share/").status_code == 409  # not on the list yet
    desk.submit(f"{path}/confirm/")
    assert desk.submit(f"{path}/share/").status_code == 409  # the same person
    told()
    assert matched(machine_door, 9) == [("HELPLINE", "self_reported")]
    sam = User.objects.create_user("sam", password=PASSWORD)
    totp.TOTP.activate(sam, totp.generate_totp_secret())
    desk.force_login(sam)
    assert desk.submit(f"{path}/share/").status_code == 302
    assert desk.submit(f"{path}/share/").status_code == 409
    told()
    assert [bank for bank, _ in matched(machine_door, 9)] == ["HELPLINE", "P_BUURT", "P_OTHER", "P_VONK"]
    case.refresh_from_db()
    cases.withdraw(case, now=timezone.now())
    told()
    assert matched(machine_door, 9) == []


@pytest.mark.threat("X2")
@pytest.mark.parametrize(
    ("more", "contract", "banks"),
    [
        ([], True, {"HELPLINE"}),
        (["traces_at_partners"], False, {"HELPLINE"}),
        (["traces_at_partners"], True, {"HELPLINE", "P_VONK"}),
    ],
)
def test_a_trace_goes_to_a_partner_under_contract_where_that_was_allowed_by_itself(client, noor, more, contract, banks):
    Partner.objects.create(name="VONK", title="Vonk", kind="chat", has_contract=contract)
    photo = an_item(kind="source_photo", parts=[], sha256=None, md5=None, trace=a_trace())
    sent(client, a_report(have="source_photo", items=[photo], consents=["bank", "partner:VONK", *more]))
    case = Case.objects.get()
    Case.objects.update(state=CaseState.ON_THE_LIST, shared_by=noor)
    case.signatures.update(state=SignatureState.ON_THE_LIST)
    case.refresh_from_db()
    assert {bank for bank, signatures in banks_of(case).items() if signatures} == banks


@pytest.mark.threat("P4")
def test_what_turns_out_to_be_under_18_is_taken_out_for_good(desk, client, machine_door):
    sent(client, a_report(items=[an_item(7)]))
    case = Case.objects.get()
    desk.submit(f"/desk/case/{case.number}/confirm/")
    told()
    assert matched(machine_door, 7) != []
    assert desk.submit(f"/desk/case/{case.number}/under-18/").status_code == 302
    told()
    assert matched(machine_door, 7) == []
    case.refresh_from_db()
    assert (case.state, case.signatures.count()) == (
        CaseState.UNDER_AGE,
        0,
    )  # wiped here too, once the door has done it
    sent(client, a_report(items=[an_item(7)]))
    again = Case.objects.exclude(pk=case.pk).get()
    desk.submit(f"/desk/case/{again.number}/confirm/")
    told()
    assert matched(machine_door, 7) == []
    again.refresh_from_db()
    assert again.state == CaseState.SET_ASIDE  # and nobody is told that it is on the list
    assert "misschien als jonger dan 18" in desk.get(f"/desk/case/{again.number}/").content.decode()


def test_what_another_person_has_on_the_list_is_not_taken_back_with_it(desk, client, machine_door):
    for _ in range(2):
        sent(client, a_report(items=[an_item(8)]))
    one, other = Case.objects.order_by("number")
    for each in (one, other):
        desk.submit(f"/desk/case/{each.number}/confirm/")
    told()
    one.refresh_from_db()
    cases.withdraw(one, now=timezone.now())
    told()
    assert matched(machine_door, 8) != []
    other.refresh_from_db()
    cases.withdraw(other, now=timezone.now())
    told()
    assert matched(machine_door, 8) == []


def test_without_consent_or_detail_nothing_goes_on_the_list(desk, client):
    flat = an_item(5, parts=[{"inner": None, "quality": 41, "pdq": hashed(5).hash.hex}], sha256=None, md5=None)
    sent(client, a_report(consents=["notices"]))
    sent(client, a_report(items=[flat]))
    for case in Case.objects.all():
        assert desk.submit(f"/desk/case/{case.number}/confirm/").status_code == 409
    assert not Task.objects.exists()


@pytest.mark.filterwarnings("ignore:unclosed <socket:ResourceWarning")  # httpcore leaves one that found nobody
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
def test_while_the_door_is_away_a_decision_waits_and_is_not_lost(desk, case, machine_door):
    machine_door.kill()
    page = desk.get(f"/desk/case/{case.number}/")
    assert "The machine door does not answer" in page.content.decode()
    assert desk.submit(f"/desk/case/{case.number}/confirm/").status_code == 302
    assert Task.objects.filter(done_at=None).count() == 1
    machine_door.start()
    told()
    assert matched(machine_door, 5) != []
    case.refresh_from_db()
    cases.withdraw(case, now=timezone.now())
    told()


def test_a_case_is_found_by_its_number_only(desk, case):
    found = {
        case.spoken_number: f"/desk/case/{case.number}/",
        str(case.number): f"/desk/case/{case.number}/",
        "noor": "/desk/",
        "": "/desk/",
    }
    for number, place in found.items():
        assert desk.submit("/desk/find/", number=number).headers["Location"] == place


def test_a_message_of_the_person_is_at_the_top_until_it_is_read_and_answered(desk, case):
    desk.submit(f"/desk/case/{case.number}/refuse/", reason="no_detail")
    case.messages.update(read_at=timezone.now())
    assert case.spoken_number not in desk.get("/desk/").content.decode()
    case.messages.update(read_at=None)
    assert "Nieuw bericht" in desk.get("/desk/").content.decode()
    assert "sinds maandag" in desk.get(f"/desk/case/{case.number}/").content.decode()
    assert case.spoken_number not in desk.get("/desk/").content.decode()
    path = f"/desk/case/{case.number}/write/"
    assert desk.submit(path, text="We kijken vandaag.").status_code == 302
    assert desk.submit(path, text="").status_code == 422
    assert "We kijken vandaag." in desk.get(f"/desk/case/{case.number}/").content.decode()
