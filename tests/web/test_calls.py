"""A report by phone: age first, kept as spoken; files are added on the caller's phone, with words that open nothing."""

from __future__ import annotations

import json
import os
import re
import subprocess
import uuid
from dataclasses import replace
from datetime import timedelta
from urllib.parse import urlencode

import pytest
from django.contrib.auth.models import User
from django.utils import timezone
from PIL import Image

from haalweg.cases.states import CaseState
from haalweg.web.running import door
from haalweg.web.store import cases, invitations
from haalweg.web.store.models import Case, Event, Invitation, Message, Partner, Place
from haalweg.web.store.tasks import work_off
from tests import pictures
from tests.web.browsing import FORM, Browser, staff
from tests.web.chromium import MODULES, SCRIPTS, needs_chromium
from tests.web.reporting import a_report, an_item, hashed, words_in
from tests.web.test_reports import dump_of_tables

pytestmark = pytest.mark.usefixtures("machine_door")
ADULTS = {"whom": "self", "age": "yes", "source": "no_such_picture", "others": "nobody"}
TOLD = {"places": "https://forum.example/draad/12\nfotohoek, album 9", "story": "Sinds maandag.", "files": "yes"}


@pytest.fixture
def noor():
    browser = Browser()
    browser.log_in(staff("noor"))
    return browser


def called(browser, consents=("bank", "notices"), **told):
    fields = [*(ADULTS | TOLD | {"key": str(uuid.uuid4())} | told).items(), *(("consent", each) for each in consents)]
    return browser.post("/desk/call/", urlencode(fields), content_type=FORM)


def added(browser, key=None, **more):
    report = a_report(places=[], story="", contact=None, consents=["bank"]) | more
    headers = {"Idempotency-Key": key or str(uuid.uuid4())}
    return browser.post("/a/send", json.dumps(report), content_type="application/json", headers=headers)


@pytest.mark.django_db
def test_what_a_caller_tells_is_kept_as_spoken_and_as_the_work_of_who_had_them_on_the_line(noor):
    Partner.objects.create(name="VONK", title="Vonk", kind="chat")
    shown = called(noor, ("bank", "notices", "partner:VONK"))
    assert (shown.status_code, len(words_in(shown).split())) == (200, 4)
    (case,) = Case.objects.all()
    assert (case.assurance, case.owner, case.state) == ("spoken", User.objects.get(), CaseState.RECEIVED)
    assert set(case.consents.values_list("what", "by_phone")) == {
        ("bank", True),
        ("notices", True),
        ("partner:VONK", True),
    }
    assert list(case.events.values_list("what", "staff__username", "reason")) == [
        ("received", None, ""),
        ("taken", "noor", "by_phone"),
        ("invited", "noor", ""),
    ]
    page = noor.get(f"/desk/case/{case.number}/").content.decode()
    assert all(told in page for told in ("forum.example/draad/12", "Sinds maandag.", "per telefoon verteld"))


@pytest.mark.threat("P4")
@pytest.mark.django_db
@pytest.mark.parametrize("answer", ["no", "unknown"])
@pytest.mark.parametrize("question", ["age", "source", "others"])
def test_of_who_is_or_may_be_under_18_nothing_is_kept_and_the_desk_is_told_whom_to_name(noor, question, answer):
    shown = called(noor, **{question: answer})
    page = shown.content.decode()
    assert (shown.status_code, "Van dit gesprek is niets bewaard" in page) == (200, True)
    assert "Take It Down" in page
    for table in (Case, Place, Message, Invitation):
        assert not table.objects.exists()
    assert not Event.objects.exclude(case=None).exists()
    assert "forum.example" not in page


@pytest.mark.threat("P4")
@pytest.mark.django_db
def test_an_age_that_is_corrected_stops_what_was_kept(noor):
    key = str(uuid.uuid4())
    called(noor, key=key)
    called(noor, key=key, age="unknown")
    assert Case.objects.get().state == CaseState.UNDER_AGE


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("more", "said"),
    [
        ({"age": ""}, "Kies een antwoord."),
        ({"whom": ""}, "Kies wat het best past."),
        ({"story": "QUJD" * 40}, "Hier staat een lang stuk"),
    ],
)
def test_what_is_missing_is_said_and_what_was_written_is_still_there(noor, more, said):
    refused = called(noor, **more)
    page = refused.content.decode()
    assert (refused.status_code, page.count(said), "forum.example/draad/12" in page) == (422, 2, True)
    assert "<title>Kijk even. " in page
    (at,) = re.findall(r'<li><a href="#([\w-]+)">', page)  # from what is said on top to the field
    assert f'id="{at}"' in page
    assert not Case.objects.exists()


@pytest.mark.django_db
def test_sent_twice_a_call_is_one_case_and_without_files_no_words_are_made(noor):
    key = str(uuid.uuid4())
    for _ in range(2):
        kept = called(noor, key=key, files="no")
    case = Case.objects.get()
    assert kept.headers["Location"] == f"/desk/case/{case.number}/"
    assert not Invitation.objects.exists()


@pytest.mark.django_db
def test_the_caller_adds_on_another_phone_and_it_is_confirmed_as_spoken(noor, machine_door):
    words = words_in(called(noor))
    phone = Browser()
    assert phone.submit("/a", words=words.upper()).headers["Location"] == "/a/more"
    assert "data-adds-to" in phone.get("/a/more").content.decode()
    assert added(phone, items=[]).status_code == 422  # what was wrong with it uses nothing up
    key = str(uuid.uuid4())
    assert added(phone, key, items=[an_item(131)]).status_code == 201
    assert added(phone, key, items=[an_item(131)]).status_code == 201  # an answer that was lost
    assert added(phone, items=[an_item(132)]).status_code == 409  # something else
    assert added(phone, key, items=[]).status_code == 422  # which is no way to have them twice
    assert added(phone, items=[an_item(132)]).status_code == 409
    case = Case.objects.get()
    assert case.additions.count() == 1
    page = noor.get(f"/desk/case/{case.number}/").content.decode()
    assert 'value="yes" checked' in page
    noor.submit(f"/desk/case/{case.number}/confirm/", spoken="yes")
    work_off(door(), now=timezone.now())
    (item,) = machine_door.ask(machine_door.uploads, json={"items": [{"pdq": hashed(131).hash.hex}]}).json()["items"]
    assert [(each["bank"], each["assurance"]) for each in item["matches"]] == [("HELPLINE", "spoken")]


@pytest.mark.threat("C7")
@pytest.mark.django_db
def test_words_for_adding_open_nothing_of_the_case_and_stand_nowhere(noor):
    shown = called(noor)
    words = words_in(shown)
    assert f"/a#{words.replace(' ', '-')}" in shown.content.decode()
    phone = Browser()
    assert phone.submit("/c", words=words).status_code == 422
    phone.submit("/a", words=words)
    for path in ("/p", "/p/add"):
        assert phone.get(path).headers["Location"] == "/c"
    page = phone.get("/a/more").content.decode()
    assert not any(told in page for told in ("forum.example", "maandag", "26-0", "Foto 1"))
    assert not any(word.encode() in dump_of_tables() for word in [words, words.replace(" ", "-")])


@pytest.mark.django_db
def test_words_for_adding_work_once_for_two_hours_and_end_with_the_next(noor, client):
    first = words_in(called(noor))
    case = Case.objects.get()
    second = words_in(noor.submit(f"/desk/case/{case.number}/invite/"))
    assert client.submit("/a", words=first).status_code == 422
    assert client.submit("/a", words=second).status_code == 302
    assert Browser().submit("/a", words=second, address="198.51.100.1").status_code == 422  # another browser
    Invitation.objects.update(until=timezone.now())
    assert client.get("/a/more").headers["Location"] == "/a"
    assert added(client).status_code == 403
    late = invitations.invite(case, staff=User.objects.get(), now=timezone.now() - timedelta(hours=2))
    assert invitations.open_with(" ".join(late), now=timezone.now()) is None
    cases.erase(case, now=timezone.now())
    assert not Invitation.objects.exists()
    assert noor.submit(f"/desk/case/{case.number}/invite/").status_code == 302


@pytest.mark.threat("C2")
@pytest.mark.django_db
def test_wrong_words_slow_down_who_tries_and_nobody_else(noor, client):
    words = words_in(called(noor))
    tries = [client.submit("/a", words="een twee drie vier").status_code for _ in range(20)]
    assert (tries[0], tries[-1]) == (422, 429)
    assert Browser().submit("/a", words=words, address="198.51.100.7").status_code == 302


@needs_chromium
@pytest.mark.django_db(transaction=True)
def test_from_ring_to_confirmed_in_a_browser_in_few_clicks(live_server, noor, tmp_path, settings):
    settings.HAALWEG = replace(settings.HAALWEG, address=live_server.url)
    photo = tmp_path / "strand.jpg"
    Image.fromarray(pictures.scene(133)).save(photo, quality=92)
    cookie = noor.cookies["haalweg"].value
    command = ["node", SCRIPTS / "caller.mjs", MODULES, live_server.url, cookie, photo]
    done = subprocess.run(command, env=os.environ, stdout=subprocess.PIPE, text=True, timeout=240, check=True)
    told = json.loads(done.stdout)
    assert told["trouble"] == []
    assert Case.objects.get().state == CaseState.ON_THE_LIST
    assert told["clicks"] <= 12
    assert told["address"].endswith("/a")  # the words are out of it before anything is sent
    assert not any(word in each for each in told["requests"] for word in told["words"])
