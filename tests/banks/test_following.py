"""A source's feed taken into a store: the follower holds what the source holds, and never what it was told is gone."""

from __future__ import annotations

import random
from collections import Counter
from dataclasses import replace
from typing import Any

import pytest

from haalweg.adapters.bank_file import BankFile
from haalweg.adapters.bank_file.bank_file import _begin_epoch
from haalweg.banks import (
    Assurance,
    BankError,
    BankKind,
    BankSettings,
    Cursor,
    DisputeReason,
    EntryId,
    Feedback,
    Opinion,
    WithdrawalReason,
)
from haalweg.banks.feed import FeedPage, Subscriber, Tier, page_for
from haalweg.banks.following import Following, NewFollowed, Outcome
from haalweg.keeping.audit import Act
from haalweg.matching import LiveBank
from tests.banks.building import DAY, NOW, PDQ, SHA256, TRACE, VPDQ, codes, live_values, new_entries, traces, video

ASKED = WithdrawalReason.ASKED
SECRET = b"s" * 32


@pytest.fixture
def source(tmp_path):
    with BankFile.new(tmp_path / "source.bank", None, now=NOW) as made:
        made.make_bank("ONE", now=NOW)
        yield made


@pytest.fixture
def here(tmp_path):
    with BankFile.new(tmp_path / "here.bank", None, now=NOW) as made:
        yield made
        assert made.check().is_whole


@pytest.fixture
def bank(source):
    return source.banks()[0]


def following(store, name="HELPLINE", *, most_assurance=Assurance.SEEN, **more):
    return Following(store, name, most_assurance=most_assurance, **more)


def count(store, bank):
    return sum(each.bank == bank.id for each in store.entries(now=NOW))


def subscriber(source, tier=Tier.HASHES_AND_TRACES):
    return Subscriber(SECRET, tier, frozenset(bank.id for bank in source.banks()))


def next_page(source, follower, *, most=1000, now=NOW, tier=Tier.HASHES_AND_TRACES, **more):
    after = follower.position(now=now).cursor
    told = page_for(source, subscriber(source, tier), after, most=most, now=now, **more)
    return FeedPage.from_json(told.as_json())


def caught_up(source, follower, *, now=NOW, most=1000, tier=Tier.HASHES_AND_TRACES, may_grow=False):
    """Fetch until there is no more; what became of the last page."""
    while True:
        told = next_page(source, follower, most=most, now=now, tier=tier)
        taken = follower.take_in(told, now=now, may_grow=may_grow)
        if taken.outcome is Outcome.HELD or (taken.outcome is Outcome.TAKEN and not told.more):
            return taken


def test_each_bank_of_a_source_becomes_a_bank_of_its_own_here(source, here, bank):
    other = source.make_bank("TWO", now=NOW, settings=BankSettings(20, 90, 10))
    source.add(new_entries(bank, codes(2), assurance=Assurance.SPOKEN), now=NOW)
    source.add(new_entries(other, codes(1, seed=1), source="theirs", note="17"), now=NOW)
    taken = caught_up(source, following(here))
    assert (taken.outcome, taken.came) == (Outcome.TAKEN, 3)
    assert [(each.name, each.settings) for each in here.banks()] == [
        ("HELPLINE_ONE", BankSettings()),
        ("HELPLINE_TWO", BankSettings(20, 90, 10)),
    ]
    entries = list(here.entries(now=NOW))
    assert [(entry.source, entry.note, entry.assurance) for entry in entries] == [
        ("HELPLINE", "", Assurance.SPOKEN),
        ("HELPLINE", "", Assurance.SPOKEN),
        ("HELPLINE", "", Assurance.SELF_REPORTED),
    ]


def test_what_is_added_and_withdrawn_there_comes_and_goes_here(source, here, bank):
    follower = following(here)
    source.add(new_entries(bank, codes(3)), now=NOW)
    caught_up(source, follower)
    source.withdraw([EntryId(2)], reason=ASKED, now=NOW)
    source.add(new_entries(bank, codes(1, seed=1)), now=NOW)
    taken = caught_up(source, follower)
    assert (taken.came, taken.gone) == (1, 1)
    assert live_values(here) == live_values(source)
    assert [row.act for row in here.audit()][-2:] == [Act.RELEASED, Act.IMPORTED]


def test_how_many_platforms_confirmed_an_entry_is_told_and_taken_back(source, here, bank):
    follower = following(here)
    source.add(new_entries(bank, codes(3)), now=NOW)
    source.say([said_of(3, "forum"), said_of(3, "school"), said_of(1, "forum")])
    while next_page(source, follower, most=1).more:
        follower.take_in(next_page(source, follower, most=1), now=NOW)
    caught_up(source, follower)
    live = LiveBank(here, now=NOW)
    assert [standing_of(live, number).confirmations for number in (1, 2, 3)] == [1, 0, 2]
    source.say([said_of(3, "forum", Opinion.NOT_BLOCKED, DisputeReason.OTHER)])
    source.say([said_of(1, "forum", Opinion.NOT_BLOCKED, DisputeReason.OTHER)])
    caught_up(source, follower)
    live.refresh(now=NOW)
    assert [standing_of(live, number).confirmations for number in (1, 2, 3)] == [0, 0, 1]


@pytest.mark.threat("X7")
def test_a_source_that_may_not_say_that_anything_was_seen_cannot_have_it_confirmed_either(source, here, bank):
    follower = following(here, most_assurance=Assurance.SPOKEN)
    source.add(new_entries(bank, codes(1)), now=NOW)
    source.say([said_of(1, "forum"), said_of(1, "school")])
    caught_up(source, follower)
    assert here.said() == ()


def said_of(entry, who, opinion=Opinion.BLOCKED, reason=None):
    return Feedback(EntryId(entry), who, opinion, reason, 1, NOW)


def standing_of(live, number):
    facts = live.facts(EntryId(number))
    assert facts is not None
    return facts.standing


@pytest.mark.threat("X7")
def test_a_source_that_takes_back_a_value_that_another_listed_destroys_its_own_entry_only(source, here, bank, tmp_path):
    with BankFile.new(tmp_path / "hostile.bank", None, now=NOW) as hostile:
        theirs = hostile.make_bank("ONE", now=NOW)
        source.add(new_entries(bank, codes(2)), now=NOW)
        hostile.add(new_entries(theirs, codes(2)), now=NOW)
        for store, name in ((source, "HELPLINE"), (hostile, "HOSTILE")):
            caught_up(store, following(here, name))
        hostile.withdraw([EntryId(1), EntryId(2)], reason=ASKED, now=NOW)
        assert caught_up(hostile, following(here, "HOSTILE")).gone == 2
    assert live_values(here) == live_values(source)
    assert {entry.source for entry in here.entries(now=NOW)} == {"HELPLINE"}


@pytest.mark.threat("X7")
def test_a_reference_of_one_source_means_nothing_from_another(source, here, bank):
    source.add(new_entries(bank, codes(1)), now=NOW)
    told = next_page(source, following(here))
    following(here).take_in(told, now=NOW)
    forged = replace(told, withdrawn=(told.entries[0].ref,), entries=())
    assert following(here, "HOSTILE").take_in(forged, now=NOW).gone == 0
    assert len(live_values(here)) == 1


@pytest.mark.threat("X7")
@pytest.mark.parametrize(
    ("said", "most", "counts_as"),
    [
        ("seen", "seen", "seen"),
        ("spoken", "seen", "spoken"),
        ("seen", "spoken", "self_reported"),
        ("spoken", "spoken", "spoken"),
        ("seen", "self_reported", "self_reported"),
    ],
)
def test_what_a_source_says_beyond_its_contract_counts_as_self_reported(source, here, bank, said, most, counts_as):
    source.add(new_entries(bank, codes(1), assurance=Assurance(said)), now=NOW)
    caught_up(source, following(here, most_assurance=Assurance(most)))
    assert [entry.assurance for entry in here.entries(now=NOW)] == [counts_as]


def test_two_entries_of_a_value_stay_two_so_that_one_can_be_taken_back(source, here, bank):
    source.add(new_entries(bank, codes(1)), now=NOW)
    source.add(new_entries(bank, codes(1), assurance=Assurance.SEEN), now=NOW)
    follower = following(here, most_assurance=Assurance.SELF_REPORTED)
    assert caught_up(source, follower).came == 2
    source.release([EntryId(1)], now=NOW)
    assert caught_up(source, follower).gone == 1
    assert len(live_values(here)) == 1


@pytest.mark.threat("X7")
def test_a_negative_bank_of_a_source_frees_nothing_here_unless_the_operator_says_so(source, here, bank):
    screens = source.make_bank("SCREENS", now=NOW, kind=BankKind.NEGATIVE)
    source.add(new_entries(bank, codes(1)), now=NOW)
    source.add(new_entries(screens, codes(1)), now=NOW)
    taken = caught_up(source, following(here))
    assert (taken.came, taken.skipped) == (1, 1)
    assert {each.kind for each in here.banks()} == {BankKind.POSITIVE}
    caught_up(source, following(here, "TRUSTED", takes_negative=True))
    assert [each.kind for each in here.banks()][-1] is BankKind.NEGATIVE


@pytest.mark.threat("X7")
def test_a_source_cannot_have_its_banks_match_more_than_ours_do(source, here):
    source.make_bank("WIDE", now=NOW, settings=BankSettings(31, 0, 0))
    source.add(new_entries(source.bank("WIDE"), codes(1)), now=NOW)
    caught_up(source, following(here))
    assert [each.settings for each in here.banks()] == [BankSettings()]


@pytest.mark.threat("X7")
def test_a_bank_of_ours_or_of_another_source_is_not_written_to(source, here, bank):
    here.make_bank("HELPLINE_ONE", now=NOW)
    source.add(new_entries(bank, codes(1)), now=NOW)
    source.add(new_entries(source.make_bank("TWO", now=NOW), codes(2)), now=NOW)
    taken = caught_up(source, following(here))
    assert (taken.came, taken.skipped, taken.refused) == (2, 1, 0)
    assert [each.partition(" in this file")[0] for each in taken.troubles] == ["There is a bank HELPLINE_ONE"]
    assert {each.name: count(here, each) for each in here.banks()} == {"HELPLINE_ONE": 0, "HELPLINE_TWO": 2}


@pytest.mark.threat("X7")
def test_a_bank_that_its_source_makes_one_of_another_kind_is_left_out(source, here, bank):
    two = source.make_bank("TWO", now=NOW)
    source.add(new_entries(bank, codes(1)), now=NOW)
    follower = following(here, takes_negative=True)
    caught_up(source, follower)
    source.add(new_entries(two, codes(2)), now=NOW)
    told = next_page(source, follower)
    turned = [replace(each, kind=BankKind.NEGATIVE) if each.name == "ONE" else each for each in told.banks]
    taken = follower.take_in(replace(told, banks=tuple(turned)), now=NOW)
    assert (taken.outcome, taken.came) == (Outcome.TAKEN, 2)
    said = "The source has made its bank HELPLINE_ONE a negative one, which it was not: it is left out."
    assert taken.troubles == (said,)
    nothing = NewFollowed(PDQ, Assurance.SEEN, None, (), (), ())
    with here.following("HELPLINE", now=NOW) as kept, pytest.raises(BankError, match=said):
        kept.take_in("HELPLINE_ONE", BankKind.NEGATIVE, BankSettings(), nothing)


def test_what_was_withdrawn_here_does_not_come_from_any_source(source, here, bank):
    here.withdraw_values(PDQ, [codes(2)[0].tobytes()], reason=ASKED, now=NOW)
    source.add(new_entries(bank, codes(2)), now=NOW)
    taken = caught_up(source, following(here))
    assert (taken.came, taken.refused) == (1, 1)


def test_an_entry_expires_here_when_it_does_there(source, here, bank):
    source.add(new_entries(bank, codes(1), expires_at=NOW + DAY), now=NOW)
    follower = following(here)
    caught_up(source, follower)
    assert (len(live_values(here)), len(live_values(here, now=NOW + DAY))) == (1, 0)
    here.forget_expired(now=NOW + DAY)
    source.withdraw([EntryId(1)], reason=ASKED, now=NOW + DAY)
    assert caught_up(source, follower, now=NOW + DAY).outcome is Outcome.TAKEN


# Growth


@pytest.mark.threat("X7")
def test_growth_of_more_than_half_in_one_fetch_is_held_and_its_withdrawals_are_not(source, here, bank):
    follower = following(here)
    source.add(new_entries(bank, codes(4000)), now=NOW)
    assert caught_up(source, follower).came == 1000  # the first time everything is new
    source.add(new_entries(bank, codes(2001, seed=1)), now=NOW)
    source.withdraw([EntryId(7)], reason=ASKED, now=NOW)
    assert caught_up(source, follower).outcome is Outcome.HELD
    assert len(live_values(here)) < 6000
    assert codes(4000)[6].tobytes() not in live_values(here)
    assert caught_up(source, follower, may_grow=True).outcome is Outcome.TAKEN
    assert Counter(live_values(here)) == Counter(live_values(source))


def test_a_few_entries_may_come_to_a_small_bank(source, here, bank):
    follower = following(here)
    source.add(new_entries(bank, codes(1)), now=NOW)
    caught_up(source, follower)
    source.add(new_entries(bank, codes(1000, seed=1)), now=NOW)
    assert caught_up(source, follower, most=300).outcome is Outcome.TAKEN
    assert len(live_values(here)) == 1001


@pytest.mark.threat("X7")
def test_another_epoch_is_no_way_around_the_limit(source, here, bank):
    follower = following(here)
    source.add(new_entries(bank, codes(4000)), now=NOW)
    caught_up(source, follower)
    source.add(new_entries(bank, codes(4000, seed=1)), now=NOW)
    _begin_epoch(source._connection)
    assert caught_up(source, follower).outcome is Outcome.HELD
    assert len(live_values(here)) <= 6000


# Lost, repeated, out of order, another epoch


def test_a_page_that_comes_again_or_after_a_lost_one_is_not_taken(source, here, bank):
    follower = following(here)
    source.add(new_entries(bank, codes(6)), now=NOW)
    first = next_page(source, follower, most=2)
    assert follower.take_in(first, now=NOW).came == 2
    assert follower.take_in(first, now=NOW).outcome is Outcome.NOT_NEXT
    third = page_for(source, subscriber(source), Cursor(5, 0), most=2, now=NOW)
    assert follower.take_in(third, now=NOW).outcome is Outcome.NOT_NEXT
    caught_up(source, follower)
    assert live_values(here) == live_values(source)


def test_a_withdrawal_is_carried_out_also_of_a_page_that_is_not_the_next(source, here, bank):
    follower = following(here)
    source.add(new_entries(bank, codes(6)), now=NOW)
    stale = next_page(source, follower)
    follower.take_in(next_page(source, follower, most=2), now=NOW)
    source.withdraw([EntryId(1), EntryId(6)], reason=ASKED, now=NOW)
    ahead = page_for(source, subscriber(source), Cursor(5, 0), most=2, now=NOW)
    taken = follower.take_in(ahead, now=NOW)
    assert (taken.outcome, taken.gone) == (Outcome.NOT_NEXT, 1)
    follower.start_over(now=NOW)
    follower.take_in(stale, now=NOW)  # written before the withdrawal
    assert len(live_values(here)) == 4
    assert not {codes(6)[0].tobytes(), codes(6)[5].tobytes()} & set(live_values(here))


@pytest.mark.threat("K8")
def test_a_source_that_was_put_back_is_taken_in_anew_and_nothing_withdrawn_comes_back_meanwhile(
    source, here, bank, tmp_path
):
    follower = following(here)
    source.add(new_entries(bank, codes(6)), now=NOW)
    caught_up(source, follower)
    source.snapshot(backup := tmp_path / "backup.bank")
    source.withdraw([EntryId(3)], reason=ASKED, now=NOW)
    source.add(new_entries(bank, codes(2, seed=1)), now=NOW)
    caught_up(source, follower)
    with BankFile.open(backup) as restored:  # and it kept no journal
        restored.release([EntryId(5)], now=NOW)
        restored.add(new_entries(bank, codes(1, seed=2)), now=NOW)
        after = follower.position(now=NOW).cursor
        assert restored.changes(after, most=1, now=NOW).epoch != source.changes(None, most=1, now=NOW).epoch
        told = page_for(restored, subscriber(restored), after, most=2, now=NOW)
        assert follower.take_in(told, now=NOW).outcome is Outcome.START_OVER
        there = set(live_values(here))
        for _ in range(3):
            told = next_page(restored, follower, most=2)
            follower.take_in(told, now=NOW)
            assert codes(6)[2].tobytes() not in live_values(here)
            if told.more:
                assert there <= set(live_values(here))  # what is not named yet stays until all was named
        assert Counter(live_values(here)) == Counter(live_values(restored)) - Counter([codes(6)[2].tobytes()])


def test_another_tier_replaces_what_was_held(source, here, bank):
    follower = following(here)
    source.add(new_entries(bank, codes(2)), now=NOW)
    source.add(new_entries(bank, traces(2), TRACE), now=NOW)
    caught_up(source, follower)
    assert len(live_values(here, signal_type=TRACE)) == 2
    caught_up(source, follower, tier=Tier.HASHES)
    assert (len(live_values(here)), len(live_values(here, signal_type=TRACE))) == (2, 0)
    caught_up(source, follower)
    assert len(live_values(here, signal_type=TRACE)) == 2


# When it was heard


@pytest.mark.threat("X6")
def test_when_a_source_was_last_heard_stands_with_the_facts_of_its_entries(source, here, bank):
    follower = following(here)
    source.add(new_entries(bank, codes(1)), now=NOW)
    own = here.make_bank("OWN", now=NOW)
    here.add(new_entries(own, codes(1, seed=1)), now=NOW)
    caught_up(source, follower)
    live = LiveBank(here, now=NOW)
    told = next_page(source, follower)
    follower.take_in(told, now=NOW + DAY)
    assert live.refresh(now=NOW + DAY) is True
    facts: list[Any] = [live.facts(EntryId(entry)) for entry in (1, 2)]
    assert [(each.bank, each.source, each.heard_at) for each in facts] == [
        ("OWN", "", None),
        ("HELPLINE_ONE", "HELPLINE", NOW + DAY),
    ]
    follower.take_in(replace(told, after=Cursor(1, 0)), now=NOW + 2 * DAY)  # an old page is no sign of life
    assert follower.position(now=NOW).heard_at == NOW + DAY


# Whatever happens


@pytest.mark.threat("X4")
@pytest.mark.parametrize("tier", Tier)
@pytest.mark.parametrize("seed", range(8))
def test_whatever_happens_on_the_way_the_follower_ends_with_what_the_source_holds(source, here, tier, seed):
    rng = random.Random(seed)
    follower = following(here)
    source.make_bank("TWO", now=NOW)
    now, told_gone = NOW, set[bytes]()
    on_the_way: list[FeedPage] = []
    names: dict[bytes, bytes] = {}  # of every entry there ever was: what it is called, and its value
    for _ in range(120):
        now += DAY / 50
        act = rng.random()
        if act < 0.45:
            changed(source, rng, now)
            live = list(source.entries(now=now))
            refs = subscriber(source).refs([entry.id for entry in live])
            names |= {ref: entry.value for ref, entry in zip(refs, live, strict=True)}
        elif act < 0.47 and seed % 2:
            _begin_epoch(source._connection)
        elif act < 0.48 and seed % 2:
            follower.start_over(now=now)
        elif act < 0.51:
            source.forget_expired(now=now)
            here.forget_expired(now=now)
        elif act < 0.58:
            caught_up(source, follower, now=now, most=3, tier=tier)
            assert everything_in(here, now) == of_tier(everything_in(source, now), tier)
        else:
            told = next_page(source, follower, most=rng.choice([1, 2, 5, 100]), now=now, tier=tier)
            on_the_way.append(told)
            ahead = replace(told.cursor, next_entry=rng.randint(1, told.cursor.next_entry))
            astray = page_for(source, subscriber(source, tier), ahead, most=3, now=now)
            for _ in range(rng.choice([0, 1, 1, 1, 2])):  # lost, or comes, or comes twice; or another one comes
                arrived = rng.choice([told, told, told, rng.choice(on_the_way), astray])
                follower.take_in(arrived, now=now)
                told_gone |= set(arrived.withdrawn)
        called = dict(here._connection.execute("SELECT ref, entry FROM followed WHERE entry NOT NULL"))
        assert not told_gone & called.keys()
        held = {entry.id: entry.value for entry in here.entries(now=now)}
        assert all(names[ref] == held[entry] for ref, entry in called.items() if entry in held)
        assert held.keys() <= set(called.values())
    caught_up(source, follower, now=now, most=3, tier=tier)
    assert everything_in(here, now) == of_tier(everything_in(source, now), tier)


def changed(source, rng, now):
    """Add to the source, withdraw from it, or release."""
    act = rng.random()
    live = [entry.id for entry in source.entries(now=now)]
    chosen = rng.sample(live, min(len(live), rng.randrange(4)))
    if act < 0.15:
        source.withdraw(chosen, reason=ASKED, now=now)
    elif act < 0.3:
        source.release(chosen, now=now)
    else:
        kind, values = rng.choice(
            [
                (PDQ, list(codes(60)[rng.sample(range(60), 3)])),
                (SHA256, list(codes(60)[rng.sample(range(60), 2)])),
                (VPDQ, [video(seed=rng.randrange(9))]),
                (TRACE, [traces(9)[rng.randrange(9)]]),
            ]
        )
        source.add(
            new_entries(
                rng.choice(source.banks()),
                [bytes(value) for value in values],
                kind,
                qualities=[rng.choice([255, 50, 100])] * len(values),
                assurance=rng.choice(list(Assurance)),
                expires_at=rng.choice([None, None, now + DAY / 2]),
            ),
            now=now,
        )


def of_tier(held, tier):
    return Counter({each: count for each, count in held.items() if each[1] in tier.signal_types})


def everything_in(store, now):
    names = {bank.id: bank.name.removeprefix("HELPLINE_") for bank in store.banks()}
    return Counter(
        (names[entry.bank], entry.signal_type, entry.value, entry.quality, entry.assurance, entry.expires_at)
        for entry in store.entries(now=now)
    )


def test_a_bank_whose_matches_are_reported_by_law_is_never_taken_in_from_a_source(source, here, bank):
    source.add(new_entries(bank, codes(1)), now=NOW)
    screens = source.make_bank("SCREENS", now=NOW, kind=BankKind.NEGATIVE)
    source.add(new_entries(screens, codes(1, seed=1)), now=NOW)
    follower = following(here, takes_negative=True)
    told = next_page(source, follower)
    by_law = tuple(replace(each, kind=BankKind.REPORT_BY_LAW) for each in told.banks if each.name == "SCREENS")
    page = FeedPage.from_json(replace(told, banks=(*told.banks[:1], *by_law)).as_json())
    assert {each.kind for each in page.banks} == {BankKind.POSITIVE, BankKind.REPORT_BY_LAW}
    taken = follower.take_in(page, now=NOW)
    assert (taken.came, taken.skipped) == (1, 1)
    assert [each.kind for each in here.banks()] == [BankKind.POSITIVE]
