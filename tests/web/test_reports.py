"""A report is taken in: its age gate first, closed, once, and durably."""

from __future__ import annotations

import json
import re
import uuid
from typing import TYPE_CHECKING, Any

import pytest
from django.conf import settings
from django.db import connection
from django.urls import URLPattern, URLResolver, get_resolver
from django.utils.translation import override

from haalweg.reports.case_code import CaseCode
from haalweg.signals import TraceKind
from haalweg.web.store.models import Case, Contact, Event, Message, Partner, Place, Signature
from tests.web.reporting import a_report, a_trace, an_item, sent

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("machine_door")]
A_PHOTO: dict[str, Any] = {"kind": "source_photo", "parts": [], "sha256": None, "md5": None}


def test_a_report_is_kept_and_answered_with_eight_words(client):
    Partner.objects.create(name="VONK", title="Vonk", kind="chat")
    answer = sent(client, a_report())
    assert answer.status_code == 201
    assert len(CaseCode.parse(" ".join(answer.json()["code"])).words) == 8
    (case,) = Case.objects.all()
    assert (case.state, case.assurance, case.have) == ("received", "self_reported", "picture")
    assert sorted(each.signal_type for each in case.signatures.all()) == ["md5", "pdq", "sha256"]
    assert case.places.count() == 2
    assert sorted(each.what for each in case.consents.all()) == ["bank", "partner:VONK"]
    assert [event.what for event in case.events.all()] == ["received"]
    assert sent(client, a_report(items=[an_item(6)])).status_code == 201
    assert Case.objects.values("number").distinct().count() == 2


@pytest.mark.parametrize(
    ("more", "as_sent"), [({}, True), ({"language": "en"}, True), ({"story": "Het staat er sinds zondag."}, False)]
)
def test_sent_twice_it_is_kept_once_and_answered_with_the_words_that_open_it(client, more, as_sent):
    key = str(uuid.uuid4())
    first = sent(client, a_report(), key=key).json()
    second = sent(client, a_report(**more), key=key).json()
    assert (first["as_sent"], second["as_sent"]) == (True, as_sent)
    assert first["code"] == second["code"]
    (case,) = Case.objects.all()
    assert case.language == "nl"
    assert client.submit("/c", words=" ".join(second["code"])).headers["Location"] == "/p"


@pytest.mark.threat("P4")
@pytest.mark.parametrize(
    "age",
    [
        {"in_picture": "no", "in_source_photo": "yes", "others": "nobody"},
        {"in_picture": "unknown", "in_source_photo": "yes", "others": "nobody"},
        {"in_picture": "yes", "in_source_photo": "no", "others": "nobody"},
        {"in_picture": "yes", "in_source_photo": "unknown", "others": "nobody"},
        {"in_picture": "yes", "in_source_photo": "yes", "others": "no"},
        {"in_picture": "yes", "in_source_photo": "yes", "others": "unknown"},
        {"in_picture": "yes", "in_source_photo": "yes"},
        {},
        None,
        "yes",
    ],
)
def test_of_somebody_under_18_or_of_unknown_age_nothing_is_kept(client, age):
    answer = sent(client, a_report(age=age))
    assert (answer.status_code, answer.json()) == (422, {"not_kept": True})
    for table in (Case, Signature, Place, Message, Contact, Event):
        assert not table.objects.exists()


@pytest.mark.parametrize(
    ("more", "at"),
    [
        ({"version": 2}, "$"),
        ({"extra": 1}, "$"),
        ({"items": []}, "items"),
        ({"have": "only_link"}, "items"),
        ({"have": "source_photo"}, "items"),
        ({"have": "all"}, "have"),
        ({"language": "fr"}, "language"),
        ({"for": "someone_else"}, "authority"),
        ({"items": [an_item(parts=[{"inner": None, "quality": 101, "pdq": "a" * 64}])]}, "items[0].parts[0].quality"),
        ({"items": [an_item(parts=[{"inner": None, "quality": 90, "pdq": "a" * 63}])]}, "items[0].parts[0].pdq"),
        ({"items": [an_item(parts=[{"inner": None, "quality": 90, "pdq": "0" * 64}])]}, "items[0].parts[0].pdq"),
        ({"items": [an_item(parts=[{"inner": None, "quality": 90, "pdq": "0123" * 16}])]}, "items[0].parts[0].pdq"),
        (
            {"items": [an_item(parts=[{"inner": [3, 0, 1, 9], "quality": 9, "pdq": "1" * 64}])]},
            "items[0].parts[0].inner",
        ),
        ({"items": [an_item(md5="A" * 32)]}, "items[0].md5"),
        ({"items": [an_item(name="Jan de Vries 061234")]}, "items[0].name"),
        ({"consents": ["partners_like:jan_de_vries"]}, "consents"),
        ({"items": [an_item(trace="AAAA")]}, "items[0].trace"),
        ({"items": [an_item(trace=a_trace())]}, "items[0].trace"),
        ({"items": [an_item(**A_PHOTO, trace=a_trace(kind=TraceKind.FAKE))]}, "items[0].trace"),
        ({"items": [an_item(kind="video")]}, "items[0]"),
        ({"items": [an_item()] * 21}, "items"),
        ({"places": [{"url": ""}]}, "places[0].url"),
        ({"places": [{"link": "x"}]}, "places[0]"),
        ({"places": [{"text": "x " * 151}]}, "places[0].text"),
        ({"places": [{"text": "A1b2" * 40}]}, "places[0].text"),
        ({"places": [{"url": "data:image/png;base64,iVBORw0KGgo="}]}, "places[0].url"),
        ({"places": [{"text": "data:image/png;base64,iVBORw0KGgo="}]}, "places[0].text"),
        ({"places": [{"url": "A" * 2_000}]}, "places[0].url"),
        ({"places": [{"url": "https://x.example/" + "A1b2" * 160}]}, "places[0].url"),
        ({"story": "x://" + "A" * 3_990}, "story"),
        ({"items": [an_item(**(A_PHOTO | {"md5": "a" * 32}), trace=a_trace())], "have": "source_photo"}, "items[0]"),
        ({"items": [an_item(**(A_PHOTO | {"sha256": "a" * 64}), trace=a_trace())], "have": "source_photo"}, "items[0]"),
        ({"story": "x" * 4_001}, "story"),
        ({"story": "A1b2" * 40}, "story"),
        ({"consents": ["everything"]}, "consents"),
        ({"consents": ["partner:vonk"]}, "consents"),
        ({"contact": {"email": "noor", "for": ["news"]}}, "contact.email"),
        ({"contact": {"email": "noor@example.nl", "for": []}}, "contact.for"),
        ({"pin": "12"}, "pin"),
    ],
)
def test_what_makes_no_sense_is_named_by_its_place_in_two_languages_and_not_kept(client, more, at):
    answer = sent(client, a_report(**more))
    assert answer.status_code == 422
    problems = answer.json()["problems"]
    assert at in [each["at"] for each in problems]
    assert all(each["sentence"]["nl"] and each["sentence"]["en"] for each in problems)
    assert not Case.objects.exists()


def routes() -> set[str]:
    """Every path that is answered, in both languages, as the pages themselves have them; and two that are none."""

    def below(patterns: Sequence[URLPattern | URLResolver], before: str) -> Iterator[str]:
        for each in patterns:
            at = before + re.sub("<[^>]*>", "1", str(each.pattern))
            yield from below(each.url_patterns, at) if isinstance(each, URLResolver) else [at]

    found = {"/elsewhere", "/static/haalweg/haalweg.css"}
    for language, _ in settings.LANGUAGES:
        with override(language):
            found |= set(below(get_resolver().url_patterns, "/"))
    return found


def test_the_routes_are_all_there():
    assert {"/", "/en/", "/s/send", "/en/s/send", "/p/write", "/desk/in/", "/en/desk/case/1/confirm/"} <= routes()


@pytest.mark.threat("P1")
@pytest.mark.parametrize("path", sorted(routes()))
def test_no_route_takes_a_file_or_too_much(client, path):
    key = {"Idempotency-Key": str(uuid.uuid4())}
    assert client.post(path, {"file": "x"}).status_code == 415  # multipart, which is the test client's own
    assert client.post(path, b"x", content_type="image/jpeg", headers=key).status_code == 415
    assert client.post(path, b"x", content_type="text/plain", headers=key).status_code == 415
    big = "x" * (2_000_001 if path.endswith("/send") else 256_001)
    assert client.post(path, big, content_type="application/json", headers=key).status_code == 413
    chunked = client.post(path, "x", content_type="application/json", HTTP_TRANSFER_ENCODING="chunked")
    assert chunked.status_code == 413
    assert not Case.objects.exists()


@pytest.mark.threat("P1")
def test_a_report_takes_no_text_that_is_too_long(client):
    assert sent(client, a_report(story="x" * 300_000)).status_code == 422
    assert not Case.objects.exists()


def test_without_a_key_of_its_own_nothing_is_taken(client):
    for key in ("", "1", "x" * 36, str(uuid.uuid1()), "0" * 32, uuid.uuid4().hex):
        answer = client.post(
            "/s/send", json.dumps(a_report()), content_type="application/json", headers={"Idempotency-Key": key}
        )
        assert answer.status_code == 400
    assert not Case.objects.exists()


@pytest.mark.threat("K1")
def test_nothing_of_what_was_told_stands_in_clear_in_the_tables(client):
    report = a_report(pin="71829")
    answer = sent(client, report)
    planted = [
        report["items"][0]["parts"][0]["pdq"],
        report["items"][0]["sha256"],
        report["items"][0]["md5"],
        "forum.example",
        "fotohoek",
        "maandag",
        "noor@example.nl",
        "71829",
        *answer.json()["code"],
        " ".join(answer.json()["code"]),
    ]
    dump = dump_of_tables()
    for value in planted:
        # Whole words: "stam" stands in "timestamp".
        assert not re.search(rb"(?<![a-z])" + re.escape(value.encode()) + rb"(?![a-z])", dump)
        if len(value) in (32, 64) and set(value) <= set("0123456789abcdef"):
            assert bytes.fromhex(value) not in dump


@pytest.mark.threat("K9")
def test_what_is_acknowledged_survives_a_power_cut():
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            assert cursor.execute("PRAGMA synchronous").fetchone() == (2,)
            assert cursor.execute("PRAGMA foreign_keys").fetchone() == (1,)
        else:
            cursor.execute("SHOW synchronous_commit")
            assert cursor.fetchone() == ("on",)
            cursor.execute("SHOW fsync")
            assert cursor.fetchone() == ("on",)


def dump_of_tables(of: str = "") -> bytes:
    """Every value of every table, or of one, one after the other."""
    found = []
    with connection.cursor() as cursor:
        for table in [of] if of else connection.introspection.table_names():
            cursor.execute(f'SELECT * FROM "{table}"')  # noqa: S608 - names of our own
            for row in cursor.fetchall():
                found += [bytes(each) if isinstance(each, bytes | memoryview) else str(each).encode() for each in row]
    return b"\n".join(found)
