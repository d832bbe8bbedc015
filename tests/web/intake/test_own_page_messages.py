"""A message that was not taken is not lost: it stands in its field, under the reason that it was not."""

from __future__ import annotations

from html import unescape
from typing import TYPE_CHECKING

import pytest

from haalweg.reports.report import MOST_STORY
from haalweg.web.door import DoorError
from haalweg.web.intake import own_page
from haalweg.web.store.models import Message
from tests.web.reporting import a_report, sent

if TYPE_CHECKING:
    from django.http import HttpResponse

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("machine_door")]

NOT_KEPT = {"": "Dit bericht is niet bewaard.", "/en": "This message was not kept."}
NOT_SENT = {
    "": "Je bericht is niet verstuurd. Het staat hier nog.",
    "/en": "Your message was not sent. It still stands",
}


@pytest.fixture(params=["", "/en"])
def at(request, client):
    """Where the page is, which is opened."""
    words = " ".join(sent(client, a_report()).json()["code"])
    assert client.submit(f"{request.param}/c", words=words).status_code == 302
    return request.param


def said(answer: HttpResponse) -> str:
    return unescape(answer.content.decode())


@pytest.mark.parametrize("text", ["Wat nu?" * MOST_STORY, "Kijk: " + "QUJD" * 40])
def test_what_is_too_long_or_no_plain_text_still_stands_there(client, at, text):
    before = Message.objects.count()
    answer = client.submit(f"{at}/p/write", text=text)
    assert answer.status_code == 422
    assert NOT_KEPT[at] in said(answer)
    assert f"{text}</textarea>" in said(answer)
    assert Message.objects.count() == before


def test_where_letters_cannot_be_closed_it_says_that_it_was_not_sent(client, at, monkeypatch):
    def unreachable():
        raise DoorError("nobody answers")

    monkeypatch.setattr(own_page, "box", unreachable)
    answer = client.submit(f"{at}/p/write", text="<b>Wat nu?</b>")
    assert answer.status_code == 503
    assert NOT_SENT[at] in said(answer)
    assert NOT_KEPT[at] not in said(answer)
    assert "&lt;b&gt;Wat nu?&lt;/b&gt;</textarea>" in answer.content.decode()
