"""What people write is text wherever it is read: no script, no tag, no link and no template comes of it."""

from __future__ import annotations

import json
from html.parser import HTMLParser
from pathlib import Path

import pytest

import haalweg.web
from haalweg.web.store.models import Case, Partner
from haalweg.web.store.roles import Role
from tests.web.browsing import Browser, at_the_desk
from tests.web.reporting import a_report, an_item, sent

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("machine_door")]
MARK = "planted"
PAYLOADS = [
    f"<script>{MARK}()</script>",
    f'"><img src=//evil.example/{MARK} onerror={MARK}()>',
    f"'><svg/onload={MARK}()>",
    f"</textarea></title><iframe srcdoc={MARK}>",
    f"<a href=javascript:{MARK}()>x</a>",
    f"<form action=//evil.example/{MARK}><button>x",
    f"<meta http-equiv=refresh content=0;//evil.example/{MARK}>",
    f"{{{{ {MARK} }}}}{{% {MARK} %}}",
    f"<!--{MARK}--><![CDATA[{MARK}",
    f"&lt;script&gt;{MARK}()&lt;/script&gt;",
    f"\u202e<ScRiPt >{MARK}()</sCrIpT >",
]
TEMPLATES = sorted(Path(haalweg.web.__file__).parent.rglob("templates/**/*.html"))


class _Page(HTMLParser):
    """Collects all of a page that is not text: tags, and what stands in them."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[tuple[str, str | None]] = []
        self.text = ""

    def handle_starttag(self, tag, attrs):
        self.tags += [(f"{tag} {name}", value) for name, value in attrs] or [(tag, None)]

    def handle_comment(self, data):
        self.tags.append(("comment", data))

    def unknown_decl(self, data):
        self.tags.append(("declaration", data))

    def handle_data(self, data):
        self.text += data


def seen(page):
    """What a page shows as text. Fails where a tag or a comment has something of a payload."""
    read = _Page()
    read.feed(page)
    planted = [(where, value) for where, value in read.tags if MARK in where or MARK in (value or "")]
    assert planted == []
    assert not any("evil.example" in (value or "") for _where, value in read.tags)
    return read.text


@pytest.mark.threat("W3")
@pytest.mark.parametrize("payload", PAYLOADS)
def test_whatever_is_written_anywhere_is_read_as_text(client, payload):
    Partner.objects.create(name="VONK", title=payload, kind="chat", sentence_nl=payload, sentence_en=payload)
    story = place = payload.removeprefix("\u202e")  # a place with such a sign is refused
    report = a_report(items=[an_item(name="Foto 1")], places=[{"text": place}], story=story, consents=["bank"])
    answer = sent(client, report)
    assert answer.status_code == 201, answer.content
    case = Case.objects.get()
    client.submit("/c", words=" ".join(answer.json()["code"]))
    client.submit("/p/write", text=story)
    noor = at_the_desk("noor")
    noor.take(case)
    at = f"/desk/case/{case.number}/"
    assert noor.submit(f"{at}write/", text=story).status_code == 302
    shown = seen(noor.get(at).content.decode())
    assert shown.count(place.strip()) >= 1
    assert shown.count(story.strip()) >= 3  # the story, and a message of either
    for path in ("/p", "/en/p", "/s/", "/en/s/", "/keep", "/keep/all"):
        answer = client.get(path)
        assert answer.status_code == 200, path
        seen(answer.content.decode())
    exported = client.submit("/p/all")
    assert exported.headers["Content-Type"] == "application/json"
    assert story in [each["text"] for each in json.loads(exported.content)["messages"]]
    vonk = at_the_desk("vonk", Role.PARTNER, partner="VONK")
    assert payload in seen(vonk.get("/desk/given/").content.decode()).replace("\xa0", " ")
    for browser, path, fields in (
        (noor, "/desk/find/", {"what": payload}),
        (noor, f"{at}refuse/", {"reason": payload}),
        (noor, f"{at}hand-over/", {"to": payload, "reason": payload}),
        (noor, "/desk/call/", {"places": payload, "story": payload, "whom": payload, "age": payload, "key": payload}),
        (noor, "/desk/close/", {"back": payload, "why": payload}),
        (Browser(), "/desk/in/", {"login": payload, "password": payload}),
        (Browser(), "/c", {"words": payload, "pin": payload}),
        (Browser(), "/s/link", {"places": payload, "story": payload, "whom": payload, "age": payload}),
    ):
        answer = browser.submit(path, **fields)
        if answer.status_code != 302:
            seen_in_a_form(answer.content.decode())


def seen_in_a_form(page):
    """The same where what was typed stands in its field again."""
    read = _Page()
    read.feed(page)
    assert {where for where, value in read.tags if MARK in where or MARK in (value or "")} <= {"input value"}


@pytest.mark.threat("W3")
@pytest.mark.parametrize("template", TEMPLATES, ids=lambda path: path.name)
def test_no_template_takes_text_for_markup(template):
    text = template.read_text("utf-8")
    for word in ("|safe", "autoescape off", "safeseq", "style=", " onclick", " onload", "javascript:"):
        assert word not in text, word
    assert "<script>" not in text  # each is a file of ours
