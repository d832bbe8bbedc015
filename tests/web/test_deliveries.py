"""What a partner was given and has dropped, in numbers: for who works there, and for the coordinator."""

from __future__ import annotations

import re
import uuid
from contextlib import suppress
from datetime import timedelta

import pytest
from django.utils import timezone

from haalweg.gate.keys import Keys, Scope
from haalweg.gate.state import StateFile
from haalweg.web.door import DoorError
from haalweg.web.running import door
from haalweg.web.store import cases
from haalweg.web.store.deliveries import days_of, deliveries
from haalweg.web.store.models import Case, Listing, Partner
from haalweg.web.store.proposals import Proposed
from haalweg.web.store.roles import Role
from haalweg.web.store.tasks import work_off
from tests.web.browsing import at_the_desk, staff
from tests.web.following import Follower
from tests.web.reporting import a_report, an_item, sent

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("machine_door")]
EACH = 3  # signatures of one photo


@pytest.fixture
def partners(machine_door):
    """Two of names that no other test has: keys of the door stay."""
    names = sorted(f"N{uuid.uuid4().hex[:8].upper()}" for _ in range(2))
    return {name: Follower(machine_door, name, bank=f"P_{name}") for name in names}


@pytest.fixture
def shared(client, partners):
    """Two cases of one photo each, that both partners may have."""
    consents, team = ["bank", *(f"partner:{name}" for name in partners)], [staff(name) for name in ("noor", "sam")]
    for _ in range(2):
        items = [an_item(1_000 + uuid.uuid4().int % 100_000)]
        assert sent(client, a_report(items=items, consents=consents)).status_code == 201
    for case in Case.objects.all():
        cases.confirm(case, staff=team[0], assurance="spoken", now=timezone.now())
        cases.carry_out(case, Proposed.SHARE, staff=team[1], now=timezone.now())
    told()
    return list(Case.objects.order_by("number"))


def told():
    work_off(door(), now=timezone.now())


def counted():
    """For each partner: has, has not yet, dropped, not dropped yet."""
    return {
        each.partner.name: (each.has, each.has_not_yet, each.dropped, each.not_dropped_yet)
        for each in deliveries(door().followers())
    }


def text_of(browser, path):
    (shown,) = re.findall(r"<main.*?</main>", browser.get(path).content.decode(), re.DOTALL)
    return " ".join(re.sub(r"<[^>]+>", " ", shown).split())


def test_numbers_follow_what_each_partner_says_that_it_took_over(shared, partners):
    (one, first), (two, second) = partners.items()
    assert counted() == {one: (0, 2 * EACH, 0, 0), two: (0, 2 * EACH, 0, 0)}
    first.takes_over()
    assert counted() == {one: (2 * EACH, 0, 0, 0), two: (0, 2 * EACH, 0, 0)}
    second.takes_over()
    cases.withdraw(shared[0], now=timezone.now())
    told()
    assert counted() == {one: (EACH, 0, 0, EACH), two: (EACH, 0, 0, EACH)}
    first.takes_over()
    assert counted() == {one: (EACH, 0, EACH, 0), two: (EACH, 0, 0, EACH)}


@pytest.mark.threat("X1")
def test_a_partner_is_given_what_was_allowed_for_it_and_nothing_of_what_was_allowed_for_another(client, partners):
    (one, _), (two, _) = partners.items()
    team = [staff(name) for name in ("noor", "sam")]
    for consents in (["bank", f"partner:{one}"], ["bank"], ["bank", "partners_like:forum"]):
        items = [an_item(1_000 + uuid.uuid4().int % 100_000)]
        assert sent(client, a_report(items=items, consents=consents)).status_code == 201
    for case in Case.objects.all():
        cases.confirm(case, staff=team[0], assurance="spoken", now=timezone.now())
        with suppress(cases.DecisionError):  # of one nothing is for partners
            cases.carry_out(case, Proposed.SHARE, staff=team[1], now=timezone.now())
    told()
    assert counted() == {one: (0, EACH, 0, 0), two: (0, 0, 0, 0)}


@pytest.mark.threat("X5")
def test_who_lost_its_key_has_still_to_drop_what_it_has_and_nothing_that_it_never_had(shared, partners, machine_door):
    (one, first), (two, _) = partners.items()
    first.takes_over()
    with StateFile.open(machine_door.folder / "gate.state") as state:
        for name in (one, two):
            Keys(state).end(name, now=timezone.now())
    cases.withdraw(shared[0], now=timezone.now())
    told()
    assert counted() == {one: (EACH, 0, 0, EACH), two: (0, EACH, 0, 0)}


def test_the_days_say_what_came_and_went_and_what_waits(shared, partners):
    one, first = next(iter(partners.items()))
    first.takes_over()
    cases.withdraw(shared[0], now=timezone.now())
    told()
    Listing.objects.filter(case=shared[1]).update(came_at=timezone.now() - timedelta(days=3))
    Listing.objects.filter(case=shared[0]).update(came_at=timezone.now() - timedelta(days=20))
    (delivery,) = [each for each in deliveries(door().followers()) if each.partner.name == one]
    today, before = days_of(delivery, now=timezone.now())
    assert (today.came, today.came_waits, today.went, today.went_waits) == (0, 0, EACH, EACH)
    assert (before.came, before.came_waits, before.went, before.went_waits) == (EACH, 0, 0, 0)


@pytest.mark.threat("X3")
@pytest.mark.usefixtures("shared")
def test_a_partner_reads_its_own_numbers_and_no_case(partners):
    (one, first), (two, _) = partners.items()
    first.takes_over()
    pages = {name: text_of(at_the_desk(name.lower(), Role.PARTNER, partner=name), "/desk/given/") for name in partners}
    assert f"Hij heeft {2 * EACH} vingerafdrukken en sporen. Nog niet opgehaald: 0." in pages[one]
    assert "Hij vroeg ons voor het laatst op" in pages[one]
    assert f"Hij heeft 0 vingerafdrukken en sporen. Nog niet opgehaald: {2 * EACH}." in pages[two]
    assert "Hij heeft ons nog niets gevraagd." in pages[two]
    for case in Case.objects.all():
        assert not any(case.spoken_number in page or str(case.pk) in page for page in pages.values())
    assert two.title() not in pages[one]


@pytest.mark.threat("X5")
def test_what_was_taken_back_and_is_not_dropped_is_said_to_the_partner_and_to_the_coordinator(shared, partners):
    one, first = next(iter(partners.items()))
    first.takes_over()
    cases.withdraw(shared[0], now=timezone.now())
    told()
    partner, ilse = at_the_desk("kim", Role.PARTNER, partner=one), at_the_desk("ilse", Role.COORDINATOR)
    assert f"Teruggetrokken, en moet nog weg: {EACH}. Doe dit weg" in text_of(partner, "/desk/given/")
    assert "Onderweg" in text_of(ilse, "/desk/partners/")
    Listing.objects.filter(went__isnull=False).update(went_at=timezone.now() - timedelta(days=2))
    assert "dat jullie gate nog niet wegdeed" in text_of(partner, "/desk/given/")
    said = text_of(ilse, "/desk/partners/")
    assert "langer dan een dag niet bevestigd dat iets weg is" in said
    assert "Moet bevestigen" in said


def test_the_coordinator_sees_what_each_partner_gets_and_what_does_not_fit(machine_door):
    for name, has_contract in (("ZONDER", False), ("MET", True), ("GEEN", False)):
        Partner.objects.create(name=name, title=name.title(), kind="forum", has_contract=has_contract)
        if name != "GEEN":
            machine_door.key(Scope.FEED, name=name, tier="hashes_and_traces", banks=(f"P_{name}",))
    said = text_of(at_the_desk("ilse", Role.COORDINATOR), "/desk/partners/")
    assert "Zonder forum · ZONDER vingerafdrukken en sporen geen contract: dus geen sporen" in said
    assert "Met forum · MET vingerafdrukken en sporen onder contract nooit 0 0 0 0 Stil" in said
    assert "Geen forum · GEEN nog geen sleutel geen contract nooit 0 0 0 0 Nog geen sleutel" in said


def test_while_the_door_is_away_both_pages_say_so(monkeypatch):
    Partner.objects.create(name="VONK", title="Vonk", kind="chat")

    def away():
        raise DoorError("The machine door does not answer.")

    monkeypatch.setattr(door(), "followers", away)
    assert "is nu niet te zien" in text_of(at_the_desk("ilse", Role.COORDINATOR), "/desk/partners/")
    assert "is nu niet te zien" in text_of(at_the_desk("kim", Role.PARTNER, partner="VONK"), "/desk/given/")
