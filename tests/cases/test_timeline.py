"""What the person sees of a case: the platform and the day; nothing of a trace before a case worker confirmed it."""

from dataclasses import fields
from datetime import UTC, date, datetime, timedelta

import pytest

from haalweg.cases.timeline import LABELS, SENTENCES, EventKind, FoundBy, Happened, Line, seen_by_the_person

SEEN_AT = datetime(2026, 5, 6, 7, 15, tzinfo=UTC)
NOW = SEEN_AT + timedelta(days=3)


def a_match(kind=EventKind.SEEN_AND_BLOCKED, **more):
    return Happened(kind, SEEN_AT, "Vonk", **more)


@pytest.mark.threat("C6")
@pytest.mark.parametrize("kind", list(EventKind))
@pytest.mark.parametrize("found_by", [FoundBy.SOURCE_TRACE, FoundBy.SAME_PHOTO])
def test_a_stalker_who_enrols_a_photo_learns_nothing_from_what_it_finds(kind, found_by):
    assert seen_by_the_person([a_match(kind=kind, found_by=found_by)], now=NOW) == ()


def test_what_a_trace_found_is_shown_from_the_moment_a_case_worker_confirmed_it():
    match = a_match(found_by=FoundBy.SOURCE_TRACE, confirmed_at=SEEN_AT + timedelta(days=1))
    assert seen_by_the_person([match], now=SEEN_AT + timedelta(hours=23)) == ()
    assert len(seen_by_the_person([match], now=SEEN_AT + timedelta(days=1))) == 1


def test_where_the_photo_itself_hangs_is_never_shown_even_when_confirmed():
    assert seen_by_the_person([a_match(found_by=FoundBy.SAME_PHOTO, confirmed_at=SEEN_AT)], now=NOW) == ()


def test_a_lead_is_not_shown_before_it_was_confirmed_whatever_found_it():
    assert seen_by_the_person([a_match(kind=EventKind.LEAD)], now=NOW) == ()


def test_a_match_shows_platform_and_day():
    (line,) = seen_by_the_person([a_match(found_by=FoundBy.SIGNATURE)], now=NOW)
    assert line.day == date(2026, 5, 6)
    assert line.sentence.nl == "Vonk hield het tegen, voordat iemand het zag."
    assert line.sentence.en == "Vonk stopped it before anyone saw it."


def test_no_event_and_no_line_has_room_for_a_post():
    assert {each.name for each in fields(Happened)} == {"kind", "at", "platform", "found_by", "confirmed_at"}
    assert {each.name for each in fields(Line)} == {"day", "kind", "label", "sentence"}


def test_the_newest_stands_first_and_what_is_yet_to_come_not_at_all():
    events = [
        Happened(EventKind.RECEIVED, SEEN_AT),
        Happened(EventKind.HELD, NOW),
        Happened(EventKind.SEEN, NOW + timedelta(days=1)),
    ]
    assert [line.kind for line in seen_by_the_person(events, now=NOW)] == [EventKind.HELD, EventKind.RECEIVED]


@pytest.mark.parametrize("kind", list(EventKind))
def test_each_kind_has_a_label_and_a_sentence_in_both_languages(kind):
    (line,) = seen_by_the_person([Happened(kind, SEEN_AT, confirmed_at=SEEN_AT)], now=NOW)
    assert line.label == LABELS[kind]
    assert "{" not in line.sentence.nl + line.sentence.en
    assert line.sentence.nl.endswith(".")
    assert line.sentence.en.endswith(".")
    assert line.sentence.nl != line.sentence.en


def test_every_kind_is_in_both_tables():
    assert set(LABELS) == set(SENTENCES) == set(EventKind)
