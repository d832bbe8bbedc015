"""Two minutes before the person's page ends by itself it says so, and there is a button to stay (WCAG 2.2.1)."""

from __future__ import annotations

import json
import os
import re
import subprocess
import time

import pytest

from haalweg.web.store import invitations
from haalweg.web.store.models import Case
from tests.web.browsing import Browser, staff
from tests.web.chromium import AXE, MODULES, SCRIPTS, needs_chromium
from tests.web.reporting import a_report, sent

pytestmark = pytest.mark.usefixtures("machine_door")


def opened(client, **more):
    words = " ".join(sent(client, a_report(**more)).json()["code"])
    assert client.submit("/c", words=words).status_code == 302
    return words


@needs_chromium
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("language", ["nl", "en"])
def test_who_types_is_told_before_the_page_ends_and_stays_by_keyboard(live_server, client, language):
    words = " ".join(sent(client, a_report(language=language)).json()["code"])
    command = ["node", SCRIPTS / "staying.mjs", MODULES, AXE, live_server.url, language, words]
    command += [os.environ.get("HAALWEG_SHOTS", "")]
    done = subprocess.run(command, stdout=subprocess.PIPE, text=True, timeout=120, check=True)
    told = json.loads(done.stdout)
    assert told["trouble"] == told["axe"] == []
    found = told["found"]
    nothing = {"text": "", "role": "status", "button": False}
    assert found["first"] == found["early"] == nothing
    for each in ("warned", "again", "adding"):
        assert (found[each]["role"], found[each]["button"]) == ("status", True)
        sentence = (
            r"Deze pagina sluit om \d\d:\d\d, voor jouw veiligheid\. Wat je typte, is dan weg\.\s+Blijf op deze pagina"
            if language == "nl"
            else r"This page closes at .*\d\d.*, for your safety\. What you typed is gone then\.\s+Stay on this page"
        )
        assert re.fullmatch(sentence, found[each]["text"])
    stayed = "Je blijft op deze pagina." if language == "nl" else "You stay on this page."
    assert (found["stayed"]["text"].startswith(stayed), found["stayed"]["button"]) == (True, False)
    assert (found["typed"], found["focus"]) == ("Half een bericht", "TEXTAREA")
    assert len(found["asked"]) == 1
    closed = "Met je 8 woorden kom je terug." if language == "nl" else "Your 8 words bring you back."
    assert (found["closed"]["text"].endswith(closed), found["closed"]["button"]) == (True, False)


@pytest.mark.django_db
def test_staying_keeps_a_page_open_and_opens_none(client):
    assert Browser().submit("/p/stay").status_code == 403
    opened(client)
    before = client.session.get_expiry_date()
    assert client.submit("/p/stay").status_code == 204
    assert client.session.get_expiry_date() >= before


@pytest.mark.threat("C7")
@pytest.mark.django_db
def test_nobody_stays_longer_than_an_hour(client):
    opened(client)
    (left,) = re.findall(r'data-left-s="(\d+)"', client.get("/p").content.decode())
    assert 3_500 < int(left) <= 3_600
    session = client.session
    session["opened_at"] = time.time() - 3_500
    session.save()
    (left,) = re.findall(r'data-left-s="(\d+)"', client.get("/p").content.decode())
    assert int(left) <= 100
    assert client.submit("/p/stay").status_code == 204
    session["opened_at"] = time.time() - 3_601
    session.save()
    assert client.submit("/p/stay").status_code == 403


@pytest.mark.django_db
def test_who_adds_with_words_of_a_call_stays_too_and_is_shown_no_end_of_an_hour(client):
    assert sent(client, a_report()).status_code == 201
    words = " ".join(invitations.invite(Case.objects.get(), staff=staff("noor"), now=Case.objects.get().received_at))
    phone = Browser()
    assert phone.submit("/p/stay").status_code == 403
    path = phone.submit("/a", words=words).headers["Location"]
    page = phone.get(path).content.decode()
    assert "data-idle-s" in page
    assert "data-left-s" not in page
    assert "Vraag wie je sprak om nieuwe woorden" in page
    assert phone.submit("/p/stay").status_code == 204


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/", "/s/", "/s/link", "/c", "/hide"])
def test_what_does_not_end_by_itself_warns_of_nothing(client, path):
    assert "staying" not in client.get(path).content.decode()
