"""Cases are found by exactly what was typed, and who searches for what kind of thing, and how often, is seen."""

from __future__ import annotations

import pytest

from haalweg.web.desk import finding
from haalweg.web.store.models import AuditEntry, Case
from haalweg.web.store.roles import Role
from tests.web.browsing import at_the_desk
from tests.web.reporting import a_report, an_item, sent
from tests.web.test_reports import dump_of_tables

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("machine_door")]
THREAD = "https://www.forum.example/draad/77?blad=2"
POST = "https://t.me/klasgroep/4512"
PRIVATE = "https://t.me/c/1234567/89"


@pytest.fixture
def cases(client):
    for seed, places in enumerate(([THREAD, POST], [THREAD], [PRIVATE, "forum.example/ander"])):
        report = a_report(items=[an_item(seed)], places=[{"url": place} for place in places])
        assert sent(client, report).status_code == 201
    return list(Case.objects.order_by("number"))


@pytest.fixture
def noor(cases):
    assert cases
    return at_the_desk("noor")


def found(browser, typed, cases):
    """Which of the cases are found, from 1."""
    page = browser.submit("/desk/find/", what=typed).content.decode()
    return [number for number, case in enumerate(cases, 1) if case.spoken_number in page]


@pytest.mark.threat("W1")
@pytest.mark.parametrize(
    ("typed", "there"),
    [
        (THREAD, [1, 2]),
        ("HTTPS://WWW.forum.example/draad/77?blad=2", [1, 2]),
        ("https://www.forum.example/draad/77", []),  # another page
        ("forum.example", [1, 2, 3]),
        ("https://www.forum.example", [1, 2, 3]),
        ("example", []),
        ("forum", []),
        ("rum.example", []),
        (POST, [1]),
        ("t.me/s/klasgroep/4512", [1]),
        ("https://t.me/klasgroep", [1]),
        ("t.me", []),  # every chat has one of its own
        ("tg://privatepost?channel=1234567&post=89", [3]),
        ("https://t.me/c/1234567", [3]),
        ("Noor@Example.nl ", [1, 2, 3]),
        ("noor@example", []),
        ("example.nl", []),
        ("maandag", []),
        ("%", []),
        ("9" * 5_000, []),
        ("26-0000", []),
        ("data:image/png;base64,AAAA", []),
    ],
)
def test_what_is_found_by_what_was_typed(noor, cases, typed, there):
    page = noor.submit("/desk/find/", what=typed).content.decode()
    assert found(noor, typed, cases) == there
    assert ("Niets gevonden" in page) == (not there)
    assert f'value="{typed}' not in page


def test_a_number_leads_to_its_case_whatever_year_stands_before_it(noor, cases):
    for typed in (f"{cases[1].number}", f"99-{cases[1].number:05d}", f" {cases[1].spoken_number} "):
        assert noor.submit("/desk/find/", what=typed).headers["Location"] == f"/desk/case/{cases[1].number}/"


@pytest.mark.threat("W1")
def test_who_does_not_read_what_people_tell_finds_cases_by_number_alone(cases):
    kim = at_the_desk("kim", Role.REVIEWER)
    for typed in (THREAD, "forum.example", "noor@example.nl"):
        assert found(kim, typed, cases) == []
    assert kim.submit("/desk/find/", what=str(cases[0].number)).status_code == 302


@pytest.mark.threat("W1")
def test_each_search_is_in_the_log_with_its_kind_and_never_with_what_was_typed(noor, cases):
    for typed in (THREAD, "forum.example", "noor@example.nl", "99999", "zomaar wat", str(cases[0].number)):
        noor.submit("/desk/find/", what=typed)
    rows = AuditEntry.objects.filter(act__in=("searched", "found")).order_by("number")
    assert list(rows.values_list("act", "detail", "count")) == [
        ("searched", "link", 2),
        ("searched", "site", 3),
        ("searched", "contact", 3),
        ("searched", "number", 0),
        ("searched", "other", 0),
        ("found", "", 0),
    ]
    for planted in (b"forum.example", b"noor@example.nl", b"zomaar"):
        assert planted not in dump_of_tables(of="store_auditentry")


@pytest.mark.threat("W1")
def test_nobody_tries_addresses_out(noor, cases, monkeypatch):
    monkeypatch.setattr(finding, "MOST_AN_HOUR", 3)
    for number in range(3):
        assert noor.submit("/desk/find/", what=f"iemand{number}@example.nl").status_code == 200
    refused = noor.submit("/desk/find/", what="noor@example.nl")
    assert refused.status_code == 429
    assert "Je zocht 3 keer binnen een uur." in refused.content.decode()
    assert not any(case.spoken_number in refused.content.decode() for case in cases)
    assert found(at_the_desk("sam"), "noor@example.nl", cases) == [1, 2, 3]


def test_what_is_found_is_opened_as_any_case_is(noor, cases):
    noor.submit("/desk/find/", what=THREAD)
    assert noor.get(f"/desk/case/{cases[0].number}/").status_code == 403  # with a reason, as it is not hers
