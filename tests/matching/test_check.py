"""An upload's signatures in, a verdict and what to do about it out."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta

import numpy as np
import pytest

from haalweg.adapters.bank_file import BankFile
from haalweg.banks import (
    Assurance,
    BankError,
    BankKind,
    DisputeReason,
    Feedback,
    NewEntries,
    Opinion,
    Standing,
)
from haalweg.matching import BankIndex
from haalweg.matching.check import Asked, Verdict, as_json, check, unchecked
from haalweg.matching.live_bank import EntryFacts
from haalweg.matching.policy import Action, Failure, policy_of
from haalweg.matching.statement import StatementSettings, statement_for
from haalweg.signals import FileDigests, FrameView, SignalType, trace_pixels
from tests import pictures
from tests.matching.videos import code, flipped, part, video

NOW = datetime(2026, 11, 25, 12, tzinfo=UTC)
KNOWN = code(1)
HOLD, BLOCK, ALLOW = Action.HOLD, Action.BLOCK, Action.ALLOW
STATEMENTS = StatementSettings(
    "Forum De Brink",
    {"nl": "regel 4 van het huis (geen naaktbeelden zonder toestemming).", "en": "house rule 4."},
    {"nl": "mail bezwaar@brink.example binnen zes maanden.", "en": "mail bezwaar@brink.example within six months."},
)


class Banks:
    """A bank file in memory as it stands when it is asked."""

    def __init__(self, store) -> None:
        self.store = store
        self.heard_at: dict[str, datetime] = {}
        self.is_behind = False
        self.gone: set[int] = set()

    @property
    def index(self):
        return BankIndex.of(self.store, now=NOW)

    def facts(self, entry):
        if entry in self.gone:
            return None
        banks = {bank.id: bank for bank in self.store.banks()}
        (found,) = (each for each in self.store.entries(now=NOW) if each.id == entry)
        bank, heard_at = banks[found.bank], self.heard_at.get(found.source)
        standing = Standing.of(self.store.said(entry))
        return EntryFacts(
            bank.name,
            bank.id,
            found.source,
            found.assurance,
            found.added_at,
            heard_at,
            bank.kind,
            self.is_behind,
            standing,
        )

    def add(self, value, *, name="NL", assurance=Assurance.SELF_REPORTED, kind=BankKind.POSITIVE, **more):
        bank = self.store.bank(name) or self.store.make_bank(name, now=NOW, kind=kind)
        signal_type = more.pop("signal_type", SignalType.PDQ)
        return self.store.add(NewEntries(bank.id, signal_type, [value], assurance=assurance, **more), now=NOW).first_id


@pytest.fixture
def banks(tmp_path):
    with BankFile.new(tmp_path / "plain.bank", None, now=NOW) as store:
        yield Banks(store)


def checked(banks, asked, policy=None, statements=STATEMENTS):
    return check(asked, banks, policy_of(policy or {}), now=NOW, statements=statements)


def picture(value=KNOWN, **more):
    return Asked(parts=[part(value, **more)])


@pytest.mark.parametrize(
    ("assurance", "action"), [(Assurance.SELF_REPORTED, HOLD), (Assurance.SPOKEN, HOLD), (Assurance.SEEN, BLOCK)]
)
def test_how_well_an_entry_is_assured_decides(banks, assurance, action):
    entry = banks.add(KNOWN, assurance=assurance, source="helpline")
    answer = checked(banks, picture(flipped(KNOWN, 7)))
    assert (answer.verdict, answer.action, answer.decided_by) == (Verdict.MATCH, action, "NL")
    (row,) = as_json(answer)["matches"]
    assert row == {
        "bank": "NL",
        "entry": entry,
        "source": "helpline",
        "signal_type": "pdq",
        "assurance": assurance.value,
        "confirmations": 0,
        "stale": False,
        "doubted": False,
        "would": action.value,
        "action": action.value,
        "distance_bits": 7,
        "orientation": "identity",
        "inner": None,
        "quality": 100,
        "frame": 0,
        "frame_s": None,
    }


def said(banks, entry, who, opinion=Opinion.BLOCKED, reason=None):
    banks.store.say([Feedback(entry, who, opinion, reason, 1, NOW)])


@pytest.mark.threat("X10")
def test_what_one_platform_has_seen_blocks_there_alone_and_what_two_have_seen_blocks_everywhere(banks):
    entry = banks.add(KNOWN)
    said(banks, entry, "forum")
    asked = {who: check(picture(), banks, policy_of({}), now=NOW, who=who) for who in ("forum", "school", "")}
    assert {who: answer.action for who, answer in asked.items()} == {"forum": BLOCK, "school": HOLD, "": HOLD}
    (row,) = as_json(asked["forum"])["matches"]
    assert (row["assurance"], row["confirmations"]) == ("seen", 1)
    said(banks, entry, "chat")
    assert check(picture(), banks, policy_of({}), now=NOW, who="school").action is BLOCK


@pytest.mark.threat("X10")
def test_who_disputes_an_entry_holds_at_most_and_changes_nothing_for_others(banks):
    entry = banks.add(KNOWN, assurance=Assurance.SEEN)
    said(banks, entry, "forum", Opinion.NOT_BLOCKED, DisputeReason.NOT_INTIMATE)
    assert check(picture(), banks, policy_of({}), now=NOW, who="forum").action is HOLD
    assert check(picture(), banks, policy_of({}), now=NOW, who="school").action is BLOCK
    for partner in ("a", "b", "c"):
        said(banks, entry, partner, Opinion.NOT_BLOCKED, DisputeReason.OTHER)
    assert check(picture(), banks, policy_of({}), now=NOW, who="school").action is BLOCK


def test_the_strictest_finding_decides_and_all_are_named(banks):
    banks.add(KNOWN, name="A")
    banks.add(KNOWN, name="B", assurance=Assurance.SEEN)
    answer = checked(banks, picture())
    assert (answer.action, answer.decided_by, len(answer.matches)) == (BLOCK, "B", 2)


def test_what_is_in_no_bank_passes(banks):
    banks.add(KNOWN)
    answer = checked(banks, picture(code(2)))
    assert as_json(answer) == {
        "verdict": "no_match",
        "action": "allow",
        "would": "allow",
        "silent": False,
        "decided_by": None,
        "failure": None,
        "reason": None,
        "matches": [],
        "leads": [],
        "statement": None,
    }


def test_a_video_and_a_file_are_checked_too(banks):
    banks.add(KNOWN, assurance=Assurance.SEEN)
    assert checked(banks, Asked(video=video(part(code(3)), part(KNOWN)))).action is BLOCK
    digests = FileDigests("ab" * 32, "cd" * 16)
    banks.add(bytes.fromhex(digests.sha256), signal_type=SignalType.SHA256)
    assert checked(banks, Asked(digests=digests)).verdict is Verdict.MATCH


def test_a_threshold_of_the_policy_is_tighter_than_the_banks(banks):
    banks.add(KNOWN)
    policy = {"banks": {"NL": {"threshold_bits": 6}}}
    assert checked(banks, picture(flipped(KNOWN, 7)), policy).verdict is Verdict.NO_MATCH
    assert checked(banks, picture(flipped(KNOWN, 6)), policy).verdict is Verdict.MATCH


def test_a_bank_that_is_switched_off_finds_nothing(banks):
    banks.add(KNOWN, assurance=Assurance.SEEN)
    answer = checked(banks, picture(), {"banks": {"NL": {"enabled": False}}})
    assert (answer.verdict, answer.action) == (Verdict.NO_MATCH, ALLOW)


def test_rules_that_are_tried_out_say_what_they_would_do_and_let_it_pass(banks):
    banks.add(KNOWN, assurance=Assurance.SEEN)
    answer = checked(banks, picture(), {"dry_run": True})
    assert (answer.verdict, answer.action, answer.would) == (Verdict.MATCH, ALLOW, BLOCK)
    assert answer.statement is None


def test_a_bank_may_match_a_share_of_the_uploads_as_who_curates_it_says(banks):
    values = [code(seed) for seed in range(100)]
    for value in values:
        banks.add(value)
    index = banks.index

    def acted(share, policy=None):
        frozen = Frozen(banks, index, matching_percent=share)
        answers = [check(picture(v), frozen, policy_of(policy or {}), now=NOW) for v in values]
        assert all(each.would is HOLD for each in answers)
        assert [each.matches[0].rolled_out for each in answers] == [each.action is HOLD for each in answers]
        return {number for number, each in enumerate(answers) if each.action is HOLD}

    assert len(acted(100.0)) == 100
    assert acted(0.0) == set()
    assert 20 < len(acted(50.0)) < 80
    assert acted(50.0, {"rollout_percent": 10}) == acted(10.0)  # the smaller of the two


def test_a_roll_out_takes_its_share_and_the_same_upload_every_time(banks):
    values = [code(seed) for seed in range(200)]
    for value in values:
        banks.add(value)
    index = banks.index
    frozen = Frozen(banks, index)
    once = [check(picture(v), frozen, policy_of({"rollout_percent": 30}), now=NOW).action for v in values]
    again = [check(picture(v), frozen, policy_of({"rollout_percent": 30}), now=NOW).action for v in values]
    assert once == again
    assert 30 < once.count(HOLD) < 90
    assert all(check(picture(v), frozen, policy_of({"rollout_percent": 0}), now=NOW).action is ALLOW for v in values)


@pytest.mark.parametrize("digest", ["sha256", "md5"])
def test_a_roll_out_takes_its_share_of_files_that_are_known_by_a_digest_alone(banks, digest):
    values = [bytes(code(seed))[: 32 if digest == "sha256" else 16] for seed in range(100)]
    for value in values:
        banks.add(value, signal_type=SignalType(digest))
    frozen = Frozen(banks, banks.index)
    asked = [Asked(digests=FileDigests(**{"sha256": "", "md5": "", digest: value.hex()})) for value in values]
    held = [check(each, frozen, policy_of({"rollout_percent": 50}), now=NOW).action is HOLD for each in asked]
    assert 20 < sum(held) < 80


class Frozen:
    """Banks whose index is made once."""

    def __init__(self, banks, index, *, matching_percent=100.0) -> None:
        self.index = index
        self._facts = {
            each.id: EntryFacts("NL", each.bank, "", each.assurance, NOW, matching_percent=matching_percent)
            for each in banks.store.entries(now=NOW)
        }

    def facts(self, entry):
        return self._facts.get(entry)


@pytest.mark.threat("X6")
def test_what_comes_from_a_source_unheard_for_a_day_falls_from_block_to_hold(banks):
    banks.add(KNOWN, assurance=Assurance.SEEN, source="helpline")
    banks.heard_at["helpline"] = NOW - timedelta(hours=24)
    assert checked(banks, picture()).action is BLOCK
    banks.heard_at["helpline"] -= timedelta(seconds=1)
    answer = checked(banks, picture())
    assert (answer.action, answer.matches[0].stale) == (HOLD, True)
    assert checked(banks, picture(), {"failures": {"stale_feed": "allow"}}).action is ALLOW


@pytest.mark.threat("G7")
@pytest.mark.parametrize("failure", [Failure.STALE_FEED, Failure.DISK_FULL])
def test_a_failure_that_makes_an_action_milder_is_named(banks, failure):
    banks.add(KNOWN, assurance=Assurance.SEEN, source="helpline")
    assert checked(banks, picture()).failure is None
    if failure is Failure.STALE_FEED:
        banks.heard_at["helpline"] = NOW - timedelta(hours=25)
    else:
        banks.is_behind = True

    def told(**policy):
        answer = checked(banks, picture(), policy)
        return answer.action, answer.decided_by, answer.failure

    assert told() == (HOLD, "NL", failure)
    assert told(failures={failure.value: "allow"}) == (ALLOW, None, failure)
    assert told(failures={failure.value: "block"}) == (BLOCK, "NL", None)
    assert told(seen="hold") == (HOLD, "NL", None)  # as it would be without
    assert told(dry_run=True) == (ALLOW, None, None)
    banks.add(flipped(KNOWN, 3), name="OWN", assurance=Assurance.SEEN)
    if failure is Failure.STALE_FEED:
        assert told() == (BLOCK, "OWN", None)  # what another bank finds is as strict


def test_an_entry_that_was_withdrawn_meanwhile_is_not_found(banks):
    banks.gone.add(banks.add(KNOWN, assurance=Assurance.SEEN))
    assert checked(banks, picture()).verdict is Verdict.NO_MATCH


@pytest.mark.threat("G7")
def test_an_empty_bank_and_a_flat_picture_lead_to_what_was_set(banks):
    policy = {"failures": {"empty_bank": "hold", "too_flat": "block"}}
    empty = checked(banks, picture(), policy)
    assert (empty.verdict, empty.action, empty.failure) == (Verdict.NO_MATCH, HOLD, Failure.EMPTY_BANK)
    banks.add(KNOWN)
    flat = checked(banks, picture(quality=10), policy)
    assert (flat.verdict, flat.action, flat.failure) == (Verdict.TOO_FLAT, BLOCK, Failure.TOO_FLAT)


@pytest.mark.threat("G7")
def test_a_flat_picture_on_an_empty_bank_leads_to_the_stricter_of_the_two(banks):
    def told(empty_bank, too_flat):
        policy = {"failures": {"empty_bank": empty_bank, "too_flat": too_flat}}
        answer = checked(banks, picture(quality=10), policy)
        return answer.action, answer.failure

    assert told("hold", "allow") == (HOLD, Failure.EMPTY_BANK)
    assert told("hold", "block") == (BLOCK, Failure.TOO_FLAT)
    assert told("allow", "allow") == (ALLOW, Failure.EMPTY_BANK)


@pytest.mark.threat("G7")
def test_a_bank_with_nothing_but_what_frees_is_empty(banks):
    policy = {"failures": {"empty_bank": "hold"}}
    banks.add(code(7), name="SCREENS", kind=BankKind.NEGATIVE)
    banks.add(b"\1" * 32, name="SCREENS", signal_type=SignalType.SHA256)
    assert checked(banks, picture(), policy).failure is Failure.EMPTY_BANK
    banks.add(KNOWN, name="HOTLINE", kind=BankKind.REPORT_BY_LAW)
    assert checked(banks, picture(code(3)), policy).failure is None


@pytest.mark.threat("G7")
@pytest.mark.parametrize("failure", list(Failure))
@pytest.mark.parametrize("action", list(Action))
def test_what_cannot_be_looked_at_leads_to_what_was_set(failure, action):
    answer = unchecked(failure, policy_of({"failures": {failure.value: action.value}}), "It is no picture.")
    assert (answer.verdict, answer.action, answer.failure) == (Verdict.UNREADABLE, action, failure)
    assert answer.statement is None


def grey_view(rgb):
    return FrameView(0, rgb.shape[1], rgb.shape[0], np.ascontiguousarray(rgb))


def test_what_seems_to_be_made_from_a_photo_is_held_and_never_blocked(banks):
    photo = pictures.scene(3)
    banks.add(bytes(trace_pixels(photo)), signal_type=SignalType.TRACE, assurance=Assurance.SEEN)
    answer = checked(banks, Asked(views=[grey_view(pictures.redressed(photo))]))
    assert (answer.verdict, answer.action, answer.matches) == (Verdict.LEAD, HOLD, ())
    (row,) = as_json(answer)["leads"]
    assert row["level"] == "probable"
    assert 0 < row["altered_percent"] < 100
    assert "score" not in json.dumps(as_json(answer))
    assert checked(banks, Asked(views=[grey_view(pictures.redressed(photo))]), {"lead": "allow"}).action is ALLOW


def test_the_photo_itself_is_nobodys_business(banks):
    photo = pictures.scene(3)
    banks.add(bytes(trace_pixels(photo)), signal_type=SignalType.TRACE)
    answer = checked(banks, Asked(views=[grey_view(photo)]))
    assert as_json(answer) == as_json(checked(banks, Asked(views=[grey_view(pictures.scene(4))])))


@pytest.mark.threat("G6")
@pytest.mark.parametrize("assurance", list(Assurance))
def test_a_statement_of_reasons_names_nobody(banks, assurance):
    banks.add(KNOWN, name="CASE_4711", assurance=assurance, source="Helpline X", note="Eva")
    statement = checked(banks, picture()).statement
    assert statement is not None
    for text in (statement.nl, statement.en):
        assert not any(word in text for word in ("CASE_4711", "Helpline X", "Eva", assurance.value))


def test_a_statement_says_what_it_must():
    """DSA art. 17(3): restriction, territory, duration, facts, means, ground, redress."""
    held = statement_for(HOLD, STATEMENTS, is_lead=False)
    blocked = statement_for(BLOCK, STATEMENTS, is_lead=False)
    lead = statement_for(HOLD, STATEMENTS, is_lead=True)
    assert held is not None
    assert blocked is not None
    assert lead is not None
    assert held.nl == (
        "Wat je wilde plaatsen op Forum De Brink staat nog niet online. Een moderator kijkt er eerst naar. "
        "Tot die tijd kan niemand het zien, in geen enkel land. De reden: het komt overeen met een lijst van gemelde "
        "beelden. Niemand heeft jouw bericht gemeld. Een computer heeft dit gevonden. Een mens beslist. Het is in "
        "strijd met: regel 4 van het huis (geen naaktbeelden zonder toestemming). Klopt dit niet? Maak bezwaar: mail "
        "bezwaar@brink.example binnen zes maanden. Je kunt ook naar een erkend orgaan voor geschillen of naar de "
        "rechter."
    )
    assert blocked.en == (
        "What you tried to post on Forum De Brink was not posted. This holds in all countries, and stays so. The "
        "reason: it matches a list of reported pictures. Nobody reported your post. A computer found this and "
        "decided. It goes against: house rule 4. Is this wrong? Object: mail bezwaar@brink.example within six months. "
        "You can also go to a certified dispute settlement body or to court."
    )
    assert "made from a picture on a list" in lead.en
    assert statement_for(ALLOW, STATEMENTS, is_lead=False) is None


@pytest.mark.threat("G6")
def test_where_a_bank_holds_silently_the_uploader_is_told_nothing(banks):
    banks.add(KNOWN)
    banks.add(KNOWN, name="OTHER")
    answer = checked(banks, picture(), {"banks": {"OTHER": {"silent": True}}})
    assert (answer.action, answer.silent, answer.statement) == (HOLD, True, None)


def test_a_block_is_told_also_where_holds_are_silent(banks):
    banks.add(KNOWN, assurance=Assurance.SEEN)
    answer = checked(banks, picture(), {"silent": True})
    assert (answer.action, answer.silent) == (BLOCK, False)
    assert answer.statement is not None


# What is reported by law

BY_LAW = BankKind.REPORT_BY_LAW


@pytest.mark.parametrize("assurance", list(Assurance))
def test_what_is_reported_by_law_is_blocked_however_assured_and_nobody_is_told(banks, assurance):
    banks.add(KNOWN, name="HOTLINE", kind=BY_LAW, assurance=assurance)
    answer = checked(banks, picture(flipped(KNOWN, 7)))
    assert (answer.verdict, answer.action, answer.decided_by) == (Verdict.REPORT_BY_LAW, BLOCK, "HOTLINE")
    assert (answer.silent, answer.statement) == (True, None)


def test_what_is_reported_by_law_comes_before_a_match_and_is_told_of_by_neither(banks):
    banks.add(KNOWN, name="A", assurance=Assurance.SEEN)
    banks.add(KNOWN, name="HOTLINE", kind=BY_LAW)
    answer = checked(banks, picture())
    assert (answer.verdict, answer.decided_by, len(answer.matches)) == (Verdict.REPORT_BY_LAW, "HOTLINE", 2)
    assert (answer.silent, answer.statement) == (True, None)
    held = checked(banks, picture(), {"report_by_law": "hold"})  # and the other bank blocks
    assert (held.verdict, held.action, held.decided_by) == (Verdict.REPORT_BY_LAW, BLOCK, "A")
    assert (held.silent, held.statement) == (True, None)


def test_what_is_reported_by_law_may_be_held_instead_and_each_bank_have_its_own_rule(banks):
    banks.add(KNOWN, name="HOTLINE", kind=BY_LAW)
    assert checked(banks, picture(), {"report_by_law": "hold"}).action is HOLD
    own = {"report_by_law": "hold", "banks": {"HOTLINE": {"report_by_law": "block"}}}
    assert checked(banks, picture(), own).action is BLOCK


@pytest.mark.parametrize("tried_out", [{"dry_run": True}, {"rollout_percent": 0}], ids=str)
def test_what_is_reported_by_law_is_not_tried_out(banks, tried_out):
    banks.add(KNOWN, name="HOTLINE", kind=BY_LAW)
    for policy in (tried_out, {"banks": {"HOTLINE": tried_out}}):
        assert checked(banks, picture(), policy).action is BLOCK


def test_a_list_that_is_wrong_can_be_switched_off_and_its_threshold_be_tighter(banks):
    banks.add(KNOWN, name="HOTLINE", kind=BY_LAW)
    off, tight = {"banks": {"HOTLINE": {"enabled": False}}}, {"banks": {"HOTLINE": {"threshold_bits": 6}}}
    assert checked(banks, picture(), off).verdict is Verdict.NO_MATCH
    assert checked(banks, picture(flipped(KNOWN, 7)), tight).verdict is Verdict.NO_MATCH


def test_what_is_reported_by_law_is_never_a_lead(banks, monkeypatch):
    photo = pictures.scene(3)
    trace = bytes(trace_pixels(photo))
    with pytest.raises(BankError, match="takes no trace: what is made from a photo is a lead"):
        banks.add(trace, name="HOTLINE", kind=BY_LAW, signal_type=SignalType.TRACE)
    monkeypatch.setattr(BankFile, "_refuse_bank", lambda *_: None)  # a store that lets one in all the same
    banks.add(trace, name="HOTLINE", signal_type=SignalType.TRACE)
    answer = checked(banks, Asked(views=[grey_view(pictures.redressed(photo))]))
    assert (answer.verdict, answer.leads) == (Verdict.NO_MATCH, ())
