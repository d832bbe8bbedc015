"""Banks that change while they are asked: what comes in matches, what is taken back or expires does not."""

from __future__ import annotations

import threading
from datetime import UTC, datetime, timedelta
from typing import Any

import numpy as np
import pytest

from haalweg.adapters.bank_file import BankFile
from haalweg.banks import (
    Assurance,
    BankSettings,
    DisputeReason,
    EntryId,
    Feedback,
    NewEntries,
    Opinion,
    Standing,
    WithdrawalReason,
)
from haalweg.matching import BankIndex, LiveBank
from haalweg.signals import FileDigests, SignalType, trace_pixels
from haalweg.signals.video import packed
from tests.matching.videos import code, entry, flipped, part, video
from tests.pictures import scene

NOW = datetime(2026, 11, 25, tzinfo=UTC)
HOUR = timedelta(hours=1)
ASKED = WithdrawalReason.ASKED
DIGESTS = FileDigests("ab" * 32, "cd" * 16)


@pytest.fixture
def path(tmp_path):
    return tmp_path / "plain.bank"


@pytest.fixture
def store(path):
    with BankFile.new(path, None, now=NOW) as opened:
        opened.make_bank("one", now=NOW)
        yield opened


@pytest.fixture
def another(path, store):
    """The same file, as another process has it open."""
    del store
    with BankFile.open(path) as opened:
        yield opened


def add(store, *values, name="one", signal_type=SignalType.PDQ, **more) -> Any:
    bank = store.bank(name) or store.make_bank(name, now=NOW, settings=BankSettings(20))
    return store.add(NewEntries(bank.id, signal_type, list(values), **more), now=NOW).first_id


def facts_of(live, number) -> Any:
    return live.facts(EntryId(number))


def matched(live, value):
    return [match.entry for match in live.index.match_picture([part(value)])]


def test_what_another_process_adds_and_withdraws_counts_after_the_next_refresh(store, another):
    live = LiveBank(store, now=NOW)
    first = add(another, code(1))
    assert matched(live, code(1)) == []
    assert live.refresh(now=NOW) is True
    assert matched(live, code(1)) == [first]
    second = add(another, code(2))
    another.withdraw([first], reason=ASKED, now=NOW)
    assert live.refresh(now=NOW) is True
    assert (matched(live, code(1)), matched(live, code(2))) == ([], [second])
    assert live.refresh(now=NOW) is False


def test_what_is_done_with_the_very_same_store_counts_too(store):
    live = LiveBank(store, now=NOW)
    number = add(store, code(1))
    live.refresh(now=NOW)
    assert matched(live, code(1)) == [number]
    store.release([number], now=NOW)
    live.refresh(now=NOW)
    assert matched(live, code(1)) == []


def test_every_kind_of_signature_comes_and_goes(store, another):
    live = LiveBank(store, now=NOW)
    photo = scene(3, 480, 640)
    added = [
        add(another, code(1)),
        add(another, bytes.fromhex(DIGESTS.sha256), signal_type=SignalType.SHA256),
        add(another, bytes.fromhex(DIGESTS.md5), signal_type=SignalType.MD5),
        add(another, packed(entry(code(5), code(6), code(7))), signal_type=SignalType.VPDQ),
        add(another, bytes(trace_pixels(photo)), signal_type=SignalType.TRACE),
    ]
    derived = photo.copy()
    derived[240:, 320:] = 90
    live.refresh(now=NOW)

    def found():
        index = live.index
        return {
            *(match.entry for match in index.match_picture([part(code(1))])),
            *(match.entry for match in index.match_digests(DIGESTS)),
            *(match.entry for match in index.match_video(video(*map(part, (code(5), code(6), code(7)))))),
            *(lead.entry for lead in index.leads_for(derived)),
        }

    assert found() == set(added)
    assert {kind: live.index.count(kind) for kind in SignalType} == dict.fromkeys(SignalType, 1)
    assert live.newest() == dict.fromkeys(SignalType, NOW)
    assert (live.index.wants_digests, live.index.wants_traces, len(live.index)) == (True, True, 5)
    assert live.index.can_find
    for number in added:
        another.withdraw([number], reason=ASKED, now=NOW)
        live.refresh(now=NOW)
        assert number not in found()
        assert facts_of(live, number) is None
    assert (live.index.wants_digests, live.index.wants_traces, len(live.index)) == (False, False, 0)
    assert not live.index.can_find


def test_a_bank_that_was_made_meanwhile_brings_its_own_threshold(store, another):
    live = LiveBank(store, now=NOW)
    number = add(another, code(1), name="strict")
    live.refresh(now=NOW)
    assert live.index.match_picture([part(flipped(code(1), 21))]) == []
    (match,) = live.index.match_picture([part(flipped(code(1), 20))])
    assert (match.bank, match.entry) == ("strict", number)


def test_an_entry_that_expires_stops_matching_at_the_refresh_after(store):
    goes, stays = add(store, code(1), expires_at=NOW + HOUR), add(store, code(2), expires_at=NOW + 2 * HOUR)
    live = LiveBank(store, now=NOW)
    later = add(store, code(3), expires_at=NOW + HOUR)
    assert live.refresh(now=NOW + HOUR / 2) is True
    assert (matched(live, code(1)), matched(live, code(3))) == ([goes], [later])
    assert live.refresh(now=NOW + HOUR) is True
    assert (matched(live, code(1)), matched(live, code(2)), matched(live, code(3))) == ([], [stays], [])
    assert (facts_of(live, goes), facts_of(live, later)) == (None, None)
    assert facts_of(live, stays) is not None
    assert live.refresh(now=NOW + HOUR) is False
    assert live.refresh(now=NOW + 2 * HOUR) is True
    assert len(live.index) == 0


@pytest.mark.threat("K8")
def test_what_is_taken_back_stops_before_anything_new_is_taken_in(store, another, monkeypatch):
    number = add(another, code(1))
    live = LiveBank(store, now=NOW)
    another.withdraw([number], reason=ASKED, now=NOW)
    add(another, code(2))
    then: list[list[int]] = []
    take_in = BankIndex.take_in

    def watched(self, blocks, **more):
        then.append(matched(live, code(1)))
        take_in(self, blocks, **more)

    monkeypatch.setattr(BankIndex, "take_in", watched)
    live.refresh(now=NOW)
    assert then == [[]]


def test_the_facts_of_an_entry(store):
    mine = add(store, code(1))
    listed = add(store, code(2), code(3), source="partner", assurance=Assurance.SEEN)
    live = LiveBank(store, now=NOW + HOUR)
    facts = facts_of(live, mine)
    assert (facts.bank, facts.source, facts.assurance) == ("one", "", Assurance.SELF_REPORTED)
    assert (facts.standing.confirmations, facts.added_at, facts.heard_at) == (0, NOW, None)
    for number in (listed, listed + 1):
        assert (facts_of(live, number).source, facts_of(live, number).assurance) == ("partner", Assurance.SEEN)
    assert facts_of(live, listed + 2) is None
    assert facts_of(live, 0) is None


def test_what_is_said_of_an_entry_is_known_at_the_next_refresh_and_goes_with_it(store, another):
    number = add(another, code(1))
    another.say([Feedback(number, "forum", Opinion.BLOCKED, None, 1, NOW)])
    live = LiveBank(store, now=NOW)
    assert facts_of(live, number).assurance_for("forum") is Assurance.SEEN
    assert facts_of(live, number).assurance_for("school") is Assurance.SELF_REPORTED
    another.say([Feedback(number, "school", Opinion.BLOCKED, None, 1, NOW)])
    assert live.refresh(now=NOW) is True
    assert facts_of(live, number).standing.confirmations == 2
    assert facts_of(live, number).assurance_for("anybody") is Assurance.SEEN
    another.say([Feedback(number, "school", Opinion.NOT_BLOCKED, DisputeReason.OTHER, 1, NOW)])
    live.refresh(now=NOW)
    assert facts_of(live, number).standing == Standing(0, frozenset({"forum"}), frozenset({"school"}))
    another.withdraw([number], reason=ASKED, now=NOW)
    live.refresh(now=NOW)
    assert live._standings == {}


def test_the_facts_of_an_entry_whose_neighbours_were_gone_at_the_start(store):
    add(store, code(1), code(2), code(3))
    store.withdraw([EntryId(2)], reason=ASKED, now=NOW)
    live = LiveBank(store, now=NOW)
    assert [facts_of(live, number) is not None for number in (1, 2, 3)] == [True, False, True]


def test_a_store_that_takes_another_epoch_is_taken_in_anew(store, another):
    add(another, code(1))
    live = LiveBank(store, now=NOW)
    another._connection.execute("DELETE FROM block")
    another._connection.execute("UPDATE store SET epoch = zeroblob(8)")
    assert live.refresh(now=NOW) is True
    assert len(live.index) == 0


def test_a_refresh_with_nothing_new_asks_the_store_for_its_mark_only(store, monkeypatch):
    add(store, code(1), expires_at=NOW + HOUR)
    live = LiveBank(store, now=NOW)
    monkeypatch.setattr(BankFile, "changes", None)  # who calls it all the same fails
    assert live.refresh(now=NOW) is False


def test_threads_that_ask_while_it_changes_find_what_stays_and_never_what_is_gone(store, another):
    stays = add(another, code(1))
    add(another, bytes.fromhex(DIGESTS.sha256), signal_type=SignalType.SHA256)
    add(another, packed(entry(code(5), code(6))), signal_type=SignalType.VPDQ)
    live = LiveBank(store, now=NOW)
    ended, wrong = threading.Event(), list[object]()
    gone: set[int] = set()

    def ask():
        while not ended.is_set():
            gone_before = set(gone)
            index = live.index
            matches = index.match_picture([part(code(1))])
            found = {match.entry for match in matches} | {match.entry for match in index.match_digests(DIGESTS)}
            shown = {match.entry for match in index.match_video(video(*map(part, (code(5), code(6)))))}
            if stays not in found or len(found) < 2 or not shown or (found | shown) & gone_before:
                wrong.append((found, shown))
            for number in found:
                facts_of(live, number)

    threads = [threading.Thread(target=ask) for _ in range(2)]
    for thread in threads:
        thread.start()
    try:
        for turn in range(20):
            numbers = [
                add(another, flipped(code(1), 1 + turn % 20), source=str(turn)),
                add(another, bytes([turn]) * 32, signal_type=SignalType.SHA256),
                add(another, packed(entry(code(5), code(6), code(100 + turn))), signal_type=SignalType.VPDQ),
            ]
            live.refresh(now=NOW)
            another.release([number for number in numbers if number], now=NOW)
            live.refresh(now=NOW)
            gone.update(number for number in numbers if number)
    finally:
        ended.set()
        for thread in threads:
            thread.join()
    assert wrong == []


def test_it_may_be_refreshed_by_another_thread_than_the_one_that_made_it(store):
    live = LiveBank(store, now=NOW)
    add(store, code(1))
    changed: list[bool] = []
    thread = threading.Thread(target=lambda: changed.append(live.refresh(now=NOW)))
    thread.start()
    thread.join()
    assert changed == [True]


def test_many_entries_are_taken_in_at_once_and_forgotten_at_once(store):
    values = np.random.default_rng(1).integers(0, 256, (20_000, 32), dtype=np.uint8)
    live = LiveBank(store, now=NOW)
    store.add(NewEntries(store.banks()[0].id, SignalType.PDQ, values), now=NOW)
    live.refresh(now=NOW)
    assert len(live.index) == 20_000
    store.withdraw([EntryId(number) for number in range(1, 20_000, 2)], reason=ASKED, now=NOW)
    live.refresh(now=NOW)
    assert len(live.index) == 10_000
    assert facts_of(live, 20_000) is not None
