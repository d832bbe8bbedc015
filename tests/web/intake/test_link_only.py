"""Only a link, in a plain form without a script: the age gate first, kept once, and what is missing is said."""

from __future__ import annotations

import re
import uuid
from typing import TYPE_CHECKING, Any

import pytest

from haalweg.reports.case_code import CaseCode
from haalweg.reports.locations import Location
from haalweg.web.intake import link_only
from haalweg.web.intake.prefixes import MOST_REPORTS
from haalweg.web.store.models import Case, Message, Place

if TYPE_CHECKING:
    from tests.web.browsing import Browser

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("machine_door")]


def told(**more: str) -> dict[str, Any]:
    return {
        "key": str(uuid.uuid4()),
        "whom": "self",
        "age": "yes",
        "source": "no_such_picture",
        "others": "nobody",
        "places": "https://forum.example/draad/12\n\nfotohoek, album 9\n",
        "story": "Het staat er sinds maandag.",
        "consent": "notices",
    } | more


def words_of(client: Browser, answer: Any) -> list[str]:
    """Follow to the page with the words."""
    html = client.get(answer.headers["Location"]).content.decode()
    return re.findall(r'<li><i aria-hidden="true">\d</i>(\w+)</li>', html)


@pytest.mark.parametrize("path", ["/s/link", "/en/s/link"])
def test_a_link_is_kept_and_answered_with_eight_words(client, path):
    answer = client.submit(path, **told())
    assert (answer.status_code, answer.headers["Location"]) == (302, path.replace("link", "words"))
    assert len(CaseCode.parse(" ".join(words_of(client, answer))).words) == 8
    (case,) = Case.objects.all()
    assert (case.have, case.language, case.for_someone_else) == ("only_link", "en" if "/en" in path else "nl", False)
    assert Place.objects.count() == 2
    assert Message.objects.count() == 1
    assert [each.what for each in case.consents.all()] == ["notices"]
    assert not case.signatures.exists()


def test_sent_twice_it_is_kept_once(client):
    once = told()
    first, second = (words_of(client, client.submit("/s/link", **once)) for _ in range(2))
    assert first == second
    assert Case.objects.count() == 1


def test_what_was_changed_after_the_first_time_is_said_not_to_be_in_it(client):
    once = told()

    def says_so(path, **more):
        page = client.get(client.submit(path, **once | more).headers["Location"]).content.decode()
        return "niet in" in page

    assert not says_so("/s/link")
    assert not says_so("/en/s/link")
    assert says_so("/s/link", story="Het staat er sinds zondag.")
    assert Case.objects.count() == 1


def test_the_words_are_shown_once(client):
    answer = client.submit("/s/link", **told())
    assert len(words_of(client, answer)) == 8
    assert client.get("/s/words").headers["Location"] == "/c"
    assert client.get("/en/s/words").headers["Location"] == "/en/c"


@pytest.mark.parametrize(
    "key",
    [
        "x",
        "00000000-0000-0000-0000-000000000000",
        "ecb0a382-e9dc-11f1-bde6-02fc00000001",  # of a clock and a network card
        "{d0ef5be8-0f47-486b-ac55-51885fe8589d}",
    ],
)
def test_a_key_that_can_be_foreseen_is_not_taken(client, key):
    first, second = (words_of(client, client.submit("/s/link", **told(key=key))) for _ in range(2))
    assert first != second


@pytest.mark.threat("P4")
def test_an_age_that_is_corrected_stops_what_was_kept(client):
    once = told()
    client.submit("/s/link", **once)
    client.submit("/s/link", **once | {"age": "unknown"})
    assert Case.objects.get().state == "under_age"


def test_the_form_is_made_with_a_key_of_its_own(client):
    pages = [client.get("/s/link").content.decode() for _ in range(2)]
    first, second = (re.findall(r'name="key" value="([0-9a-f-]{36})"', page) for page in pages)
    assert len(first) == len(second) == 1
    assert first != second


@pytest.mark.threat("P4")
@pytest.mark.parametrize("field", ["age", "source", "others"])
@pytest.mark.parametrize("answer", ["no", "unknown"])
def test_where_somebody_may_be_under_18_nothing_is_kept_and_help_is_shown(client, field, answer):
    page = client.submit("/s/link", **told(**{field: answer}))
    assert "takeitdown.ncmec.org" in page.content.decode()
    assert "forum.example" not in page.content.decode()
    assert not Case.objects.exists()


@pytest.mark.threat("P4")
@pytest.mark.parametrize("field", ["age", "source", "others"])
@pytest.mark.parametrize("missing", ["whom", "age", "source", "others"])
def test_who_may_be_under_18_is_helped_before_anything_else_is_asked(client, field, missing):
    page = client.submit("/s/link", **told(**{missing: "", field: "unknown"}))
    assert (page.status_code, "takeitdown.ncmec.org" in page.content.decode()) == (200, True)
    assert "forum.example" not in page.content.decode()


@pytest.mark.parametrize("field", ["whom", "age", "source", "others"])
@pytest.mark.parametrize("given", ["", "nonsense"])
def test_a_question_without_an_answer_is_asked_again_and_the_rest_is_still_there(client, field, given):
    answer = client.submit("/s/link", **told(**{field: given}))
    page = answer.content.decode()
    assert answer.status_code == 422
    assert re.search(r"<title>Kijk even\. Begin", page)
    assert f'aria-describedby="{field}-error"' in page
    assert page.count('class="error-text"') == 1
    assert "https://forum.example/draad/12" in page
    assert page.count(" checked") == 4  # three answers and the consent
    assert not Case.objects.exists()


@pytest.mark.parametrize(
    ("more", "field"),
    [
        ({"places": " \n", "story": ""}, "places"),
        ({"places": "data:image/png;base64,AAAA"}, "places"),
        ({"places": "https://forum.example/1\n" * 101}, "places"),
        ({"story": "QUJD" * 40}, "story"),
    ],
)
def test_what_cannot_be_taken_is_said_at_its_field(client, more, field):
    answer = client.submit("/en/s/link", **told(**more))
    assert answer.status_code == 422
    assert f'<a href="#{field}">' in answer.content.decode()
    assert f'id="{field}-error"' in answer.content.decode()
    assert not Case.objects.exists()


@pytest.mark.parametrize(("whom", "authority"), [("asked", True), ("lawyer_or_helper", True), ("self", False)])
def test_who_it_is_about_is_kept(client, whom, authority):
    client.submit("/s/link", **told(whom=whom))
    assert Case.objects.get().for_someone_else is authority


def test_what_is_told_alone_will_do(client):
    assert client.submit("/s/link", **told(places="")).status_code == 302
    assert Case.objects.exists()


def test_too_many_of_one_network_are_told_whom_to_call(client):
    assert {client.submit("/s/link", **told()).status_code for _ in range(MOST_REPORTS)} == {302}
    answer = client.submit("/s/link", **told())
    assert answer.status_code == 429
    assert "020-261 52 75" in answer.content.decode()
    assert Case.objects.count() == MOST_REPORTS


def test_where_there_are_too_many_nothing_is_read_of_one_more(client, monkeypatch):
    monkeypatch.setattr("haalweg.web.intake.prefixes.MOST_REPORTS", 0)
    monkeypatch.setattr(link_only, "lines_of", None)
    assert client.submit("/s/link", **told()).status_code == 429


def test_of_too_many_links_none_is_read(client, monkeypatch):
    monkeypatch.setattr(Location, "parse", None)
    assert client.submit("/s/link", **told(places="x\n" * 101)).status_code == 422
