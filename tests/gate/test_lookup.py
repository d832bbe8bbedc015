"""Yes or no, so many a day, and no entry felt out."""

from __future__ import annotations

import secrets
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import product
from random import Random

import httpx
import numpy as np
import pytest
from PIL import Image

import haalweg
from haalweg.adapters.bank_file import BankFile
from haalweg.banks import BankKind, NewEntries
from haalweg.gate.keys import Scope
from haalweg.gate.lookup import MOST_NEAR, MOST_NEAR_IN_ALL, MOST_UNWRITTEN, FeltOutError, LookUp
from haalweg.gate.problems import Problem
from haalweg.gate.state import StateFile
from haalweg.gate.switches import NamedBanks
from haalweg.matching.check import Asked, Verdict, check
from haalweg.matching.live_bank import LiveBank
from haalweg.matching.policy import policy_of
from haalweg.signals import MATCH_THRESHOLD_BITS, FileDigests, Hashed, HashedPart, PdqHash, SignalType
from tests.gate.gates import AGate, bearer, until
from tests.matching.videos import code, flipped, part

NOW = datetime(2026, 11, 25, 12, tzinfo=UTC)
KNOWN = code(1)
POLICY = policy_of({})
A, B = 1, 2


@pytest.fixture
def banks(tmp_path):
    with BankFile.new(tmp_path / "plain.bank", None, now=NOW) as store:
        bank = store.make_bank("NL", now=NOW)
        store.add(NewEntries(bank.id, SignalType.PDQ, [KNOWN]), now=NOW)
        yield LiveBank(store, now=NOW)


@pytest.fixture
def state(tmp_path):
    with StateFile.open(tmp_path / "gate.state") as file:
        yield file


def asked(*values, quality=100):
    return [Asked([part(value, quality=quality)]) for value in values]


def test_the_answer_is_yes_or_no_and_nothing_more(banks, state):
    items = [*asked(flipped(KNOWN, 9), code(2)), *asked(KNOWN, quality=10)]
    answer = LookUp(state, 10).answer(A, items, banks, POLICY, now=NOW)
    assert answer == [{"level": "match"}, {"level": "no_match"}, {"level": "too_flat"}]


def test_a_key_has_so_many_questions_a_day(banks, state):
    look_up = LookUp(state, 2)
    look_up.answer(A, asked(code(2), code(3)), banks, POLICY, now=NOW)
    with pytest.raises(Problem, match="2 questions a day are answered to one key") as raised:
        look_up.answer(A, asked(code(4)), banks, POLICY, now=NOW)
    assert (raised.value.status, raised.value.retry_after_s) == (429, 12 * 3600)
    look_up.answer(B, asked(code(4)), banks, POLICY, now=NOW)
    look_up.answer(A, asked(code(4)), banks, POLICY, now=NOW + timedelta(hours=12))


def count(state, who=A, now=NOW):
    return sum(n for (n,) in state.rows("SELECT count FROM asked WHERE key = ? AND day = ?", (who, now.toordinal())))


@pytest.mark.parametrize("is_killed", [False, True])
def test_a_new_start_is_no_new_budget(banks, state, is_killed):
    a_day = 3 * MOST_UNWRITTEN
    first = LookUp(state, a_day)
    for _ in range(a_day - 1):
        first.answer(A, asked(code(2)), banks, POLICY, now=NOW)
    first.answer(B, asked(code(2)), banks, POLICY, now=NOW)
    if not is_killed:
        first.close()
    again = LookUp(state, a_day)
    given_back = MOST_UNWRITTEN - 1 if is_killed else 0
    again.answer(A, asked(*[code(2)] * (1 + given_back)), banks, POLICY, now=NOW)
    with pytest.raises(Problem, match="300 questions a day"):
        again.answer(A, asked(code(2)), banks, POLICY, now=NOW)
    again.answer(B, asked(*[code(2)] * (a_day - 1)), banks, POLICY, now=NOW)


def test_two_gates_over_one_state_file_give_one_budget(banks, state):
    one, other = LookUp(state, 1000), LookUp(state, 1000)
    for look_up in (one, other, one, other):
        look_up.answer(A, asked(*[code(2)] * 240), banks, POLICY, now=NOW)
    assert count(state) == 960
    with pytest.raises(Problem):
        other.answer(A, asked(*[code(2)] * 41), banks, POLICY, now=NOW)


def test_a_new_day_is_a_new_budget_in_the_file_too(banks, state):
    look_up, tomorrow = LookUp(state, 10_000), NOW + timedelta(days=1)
    look_up.answer(A, asked(*[code(2)] * 500), banks, POLICY, now=NOW)
    assert count(state) == 500
    look_up.answer(A, asked(*[code(2)] * 200), banks, POLICY, now=tomorrow)
    assert (count(state, now=tomorrow), len(state.rows("SELECT * FROM asked"))) == (200, 1)


def test_a_question_alone_is_not_written_and_a_full_disk_stops_none(banks, state):
    look_up = LookUp(state, 10_000)
    before = state.mark()
    look_up.answer(A, asked(code(2)), banks, POLICY, now=NOW)
    assert state.mark() == before
    state._connection.execute("PRAGMA query_only = ON")
    look_up.answer(A, asked(*[code(2)] * MOST_UNWRITTEN), banks, POLICY, now=NOW)
    assert state.trouble is not None
    state._connection.execute("PRAGMA query_only = OFF")
    look_up.answer(A, asked(code(2)), banks, POLICY, now=NOW)
    assert (count(state), state.trouble) == (MOST_UNWRITTEN + 2, None)


def test_no_value_that_was_asked_stands_in_the_state_file(banks, state, tmp_path):
    look_up = LookUp(state, 10_000)
    look_up.answer(A, asked(*[code(2)] * MOST_UNWRITTEN), banks, POLICY, now=NOW)
    look_up.close()
    files = [path.read_bytes() for path in tmp_path.glob("gate.state*")]
    assert files
    assert not any(code(2) in data or code(2).hex().encode() in data for data in files)


def walk(copy):
    """The attack bit by bit: from one near copy to the edge of the radius, then each bit turned."""
    at = bytearray(copy)
    for bit in Random(1).sample(range(256), 256):
        at[bit // 8] ^= 1 << bit % 8
        if (yield bytes(at)) == "no_match":
            break
    for bit in range(256):
        turned = bytearray(at)
        turned[bit // 8] ^= 1 << bit % 8
        yield bytes(turned)


def steps_aside(copy):
    """The attack by random sets of bits: no two of its questions lie within the radius of each other."""
    chance = Random(1)
    asked: list[bytes] = []
    while len(asked) < 260:
        turned = bytearray(copy)
        for bit in chance.sample(range(256), chance.randint(17, 29)):
            turned[bit // 8] ^= 1 << bit % 8
        if all(distance(turned, other) > MATCH_THRESHOLD_BITS for other in asked):
            asked.append(bytes(turned))
            yield bytes(turned)


def distance(one, other):
    return (int.from_bytes(one) ^ int.from_bytes(other)).bit_count()


class Attacker:
    """Asks what an attack wants to know, at a pace; counts what was answered."""

    def __init__(self, look_up, banks) -> None:
        self.look_up, self.banks = look_up, banks
        self.answered = self.refused = 0

    def run(self, attack, *, pace=timedelta(0), days=29, again=False, in_company=1):
        now, questions = NOW, attack(flipped(KNOWN, 12))
        value = next(questions)
        while now < NOW + timedelta(days=days):
            level = self.ask(value, now, in_company)
            if level is None and again:
                level = self.ask(value, now, in_company)
            now += pace
            try:
                value = questions.send(level)
            except StopIteration:
                break
        return self

    def ask(self, value, now, in_company):
        items = [Asked([turned_parts([value, *(secrets.token_bytes(32) for _ in range(in_company - 1))])])]
        try:
            (answer,) = self.look_up.answer(A, items, self.banks, POLICY, now=now)
        except FeltOutError:
            self.refused += 1
            return None
        self.answered += 1
        return answer["level"]


def turned_parts(values):
    return HashedPart(0, None, tuple(Hashed(PdqHash(value), 100) for value in values))


@pytest.mark.threat("X2")
@pytest.mark.parametrize("attack", [walk, steps_aside])
@pytest.mark.parametrize(
    "how",
    [
        {},
        {"again": True},  # what was refused is asked once more
        {"in_company": 8},  # of all orientations, seven of them made up
        {"pace": timedelta(minutes=3, seconds=1)},  # less than twenty an hour
        {"pace": timedelta(hours=1)},
        {"pace": timedelta(hours=6)},  # four a day
    ],
    ids=["at once", "again", "eight at once", "twenty an hour", "one an hour", "four a day"],
)
def test_feeling_an_entry_out_is_stopped_before_64_questions(banks, state, attack, how):
    attacker = Attacker(LookUp(state, 10_000), banks).run(attack, **how)
    assert attacker.answered < 64
    assert attacker.refused > attacker.answered


@pytest.mark.parametrize("attack", [walk, steps_aside])
def test_the_attacks_get_through_where_nothing_stops_them(banks, state, attack, monkeypatch):
    """So that the test above tests something."""
    monkeypatch.setattr("haalweg.gate.lookup.NEAR_BITS", -1)
    attacker = Attacker(LookUp(state, 10_000), banks).run(attack)
    assert attacker.refused == 0
    assert attacker.answered >= 256


def test_the_same_picture_may_be_asked_as_often_as_it_is_posted(banks, state):
    look_up = LookUp(state, 10_000)
    for _ in range(100):
        assert look_up.answer(A, asked(KNOWN), banks, POLICY, now=NOW) == [{"level": "match"}]


def test_many_pictures_that_have_nothing_in_common_are_no_attack(banks, state):
    items = [asked(code(seed))[0] for seed in range(2, 400)]
    assert len(LookUp(state, 10_000).answer(A, items, banks, POLICY, now=NOW)) == len(items)


def test_ten_thousand_unrelated_questions_of_real_photos_are_no_attack(banks, state, shared_photos):
    """Parts of photos, cut out so that none shows what another one does; of all of them two pairs lie near."""
    values = []
    for photo in shared_photos:
        pixels = np.asarray(Image.open(photo).convert("RGB"))
        height, width = (side // 6 for side in pixels.shape[:2])
        for row, column in product(range(6), range(6)):
            part = pixels[row * height : (row + 1) * height, column * width : (column + 1) * width]
            hashed = haalweg.hash_pixels(np.ascontiguousarray(part))
            if hashed.quality >= 50:
                values.append(bytes(hashed.hash))
    assert len(values) > 25 * len(shared_photos)
    look_up = LookUp(state, len(values))
    for value in values:
        look_up.answer(A, asked(value), banks, POLICY, now=NOW)


def test_pictures_too_flat_to_match_are_not_counted(banks, state):
    look_up = LookUp(state, 10_000)
    for bits in range(MOST_NEAR_IN_ALL + 1):
        answer = look_up.answer(A, asked(flipped(KNOWN, bits), quality=10), banks, POLICY, now=NOW)
        assert answer == [{"level": "too_flat"}]


def test_what_one_key_asked_is_not_held_against_another_nor_for_longer_than_an_hour(banks, state):
    look_up = LookUp(state, 10_000)
    near = [flipped(KNOWN, bits) for bits in range(MOST_NEAR)]
    look_up.answer(A, asked(*near), banks, POLICY, now=NOW)
    with pytest.raises(FeltOutError, match="within an hour"):
        look_up.answer(A, asked(flipped(KNOWN, 30)), banks, POLICY, now=NOW)
    look_up.answer(B, asked(flipped(KNOWN, 30)), banks, POLICY, now=NOW)
    look_up.answer(A, asked(flipped(KNOWN, 29)), banks, POLICY, now=NOW + timedelta(hours=1, seconds=1))


def test_what_has_company_is_known_for_a_month_and_what_has_none_for_a_day(banks, state):
    def felt_out(first, days):
        look_up = LookUp(state, 10_000)
        for number, value in enumerate(first):
            look_up.answer(A, asked(value), banks, POLICY, now=NOW + timedelta(minutes=4) * number)
        later = NOW + timedelta(days=days)
        with suppress(FeltOutError):
            look_up.answer(A, asked(flipped(KNOWN, 40)), banks, POLICY, now=later)
            return False
        return True

    near = [flipped(KNOWN, bits) for bits in range(MOST_NEAR_IN_ALL)]
    assert (felt_out(near[:19], 0), felt_out(near, 1.5), felt_out(near, 29), felt_out(near, 31)) == (
        False,
        True,
        True,
        False,
    )


def test_memory_is_bounded_and_what_stands_alone_goes_first(monkeypatch, banks, state):
    monkeypatch.setattr("haalweg.gate.lookup.MOST_KNOWN", 1_000)
    look_up = LookUp(state, 1_000_000)
    near = [flipped(KNOWN, bits) for bits in range(MOST_NEAR)]
    look_up.answer(A, asked(*near), banks, POLICY, now=NOW)
    for _ in range(2):
        look_up.answer(A, asked(*(secrets.token_bytes(32) for _ in range(900))), banks, POLICY, now=NOW)
    assert look_up._askers[A].known._count <= 1_000
    with pytest.raises(FeltOutError):
        look_up.answer(A, asked(flipped(KNOWN, 30)), banks, POLICY, now=NOW)


def test_what_is_reported_by_law_is_never_told(tmp_path, state):
    with BankFile.new(tmp_path / "plain.bank", None, now=NOW) as store:
        hotline = store.make_bank("HOTLINE", now=NOW, kind=BankKind.REPORT_BY_LAW)
        store.add(NewEntries(hotline.id, SignalType.PDQ, [KNOWN, code(2)]), now=NOW)
        store.add(NewEntries(hotline.id, SignalType.SHA256, [bytes(32)]), now=NOW)
        bank = store.make_bank("NL", now=NOW)
        store.add(NewEntries(bank.id, SignalType.PDQ, [code(2)]), now=NOW)
        banks = LiveBank(store, now=NOW)
        (flat,) = asked(code(9), quality=10)
        items = [*asked(KNOWN, code(2)), replace(flat, digests=FileDigests("00" * 32, "")), flat]
        assert [check(each, banks, POLICY, now=NOW).verdict for each in items] == [
            *[Verdict.REPORT_BY_LAW] * 3,
            "too_flat",
        ]
        levels = [each["level"] for each in LookUp(state, 10).answer(A, items, banks, POLICY, now=NOW)]
        assert levels == ["no_match", "match", "too_flat", "too_flat"]


@pytest.mark.threat("X1")
def test_a_bank_that_is_not_named_for_a_key_is_not_answered_from(banks, state):
    def levels(*names):
        answer = LookUp(state, 10).answer(A, asked(KNOWN), NamedBanks(banks, names), POLICY, now=NOW)
        return [each["level"] for each in answer]

    assert (levels("NL"), levels("N", "NL"), levels("OTHER"), levels()) == (
        ["match"],
        ["match"],
        ["no_match"],
        ["no_match"],
    )


def test_over_http(tmp_path):
    one = AGate(tmp_path / "one")
    key, elsewhere = one.key(Scope.LOOKUP), one.key(Scope.LOOKUP, banks=("OTHER",))
    before = one.key(Scope.STATUS)
    with StateFile.open(one.folder / "gate.state") as state, state.writing() as file:
        file.execute("UPDATE key SET scopes = 'lookup' WHERE scopes = 'status'")  # as once, without banks
    one.start()
    try:
        one.add(KNOWN)

        def ask(value, key=key):
            items = {"items": [{"pdq": value.hex(), "quality": 100}]}
            return httpx.post(f"{one.url}/api/v1/lookup", json=items, headers=bearer(key), trust_env=False)

        until(lambda: ask(KNOWN).json() == {"items": [{"level": "match"}]}, 20)
        assert ask(KNOWN, elsewhere).json() == {"items": [{"level": "no_match"}]}
        assert ask(KNOWN, before).status_code == httpx.codes.FORBIDDEN
        assert ask(KNOWN, before).json()["detail"].startswith("This key names no bank that it may ask of.")
        answers = [ask(flipped(KNOWN, bits)) for bits in range(1, MOST_NEAR + 2)]
        assert answers[-1].status_code == httpx.codes.TOO_MANY_REQUESTS
        assert answers[-1].headers["retry-after"] == "3600"
        assert "entry_felt_out" in one.log()
        assert KNOWN.hex() not in one.log()
    finally:
        one.kill()
