"""The check: what was hashed of an upload in, a verdict and what to do about it out."""

from __future__ import annotations

import hashlib
from dataclasses import astuple, dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Any, Protocol

from haalweg.banks import BankKind
from haalweg.matching.bank_index import Lead, Match, surest
from haalweg.matching.policy import Action, Failure, strictest
from haalweg.matching.statement import statement_for

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import datetime

    from haalweg.banks import Assurance, EntryId
    from haalweg.matching.bank_index import BankIndex
    from haalweg.matching.live_bank import EntryFacts
    from haalweg.matching.policy import BankPolicy, Policy
    from haalweg.matching.statement import Statement, StatementSettings
    from haalweg.signals import FileDigests, FrameView, HashedPart, VideoSignatures


class Verdict(StrEnum):
    """What was found."""

    REPORT_BY_LAW = (
        "report_by_law"  # a near copy of what the platform has to report, and says nothing of to anyone else
    )
    MATCH = "match"  # a near copy of a reported picture
    LEAD = "lead"  # it seems to be made from a photo: a person has to look
    NO_MATCH = "no_match"
    TOO_FLAT = "too_flat"  # too little detail to say
    UNREADABLE = "unreadable"


class KnownBanks(Protocol):
    """What a check asks; LiveBank fits it."""

    @property
    def index(self) -> BankIndex: ...

    def facts(self, entry: EntryId) -> EntryFacts | None:
        """What is known of an entry; None: it is gone."""
        ...


@dataclass(frozen=True, slots=True)
class Asked:
    """What was hashed of one upload. It is compared, and forgotten."""

    parts: Sequence[HashedPart] = ()  # of a picture
    video: VideoSignatures | None = None
    digests: FileDigests | None = None
    views: Sequence[FrameView] = ()  # where traces are looked for
    leads: Sequence[Lead] = ()  # found while a video was decoded

    @property
    def too_flat(self) -> bool:
        """Whether it was hashed, and no part of it holds enough detail to be matched."""
        parts = list(self.parts)
        if self.video:
            parts += [part for frame in self.video.frames for part in frame.parts]
        return bool(parts) and all(part.too_flat for part in parts)


@dataclass(frozen=True, slots=True)
class Finding:
    """An entry that was found, what is known of it, and what the bank it is in leads to."""

    found: Match | Lead
    facts: EntryFacts
    assurance: Assurance  # for the platform that asked
    would: Action  # by the rules of its bank
    action: Action  # the same, or to allow, where the rules are only tried out
    otherwise: Action  # the same, if its source were heard and what it said could be kept
    silent: bool
    rolled_out: bool = True  # the rules of its bank act on this upload, and are not tried out for it being one of many
    dry_run: bool = False  # the rules of its bank are tried out, on every upload
    doubted: bool = False  # the platform that asked disputed it, or it matches what very many upload there
    failure: Failure | None = None  # why it may have been taken back, unheard

    @property
    def stale(self) -> bool:
        """Whether its source was not heard from for long, or what it said cannot be kept."""
        return self.failure is not None

    @property
    def by_law(self) -> bool:
        """Whether it has to be reported by law."""
        return self.facts.kind is BankKind.REPORT_BY_LAW


@dataclass(frozen=True, slots=True)
class Checked:
    """The answer to one upload. The caller acts; nothing has happened yet."""

    verdict: Verdict
    action: Action
    would: Action  # where rules are tried out, what would be done if they held
    silent: bool  # the uploader is told nothing
    matches: tuple[Finding, ...] = ()
    leads: tuple[Finding, ...] = ()
    decided_by: str | None = None  # the bank whose rules led to the action
    failure: Failure | None = None  # what the action is owed to: no finding led to it, or it is milder by that
    reason: str | None = None  # why it is unreadable
    statement: Statement | None = None  # for the uploader


def check(
    asked: Asked,
    banks: KnownBanks,
    policy: Policy,
    *,
    now: datetime,
    statements: StatementSettings | None = None,
    who: str = "",
) -> Checked:
    """Look one upload up, and say what the policy does about it.

    who: the platform that asks: what it has said of an entry itself holds where it asks, whatever others say.
    statements: what a statement of reasons needs to know; without it none is made.
    """
    (checked,) = check_all([asked], banks, policy, now=now, statements=statements, who=who)
    return checked


def check_all(
    asked: Sequence[Asked],
    banks: KnownBanks,
    policy: Policy,
    *,
    now: datetime,
    statements: StatementSettings | None = None,
    who: str = "",
) -> list[Checked]:
    """`check` of many uploads, whose pictures are looked up in one search."""
    index, judge = banks.index, _Judge(banks, policy, now, who)
    near = index.match_pictures([each.parts for each in asked])
    return [_checked(each, pictures, index, judge, statements) for each, pictures in zip(asked, near, strict=True)]


def _checked(
    asked: Asked, pictures: list[Match], index: BankIndex, judge: _Judge, statements: StatementSettings | None
) -> Checked:
    matches = judge.findings(_matches(asked, pictures, index), asked)
    leads = judge.findings(_leads(asked, index), asked)
    verdict = _verdict(asked, matches, leads)
    failure = _failure(verdict, index, judge.policy)
    by_failure = judge.policy.failures[failure] if failure else Action.ALLOW
    if not matches and not leads:  # as nearly all are
        return Checked(verdict, by_failure, by_failure, silent=False, failure=failure)
    findings = (*sorted(matches, key=lambda each: not each.by_law), *leads)
    action = strictest([by_failure, *(each.action for each in findings)])
    deciding = [each for each in findings if each.action is action] if action is not Action.ALLOW else []
    by_law = verdict is Verdict.REPORT_BY_LAW
    silent = by_law or (action is Action.HOLD and any(each.silent for each in deciding))
    tells = statements is not None and bool(deciding) and not silent
    return Checked(
        verdict,
        action,
        strictest([by_failure, *(each.would for each in findings)]),
        silent,
        matches,
        leads,
        deciding[0].found.bank if deciding else None,
        _made_milder_by(findings, action) or (None if deciding else failure),
        statement=statement_for(action, statements, is_lead=deciding[0] in leads) if tells and statements else None,
    )


def unchecked(failure: Failure, policy: Policy, reason: str) -> Checked:
    """Answer for an upload that could not be looked at. reason: a sentence about the file, not of what it shows."""
    action = policy.failures[failure]
    return Checked(Verdict.UNREADABLE, action, action, silent=False, failure=failure, reason=reason)


@dataclass(frozen=True, slots=True)
class _Judge:
    """The rules, and what is known now."""

    banks: KnownBanks
    policy: Policy
    now: datetime
    who: str

    def findings(self, found: Sequence[Match | Lead], asked: Asked) -> tuple[Finding, ...]:
        if not found:
            return ()
        judged = [self._finding(each, asked) for each in found]
        return tuple([finding for finding in judged if finding is not None])

    def _finding(self, found: Match | Lead, asked: Asked) -> Finding | None:
        rules = self.policy.of(found.bank)
        facts = self.banks.facts(found.entry)
        if facts is None or not rules.enabled or not _near_enough(found, rules):
            return None
        if facts.kind is BankKind.REPORT_BY_LAW:
            # The platform's own list and its duty: not tried out, not rolled out, and no failure makes it milder.
            would = rules.report_by_law
            return Finding(found, facts, facts.assurance, would, would, would, silent=True)
        stale = facts.heard_at is not None and self.now - facts.heard_at > self.policy.stale_after
        assurance = facts.assurance_for(self.who)
        would = rules.lead if isinstance(found, Lead) else rules.action_for(assurance)
        doubted = facts.standing.is_doubted_by(self.who)
        if doubted:
            would = would.at_most(Action.HOLD)
        unhindered, failure = would, None
        for hinders, each in ((stale, Failure.STALE_FEED), (facts.is_behind, Failure.DISK_FULL)):
            if hinders:
                milder = would.at_most(self.policy.failures[each])
                if failure is None or milder is not would:
                    failure = each
                would = milder
        percent = min(rules.rollout_percent, facts.matching_percent)
        rolled_out = percent >= 100 or _coin(asked) < percent
        acts = rolled_out and not rules.dry_run
        return Finding(
            found,
            facts,
            assurance,
            would,
            would if acts else Action.ALLOW,
            unhindered if acts else Action.ALLOW,
            rules.silent,
            rolled_out=rolled_out,
            dry_run=rules.dry_run,
            doubted=doubted,
            failure=failure,
        )


def _near_enough(found: Match | Lead, rules: BankPolicy) -> bool:
    return isinstance(found, Lead) or found.distance_bits is None or found.distance_bits <= rules.threshold_bits


def _matches(asked: Asked, pictures: list[Match], index: BankIndex) -> list[Match]:
    if asked.digests is None and asked.video is None:
        return pictures
    return [
        *(index.match_digests(asked.digests) if asked.digests else ()),
        *pictures,
        *(index.match_video(asked.video) if asked.video else ()),
    ]


def _leads(asked: Asked, index: BankIndex) -> list[Lead]:
    if not asked.leads and not asked.views:
        return []
    return surest([*asked.leads, *(index.leads_in(asked.views, asked.parts) if asked.views else ())])


def _verdict(asked: Asked, matches: Sequence[Finding], leads: Sequence[Finding]) -> Verdict:
    if any(each.by_law for each in matches):
        return Verdict.REPORT_BY_LAW
    if matches:
        return Verdict.MATCH
    if leads:
        return Verdict.LEAD
    return Verdict.TOO_FLAT if asked.too_flat else Verdict.NO_MATCH


def _failure(verdict: Verdict, index: BankIndex, policy: Policy) -> Failure | None:
    """Why nothing was found, where that says less than it should; of two reasons the one that leads to more."""
    if index.can_find:
        return Failure.TOO_FLAT if verdict is Verdict.TOO_FLAT else None
    by_emptiness, by_flatness = policy.failures[Failure.EMPTY_BANK], policy.failures[Failure.TOO_FLAT]
    if verdict is Verdict.TOO_FLAT and strictest([by_emptiness, by_flatness]) is not by_emptiness:
        return Failure.TOO_FLAT
    return Failure.EMPTY_BANK


def _made_milder_by(findings: Iterable[Finding], action: Action) -> Failure | None:
    """The failure without which the action would be stricter."""
    owed = (each.failure for each in findings if each.failure and each.otherwise.at_most(action) is not each.otherwise)
    return next(owed, None)


def _coin(asked: Asked) -> int:
    """0..99: the same for the same upload, so that trying again changes nothing."""
    digest = hashlib.sha256()
    for part in asked.parts[:1]:
        digest.update(bytes(part.hashed.hash))
    for frame in asked.video.frames[:1] if asked.video else ():
        digest.update(bytes(frame.parts[0].hashed.hash))
    if asked.digests and not (asked.parts or asked.video):
        digest.update((asked.digests.sha256 or asked.digests.md5).encode())
    return int.from_bytes(digest.digest()[:8], "big") % 100


def as_json(checked: Checked) -> dict[str, Any]:
    """One upload's answer as the gate gives it; docs/reference/check.md says what each field is. Absent is null."""
    statement = checked.statement
    return {
        "verdict": checked.verdict,
        "action": checked.action,
        "would": checked.would,
        "silent": checked.silent,
        "decided_by": checked.decided_by,
        "failure": checked.failure,
        "reason": checked.reason,
        "matches": [_match_row(each) for each in checked.matches],
        "leads": [_lead_row(each) for each in checked.leads],
        "statement": {"nl": statement.nl, "en": statement.en} if statement else None,
    }


def _match_row(finding: Finding) -> dict[str, object]:
    match = finding.found
    assert isinstance(match, Match)
    return {
        **_known(finding),
        "distance_bits": match.distance_bits,
        "orientation": match.orientation.value if match.orientation else None,
        "inner": list(astuple(match.inner)) if match.inner else None,
        "quality": match.quality,
        "frame": match.frame,
        "frame_s": match.frame_s,
    }


def _lead_row(finding: Finding) -> dict[str, object]:
    lead = finding.found
    assert isinstance(lead, Lead)
    return {
        **_known(finding),
        "level": lead.level,
        "altered_percent": lead.altered_percent,
        "mirrored": lead.mirrored,
        "frame": lead.frame,
        "frame_s": lead.frame_s,
    }


def _known(finding: Finding) -> dict[str, object]:
    facts = finding.facts
    return {
        "bank": finding.found.bank,
        "entry": finding.found.entry,
        "source": facts.source,
        "signal_type": finding.found.signal_type,
        "assurance": finding.assurance,
        "confirmations": facts.standing.confirmations,
        "stale": finding.stale,
        "doubted": finding.doubted,
        "would": finding.would,
        "action": finding.action,
    }
