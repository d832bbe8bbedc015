"""A page of the feed: what goes out to whom, and what is done with a page that is not what it should be."""

from __future__ import annotations

import base64
import json
import re

import pytest

from haalweg.adapters.bank_file import BankFile
from haalweg.banks import Assurance, BankKind, BankSettings, Cursor, EntryId, Feedback, Opinion, WithdrawalReason
from haalweg.banks.feed import FeedError, FeedPage, Subscriber, Tier, page_for
from haalweg.signals import SignalType
from tests.banks.building import DAY, MD5, NOW, PDQ, SHA256, TRACE, VPDQ, codes, new_entries, traces, video

ASKED = WithdrawalReason.ASKED


@pytest.fixture
def store(tmp_path):
    with BankFile.new(tmp_path / "plain.bank", None, now=NOW) as made:
        made.make_bank("HELPLINE", now=NOW, settings=BankSettings(20))
        yield made


@pytest.fixture
def bank(store):
    return store.banks()[0]


def subscriber(*banks, tier=Tier.HASHES_AND_TRACES, secret=b"s" * 32):
    return Subscriber(secret, tier, frozenset(bank.id for bank in banks))


def page(store, who, after=None, *, most=100):
    return page_for(store, who, after, most=most, now=NOW)


def with_one_of_each(store, bank):
    for signal_type, value in ((PDQ, codes(1)), (SHA256, codes(1, seed=1)), (MD5, codes(1, width=16))):
        store.add(new_entries(bank, value, signal_type, source="sunflower", note="sunflower"), now=NOW)
    store.add(new_entries(bank, [video()], VPDQ, assurance=Assurance.SEEN, expires_at=NOW + DAY), now=NOW)
    store.add(new_entries(bank, traces(1), TRACE, assurance=Assurance.SPOKEN), now=NOW)


def test_a_page_says_what_is_live_in_the_notation_of_the_field(store, bank):
    with_one_of_each(store, bank)
    content = json.loads(page(store, subscriber(bank)).as_json())
    assert content["banks"] == [
        {
            "name": "HELPLINE",
            "kind": "positive",
            "threshold_bits": 20,
            "video_query_percent": 80,
            "video_entry_percent": 0,
        }
    ]
    assert [(each["signal_type"], each["value"]) for each in content["entries"]] == [
        ("pdq", codes(1)[0].tobytes().hex()),
        ("sha256", codes(1, seed=1)[0].tobytes().hex()),
        ("md5", codes(1, width=16)[0].tobytes().hex()),
        ("vpdq", base64.b64encode(video()).decode()),
        ("trace", base64.b64encode(traces(1)[0]).decode()),
    ]
    assert content["entries"][3]["assurance"] == "seen"
    assert content["entries"][3]["expires_at"] == "2026-03-02T09:00:00+00:00"
    assert (content["after"], content["cursor"], content["more"]) == (None, "6.0.0", False)
    assert content["head"] == str(store.head())


def test_a_page_is_read_as_it_was_written(store, bank):
    with_one_of_each(store, bank)
    store.withdraw([EntryId(1)], reason=ASKED, now=NOW)
    for after in (None, Cursor(1, 0), Cursor(3, 0)):
        told = page(store, subscriber(bank), after, most=2)
        assert FeedPage.from_json(told.as_json()) == told


@pytest.mark.threat("X2")
@pytest.mark.parametrize(
    ("tier", "kinds"),
    [
        (Tier.LOOK_UP, set()),
        (Tier.HASHES, {"pdq", "sha256", "md5", "vpdq"}),
        (Tier.HASHES_AND_TRACES, {"pdq", "sha256", "md5", "vpdq", "trace"}),
    ],
)
def test_a_tier_gets_its_kinds_of_values_and_no_other(store, bank, tier, kinds):
    with_one_of_each(store, bank)
    told = page(store, subscriber(bank, tier=tier))
    assert {entry.signal_type for entry in told.entries} == kinds
    text = told.as_json()
    assert (base64.b64encode(traces(1)[0]).decode() in text) is (tier is Tier.HASHES_AND_TRACES)
    assert (codes(1)[0].tobytes().hex() in text) is (tier is not Tier.LOOK_UP)
    assert told.cursor == Cursor(6, 0)


@pytest.mark.threat("X1")
def test_only_the_banks_that_a_subscriber_was_given_go_out(store, bank):
    other = store.make_bank("OTHER", now=NOW)
    store.add(new_entries(bank, codes(2)), now=NOW)
    store.add(new_entries(other, codes(1, seed=1)), now=NOW)
    told = page(store, subscriber(other))
    assert [each.name for each in told.banks] == ["OTHER"]
    assert [entry.value for entry in told.entries] == [codes(1, seed=1)[0].tobytes()]
    assert page(store, subscriber()).entries == ()


@pytest.mark.threat("X3")
def test_a_reference_leads_back_to_its_entry_for_who_has_the_secret_alone(bank):
    one, two = (subscriber(bank, secret=letter * 32) for letter in (b"a", b"b"))
    numbers = [1, 2, 4096, (1 << 40) - 1]
    refs = one.refs(numbers)
    assert [one.entry(ref) for ref in refs] == numbers
    assert [two.entry(ref) for ref in refs] == [None] * 4
    assert len(set(refs) | set(two.refs(numbers))) == 8
    assert one.refs([]) == []


def test_how_many_confirmed_an_entry_is_told_and_not_who(store, bank):
    store.add(new_entries(bank, codes(2)), now=NOW)
    store.say([Feedback(EntryId(2), who, Opinion.BLOCKED, None, 1, NOW) for who in ("sunflower", "tulip")])
    told = page(store, subscriber(bank))
    assert told.confirmed == ((told.entries[1].ref, 2),)
    assert "sunflower" not in told.as_json()
    assert page(store, subscriber(bank, tier=Tier.LOOK_UP)).confirmed == ()


@pytest.mark.threat("X3")
def test_two_subscribers_share_no_reference_and_no_epoch(store, bank):
    store.add(new_entries(bank, codes(50)), now=NOW)
    one, two = (page(store, subscriber(bank, secret=letter * 32)) for letter in (b"a", b"b"))
    assert {entry.ref for entry in one.entries}.isdisjoint(entry.ref for entry in two.entries)
    assert one.epoch != two.epoch
    assert page(store, subscriber(bank, secret=b"a" * 32)) == one


def test_another_tier_or_another_bank_is_another_epoch_so_that_everything_is_replaced(store, bank):
    other = store.make_bank("OTHER", now=NOW)
    whos = [subscriber(bank), subscriber(bank, other), subscriber(bank, tier=Tier.HASHES)]
    assert len({page(store, who).epoch for who in whos}) == 3


def test_neither_source_nor_note_nor_number_of_an_entry_goes_out(store, bank):
    with_one_of_each(store, bank)
    text = page(store, subscriber(bank)).as_json()
    assert "sunflower" not in text
    assert {*json.loads(text)["entries"][0]} == {
        *("ref", "bank", "signal_type", "value", "quality", "assurance", "expires_at")
    }


@pytest.mark.threat("X5")
def test_what_is_withdrawn_is_told_to_every_tier_that_got_values(store, bank):
    store.add(new_entries(bank, codes(3)), now=NOW)
    before = page(store, subscriber(bank))
    store.withdraw([EntryId(2)], reason=ASKED, now=NOW)
    for tier in (Tier.HASHES, Tier.HASHES_AND_TRACES):
        assert page(store, subscriber(bank, tier=tier), before.cursor).withdrawn == (before.entries[1].ref,)


@pytest.mark.threat("K4")
def test_no_value_and_no_secret_stands_in_a_repr(store, bank):
    store.add(new_entries(bank, codes(1)), now=NOW)
    told = page(store, subscriber(bank))
    text = f"{told!r} {told.entries!r} {subscriber(bank)!r}"
    assert codes(1)[0].tobytes().hex() not in text
    assert repr(told.entries[0].value)[2:20] not in text
    assert "ssss" not in text


def test_a_secret_that_is_too_short_is_refused():
    with pytest.raises(ValueError, match=re.escape("A subscriber's secret of 8 bytes: it has 32 at least.")):
        Subscriber(b"x" * 8, Tier.HASHES, frozenset())


# X7: pages that are not what they should be


@pytest.fixture
def content(store, bank):
    with_one_of_each(store, bank)
    return json.loads(page(store, subscriber(bank)).as_json())


@pytest.mark.threat("X7")
@pytest.mark.parametrize(
    "change",
    [
        {"ref": "AB" * 16},
        {"ref": "ab" * 15},
        {"ref": None},
        {"bank": "ANOTHER"},
        {"bank": None},
        {"bank": ["HELPLINE"]},
        {"signal_type": "photodna"},
        {"value": "00" * 31},
        {"value": "0" * 63 + " "},
        {"value": "AB" * 32},
        {"value": 7},
        {"value": None},
        {"quality": 101},
        {"quality": -1},
        {"quality": True},
        {"quality": 50.0},
        {"quality": "50"},
        {"assurance": "certain"},
        {"assurance": None},
        {"expires_at": "tomorrow"},
        {"expires_at": "2027-01-01T00:00:00"},
        {"expires_at": 5},
        {"expires_at": "9999-12-31T23:59:59-14:00"},
        {"signal_type": "vpdq", "value": base64.b64encode(b"x" * 40).decode()},
        {"signal_type": "vpdq", "value": ""},
        {"signal_type": "vpdq", "value": "*" * 56},
        {"signal_type": "trace", "value": base64.b64encode(b"x" * 700).decode()},
    ],
)
def test_one_bad_record_is_counted_and_left_out_and_the_rest_is_read(content, change):
    content["entries"][0] |= change
    read = FeedPage.from_json(json.dumps(content))
    assert (len(read.entries), read.skipped) == (4, 1)


@pytest.mark.threat("X7")
@pytest.mark.parametrize("row", [None, 7, "x", [], {}, {"ref": "00" * 16}])
def test_a_record_that_is_none_is_counted_too(content, row):
    content["entries"].append(row)
    read = FeedPage.from_json(json.dumps(content))
    assert (len(read.entries), read.skipped) == (5, 1)


def test_a_reference_that_comes_twice_counts_once(content):
    content["entries"].append(content["entries"][1])
    read = FeedPage.from_json(json.dumps(content))
    assert ([entry.signal_type for entry in read.entries], read.skipped) == ([PDQ, SHA256, MD5, VPDQ, TRACE], 1)


@pytest.mark.threat("X7")
@pytest.mark.parametrize(
    "change", [{"name": "../x"}, {"name": None}, {"kind": "good"}, {"threshold_bits": 32}, {"threshold_bits": True}]
)
def test_a_bad_bank_is_left_out_with_all_its_entries(content, change):
    content["banks"][0] |= change
    read = FeedPage.from_json(json.dumps(content))
    assert (read.banks, read.entries, read.skipped) == ((), (), 6)


@pytest.mark.threat("X7")
@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"version": 2}, "A feed page of another version; this haalweg reads version 1."),
        ({"extra": 1}, "A feed page with other fields than version 1 has, or without one of them."),
        ({"more": 1}, "A feed page that does not say whether there is more: true or false."),
        ({"confirmed": [["00" * 16]]}, "A feed page whose confirmed are no pairs of a reference and a count."),
        ({"confirmed": [["00" * 16, True]]}, "A feed page whose confirmed are no pairs of a reference and a count."),
        ({"confirmed": [["00" * 16, -1]]}, "A feed page whose confirmed are no pairs of a reference and a count."),
        (
            {"confirmed": [["00", 1]]},
            "A feed page with a value in confirmed that is not 16 bytes in lower-case hexadecimal.",
        ),
        ({"epoch": "00"}, "A feed page with a value in epoch that is not 8 bytes in lower-case hexadecimal."),
        ({"cursor": "1"}, "A feed page without a cursor in cursor: 1 characters that are no cursor. Good: 1048.3.7."),
        (
            {"cursor": "-1.0"},
            "A feed page without a cursor in cursor: 4 characters that are no cursor. Good: 1048.3.7.",
        ),
        ({"after": 5}, "A feed page without a cursor in after: 0 characters that are no cursor. Good: 1048.3.7."),
        (
            {"withdrawn": ["00" * 16, "zz" * 16]},
            "A feed page with a value in withdrawn that is not 16 bytes in lower-case hexadecimal.",
        ),
        ({"withdrawn": None}, "A feed page whose withdrawn are no list."),
        ({"entries": {}}, "A feed page whose entries are no list."),
        ({"entries": [0] * 10_001}, "A feed page with 10,001 entries; it holds at most 10,000."),
        (
            {"head": "5"},
            (
                "A feed page without the head of its source's log: A witness is a row number, a colon and 64 "
                "hexadecimal digits, as the check printed it."
            ),
        ),
    ],
)
def test_a_broken_page_is_refused_whole_with_a_sentence(content, change, sentence):
    with pytest.raises(FeedError) as caught:
        FeedPage.from_json(json.dumps(content | change))
    assert str(caught.value) == sentence


@pytest.mark.threat("X7")
@pytest.mark.parametrize("text", ["", "[]", "7", "{", "[" * 100_000, '{"version":' + "1" * 5000 + "}", b"\xff\xfe"])
def test_what_is_no_page_is_refused(text):
    with pytest.raises(FeedError):
        FeedPage.from_json(text)


@pytest.mark.threat("X7")
def test_a_page_cut_short_anywhere_is_refused(content):
    text = json.dumps(content)
    for length in range(0, len(text), 97):
        with pytest.raises(FeedError):
            FeedPage.from_json(text[:length])


def test_a_negative_bank_is_told_as_one(store):
    screens = store.make_bank("SCREENS", now=NOW, kind=BankKind.NEGATIVE)
    assert page(store, subscriber(screens)).banks[0].kind is BankKind.NEGATIVE
    assert SignalType.TRACE not in Tier.HASHES.signal_types


def test_what_is_reported_by_law_never_goes_out_whoever_names_it(store, bank):
    hotline = store.make_bank("HOTLINE", now=NOW, kind=BankKind.REPORT_BY_LAW)
    store.add(new_entries(hotline, codes(3)), now=NOW)
    store.add(new_entries(bank, codes(1, seed=1)), now=NOW)
    told = page(store, subscriber(bank, hotline))
    assert [each.name for each in told.banks] == ["HELPLINE"]
    assert [each.bank for each in told.entries] == ["HELPLINE"]
    assert "HOTLINE" not in told.as_json()
    assert "report_by_law" not in told.as_json()
