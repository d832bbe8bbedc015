"""The desk: two factors, a queue, and decisions that reach the machine door."""

from __future__ import annotations

import re
import time
import uuid

import pytest
from allauth.mfa.totp.internal import auth as totp
from django.contrib.auth.models import User
from django.db import connection
from django.forms import model_to_dict
from django.utils import timezone

from haalweg.adapters.bank_file import BankFile
from haalweg.banks import BankKind, WithdrawalReason
from haalweg.cases.states import CaseState, SignatureState
from haalweg.signals import SignalType
from haalweg.web.desk import views as desk_views
from haalweg.web.door import DoorError
from haalweg.web.running import box, door
from haalweg.web.store import cases, messages
from haalweg.web.store.colleagues import give_role
from haalweg.web.store.models import Case, Event, Partner, Task
from haalweg.web.store.roles import Role
from haalweg.web.store.tasks import banks_of
from tests.gate.gates import until
from tests.web.at_the_door import told
from tests.web.browsing import PASSWORD, Browser, code_from, code_of, seed_of, staff
from tests.web.reporting import a_report, a_trace, an_item, hashed, sent

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("machine_door")]


@pytest.fixture
def noor():
    return staff("noor")


@pytest.fixture
def desk(client, noor):
    client.log_in(noor)
    return client


@pytest.fixture
def case(client, noor):
    """A case that is Noor's work."""
    assert sent(client, a_report()).status_code == 201
    Case.objects.update(owner=noor)
    return Case.objects.get()


def matched(machine_door, seed):
    (item,) = machine_door.ask(machine_door.uploads, json={"items": [{"pdq": hashed(seed).hash.hex}]}).json()["items"]
    return sorted((each["bank"], each["assurance"]) for each in item["matches"])


@pytest.mark.threat("W4")
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
    assert client.submit("/desk/factors/authenticate/", code=code_of(noor)).headers["Location"] == "/desk/"
    assert client.get("/desk/").status_code == 200


@pytest.mark.threat("W4")
def test_a_session_made_before_the_second_factor_sees_no_case(client, case):
    sam = User.objects.create_user("sam", password=PASSWORD)
    client.submit("/desk/in/", login="sam", password=PASSWORD)
    totp.TOTP.activate(sam, totp.generate_totp_secret())  # elsewhere
    for path in ("/desk/", f"/desk/case/{case.number}/", "/desk/factors/", "/desk/password/"):
        assert client.get(path).headers["Location"] == f"/desk/in/?next={path}"


@pytest.mark.threat("W4")
def test_with_a_password_alone_a_session_sees_no_case_however_it_came_about(client, noor):
    client.force_login(noor)
    assert client.get("/desk/").headers["Location"] == "/desk/in/?next=/desk/"


@pytest.mark.threat("W4")
@pytest.mark.django_db(transaction=True)
def test_who_makes_the_first_factor_stays_and_their_other_sessions_end(client):
    give_role(User.objects.create_user("sam", password=PASSWORD), Role.CASE_WORKER, now=timezone.now())
    other = Browser()
    for browser in (client, other):
        browser.submit("/desk/in/", login="sam", password=PASSWORD)
    client.submit("/desk/again/", password=PASSWORD)
    page = client.get("/desk/factors/totp/activate/").content.decode()
    (seed,) = re.findall(r'id="authenticator_secret"[^>]* value="(\w+)"', page)
    before = client.session.session_key
    assert client.submit("/desk/factors/totp/activate/", code=code_from(seed)).status_code == 302
    assert client.session.session_key != before
    assert client.get("/desk/").status_code == 200
    assert other.get("/desk/factors/").headers["Location"].startswith("/desk/in/")


@pytest.mark.threat("W4")
def test_where_a_factor_is_removed_other_sessions_end(desk, noor):
    other = Browser()
    other.log_in(noor)
    desk.submit("/desk/again/", password=PASSWORD)
    assert desk.submit("/desk/factors/totp/deactivate/").status_code == 302
    assert desk.get("/desk/").headers["Location"] == "/desk/factors/"  # to make another
    assert other.get("/desk/").headers["Location"].startswith("/desk/in/")


@pytest.mark.threat("W4")
def test_after_twelve_hours_staff_log_in_again(desk):
    session = desk.session
    session["desk_since"] -= 12 * 3_600 - 60
    session.save()
    assert desk.get("/desk/").status_code == 200
    session["desk_since"] -= 61
    session.save()
    assert desk.get("/desk/").headers["Location"] == "/desk/in/?next=/desk/"


@pytest.mark.threat("K1")
def test_seeds_and_sessions_are_closed_in_the_table(client, noor):
    client.log_in(noor)
    (secret,) = [each.data["secret"] for each in noor.authenticator_set.all()]
    seed = seed_of(noor)
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
    desk.take(case)
    assert desk.submit(f"{path}/carry-out/", what="share").status_code == 409  # not on the list yet
    desk.submit(f"{path}/confirm/")
    assert desk.submit(f"{path}/carry-out/", what="share").status_code == 409  # the same person
    told()
    assert matched(machine_door, 9) == [("HELPLINE", "self_reported")]
    desk.submit("/desk/out/")
    desk.log_in(staff("sam"))
    desk.look_in(case)
    assert desk.submit(f"{path}/carry-out/", what="share").status_code == 302
    assert desk.submit(f"{path}/carry-out/", what="share").status_code == 409
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
    desk.take(case)
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
    desk.take(again)
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
        desk.take(each)
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
        desk.take(case)
        assert desk.submit(f"/desk/case/{case.number}/confirm/").status_code == 409
    assert not Task.objects.exists()


@pytest.mark.filterwarnings("ignore:unclosed <socket:ResourceWarning")  # httpcore leaves one that found nobody
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
def test_while_the_door_is_away_a_decision_waits_and_is_not_lost(desk, case, machine_door):
    machine_door.kill()
    page = desk.get(f"/desk/case/{case.number}/")
    assert "Beslissingen worden bewaard" in page.content.decode()
    assert "Er zijn er geen gegeven" not in page.content.decode()  # nobody knows
    assert page.content.decode().count("Ze zijn nu niet te lezen") == 2  # places and messages
    assert desk.submit(f"/desk/case/{case.number}/confirm/").status_code == 302
    assert Task.objects.filter(done_at=None).count() == 1
    machine_door.start()
    told()
    assert matched(machine_door, 5) != []
    case.refresh_from_db()
    cases.withdraw(case, now=timezone.now())
    told()


def test_a_case_is_found_by_its_number(desk, case):
    found = {
        case.spoken_number: f"/desk/case/{case.number}/",
        str(case.number): f"/desk/case/{case.number}/",
        "": "/desk/",
    }
    for typed, place in found.items():
        assert desk.submit("/desk/find/", what=typed).headers["Location"] == place


def row(desk, case):
    """What the work list says of a case; "" where it does not stand there."""
    page = desk.get("/desk/").content.decode()
    found = re.search(rf"<tr><th[^>]*><a[^>]*>{case.spoken_number}</a>.*?</tr>", page, re.DOTALL)
    return found[0] if found else ""


def test_a_new_report_with_a_story_is_to_be_checked_and_not_answered(desk, case):
    assert "Vingerafdrukken nakijken" in row(desk, case)
    assert "Nieuw bericht" not in row(desk, case)


def test_a_message_of_the_person_is_in_the_list_until_staff_wrote_after_it(desk, noor, case, machine_door):
    del machine_door
    path = f"/desk/case/{case.number}"
    desk.submit(f"{path}/refuse/", reason="no_detail")
    assert row(desk, case) == ""
    messages.write(case, "Klopt dat?", staff=None, box=box(), now=timezone.now())
    assert "Nieuw bericht" in row(desk, case)
    assert "Klopt dat?" in desk.get(f"{path}/").content.decode()
    assert "Nieuw bericht" not in row(desk, case)
    assert "Niet beantwoord" in row(desk, case)
    assert desk.submit(f"{path}/write/", text="Ja, bel ons.").status_code == 302
    assert row(desk, case) == ""
    assert "Ja, bel ons." in desk.get(f"{path}/").content.decode()
    assert case.events.get(what="message_out").staff == noor
    messages.write(case, "Dank.", staff=None, box=box(), now=timezone.now())
    assert "Nieuw bericht" in row(desk, case)


def test_what_comes_in_while_somebody_reads_is_not_taken_as_read(case, monkeypatch):
    messages.write(case, "Een.", staff=None, box=box(), now=timezone.now())

    def slowly(letters, **_):
        messages.write(case, "Twee.", staff=None, box=box(), now=timezone.now())
        return ["" for _ in letters]

    monkeypatch.setattr(door(), "read_back", slowly)
    read = messages.read(case, door(), by_person=False, who=1, now=timezone.now())
    assert len(read) == 2
    assert case.messages.filter(read_at=None).count() == 1


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "Er staat niets in."),
        (" \r\n ", "Er staat niets in."),
        ("x" * 4_001, "Het is langer dan 4.000 tekens."),
        ("QUJD" * 40, "Een lang stuk ervan is geen gewone tekst."),
    ],
)
def test_a_message_of_staff_that_is_not_kept_still_stands_there_with_the_reason(desk, case, text, said):
    refused = desk.submit(f"/desk/case/{case.number}/write/", text=text)
    page = refused.content.decode()
    assert (refused.status_code, said in page) == (422, True)
    assert f"{text}</textarea>" in page
    assert f'href="/en/desk/case/{case.number}/"' in page  # and no page that only answers a form


def test_a_message_that_could_not_be_closed_still_stands_there(desk, case, monkeypatch):
    def away():
        raise DoorError("away")

    monkeypatch.setattr(desk_views, "box", away)
    refused = desk.submit(f"/desk/case/{case.number}/write/", text="We kijken.")
    assert refused.status_code == 503
    assert "We kijken.</textarea>" in refused.content.decode()
    assert "niet verstuurd" in refused.content.decode()


def test_a_large_case_does_not_hold_up_the_list(desk, case):
    many = range(400)
    for rows in (case.signatures, case.places, case.messages):
        (first, *_) = rows.all()
        copies = [type(first)(**(model_to_dict(first) | {"case": case, "pk": uuid.uuid4()})) for _ in many]
        rows.bulk_create(copies)
    case.events.bulk_create([Event(case=case, what="restored", at=timezone.now()) for _ in many])
    begun = time.monotonic()
    found = row(desk, case)
    assert time.monotonic() - begun < 2
    assert "402 plekken" in found
    assert "1 bestand" in found


@pytest.mark.threat("P6")
def test_the_best_assured_stands_on_top(desk, client):
    for seed, assurance in ((41, "self_reported"), (42, "seen"), (43, "spoken")):
        assert sent(client, a_report(items=[an_item(seed)])).status_code == 201
        Case.objects.filter(number=Case.objects.latest("number").number).update(assurance=assurance)
    page = desk.get("/desk/").content.decode()
    places = {each.assurance: page.index(each.spoken_number) for each in Case.objects.all()}
    assert places["seen"] < places["spoken"] < places["self_reported"]


def test_what_is_too_flat_is_not_counted_where_it_is_put_on_the_list(desk, client):
    flat = an_item(44, parts=[{"inner": None, "quality": 41, "pdq": hashed(44).hash.hex}])
    sent(client, a_report(items=[flat]))
    desk.take(Case.objects.get())
    assert "Zet 2 op de lijst" in desk.get(f"/desk/case/{Case.objects.get().number}/").content.decode()


def test_the_desk_is_read_in_english_too(client, noor, case):
    client.submit("/en/desk/in/", login="noor", password=PASSWORD)
    assert client.submit("/en/desk/factors/authenticate/", code=code_of(noor)).headers["Location"] == "/en/desk/"
    page = client.get("/en/desk/").content.decode()
    assert "Check the fingerprints" in page
    assert f'href="/en/desk/case/{case.number}/"' in page
    assert '<a class="button" href="/desk/" lang="nl"' in page


@pytest.mark.parametrize(
    ("path", "dutch", "english"),
    [
        ("confirm", "Dit is niet op de lijst gezet", "This was not put on the list"),
        ("propose", "Dit is niet voorgesteld", "This was not proposed"),
        ("carry-out", "Dit is niet gedaan", "This was not done"),
        ("refuse", "Kies een reden.", "Choose a reason."),
        ("under-18", "Deze zaak is al gestopt of gewist.", "This case was stopped or erased already."),
    ],
)
def test_why_a_decision_does_not_stand_is_said_in_the_language_of_the_desk(desk, case, path, dutch, english):
    Case.objects.update(state=CaseState.UNDER_AGE)
    for prefix, said in (("", dutch), ("/en", english)):
        refused = desk.submit(f"{prefix}/desk/case/{case.number}/{path}/")
        assert refused.status_code in (409, 422)
        assert said in refused.content.decode()


@pytest.mark.threat("P4")
def test_of_a_case_that_was_stopped_no_message_is_kept(desk, case):
    Case.objects.update(state=CaseState.UNDER_AGE)
    path = f"/desk/case/{case.number}/"
    before = case.messages.count()
    assert desk.submit(f"{path}write/", text="Bel ons.").status_code == 422
    assert case.messages.count() == before
    assert "/write/" not in desk.get(path).content.decode()


@pytest.mark.threat("P7")
def test_a_case_says_what_a_negative_bank_knows(desk, case, machine_door):
    warning = "lijkt op een beeld dat van iedereen is"
    path = f"/desk/case/{case.number}/"
    assert warning not in desk.get(path).content.decode()
    machine_door.add(bytes(hashed(5).hash), bank="SCREENS", kind=BankKind.NEGATIVE)
    until(lambda: warning in desk.get(path).content.decode(), 10)
    with BankFile.open(machine_door.bank, machine_door.ring) as store:
        store.withdraw_values(
            SignalType.PDQ, [bytes(hashed(5).hash)], reason=WithdrawalReason.MISTAKE, now=timezone.now()
        )


@pytest.mark.threat("W1")
def test_an_address_is_opened_by_who_asks_for_it_and_that_is_seen(desk, case, client):
    path = f"/desk/case/{case.number}/"
    page = desk.get(path).content.decode()
    assert "noor@example.nl" not in page
    assert "Open het adres" in page
    opened = desk.submit(f"{path}contact/")
    assert "noor@example.nl" in opened.content.decode()
    assert "Er is nieuws op je pagina." in opened.content.decode()
    assert "no-store" in opened.headers["Cache-Control"]
    (event,) = case.events.filter(what="opened")
    assert event.staff.username == "noor"
    sent(client, a_report(contact=None))
    other = Case.objects.exclude(pk=case.pk).get()
    desk.take(other)
    assert "Open het adres" not in desk.get(f"/desk/case/{other.number}/").content.decode()
    assert desk.submit(f"/desk/case/{other.number}/contact/").status_code == 404
