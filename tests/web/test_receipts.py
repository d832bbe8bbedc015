"""Who has said that they have a fingerprint or have dropped it, and what they did with an upload, as it is read."""

from __future__ import annotations

import io
import re
import uuid

import httpx
import pytest
from django.utils import timezone
from PIL import Image

from haalweg.cases.states import SignatureState
from haalweg.gate.keys import Keys, Scope
from haalweg.gate.state import StateFile
from haalweg.web.door import letters_of
from haalweg.web.running import door
from haalweg.web.store import cases
from haalweg.web.store.models import Case, Listing, Partner
from haalweg.web.store.proposals import Proposed
from tests.gate.gates import bearer
from tests.pictures import redressed, scene
from tests.web.at_the_door import told
from tests.web.browsing import Browser, staff
from tests.web.following import Follower
from tests.web.reporting import a_report, a_trace, an_item, sent

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("machine_door")]


@pytest.fixture
def partners(machine_door):
    """Two of names that no other test has: keys of the door stay. Nobody else follows it any more."""
    with StateFile.open(machine_door.folder / "gate.state") as state:
        keys = Keys(state)
        for name in {key.name for key in keys.all() if Scope.FEED in key.scopes}:
            keys.end(name, now=timezone.now())
    names = [f"N{uuid.uuid4().hex[:8].upper()}" for _ in range(2)]
    return {name: Follower(machine_door, name, bank=f"P_{name}") for name in names}


@pytest.fixture
def shared(client, partners):
    """A case of one photo that both partners may have; its page is open."""
    items = [an_item(1_000 + uuid.uuid4().int % 100_000)]
    consents = ["bank", *(f"partner:{name}" for name in partners)]
    words = " ".join(sent(client, a_report(items=items, consents=consents)).json()["code"])
    client.submit("/c", words=words)
    case, team = Case.objects.get(), [staff(name) for name in ("noor", "sam")]
    cases.confirm(case, staff=team[0], assurance="self_reported", now=timezone.now())
    cases.carry_out(case, Proposed.SHARE, staff=team[1], now=timezone.now())
    told()
    case.refresh_from_db()
    return case


def read(client, prefix=""):
    """What stands of the fingerprints on the page, in words."""
    html = client.get(f"{prefix}/p").content.decode()
    found = re.search(r'<ul class="places">(.*?)</ul>', html, re.DOTALL)
    return " ".join(re.sub(r"<[^>]+>", " ", found[1]).split()) if found else ""


def test_partners_have_it_when_they_say_so_and_drop_it_when_they_say_so(client, shared, partners):
    (one, first), (two, second) = sorted(partners.items())
    assert read(client) == f"Op de lijst Foto 1 Nog niet ontvangen door {one.title()} en {two.title()}."
    first.asks()  # which says nothing yet of what it took over
    assert "Ontvangen" not in read(client)
    first.takes_over()
    assert read(client) == f"Op de lijst Foto 1 Ontvangen door {one.title()}. Nog niet ontvangen door {two.title()}."
    second.takes_over()
    assert read(client) == f"Op de lijst Foto 1 Ontvangen door {one.title()} en {two.title()}."
    cases.withdraw(shared, now=timezone.now())
    told()
    assert "Terugtrekken Foto 1" in read(client)
    assert f"Nog niet bevestigd door {one.title()} en {two.title()}." in read(client)
    first.takes_over()
    assert f"Weg bij {one.title()}. Nog niet bevestigd door {two.title()}." in read(client)
    second.takes_over()
    assert read(client) == (
        f"Teruggetrokken Foto 1 Weg bij {one.title()} en {two.title()}. Wij herkennen het niet meer."
    )
    cases.undo_withdrawal(shared, now=timezone.now())
    told()
    assert read(client) == f"Op de lijst Foto 1 Nog niet ontvangen door {one.title()} en {two.title()}."


@pytest.mark.threat("X4")
def test_who_does_not_follow_any_more_has_not_confirmed_that_it_is_gone(client, shared, partners, machine_door):
    (one, first), (two, _) = sorted(partners.items())
    first.takes_over()
    with StateFile.open(machine_door.folder / "gate.state") as state:
        for name in (one, two):
            Keys(state).end(name, now=timezone.now())
    cases.withdraw(shared, now=timezone.now())
    told()
    said = read(client)
    assert f"Nog niet bevestigd door {one.title()}." in said
    assert two.title() not in said  # it never had it, and cannot get it


@pytest.mark.threat("section 6")
def test_that_it_matches_what_very_many_upload_is_told_at_the_desk_and_not_to_who_enrolled_it(client, shared, partners):
    one, first = min(partners.items())
    first.takes_over()
    before = read(client)
    first.says(opinion="matches_many")
    assert read(client) == before
    desk = Browser()
    desk.log_in(staff("kim"))
    desk.take(shared)
    shown = desk.get(f"/desk/case/{shared.number}/").content.decode()
    assert "past bij wat heel veel mensen uploaden" in shown
    first.says(opinion="blocked")  # a moderator looked
    shown = desk.get(f"/desk/case/{shared.number}/").content.decode()
    assert "past bij wat heel veel mensen uploaden" not in shown
    assert one.title() in read(client)


@pytest.mark.parametrize(
    ("prefix", "expected"),
    [("", r"Tegengehouden Iemand wilde het plaatsen op {}\."), ("/en", r"Blocked Someone wanted to post it on {}\.")],
)
@pytest.mark.usefixtures("shared")
def test_what_was_blocked_is_told_by_platform_and_day(client, partners, prefix, expected):
    one, first = min(partners.items())
    first.takes_over()
    first.says(opinion="blocked")
    said = read(client, prefix)
    assert re.search(expected.format(one.title()), said)
    assert re.search(r"\d{1,2} \w+\.", said)
    assert not re.search(r"\d\d:\d\d", said)


@pytest.mark.threat("C6")
@pytest.mark.parametrize(("assurance", "is_told"), [("self_reported", False), ("spoken", True)])
def test_what_was_not_blocked_is_told_where_a_case_worker_had_contact(client, shared, partners, assurance, is_told):
    one, first = min(partners.items())
    first.takes_over()
    first.says(opinion="not_blocked", reason="not_intimate")
    Case.objects.update(assurance=assurance)
    assert (f"Zegt nee {one.title()}" in read(client)) is is_told
    desk = Browser()
    desk.log_in(staff("kim"))
    desk.look_in(shared)
    shown = desk.get(f"/desk/case/{shared.number}/").content.decode()
    assert "niet tegengehouden, niet intiem" in " ".join(shown.split())


@pytest.mark.threat("C6")
def test_of_what_a_source_photo_led_to_nothing_is_told_however_a_platform_decided(client, machine_door):
    name = f"N{uuid.uuid4().hex[:8].upper()}"
    Partner.objects.create(name=name, title=name.title(), kind="chat")
    trace = an_item(kind="source_photo", parts=[], sha256=None, md5=None, trace=a_trace(seed=71))
    client.submit("/c", words=" ".join(sent(client, a_report(have="source_photo", items=[trace])).json()["code"]))
    case = Case.objects.get()
    cases.confirm(case, staff=staff("noor"), assurance="spoken", now=timezone.now())
    told()
    before = read(client)
    file = io.BytesIO()
    Image.fromarray(redressed(scene(71))).save(file, "JPEG", quality=92)
    (lead,) = machine_door.check(machine_door.uploads, file.getvalue())["leads"]
    key = machine_door.key(Scope.FEEDBACK, name=name)
    content = {"id": str(uuid.uuid4()), "entry": lead["entry"], "opinion": "blocked"}
    httpx.post(f"{machine_door.url}/api/v1/feedback", json=content, headers=bearer(key), trust_env=False)
    assert door().said(letters_of(case.signatures.all()), banks=["HELPLINE"]) != [[]]  # the door knows
    assert read(client) == before == "Op de lijst Foto 1"


def test_of_what_somebody_else_has_too_nobody_is_told_who_holds_it(client, partners):
    (one, first), _ = sorted(partners.items())
    team, items = [staff(name) for name in ("noor", "sam")], [an_item(1_000 + uuid.uuid4().int % 100_000)]
    other = Browser()
    for browser in (other, client):
        told_of = a_report(items=items, consents=["bank", f"partner:{one}"])
        browser.submit("/c", words=" ".join(sent(browser, told_of).json()["code"]))
    for case in Case.objects.all():
        cases.confirm(case, staff=team[0], assurance="spoken", now=timezone.now())
        cases.carry_out(case, Proposed.SHARE, staff=team[1], now=timezone.now())
    told()
    first.takes_over()
    client.submit("/p/back")
    told()
    assert read(client) == "Teruggetrokken Foto 1 Wij herkennen het niet meer."
    assert read(other) == f"Op de lijst Foto 1 Ontvangen door {one.title()}."


def test_what_was_erased_leaves_no_word_of_who_had_it(client, shared):
    assert Listing.objects.exists()
    client.submit("/p/end", sure="yes")
    told()
    assert not Listing.objects.exists()
    assert shared.signatures.count() == 0


@pytest.mark.threat("P4")
def test_who_has_not_dropped_what_is_under_18_stays_to_be_seen_at_the_desk(shared, partners):
    (one, first), (two, second) = sorted(partners.items())
    for each in (first, second):
        each.takes_over()
    cases.turned_out_under_age(shared, now=timezone.now())
    told()
    first.takes_over()
    desk = Browser()
    desk.log_in(staff("kim"))
    desk.look_in(shared)
    shown = desk.get(f"/desk/case/{shared.number}/").content.decode()
    (row,) = re.findall(r"<dt>wat is gewist</dt>(.*?)</div>", shown, re.DOTALL)
    assert [re.sub(r"<[^>]+>", "", each) for each in re.findall(r"<dd>(.*?)</dd>", row)] == [
        f"Weggedaan door: {one.title()}",
        f"Niet bevestigd Nog niet bevestigd dat het weg is: {two.title()}",
    ]


def test_every_state_of_a_fingerprint_has_a_word_on_the_page(client, shared):
    for state in SignatureState:
        shared.signatures.update(state=state)
        assert re.match(
            r"(Op de lijst|Wacht op controle|Teruggetrokken|Door ons van de lijst gehaald|Niet op de lijst) Foto 1",
            read(client),
        )
