"""What a person adds to their report later on joins their case, and is decided on by itself."""

from __future__ import annotations

import itertools
import json
import uuid
from datetime import timedelta

import pytest
from django.utils import timezone

from haalweg.cases.states import CaseState, SignatureState
from haalweg.web.store import cases
from haalweg.web.store.models import Addition, Case, Consent, Partner, Place, Signature
from haalweg.web.store.proposals import Proposed
from tests.web.at_the_door import banks, confirmed, told
from tests.web.browsing import Browser, staff
from tests.web.reporting import a_report, a_trace, an_item, sent

_NEXT = itertools.count(900)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("machine_door")]


@pytest.fixture
def drawn():
    """Two drawings that no other test has: all of them have one machine door."""
    return next(_NEXT), next(_NEXT)


@pytest.fixture
def page(client, drawn):
    """An own page that is open, of a report of one photo."""
    words = " ".join(sent(client, a_report(items=[an_item(drawn[0])])).json()["code"])
    client.submit("/c", words=words)
    return client


@pytest.fixture
def more(drawn):
    """What the page sends of something that is added: no contact and no PIN are asked there."""

    def more(**told):
        items = [an_item(drawn[1], name="Foto 2")]
        return a_report(**{"items": items, "contact": None, "story": "", "places": []} | told)

    return more


@pytest.fixture
def team():
    return [staff(name) for name in ("noor", "sam")]


def added(client, report, *, key=None, name=None, language=""):
    """Send it from the page that adds."""
    if name is None:
        name = client.get(f"{language}/p/add").context["adds_to"]
    headers = {"Idempotency-Key": key or str(uuid.uuid4()), "X-Page": name}
    path = f"{language}/p/add/send"
    return client.post(path, json.dumps(report), content_type="application/json", headers=headers)


def test_what_is_added_joins_the_case_and_is_seen_on_the_page_and_at_the_desk(page, team, more):
    case = Case.objects.get()
    confirmed(case, team)
    desk = Browser()
    desk.log_in(team[0])
    desk.take(case)
    assert "Er wacht niets" in desk.get("/desk/").content.decode()
    answer = added(page, more(places=[{"url": "https://fotohoek.example/a/9"}], story="Nog een."))
    assert (answer.status_code, answer.json()["as_sent"]) == (201, True)
    assert "code" not in answer.json()
    assert (Case.objects.count(), Place.objects.count()) == (1, 3)
    (addition,) = Addition.objects.all()
    assert (addition.number, addition.have, addition.signatures.count()) == (1, "picture", 3)
    assert set(addition.signatures.values_list("state", flat=True)) == {SignatureState.HELD}
    own = page.get("/p").content.decode()
    assert "Iets toegevoegd" in own
    assert "Foto 2: alleen de rij cijfers" in own
    assert "Nog een." in own
    queue = desk.get("/desk/").content.decode()
    assert "Iets toegevoegd" in queue
    shown = desk.get(f"/desk/case/{case.number}/").content.decode()
    assert "later toegevoegd" in shown
    assert "https://fotohoek.example/a/9" in shown
    assert "Zet 1 op de lijst" not in shown  # three of them
    assert "Zet 3 op de lijst" in shown


def test_what_is_added_is_put_on_the_list_by_itself(page, team, machine_door, more, drawn):
    case = Case.objects.get()
    confirmed(case, team)
    added(page, more())
    told()
    assert (banks(machine_door, drawn[0]), banks(machine_door, drawn[1])) == (["HELPLINE"], [])
    desk = Browser()
    desk.log_in(team[0])
    desk.take(case)
    desk.submit(f"/desk/case/{case.number}/confirm/", spoken="yes")
    told()
    assert banks(machine_door, drawn[1]) == ["HELPLINE"]
    case.refresh_from_db()
    assert (case.state, case.assurance, Addition.objects.get().assurance) == (
        CaseState.ON_THE_LIST,
        "self_reported",
        "spoken",
    )
    assert "Wat je toevoegde staat op de lijst" in page.get("/p").content.decode()
    with pytest.raises(cases.DecisionError):
        confirmed(case, team)
    assert "Er wacht niets" in desk.get("/desk/").content.decode()


def test_what_is_added_and_left_off_the_list_leaves_the_rest_on_it(page, team, machine_door, more, drawn):
    case = Case.objects.get()
    confirmed(case, team)
    added(page, more())
    cases.refuse(case, staff=team[0], reason="no_detail", now=timezone.now())
    told()
    case.refresh_from_db()
    assert (case.state, banks(machine_door, drawn[0]), banks(machine_door, drawn[1])) == (
        CaseState.ON_THE_LIST,
        ["HELPLINE"],
        [],
    )
    assert set(Addition.objects.get().signatures.values_list("state", flat=True)) == {SignatureState.REFUSED}
    assert not cases.is_to_be_decided(case)


def test_places_alone_wait_until_somebody_has_read_them(page, team, more):
    case = Case.objects.get()
    confirmed(case, team)
    added(page, more(have="only_link", items=[], places=[{"url": "https://fotohoek.example/a/9"}], consents=[]))
    desk = Browser()
    desk.log_in(team[0])
    desk.take(case)
    assert "Iets toegevoegd" in desk.get("/desk/").content.decode()
    assert f"/desk/case/{case.number}/read/" in desk.get(f"/desk/case/{case.number}/").content.decode()
    desk.submit(f"/desk/case/{case.number}/read/")
    assert "Er wacht niets" in desk.get("/desk/").content.decode()
    assert [each.what for each in case.events.all()][-1] == "more_read"
    assert "gelezen" not in page.get("/p").content.decode()


def test_what_was_not_decided_on_yet_is_decided_on_with_what_was_added(page, team, machine_door, more, drawn):
    case = Case.objects.get()
    added(page, more())
    confirmed(case, team)
    told()
    assert (banks(machine_door, drawn[0]), banks(machine_door, drawn[1])) == (["HELPLINE"], ["HELPLINE"])
    assert not cases.is_to_be_decided(case)


def test_a_report_that_was_refused_is_looked_at_again_for_what_is_new_of_it(page, team, machine_door, more, drawn):
    case = Case.objects.get()
    cases.refuse(case, staff=team[0], reason="no_detail", now=timezone.now())
    added(page, more())
    case.refresh_from_db()
    assert case.state == CaseState.RECEIVED
    confirmed(case, team)
    told()
    assert (banks(machine_door, drawn[0]), banks(machine_door, drawn[1])) == ([], ["HELPLINE"])


@pytest.mark.threat("X1")
def test_what_is_allowed_for_what_is_added_holds_for_that_alone(page, team, machine_door, more, drawn):
    for name in ("VONK", "BUURT"):
        Partner.objects.create(name=name, title=name.title(), kind="chat")
    case = Case.objects.get()
    case.consents.create(what="partner:BUURT", version="1", given_at=timezone.now())
    added(page, more(consents=["bank", "partner:VONK"]))
    confirmed(case, team)
    cases.carry_out(case, Proposed.SHARE, staff=team[1], now=timezone.now())
    told()
    assert (banks(machine_door, drawn[0]), banks(machine_door, drawn[1])) == (
        ["HELPLINE", "P_BUURT"],
        ["HELPLINE", "P_VONK"],
    )
    own = page.get("/p").content.decode()
    assert 'name="of" value="1"' in own
    page.submit("/p/less", what="partner:VONK", of="0")  # which was never allowed for the report
    told()
    assert banks(machine_door, drawn[1]) == ["HELPLINE", "P_VONK"]
    page.submit("/p/less", what="partner:VONK", of="1")
    told()
    assert (banks(machine_door, drawn[0]), banks(machine_door, drawn[1])) == (["HELPLINE", "P_BUURT"], ["HELPLINE"])
    page.submit("/p/more", what="partner:VONK", of="1")
    told()
    assert banks(machine_door, drawn[1]) == ["HELPLINE", "P_VONK"]
    page.submit("/p/more", what="partner:BUURT", of="7")
    assert Consent.objects.filter(what="partner:BUURT").count() == 1


@pytest.mark.threat("W2")
def test_what_is_added_to_what_is_shared_is_shared_by_a_second_person_too(page, team, machine_door, more, drawn):
    Partner.objects.create(name="VONK", title="Vonk", kind="chat")
    case = Case.objects.get()
    case.consents.create(what="partner:VONK", version="1", given_at=timezone.now())
    confirmed(case, team)
    cases.carry_out(case, Proposed.SHARE, staff=team[1], now=timezone.now())
    added(page, more(consents=["bank", "partner:VONK"]))
    assert not cases.to_be_shared(case, now=timezone.now())  # nobody has looked at it
    confirmed(case, team)
    told()
    assert banks(machine_door, drawn[1]) == ["HELPLINE"]
    with pytest.raises(cases.DecisionError, match="second pair of eyes"):
        cases.carry_out(case, Proposed.SHARE, staff=team[0], now=timezone.now())
    cases.carry_out(case, Proposed.SHARE, staff=team[1], now=timezone.now())
    told()
    assert banks(machine_door, drawn[1]) == ["HELPLINE", "P_VONK"]
    with pytest.raises(cases.DecisionError, match="shared already"):
        cases.carry_out(case, Proposed.SHARE, staff=team[1], now=timezone.now())


def test_without_a_tick_for_the_list_what_is_added_comes_not_on_it(page, team, machine_door, more, drawn):
    case = Case.objects.get()
    added(page, more(consents=[]))
    confirmed(case, team)
    told()
    assert (banks(machine_door, drawn[0]), banks(machine_door, drawn[1])) == (["HELPLINE"], [])


@pytest.mark.threat("P4")
@pytest.mark.parametrize("wrong", [{"in_picture": "no"}, {"in_source_photo": "unknown"}, {"others": "unknown"}])
def test_of_somebody_who_may_be_under_18_nothing_is_added(page, wrong, more):
    age = {"in_picture": "yes", "in_source_photo": "yes", "others": "nobody"} | wrong
    answer = added(page, more(age=age))
    assert (answer.status_code, answer.json()) == (422, {"not_kept": True})
    assert (Addition.objects.count(), Signature.objects.count()) == (0, 3)
    assert Case.objects.get().state == CaseState.RECEIVED


@pytest.mark.threat("P4")
def test_an_age_that_is_corrected_after_it_was_added_stops_the_case(page, team, machine_door, more, drawn):
    key = str(uuid.uuid4())
    added(page, more(), key=key)
    confirmed(Case.objects.get(), team)
    told()
    age = {"in_picture": "yes", "in_source_photo": "yes", "others": "no"}
    assert added(page, more(age=age), key=key).json() == {"not_kept": True}
    told()
    assert (banks(machine_door, drawn[0]), banks(machine_door, drawn[1])) == ([], [])
    assert (Case.objects.get().state, Signature.objects.count()) == (CaseState.UNDER_AGE, 0)
    assert bytes(Addition.objects.get().content_lookup) == b""


@pytest.mark.parametrize(("told_again", "as_sent"), [({}, True), ({"language": "en"}, True), ({"story": "O."}, False)])
def test_sent_twice_it_is_added_once(page, told_again, as_sent, more):
    key, name = str(uuid.uuid4()), page.get("/p/add").context["adds_to"]
    first = added(page, more(), key=key, name=name)
    second = added(page, more(**told_again), key=key, name=name)
    assert [each.json()["as_sent"] for each in (first, second)] == [True, as_sent]
    assert (Addition.objects.count(), Signature.objects.count()) == (1, 6)
    assert Case.objects.get().events.filter(what="added").count() == 1


@pytest.mark.threat("C4")
def test_only_the_page_that_is_open_is_added_to(page, client, more):
    name = page.get("/p/add").context["adds_to"]
    assert added(Browser(), more(), name=name).json() == {"closed": True}
    other = " ".join(sent(client, a_report(pin="4711")).json()["code"])
    assert page.submit("/c", words=other).status_code == 422  # its PIN is asked
    page.submit("/c", words=other, pin="4711")
    # In the same browser, in another tab: what was begun for the one does not join the other.
    assert added(page, more(), name=name).status_code == 403
    assert not Addition.objects.exists()


@pytest.mark.threat("C4")
def test_a_locked_page_takes_nothing_more(page, more):
    name = page.get("/p/add").context["adds_to"]
    cases.freeze(Case.objects.get(), now=timezone.now())
    assert page.get("/p/add").headers["Location"] == "/c"
    assert added(page, more(), name=name).status_code == 403
    assert not Addition.objects.exists()


@pytest.mark.parametrize("ended", ["withdraw", "turned_out_under_age"])
def test_nothing_is_added_to_what_was_taken_back_or_stopped(page, ended, more):
    name = page.get("/p/add").context["adds_to"]
    getattr(cases, ended)(Case.objects.get(), now=timezone.now())
    answer = added(page, more(), name=name)
    assert (answer.status_code, answer.json()) == (409, {"ended": True})
    assert page.get("/p/add").headers["Location"] == "/p"
    assert "/p/add" not in page.get("/p").content.decode()
    assert not Addition.objects.exists()


@pytest.mark.parametrize(
    ("told", "at"),
    [
        ({"contact": {"email": "noor@example.nl", "for": ["news"]}}, "contact"),
        ({"pin": "4711"}, "pin"),
        ({"items": [an_item(name="strand.jpg")]}, "items[0].name"),
        ({"items": []}, "items"),
    ],
)
def test_what_is_of_the_case_or_makes_no_sense_is_not_added(page, told, at, more):
    answer = added(page, more(**told))
    assert answer.status_code == 422
    assert at in [each["at"] for each in answer.json()["problems"]]
    assert not Addition.objects.exists()


def test_files_go_on_with_the_next_number_however_two_pages_were_open(page, more):
    photo = an_item(8, kind="source_photo", parts=[], sha256=None, md5=None, trace=a_trace(8), name="Photo 1")
    assert added(page, more(), language="/en").status_code == 201
    assert page.get("/p/add").context["numbers"] == (2, 0)
    assert added(page, more(have="source_photo", items=[photo])).status_code == 201
    assert sorted(set(Signature.objects.values_list("row_name", flat=True))) == ["Foto 1", "Foto 2", "Photo 3"]
    assert Case.objects.get().have == "picture"


def test_a_file_that_was_added_is_taken_back_by_itself_and_all_of_it_with_the_rest(
    page, team, machine_door, more, drawn
):
    case = Case.objects.get()
    added(page, more())
    confirmed(case, team)
    told()
    page.submit("/p/file/back", file="Foto 2")
    told()
    assert (banks(machine_door, drawn[0]), banks(machine_door, drawn[1])) == (["HELPLINE"], [])
    page.submit("/p/file/undo", file="Foto 2")
    page.submit("/p/back")
    told()
    assert (banks(machine_door, drawn[0]), banks(machine_door, drawn[1])) == ([], [])
    page.submit("/p/undo")
    told()
    assert (banks(machine_door, drawn[0]), banks(machine_door, drawn[1])) == (["HELPLINE"], ["HELPLINE"])


def test_what_was_added_stays_on_the_list_as_long_as_was_promised_for_it(page, team, more):
    Partner.objects.create(name="VONK", title="Vonk", kind="chat")
    case = Case.objects.get()
    case.consents.create(what="partner:VONK", version="1", given_at=timezone.now())
    confirmed(case, team)
    added(page, more(consents=["bank", "partner:VONK"]))
    later = timezone.now() + timedelta(days=700)
    cases.confirm(case, staff=team[0], assurance="spoken", now=later)
    later += timedelta(days=60)  # of the report it is too late, and so it is for what was proposed
    cases.propose(case, Proposed.SHARE, staff=team[0], reason="by_mistake", now=later)
    cases.carry_out(case, Proposed.SHARE, staff=team[1], now=later)
    assert (Case.objects.get().shared_by, Addition.objects.get().shared_by) == (None, team[1])


def test_all_that_was_added_is_in_the_file_of_all_of_it_and_is_erased_with_it(page, more):
    added(page, more(places=[{"url": "https://fotohoek.example/a/9"}], consents=["bank", "notices"]))
    told_of_it = page.submit("/p/all").json()
    assert [each["number"] for each in told_of_it["added"]] == [1]
    assert {(each["file"], each["added"]) for each in told_of_it["fingerprints"]} == {("Foto 1", None), ("Foto 2", 1)}
    assert ("notices", 1) in {(each["what"], each["added"]) for each in told_of_it["choices"]}
    assert told_of_it["places"][2] == "https://fotohoek.example/a/9"
    page.submit("/p/end", sure="yes")
    told()
    assert (Signature.objects.count(), Place.objects.count(), Consent.objects.count()) == (0, 0, 0)
    assert bytes(Addition.objects.get().content_lookup) == b""


def test_so_much_is_added_to_one_case_and_no_more(page, monkeypatch, more):
    monkeypatch.setattr("haalweg.web.store.additions.MOST_ADDITIONS", 1)
    assert added(page, more()).status_code == 201
    assert added(page, more()).status_code == 409
    assert Addition.objects.count() == 1
