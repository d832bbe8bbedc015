"""Every page of the desk in real Chromium: narrow and wide, light and dark, in both languages, and by keyboard alone.

With HAALWEG_SHOTS it draws a picture of each into that folder too, to be looked at: `make shots`.
"""

from __future__ import annotations

import json
import os
import subprocess
import uuid
from datetime import timedelta

import pytest
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from django.contrib.auth.models import User
from django.utils import timezone

from haalweg.web.running import box, door
from haalweg.web.store import cases, doubts, messages, new_code
from haalweg.web.store.colleagues import give_role
from haalweg.web.store.models import Case, Partner
from haalweg.web.store.proposals import Proposed
from haalweg.web.store.roles import Role
from haalweg.web.store.tasks import work_off
from tests.web.browsing import PASSWORD, Browser, staff
from tests.web.chromium import AXE, MODULES, SCRIPTS, needs_chromium
from tests.web.following import Follower
from tests.web.reporting import a_report, an_item, sent

pytestmark = [needs_chromium, pytest.mark.django_db(transaction=True, reset_sequences=True)]

YOUNG = {"age": "no", "source": "no_such_picture", "others": "nobody", "whom": "self"}


@pytest.fixture
def helpline(machine_door, client):
    """One with a case in each state, and somebody of each role: who looks, as they are logged in."""
    name = f"N{uuid.uuid4().hex[:8].upper()}"
    follower = Follower(machine_door, name, bank=f"P_{name}")
    Partner.objects.filter(name=name).update(title="Vonk", has_contract=True)
    people = {each: staff(each) for each in ("noor", "sam", "emma", "rik")}
    people |= {"ilse": staff("ilse", Role.COORDINATOR), "kim": staff("kim", Role.REVIEWER)}
    people |= {"alex": staff("alex", Role.AUDITOR), "vonk": staff("vonk", Role.PARTNER, partner=name)}
    RecoveryCodes.activate(people["emma"])
    browsers = {each: Browser() for each in people}
    for each, user in people.items():
        browsers[each].log_in(user)
    browsers["rik"].submit("/desk/close/", why="break")
    browsers["new"] = Browser()  # who has a password, and no second factor yet
    give_role(User.objects.create_user("new", password=PASSWORD), Role.CASE_WORKER, now=timezone.now())
    browsers["new"].submit("/desk/in/", login="new", password=PASSWORD)
    for each in ("emma", "new", "noor"):  # they said again who they are
        browsers[each].submit("/desk/again/", password=PASSWORD)
    _cases(client, people, browsers, follower, f"partner:{name}")
    return {each: browser.cookies["haalweg"].value for each, browser in browsers.items()}


def _cases(client, people, browsers, follower, partner):
    """Waiting, listed, nobody's, left off, under 18, two that were locked, taken back, soon to go; then two pairs."""
    now, noor, sam = timezone.now(), people["noor"], people["sam"]
    for seed in (0, 1, 2, 3, 4, 5, 6, 7, 8, 20, 21, 22, 23):
        flat = an_item(seed + 20, name="Foto 2", parts=[{"inner": None, "quality": 12, "pdq": "f0" * 32}])
        consents = ["bank", "notices", partner, "partners_like:forum"]
        items = [an_item(seed + 10), *([flat] if seed == 0 else [])]
        assert sent(client, a_report(items=items, consents=consents)).status_code == 201
    Case.objects.exclude(number__in=(3, 11, 13)).update(owner=noor)
    Case.objects.filter(number=2).update(owner=sam)
    of = {each.number: each for each in Case.objects.all()}
    messages.write(of[1], "We kijken ernaar.\nMorgen hoor je meer.", staff=noor, box=box(), now=now)
    browsers["kim"].look_in(of[1])
    for number in (10, 12):
        path = f"/desk/case/{number}"
        browsers["noor"].submit(f"{path}/together/", number=f"{number + 1}", reason="person_said")
    browsers["noor"].submit("/desk/case/12/under-18/")
    for number in (2, 8, 9):
        cases.confirm(of[number], staff=sam, assurance="spoken", now=now)
        cases.carry_out(of[number], Proposed.SHARE, staff=noor, now=now)
    cases.withdraw(of[8], now=now)
    work_off(door(), now=now)
    follower.takes_over()
    follower.says(opinion="matches_many")
    doubts.note_doubts(door(), now=now)
    cases.propose(of[2], Proposed.REVOKE, staff=sam, reason="disputed", file="Foto 1", now=now)
    browsers["noor"].look_in(of[2])
    cases.refuse(of[4], staff=noor, reason="no_detail", now=now)
    cases.turned_out_under_age(of[5], staff=noor, now=now)
    for number in (6, 7):
        Case.objects.filter(number=number).update(frozen_at=now)
        new_code.propose(of[number], staff=sam, now=now)
    Case.objects.filter(number=9).update(asked_at=now, decided_at=now - timedelta(days=710))


def pages(cookies):
    """Each page: what it is called, who opens it where, and what they do there before it is looked at."""
    case = "/desk/case/{}/".format
    factors = "/desk/factors/"

    def press(action):
        return ["click", f'form[action$="/{action}/"] button']

    def fill(field, text):
        return ["fill", f"#{field}", text]

    young = [["check", f"#{name}-{answer}"] for name, answer in YOUNG.items()]
    wrong = [fill(f"id_{name}", "short") for name in ("oldpassword", "password1", "password2")]
    login = [["click", "summary"], fill("id_login", "emma"), fill("id_password", PASSWORD), ["click", "details button"]]
    assert set(cookies) >= {"noor", "sam", "emma", "ilse", "kim", "alex", "vonk", "new"}
    return [
        ["login", None, "/desk/in/", []],
        ["login-wrong", None, "/desk/in/", [*login[:2], fill("id_password", "no"), login[-1]]],
        ["second-factor", None, "/desk/in/", login],
        ["second-factor-wrong", None, "/desk/in/", [*login, fill("id_code", "000000"), ["click", "main form button"]]],
        ["first-factor", "new", factors, []],
        ["again", "sam", "/desk/again/", []],
        ["again-code", "sam", f"{factors}reauthenticate/", []],
        ["factors", "emma", factors, []],
        ["app-set-up", "new", f"{factors}totp/activate/", []],
        ["app-end", "emma", f"{factors}totp/deactivate/", []],
        ["key-add", "emma", f"{factors}webauthn/add/", []],
        [
            "keys",
            "emma",
            f"{factors}webauthn/add/",
            [
                ["passkey"],
                fill("id_name", "Telefoon"),
                ["click", "#mfa_webauthn_add"],
                ["click", 'a[href$="/webauthn/"]'],
            ],
        ],
        ["key-name", "emma", factors + "webauthn/", [["click", 'a[href$="/edit/"]']]],
        ["key-remove", "emma", factors + "webauthn/", [["click", 'a[href$="/remove/"]']]],
        ["codes", "emma", f"{factors}recovery-codes/", []],
        ["codes-anew", "emma", f"{factors}recovery-codes/generate/", []],
        ["password", "emma", "/desk/password/", []],
        ["password-wrong", "emma", "/desk/password/", [*wrong, ["click", "main form button"]]],
        ["log-out", "emma", "/desk/out/", []],
        ["queue", "noor", "/desk/", []],
        ["queue-nothing", "ilse", "/desk/?whose=mine", []],
        ["found", "noor", "/desk/", [fill("find", "forum.example"), ["press", "#find", "Enter"]]],
        ["found-nothing", "noor", "/desk/", [fill("find", "99999"), ["press", "#find", "Enter"]]],
        ["break", "rik", "/desk/closed/", []],
        ["shut", "sam", case(1), []],
        ["shut-no-reason", "sam", case(1), [press("look-in")]],
        ["shut-nobodys", "noor", case(3), []],
        ["case", "noor", case(1), []],
        ["case-reviewer", "kim", case(1), []],
        ["case-no-message", "noor", case(1), [press("write")]],
        ["case-listed", "sam", case(2), []],
        ["two-people", "noor", case(2), []],
        ["case-left-off", "noor", case(4), []],
        ["case-under-18", "noor", case(5), []],
        ["case-locked", "noor", case(7), []],
        ["case-taken-back", "noor", case(8), []],
        ["case-going", "noor", case(9), []],
        ["together", "noor", case(10), []],
        ["together-shut", "sam", case(10), []],
        ["together-under-18", "noor", case(12), []],
        ["contact", "noor", case(1), [press("contact")]],
        ["words-for-adding", "noor", case(1), [press("invite")]],
        ["new-words", "noor", {"": case(6), "/en": case(7)}, [press("words/give")]],
        ["call", "noor", "/desk/call/", []],
        ["call-missing", "noor", "/desk/call/", [["click", "main form button"]]],
        ["call-young", "noor", "/desk/call/", [*young, ["click", "main form button"]]],
        ["check", "kim", "/desk/check/", []],
        ["check-none-chosen", "noor", "/desk/check/", [["click", 'button[value="confirm"]']]],
        ["log", "ilse", "/desk/log/", []],
        ["log-checked", "ilse", "/desk/log/", [press("log/check")]],
        ["log-nothing", "alex", "/desk/log/", [fill("number", "99999"), ["click", ".filters button"]]],
        ["given", "vonk", "/desk/given/", []],
        ["partners", "ilse", "/desk/partners/", []],
        ["not-for-you", "kim", "/desk/log/", []],
    ]


@pytest.mark.parametrize("language", ["nl", "en"])
def test_every_page_of_the_desk_is_for_everybody(live_server, helpline, language):
    """Axe finds nothing on it, it is no wider than a phone, and all on it is reached by keyboard and seen then."""
    there = pages(helpline)
    shots = os.environ.get("HAALWEG_SHOTS", "")
    told = json.dumps({"pages": there, "cookies": helpline, "language": language, "shots": shots})
    done = subprocess.run(
        ["node", SCRIPTS / "desk.mjs", MODULES, AXE, live_server.url],
        input=told,
        stdout=subprocess.PIPE,
        text=True,
        timeout=600,
        check=True,
    )
    said = json.loads(done.stdout)
    assert said["trouble"] == []
    assert said["looked"] == len(there) * (4 if shots and language == "nl" else 1)
