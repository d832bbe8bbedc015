"""What matches the uploads of very many people comes up on the list of work, and stays until somebody looked."""

from __future__ import annotations

import re
import uuid
from datetime import timedelta

import httpx
import pytest
from django.utils import timezone

from haalweg.gate.keys import Scope
from haalweg.web.running import door
from haalweg.web.store import cases, doubts
from haalweg.web.store.models import Case
from haalweg.web.store.tasks import work_off
from tests.gate.gates import bearer
from tests.web.browsing import Browser, staff
from tests.web.reporting import a_report, an_item, hashed, sent

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.usefixtures("machine_door"),
    pytest.mark.threat("section 6"),
]
MANY = 21  # people: more than a policy lets pass as it comes


@pytest.fixture
def noor():
    browser = Browser()
    browser.log_in(staff("noor"))
    return browser


@pytest.fixture
def seed(client):
    """Of a drawing that is on the list, as one that somebody calls theirs: nobody at the desk sees what it is."""
    number = 1_000 + uuid.uuid4().int % 100_000
    assert sent(client, a_report(items=[an_item(number)], consents=["bank"])).status_code == 201
    cases.confirm(Case.objects.get(), staff=staff("sam"), assurance="self_reported", now=timezone.now())
    told()
    return number


@pytest.fixture
def platform(machine_door):
    """Somebody's key, by which a platform is known, and what it is asked by."""
    key = machine_door.key(Scope.CHECK, Scope.FEEDBACK, name=f"N{uuid.uuid4().hex[:8].upper()}")

    def asks(seed):
        item = {"items": [{"pdq": hashed(seed).hash.hex}]}
        answer = httpx.post(f"{machine_door.url}/api/v1/check", json=item, headers=bearer(key), trust_env=False)
        return answer.json()["items"][0]

    def says(seed, opinion):
        content = {"id": str(uuid.uuid4()), "entry": asks(seed)["matches"][0]["entry"], "opinion": opinion}
        httpx.post(f"{machine_door.url}/api/v1/feedback", json=content, headers=bearer(key), trust_env=False)

    return asks, says


def told():
    work_off(door(), now=timezone.now())


def noted():
    return doubts.note_doubts(door(), now=timezone.now())


def on_the_list_of_work(browser, prefix=""):
    """What it says of the one case, in words."""
    found = re.search(r"<tbody>(.*?)</tbody>", browser.get(f"{prefix}/desk/").content.decode(), re.DOTALL)
    return " ".join(re.sub(r"<[^>]+>", " ", found[1]).split()) if found else ""


def test_a_poisoner_is_held_by_the_gate_and_comes_up_at_the_desk(noor, seed, platform):
    asks, _ = platform
    assert [asks(seed)["action"] for _ in range(MANY - 1)] == ["hold"] * (MANY - 1)  # nothing was blocked meanwhile
    assert (noted(), on_the_list_of_work(noor)) == (0, "")
    assert asks(seed)["action"] == "hold"
    assert noted() == 1
    assert "Past bij heel veel" in on_the_list_of_work(noor)
    assert "Heel veel mensen uploaden hetzelfde: vraag de persoon wat het is" in on_the_list_of_work(noor)
    assert "ask the person what it is" in on_the_list_of_work(noor, "/en")
    assert noted() == 0  # once is enough
    assert [each.what for each in Case.objects.get().events.filter(what="doubted")] == ["doubted"]


def test_it_stays_until_somebody_looked_and_comes_again_where_another_platform_says_so(noor, seed, platform):
    _, says = platform
    case = Case.objects.get()
    says(seed, "matches_many")
    noted()
    noor.take(case)
    page = noor.get(f"/desk/case/{case.number}/").content.decode()
    assert "Het past bij wat heel veel mensen uploaden" in page
    assert noor.submit(f"/desk/case/{case.number}/doubt-seen/").status_code == 302
    case.refresh_from_db()
    assert (noted(), on_the_list_of_work(noor), case.doubted_at) == (0, "", None)
    assert list(case.events.values_list("what", "staff__username").order_by("-id")[:1]) == [("doubt_seen", "noor")]
    case.events.filter(what="doubt_seen").update(at=timezone.now() - timedelta(days=1))
    assert (noted(), on_the_list_of_work(noor) != "") == (1, True)


@pytest.mark.parametrize("opinion", ["blocked", "withdrawn"])
def test_what_a_moderator_looked_at_or_is_on_the_list_no_more_waits_for_nobody(noor, seed, platform, opinion):
    _, says = platform
    says(seed, "matches_many")
    noted()
    assert on_the_list_of_work(noor)
    if opinion == "blocked":
        says(seed, "blocked")
    else:
        cases.withdraw(Case.objects.get(), now=timezone.now())
    assert (noted(), on_the_list_of_work(noor)) == (0, "")


def test_everybody_who_has_the_same_is_asked_and_nobody_else(client, noor, seed, platform):
    _, says = platform
    for other in (seed, seed + 1):
        assert sent(client, a_report(items=[an_item(other)], consents=["bank"])).status_code == 201
        case = Case.objects.latest("number")
        cases.confirm(case, staff=staff(f"kim{other}"), assurance="spoken", now=timezone.now())
    told()
    says(seed, "matches_many")
    assert noted() == 2
    assert [each.doubted_at is not None for each in Case.objects.order_by("number")] == [True, True, False]
    assert noor.get("/desk/").content.decode().count("Past bij heel veel") == 2


@pytest.mark.threat("C6")
def test_the_person_hears_nothing_of_it(client, platform):
    _, says = platform
    number = 1_000 + uuid.uuid4().int % 100_000
    words = sent(client, a_report(items=[an_item(number)], consents=["bank"])).json()["code"]
    case = Case.objects.get()
    cases.confirm(case, staff=staff("sam"), assurance="spoken", now=timezone.now())
    told()
    client.submit("/c", words=" ".join(words))
    before = own_page(client)
    says(number, "matches_many")
    assert noted() == 1
    assert own_page(client) == before
    doubts.seen(case, staff=staff("kim"), now=timezone.now())
    assert own_page(client) == before
    assert "doubt" not in client.submit("/p/all").content.decode()


def own_page(browser):
    (shown,) = re.findall(r"<main.*?</main>", browser.get("/p").content.decode(), re.DOTALL)
    return re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", shown)
