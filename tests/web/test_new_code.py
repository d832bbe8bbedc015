"""A person who lost the words, or whose words somebody else has, gets new ones from two people of the helpline."""

from __future__ import annotations

import re

import pytest

from haalweg.web.store.models import Case
from tests.web.browsing import Browser, staff
from tests.web.reporting import a_report, sent

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("machine_door")]


@pytest.mark.threat("C7")
def test_two_people_give_new_words_and_nobody_alone(client):
    words = " ".join(sent(client, a_report()).json()["code"])
    client.submit("/c", words=words)
    client.submit("/p/lock")
    case = Case.objects.get()
    noor, sam = Browser(), Browser()
    noor.log_in(staff("noor"))
    sam.log_in(staff("sam"))
    path = f"/desk/case/{case.number}"
    assert case.spoken_number in noor.get("/desk/").content.decode()
    assert noor.submit(f"{path}/words/give/").status_code == 302  # nobody proposed it
    noor.submit(f"{path}/words/propose/")
    assert "Iemand anders geeft ze" in noor.get(f"{path}/").content.decode()
    assert noor.submit(f"{path}/words/give/").status_code == 302
    shown = sam.submit(f"{path}/words/give/")
    assert "no-store" in shown.headers["Cache-Control"]
    new = " ".join(re.findall(r'<li><i aria-hidden="true">\d</i>(\w+)</li>', shown.content.decode()))
    person = Browser()
    assert person.submit("/c", words=words).status_code == 422
    assert person.submit("/c", words=new).headers["Location"] == "/p"
    assert "Nieuwe woorden" in person.get("/p").content.decode()
    assert sam.submit(f"{path}/words/give/").status_code == 302  # once
    assert case.spoken_number in sam.get(f"{path}/").content.decode()
