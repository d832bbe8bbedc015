"""What every keeper of banks has to do. Whoever keeps banks subclasses this and gives an empty `store`."""

from __future__ import annotations

import re
from dataclasses import replace

import numpy as np
import pytest

from haalweg.banks import (
    NO_QUALITY,
    THERE_ALREADY,
    WITHDRAWN_BEFORE,
    Assurance,
    BankError,
    BankId,
    BankKind,
    BankSettings,
    Cursor,
    CursorAheadError,
    DisputeReason,
    EntryId,
    Feedback,
    Opinion,
    WithdrawalReason,
)
from haalweg.banks.feedback import THE_SOURCE
from haalweg.banks.following import NewFollowed
from haalweg.keeping.audit import Act
from haalweg.signals import PdqHash, VideoFrame, vpdq_from_json
from haalweg.signals.video import packed, vpdq_to_json
from tests.banks.building import (
    DAY,
    MD5,
    NOW,
    PDQ,
    SHA256,
    TRACE,
    VPDQ,
    codes,
    live_ids,
    live_values,
    new_entries,
    traces,
    video,
)

ASKED = WithdrawalReason.ASKED


def blocked(entry, who):
    return Feedback(EntryId(entry), who, Opinion.BLOCKED, None, 1, NOW)


def disputed(entry, who):
    return Feedback(EntryId(entry), who, Opinion.NOT_BLOCKED, DisputeReason.NOT_INTIMATE, 1, NOW)


class BankStoreContract:
    @pytest.fixture
    def store(self):
        raise NotImplementedError

    @pytest.fixture
    def bank(self, store):
        return store.make_bank("HELPLINE", now=NOW)

    @pytest.fixture
    def other(self, store, bank):
        del bank
        return store.make_bank("OTHER", now=NOW)

    # Banks

    def test_a_bank_is_found_as_it_was_made(self, store):
        made = store.make_bank("screens-2026", now=NOW, kind=BankKind.NEGATIVE, settings=BankSettings(20, 70, 10))
        assert store.bank("screens-2026") == made
        assert store.banks() == (made,)
        assert (made.kind, made.threshold_bits, made.made_at) == (BankKind.NEGATIVE, 20, NOW)
        assert store.bank("another") is None

    def test_a_bank_that_is_there_is_not_made_again(self, store, bank):
        with pytest.raises(BankError, match=re.escape("There is a bank HELPLINE in this file already.")):
            store.make_bank("HELPLINE", now=NOW)
        assert store.banks() == (bank,)

    def test_entries_for_a_bank_that_is_not_there_are_refused(self, store):
        with pytest.raises(BankError, match=re.escape("There is no bank with the number 7 in this file.")):
            store.add(new_entries(type("_", (), {"id": BankId(7)}), codes(1)), now=NOW)

    # Adding

    @pytest.mark.parametrize("count", [0, 1, 4095, 4096, 4097, 9000])
    def test_what_was_added_is_there_in_its_order(self, store, bank, count):
        values = codes(count)
        added = store.add(new_entries(bank, values), now=NOW)
        assert (added.new, added.there_already, added.withdrawn_before) == (count, 0, 0)
        assert live_values(store) == [value.tobytes() for value in values]
        assert live_ids(store) == added.ids.tolist() == list(range(1, count + 1))
        assert added.first_id == (1 if count else None)

    @pytest.mark.parametrize(("signal_type", "width"), [(PDQ, 32), (SHA256, 32), (MD5, 16)])
    def test_each_type_stays_what_it_is(self, store, bank, signal_type, width):
        value = codes(1, width=width)[0].tobytes()
        store.add(new_entries(bank, [value], signal_type), now=NOW)
        assert live_values(store, signal_type=signal_type) == [value]
        for another in {PDQ, SHA256, MD5, VPDQ, TRACE} - {signal_type}:
            assert live_values(store, signal_type=another) == []

    def test_videos_of_any_length_are_kept(self, store, bank):
        videos = [video(frames, seed=frames) for frames in (1, 2, 7000, 3, 60_000, 1)]
        added = store.add(new_entries(bank, videos, VPDQ), now=NOW)
        assert (added.new, added.there_already) == (6, 0) if videos[0] != videos[5] else (5, 1)
        assert live_values(store, signal_type=VPDQ) == list(dict.fromkeys(videos))

    def test_the_same_list_twice_adds_nothing(self, store, bank):
        store.add(new_entries(bank, codes(5000)), now=NOW)
        digest = store.digest()
        again = store.add(new_entries(bank, codes(5000)), now=NOW + DAY)
        assert (again.new, again.there_already) == (0, 5000)
        assert store.digest() == digest

    def test_a_value_given_twice_at_once_comes_in_once(self, store, bank):
        values = codes(3)[[0, 1, 0, 2, 1]]
        added = store.add(new_entries(bank, values, qualities=[50, 60, 70, 80, 90]), now=NOW)
        assert added.ids.tolist() == [1, 2, THERE_ALREADY, 3, THERE_ALREADY]
        assert [entry.quality for entry in store.entries(now=NOW)] == [50, 60, 80]

    def test_few_values_and_many_meet_the_same_rule(self, store, bank):
        store.add(new_entries(bank, codes(6000)), now=NOW)
        assert store.add(new_entries(bank, codes(6000)[5990:]), now=NOW).new == 0
        mixed = np.concatenate([codes(6000), codes(6000, seed=1)])
        assert store.add(new_entries(bank, mixed), now=NOW).new == 6000
        assert store.add(new_entries(bank, codes(10, seed=2)), now=NOW).new == 10
        everything = np.concatenate([mixed, codes(10, seed=2), codes(10, seed=3)])
        assert store.add(new_entries(bank, everything), now=NOW).new == 10

    def test_values_that_came_one_by_one_meet_the_same_rule(self, store, bank):
        values = codes(30)
        for turn in range(2):
            for value in values:
                assert store.add(new_entries(bank, value[None]), now=NOW).new == (turn == 0)
        store.add(new_entries(bank, codes(5000, seed=1)), now=NOW)
        store.withdraw([EntryId(2), EntryId(29), EntryId(31), EntryId(5030)], reason=ASKED, now=NOW)
        assert live_ids(store) == [id_ for id_ in range(1, 5031) if id_ not in (2, 29, 31, 5030)]
        assert store.add(new_entries(bank, values), now=NOW).withdrawn_before == 2
        assert store.add(new_entries(bank, values[1:2]), now=NOW).withdrawn_before == 1

    def test_two_banks_may_hold_the_same_value(self, store, bank, other):
        store.add(new_entries(bank, codes(1)), now=NOW)
        assert store.add(new_entries(other, codes(1)), now=NOW).new == 1
        assert len(live_ids(store)) == 2

    def test_a_better_assured_entry_comes_in_beside_a_lesser_one(self, store, bank):
        for assurance, new in [("spoken", 1), ("self_reported", 0), ("spoken", 0), ("seen", 1), ("spoken", 0)]:
            added = store.add(new_entries(bank, codes(1), assurance=Assurance(assurance)), now=NOW)
            assert added.new == new

    def test_an_entry_that_lives_longer_comes_in_beside_one_that_expires(self, store, bank):
        for expires_at, new in [(NOW + DAY, 1), (NOW + DAY, 0), (NOW + 2 * DAY, 1), (None, 1), (NOW + 9 * DAY, 0)]:
            assert store.add(new_entries(bank, codes(1), expires_at=expires_at), now=NOW).new == new
        assert len(live_ids(store, now=NOW + 3 * DAY)) == 1

    def test_entries_keep_all_that_was_said_of_them(self, store, bank):
        values = codes(2)
        store.add(
            new_entries(
                bank,
                values,
                qualities=[77, NO_QUALITY],
                source="partner é \udc80",
                note="report 17",
                assurance=Assurance.SEEN,
                expires_at=NOW + DAY,
            ),
            now=NOW,
        )
        first, second = store.entries(now=NOW)
        assert (first.id, first.bank, first.signal_type, first.value) == (1, bank.id, PDQ, values[0].tobytes())
        assert (first.quality, second.quality) == (77, None)
        assert (first.source, first.note, first.assurance) == ("partner é \udc80", "report 17", Assurance.SEEN)
        assert (first.added_at, first.expires_at, first.withdrawn_at) == (NOW, NOW + DAY, None)

    def test_one_entry_is_what_all_of_them_say_of_it(self, store, bank, other):
        store.add(new_entries(bank, codes(3), qualities=[77, NO_QUALITY, 1], source="partner", note="a note"), now=NOW)
        store.add(new_entries(other, [video()], VPDQ), now=NOW)
        assert [store.entry(EntryId(number), now=NOW) for number in range(1, 5)] == list(store.entries(now=NOW))
        store.withdraw([EntryId(2)], reason=ASKED, now=NOW)
        gone = store.entry(EntryId(2), now=NOW)
        assert (gone.bank, gone.value, gone.withdrawn_at) == (bank.id, None, NOW)
        assert store.entry(EntryId(3), now=NOW).quality == 1
        assert [store.entry(EntryId(number), now=NOW) for number in (0, 5)] == [None, None]

    def test_an_entry_that_has_expired_is_none(self, store, bank):
        store.add(new_entries(bank, codes(1), expires_at=NOW + DAY), now=NOW)
        assert store.entry(EntryId(1), now=NOW + DAY / 2) is not None
        assert store.entry(EntryId(1), now=NOW + DAY) is None
        assert store.find([bank.id], PDQ, [codes(1)[0].tobytes()], now=NOW + DAY) == []

    def test_a_value_is_found_in_the_bank_that_has_it(self, store, bank, other):
        pdq, clip = codes(2_000), video(seed=4)
        store.add(new_entries(bank, pdq), now=NOW)
        store.add(new_entries(bank, pdq[:1], assurance=Assurance.SEEN), now=NOW)  # again, better assured
        store.add(new_entries(other, pdq[5:6]), now=NOW)
        store.add(new_entries(bank, [clip], VPDQ), now=NOW)
        store.add(new_entries(bank, codes(1, width=16), MD5), now=NOW)
        sought = store.find([bank.id], PDQ, [pdq[row].tobytes() for row in (0, 5, 1_999)], now=NOW)
        assert sought == [1, 6, 2_000, 2_001]
        assert store.find([other.id], PDQ, [pdq[5].tobytes()], now=NOW) == [2_002]
        assert store.find([other.id], PDQ, [pdq[0].tobytes()], now=NOW) == []
        assert store.find([bank.id], VPDQ, [clip], now=NOW) == [2_003]
        assert store.find([bank.id], MD5, [codes(1, width=16)[0].tobytes()], now=NOW) == [2_004]
        store.withdraw([EntryId(6)], reason=ASKED, now=NOW)
        assert store.find([bank.id], PDQ, [pdq[5].tobytes()], now=NOW) == []

    def test_blocks_say_what_an_index_needs(self, store, bank):
        store.add(new_entries(bank, codes(2), assurance=Assurance.SPOKEN, expires_at=NOW + DAY), now=NOW)
        (block,) = store.blocks((PDQ,), now=NOW)
        assert (block.bank, block.signal_type, block.assurance) == (bank.id, PDQ, Assurance.SPOKEN)
        assert (block.ids.dtype, block.values.dtype, block.values.shape) == (np.uint64, np.uint8, (2, 32))
        assert (block.qualities.tolist(), block.expires_at) == ([NO_QUALITY, NO_QUALITY], NOW + DAY)

    @pytest.mark.parametrize(
        ("values", "sentence"),
        [
            ([b"x" * 32, b"x" * 16], "Value 2 has 16 bytes where pdq has 32."),
            (np.zeros((2, 16), np.uint8), "An array of uint8 with shape (2, 16) where 32 bytes a value belong."),
        ],
    )
    def test_a_value_of_another_length_is_refused_and_nothing_is_added(self, store, bank, values, sentence):
        with pytest.raises(BankError, match=re.escape(sentence)):
            store.add(new_entries(bank, values), now=NOW)
        assert live_ids(store) == []

    @pytest.mark.parametrize(
        ("others", "sentence"),
        [
            ({"qualities": [101]}, "A quality that is not between 0 and 100."),
            ({"qualities": [-1]}, "A quality that is not between 0 and 100."),
            ({"qualities": [50, 50]}, "1 values with 2 qualities: each needs one."),
            ({"expires_at": NOW}, "Entries that would expire before they are there: give a later date."),
            ({"note": "x" * 4001}, "A note of 4001 characters: at most 4000 bytes are kept."),
        ],
    )
    def test_what_no_entry_can_have_is_refused_in_a_sentence(self, store, bank, others, sentence):
        with pytest.raises(BankError, match=re.escape(sentence)):
            store.add(new_entries(bank, codes(1), **others), now=NOW)

    # Withdrawing

    @pytest.mark.parametrize("gone", [[1], [5000], [1, 4096, 4097, 5000], list(range(1, 4097)), list(range(1, 5001))])
    def test_a_withdrawn_entry_is_found_no_more(self, store, bank, gone):
        values = codes(5000)
        store.add(new_entries(bank, values), now=NOW)
        assert store.withdraw([EntryId(id_) for id_ in gone], reason=ASKED, now=NOW + DAY) == len(gone)
        assert live_ids(store) == [id_ for id_ in range(1, 5001) if id_ not in set(gone)]
        assert live_values(store) == [values[id_ - 1].tobytes() for id_ in live_ids(store)]

    def test_a_withdrawn_value_does_not_come_back_into_any_bank(self, store, bank, other):
        store.add(new_entries(bank, codes(6000)), now=NOW)
        store.withdraw([EntryId(3)], reason=ASKED, now=NOW)
        for to in (bank, other):
            added = store.add(new_entries(to, codes(6000)[:4]), now=NOW + DAY, imported=True)
            assert added.ids[2] == WITHDRAWN_BEFORE
            assert added.withdrawn_before == 1
        again = store.add(new_entries(bank, codes(6000)), now=NOW, imported=True)
        assert (again.new, again.there_already, again.withdrawn_before) == (0, 5999, 1)

    def test_a_value_that_is_withdrawn_goes_from_every_bank(self, store, bank, other):
        for to in (bank, other):
            store.add(new_entries(to, codes(3)), now=NOW)
        assert store.withdraw([EntryId(2)], reason=ASKED, now=NOW) == 2
        assert live_ids(store) == [1, 3, 4, 6]

    def test_a_value_of_another_type_is_another_value(self, store, bank):
        value = codes(1)
        store.add(new_entries(bank, value, PDQ), now=NOW)
        store.add(new_entries(bank, value, SHA256), now=NOW)
        assert store.withdraw([EntryId(1)], reason=ASKED, now=NOW) == 1
        assert live_ids(store, signal_type=SHA256) == [2]

    def test_a_value_may_be_withdrawn_before_it_ever_came(self, store, bank):
        digest = store.digest()
        assert store.withdraw_values(PDQ, [codes(1)[0].tobytes()], reason=ASKED, now=NOW) == 0
        assert store.digest() != digest
        assert store.add(new_entries(bank, codes(2)), now=NOW).ids.tolist() == [WITHDRAWN_BEFORE, 1]

    def test_a_video_is_withdrawn_like_a_picture(self, store, bank):
        store.add(new_entries(bank, [video(seed=1), video(seed=2)], VPDQ), now=NOW)
        assert store.withdraw_values(VPDQ, [video(seed=1)], reason=ASKED, now=NOW) == 1
        assert live_values(store, signal_type=VPDQ) == [video(seed=2)]
        assert store.add(new_entries(bank, [video(seed=1)], VPDQ), now=NOW).withdrawn_before == 1

    def test_a_withdrawn_video_does_not_come_back_with_its_times_rounded_as_lists_do(self, store, bank):
        hashes = [PdqHash(code.tobytes()) for code in codes(5)]
        ours = [VideoFrame(value, 100, 1000.0 + at * 1.001) for at, value in enumerate(hashes)]
        listed = vpdq_from_json(vpdq_to_json(ours))
        assert packed(listed) != packed(ours)
        store.add(new_entries(bank, [packed(ours)], VPDQ), now=NOW)
        assert store.add(new_entries(bank, [packed(listed)], VPDQ), now=NOW).there_already == 1
        store.withdraw([EntryId(1)], reason=ASKED, now=NOW)
        assert store.add(new_entries(bank, [packed(listed)], VPDQ), now=NOW).withdrawn_before == 1

    def test_what_is_no_video_is_refused(self, store, bank):
        for value, sentence in [
            (b"x" * 40, "Value 2: 40 bytes where a packed video has 41 a frame."),
            (b"", "Value 2 is a video without a frame."),
        ]:
            with pytest.raises(BankError, match=re.escape(sentence)):
                store.add(new_entries(bank, [video(), value], VPDQ), now=NOW)

    def test_a_trace_is_kept_and_withdrawn_like_a_picture(self, store, bank):
        one, another = traces(2)
        assert store.add(new_entries(bank, [one, another], TRACE), now=NOW).ids.tolist() == [1, 2]
        assert store.add(new_entries(bank, [one], TRACE), now=NOW).there_already == 1
        assert live_values(store, signal_type=TRACE) == [one, another]
        assert store.withdraw_values(TRACE, [one], reason=ASKED, now=NOW) == 1
        assert live_values(store, signal_type=TRACE) == [another]
        assert store.add(new_entries(bank, [one], TRACE), now=NOW).withdrawn_before == 1

    def test_a_trace_expires_like_a_picture(self, store, bank):
        store.add(new_entries(bank, traces(1), TRACE, expires_at=NOW + DAY), now=NOW)
        assert live_values(store, signal_type=TRACE, now=NOW + DAY) == []
        assert store.forget_expired(now=NOW + DAY) == 1
        assert store.add(new_entries(bank, traces(1), TRACE), now=NOW + DAY).new == 1

    @pytest.mark.parametrize("count", [1, 136, 137, 138, 300])
    def test_many_traces_are_there_in_their_order(self, store, bank, count):
        values = traces(count)
        assert store.add(new_entries(bank, values, TRACE), now=NOW).new == count
        assert live_values(store, signal_type=TRACE) == values

    def test_what_is_no_trace_is_refused(self, store, bank):
        for value in (b"", b"x" * 7648, traces(1)[0][:-1]):
            sentence = f"Value 2: {len(value)} bytes that are no trace of this version."
            with pytest.raises(BankError, match=re.escape(sentence)):
                store.add(new_entries(bank, [*traces(1), value], TRACE), now=NOW)
        assert live_ids(store, signal_type=TRACE) == []

    def test_withdrawing_twice_is_no_error(self, store, bank):
        store.add(new_entries(bank, codes(2)), now=NOW)
        assert store.withdraw([EntryId(1), EntryId(1)], reason=ASKED, now=NOW) == 1
        assert store.withdraw([EntryId(1)], reason=ASKED, now=NOW) == 0

    def test_an_entry_that_never_was_stops_the_whole_withdrawal(self, store, bank):
        store.add(new_entries(bank, codes(2)), now=NOW)
        with pytest.raises(BankError, match=re.escape("There is no entry 3 in this file. Nothing was withdrawn.")):
            store.withdraw([EntryId(1), EntryId(3)], reason=ASKED, now=NOW)
        assert live_ids(store) == [1, 2]

    def test_a_value_that_is_none_is_refused(self, store):
        with pytest.raises(BankError, match=re.escape("Value 1 has 16 bytes, which is no pdq.")):
            store.withdraw_values(PDQ, [b"x" * 16], reason=ASKED, now=NOW)

    def test_what_is_left_of_a_withdrawn_entry_has_no_value(self, store, bank):
        store.add(new_entries(bank, codes(2), source="partner", note="17"), now=NOW)
        store.withdraw([EntryId(1)], reason=ASKED, now=NOW + DAY)
        assert [entry.id for entry in store.entries(now=NOW)] == [2]
        live, gone = store.entries(now=NOW, withdrawn=True)
        assert (live.id, gone.id) == (2, 1)
        assert (gone.value, gone.quality, gone.withdrawn_at) == (None, None, NOW + DAY)
        assert (gone.source, gone.note, gone.added_at) == ("partner", "17", NOW)

    def test_ids_are_never_given_twice(self, store, bank):
        store.add(new_entries(bank, codes(3)), now=NOW)
        store.withdraw([EntryId(3)], reason=ASKED, now=NOW)
        assert store.add(new_entries(bank, codes(1, seed=5)), now=NOW).first_id == 4

    # Releasing

    @pytest.mark.threat("X7")
    def test_a_partner_cannot_destroy_another_partners_entry_by_naming_its_value_and_taking_it_back(
        self, store, bank, other
    ):
        mine = store.add(new_entries(bank, codes(3), source="helpline"), now=NOW)
        theirs = store.add(new_entries(other, codes(3)[1:2], source="hostile partner"), now=NOW)
        assert store.release([EntryId(theirs.first_id)], now=NOW) == 1
        assert live_ids(store) == mine.ids.tolist()
        assert store.release([EntryId(theirs.first_id)], now=NOW) == 0
        assert store.add(new_entries(bank, codes(3)), now=NOW).there_already == 3

    def test_a_released_value_may_come_in_again(self, store, bank):
        store.add(new_entries(bank, codes(5000)), now=NOW)
        assert store.add(new_entries(bank, codes(5000)), now=NOW).new == 0  # now they are known by heart
        assert store.release([EntryId(id_) for id_ in (1, 4097, 5000)], now=NOW) == 3
        assert live_ids(store) == [id_ for id_ in range(1, 5001) if id_ not in (1, 4097, 5000)]
        assert store.add(new_entries(bank, codes(5000)), now=NOW).new == 3

    def test_a_follower_hears_of_a_release_as_of_a_withdrawal(self, store, bank):
        store.add(new_entries(bank, codes(3)), now=NOW)
        before = store.changes(None, most=10, now=NOW).cursor
        store.release([EntryId(2)], now=NOW)
        assert store.changes(before, most=10, now=NOW).withdrawn == (2,)
        assert [(row.act, row.subject, row.count) for row in store.audit()][-1] == (Act.RELEASED, bank.id, 1)

    def test_an_entry_that_never_was_stops_the_whole_release(self, store, bank):
        store.add(new_entries(bank, codes(2)), now=NOW)
        with pytest.raises(BankError, match=re.escape("There is no entry 3 in this file.")):
            store.release([EntryId(1), EntryId(3)], now=NOW)
        assert live_ids(store) == [1, 2]

    # Expiry

    def test_an_expired_entry_is_found_no_more_and_then_forgotten(self, store, bank):
        store.add(new_entries(bank, codes(2), expires_at=NOW + DAY), now=NOW)
        store.add(new_entries(bank, codes(1, seed=1)), now=NOW)
        before, at = NOW + DAY - DAY / 1000, NOW + DAY
        assert live_ids(store, now=before) == [1, 2, 3]
        assert live_ids(store, now=at) == [3]
        assert [entry.id for entry in store.entries(now=at)] == [3]
        assert [(count.live, count.expired) for count in store.counts(now=at)] == [(1, 2)]
        assert store.forget_expired(now=before) == 0
        assert store.forget_expired(now=at) == 2
        assert [(count.live, count.expired) for count in store.counts(now=at)] == [(1, 0)]

    def test_what_expired_may_come_in_again(self, store, bank):
        store.add(new_entries(bank, codes(1), expires_at=NOW + DAY), now=NOW)
        assert store.add(new_entries(bank, codes(1)), now=NOW + 2 * DAY).ids.tolist() == [2]

    def test_an_expired_entry_can_still_be_withdrawn(self, store, bank):
        store.add(new_entries(bank, codes(1), expires_at=NOW + DAY), now=NOW)
        assert store.withdraw([EntryId(1)], reason=ASKED, now=NOW + 2 * DAY) == 1
        assert store.add(new_entries(bank, codes(1)), now=NOW + 3 * DAY).withdrawn_before == 1

    # Following

    def test_a_new_follower_is_told_what_is_live_and_nothing_that_is_gone(self, store, bank):
        store.add(new_entries(bank, codes(3), source="a", assurance=Assurance.SEEN, expires_at=NOW + DAY), now=NOW)
        store.add(new_entries(bank, codes(1, seed=1), SHA256, expires_at=NOW + 2 * DAY), now=NOW)
        store.withdraw([EntryId(2)], reason=ASKED, now=NOW)
        told = store.changes(None, most=10, now=NOW)
        assert (told.withdrawn, told.cursor, told.more) == ((), Cursor(5, 1), False)
        assert [block.ids.tolist() for block in told.blocks] == [[1, 3], [4]]
        assert [(block.source, block.assurance, block.added_at) for block in told.blocks] == [
            ("a", Assurance.SEEN, NOW),
            ("", Assurance.SELF_REPORTED, NOW),
        ]
        later = store.changes(None, most=10, now=NOW + DAY)
        assert [block.ids.tolist() for block in later.blocks] == [[4]]

    def test_a_follower_hears_each_change_once_and_what_is_gone_first(self, store, bank):
        store.add(new_entries(bank, codes(3)), now=NOW)
        before = store.changes(None, most=10, now=NOW)
        assert store.changes(before.cursor, most=10, now=NOW) == replace(before, blocks=())
        store.add(new_entries(bank, codes(2, seed=1)), now=NOW)
        store.withdraw([EntryId(3), EntryId(1), EntryId(5)], reason=ASKED, now=NOW)
        told = store.changes(before.cursor, most=10, now=NOW)
        assert (told.withdrawn, told.cursor, told.more) == ((1, 3, 5), Cursor(6, 3), False)
        assert [block.ids.tolist() for block in told.blocks] == [[4]]
        assert store.changes(told.cursor, most=10, now=NOW).withdrawn == ()

    @pytest.mark.parametrize("most", [1, 7, 4096, 5000])
    def test_a_follower_may_take_it_in_pieces_of_any_size(self, store, bank, most):
        if most == 1:
            store.add(new_entries(bank, codes(5)), now=NOW)
        else:
            store.add(new_entries(bank, codes(4100)), now=NOW)
        store.add(new_entries(bank, [video(seed=1), video(seed=2)], VPDQ), now=NOW)
        store.add(new_entries(bank, codes(3, seed=3)), now=NOW)
        ids: list[int] = []
        told = store.changes(None, most=most, now=NOW)
        while True:
            came = [id_ for block in told.blocks for id_ in block.ids.tolist()]
            assert len(came) <= most
            ids += came
            if not told.more:
                break
            told = store.changes(told.cursor, most=most, now=NOW)
        assert ids == list(range(1, len(ids) + 1))
        assert len(ids) == (10 if most == 1 else 4105)

    def test_what_was_withdrawn_between_two_pieces_is_told_and_does_not_come(self, store, bank):
        store.add(new_entries(bank, codes(9)), now=NOW)
        first = store.changes(None, most=4, now=NOW)
        store.withdraw([EntryId(2), EntryId(7)], reason=ASKED, now=NOW)
        second = store.changes(first.cursor, most=10, now=NOW)
        assert (first.more, first.cursor) == (True, Cursor(5, 0))
        assert second.withdrawn == (2, 7)
        assert [block.ids.tolist() for block in second.blocks] == [[5, 6, 8, 9]]

    # Feedback

    def test_what_platforms_say_is_kept_and_what_they_say_later_replaces_it(self, store, bank):
        store.add(new_entries(bank, codes(2)), now=NOW)
        assert store.say([blocked(1, "forum"), blocked(2, "forum"), blocked(1, "school")]) == 3
        assert store.say([disputed(1, "forum")]) == 1
        assert [(each.who, each.opinion, each.reason) for each in store.said(EntryId(1))] == [
            ("school", Opinion.BLOCKED, None),
            ("forum", Opinion.NOT_BLOCKED, DisputeReason.NOT_INTIMATE),
        ]
        assert len(store.said()) == 3
        acts = [(row.subject, row.detail) for row in store.audit() if row.act is Act.SAID]
        assert acts == [(1, "blocked"), (2, "blocked"), (1, "blocked"), (1, "not_intimate")]

    def test_of_an_entry_that_is_gone_nothing_is_said(self, store, bank):
        store.add(new_entries(bank, codes(3)), now=NOW)
        store.add(new_entries(bank, codes(1, seed=1), expires_at=NOW + DAY), now=NOW)
        store.say([blocked(number, "forum") for number in (1, 2, 4)])
        store.withdraw([EntryId(1)], reason=ASKED, now=NOW)
        store.release([EntryId(2)], now=NOW)
        store.forget_expired(now=NOW + DAY)
        assert store.said() == ()
        assert store.say([blocked(1, "forum"), blocked(99, "forum"), blocked(3, "forum")]) == 1

    def test_a_follower_hears_all_that_is_said_of_an_entry_once_it_has_the_entry(self, store, bank):
        store.add(new_entries(bank, codes(3)), now=NOW)
        store.say([blocked(3, "forum")])
        first = store.changes(None, most=2, now=NOW)
        assert (first.feedback, first.cursor) == ((), Cursor(3, 0, 0))
        rest = store.changes(first.cursor, most=2, now=NOW)
        assert ([each.who for each in rest.feedback], rest.cursor) == (["forum"], Cursor(4, 0, 1))
        store.say([blocked(3, "school"), blocked(1, "school")])
        told = store.changes(rest.cursor, most=2, now=NOW)
        assert sorted((each.entry, each.who) for each in told.feedback) == [(1, "school"), (3, "forum"), (3, "school")]
        assert store.changes(told.cursor, most=2, now=NOW).feedback == ()
        with pytest.raises(CursorAheadError):
            store.changes(Cursor(4, 0, 4), most=2, now=NOW)

    def test_an_entry_that_was_followed_leads_back_to_what_its_source_calls_it(self, store, bank):
        store.add(new_entries(bank, codes(1)), now=NOW)
        with store.following("HELPLINE", now=NOW) as followed:
            new = NewFollowed(PDQ, Assurance.SPOKEN, None, (b"r" * 16,), (codes(1, seed=1)[0].tobytes(),), (100,))
            followed.take_in("HELPLINE_ONE", BankKind.POSITIVE, BankSettings(), new)
        assert store.followed_as(EntryId(2)) == ("HELPLINE", b"r" * 16)
        assert store.followed_as(EntryId(1)) is None
        with store.following("HELPLINE", now=NOW) as followed:
            followed.confirm({b"r" * 16: 3, b"x" * 16: 9}, now=NOW)
            followed.confirm({b"r" * 16: 3}, now=NOW)
        assert [(each.entry, each.who, each.count) for each in store.said()] == [(2, THE_SOURCE, 3)]
        with store.following("HELPLINE", now=NOW) as followed:
            followed.let_go([b"r" * 16])
        assert (store.followed_as(EntryId(2)), store.said()) == (None, ())

    def test_a_cursor_that_lies_ahead_is_refused(self, store, bank):
        store.add(new_entries(bank, codes(2)), now=NOW)
        for ahead in (Cursor(4, 0), Cursor(3, 1)):
            with pytest.raises(CursorAheadError, match=f"followed up to {ahead}, but it has only come to 3.0"):
                store.changes(ahead, most=10, now=NOW)

    def test_the_epoch_stays_while_the_store_goes_on(self, store, bank):
        epoch = store.changes(None, most=1, now=NOW).epoch
        store.add(new_entries(bank, codes(2)), now=NOW)
        store.withdraw([EntryId(1)], reason=ASKED, now=NOW)
        assert store.changes(None, most=1, now=NOW).epoch == epoch

    # Counting, and what was done

    def test_counts_are_by_bank_and_type(self, store, bank, other):
        store.add(new_entries(bank, codes(3)), now=NOW)
        store.add(new_entries(bank, codes(2), SHA256), now=NOW)
        store.add(new_entries(other, codes(1, seed=8)), now=NOW)
        store.withdraw([EntryId(1)], reason=ASKED, now=NOW)
        assert [(c.bank, c.signal_type, c.live, c.withdrawn) for c in store.counts(now=NOW)] == [
            (bank.id, PDQ, 2, 1),
            (bank.id, SHA256, 2, 0),
            (other.id, PDQ, 1, 0),
        ]

    def test_entries_of_one_bank_only(self, store, bank, other):
        store.add(new_entries(bank, codes(1)), now=NOW)
        store.add(new_entries(other, codes(2)), now=NOW)
        store.withdraw([EntryId(3)], reason=ASKED, now=NOW)
        assert [entry.id for entry in store.entries(now=NOW, bank=other.id, withdrawn=True)] == [2, 3]

    def test_every_act_is_in_the_log(self, store, bank):
        store.add(new_entries(bank, codes(3), expires_at=NOW + DAY), now=NOW)
        store.add(new_entries(bank, codes(2, seed=1)), now=NOW, imported=True)
        store.withdraw([EntryId(4)], reason=WithdrawalReason.UNDER_18, now=NOW)
        store.forget_expired(now=NOW + DAY)
        assert [(row.act, row.subject, row.count, row.detail) for row in store.audit()][1:] == [
            (Act.BANK_MADE, bank.id, 1, "positive"),
            (Act.ADDED, bank.id, 3, "pdq"),
            (Act.IMPORTED, bank.id, 2, "pdq"),
            (Act.WITHDRAWN, None, 1, "under_18"),  # values, and then the entries that held them
            (Act.WITHDRAWN, bank.id, 1, "under_18"),
            (Act.EXPIRED, bank.id, 3, "pdq"),
        ]

    def test_the_digest_changes_with_every_change_and_with_nothing_else(self, store, bank):
        seen = [store.digest()]

        def changed():
            seen.append(store.digest())
            return len(set(seen)) == len(seen)

        store.add(new_entries(bank, codes(2)), now=NOW)
        assert changed()
        store.withdraw([EntryId(1)], reason=ASKED, now=NOW)
        assert changed()
        store.make_bank("ANOTHER", now=NOW)
        assert changed()
        list(store.entries(now=NOW))
        list(store.blocks((PDQ,), now=NOW))
        assert not changed()

    @pytest.mark.threat("K4")
    def test_no_value_stands_in_a_repr(self, store, bank):
        entries = new_entries(bank, codes(1), note="sunflower")
        store.add(entries, now=NOW)
        told = f"{entries!r} {list(store.entries(now=NOW))!r} {list(store.blocks((PDQ,), now=NOW))!r} {store!r}"
        value = codes(1)[0].tobytes()
        assert value.hex() not in told
        assert repr(value)[2:20] not in told
        assert "sunflower" not in told
