"""A report is read strictly, its age gate first, and no error or repr shows what was sent."""

import json
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from haalweg.reports.report import MOST_STORY, NotKeptError, Report, ReportError, holds_encoded

PDQ = "0f" * 16 + "f0" * 16  # 128 of 256 bits are set
ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=6,
)


def a_report(**more):
    part = {"inner": None, "quality": 93, "pdq": PDQ}
    item = {
        "kind": "picture",
        "name": "Foto 1",
        "parts": [part],
        "sha256": None,
        "md5": None,
        "frames": [],
        "trace": None,
    }
    return {
        "version": 1,
        "language": "nl",
        "age": {"in_picture": "yes", "in_source_photo": "yes", "others": "nobody"},
        "for": "self",
        "authority": None,
        "have": "picture",
        "items": [item],
        "places": [{"url": "https://forum.example/99"}],
        "story": "Planted words.",
        "consents": ["bank", "partners_like:forum"],
        "contact": {"email": "planted@mail.example", "for": ["news"]},
        "pin": "4711",
    } | more


def read(content):
    return Report.from_json(json.dumps(content).encode())


def places_of_problems(content):
    """Where something is wrong; empty for a report that is taken."""
    try:
        read(content)
    except ReportError as error:
        return [problem.at for problem in error.problems]
    return []


def test_a_report_is_read_and_shows_nothing_of_itself():
    report = read(a_report())
    assert bytes(report.items[0].parts[0].hashed.hash).hex() == PDQ
    assert report.consents == ("bank", "partners_like:forum")
    shown = repr((report, report.items, report.places, report.contact))
    assert not any(planted in shown for planted in ("Planted", "planted", "4711", "forum.example", "Foto 1"))


@pytest.mark.parametrize(
    "age", [None, {}, [], "yes", {"in_picture": "yes", "in_source_photo": "yes", "others": "unknown"}]
)
def test_where_somebody_may_be_under_18_nothing_else_is_looked_at(age):
    with pytest.raises(NotKeptError) as refused:
        read({"age": age, "version": "nonsense", "story": "Planted words."})
    assert "Planted" not in str(refused.value)
    assert refused.value.__context__ is None or refused.value.__suppress_context__


@given(st.sampled_from(sorted(a_report().keys() - {"age"})), ANYTHING)
def test_whatever_stands_in_a_field_is_taken_or_named_by_its_place(name, value):
    named = {at.split(".")[0].split("[")[0] for at in places_of_problems(a_report(**{name: value}))}
    assert named <= {name, "$", "items"} | ({"authority"} if name == "for" else set())  # these fit each other or not


@given(st.sampled_from(["kind", "name", "parts", "sha256", "md5", "frames", "trace"]), ANYTHING)
def test_whatever_stands_in_an_item_is_taken_or_named_by_its_place(name, value):
    content = a_report()
    content["items"][0][name] = value
    assert all(at.startswith("items") for at in places_of_problems(content))


@given(st.binary(max_size=200))
def test_bytes_that_are_no_report_are_refused(content):
    with pytest.raises((ReportError, NotKeptError)):
        Report.from_json(content)


@pytest.mark.threat("P7")
@pytest.mark.parametrize("pdq", ["0" * 64, "f" * 64, "0123456789abcdef0123456789abcdef" * 2, PDQ[:-1], PDQ + "0"])
def test_the_hash_of_no_picture_is_refused_at_its_place(pdq):
    content = a_report()
    content["items"][0]["parts"][0]["pdq"] = pdq
    assert places_of_problems(content)[0] == "items[0].parts[0].pdq"


@pytest.mark.parametrize("sign", [".", "/", "a.", "a/", "://", "x://", ".a/", "A", "[", "@", ":", "\u3002"])
def test_a_story_made_to_be_slow_to_read_is_not(sign):
    begun = time.process_time()
    places_of_problems(a_report(story=(sign * MOST_STORY)[:MOST_STORY]))
    assert time.process_time() - begun < 1  # it takes milliseconds; one that tries all ways takes half a minute


@pytest.mark.parametrize(
    ("text", "is_encoded"),
    [
        ("A1b2" * 31, True),
        ("Hij zei: " + "ha" * 60, False),
        ("zie (https://forum.example/" + "a1" * 100 + ").", False),
        ("https://forum.example/" + "a1" * 301, True),
        ("x://" + "a1" * 61, True),
    ],
)
def test_a_long_run_that_is_no_plain_text_is_told_from_a_link(text, is_encoded):
    assert holds_encoded(text) == is_encoded


def test_another_field_is_refused_wherever_it_stands():
    assert set(places_of_problems(a_report(more=1))) == {"$"}
    assert places_of_problems(a_report(age=a_report()["age"] | {"more": 1})) == ["age"]
    assert places_of_problems(a_report(places=[{"url": "https://forum.example/9", "more": 1}])) == ["places[0]"]
