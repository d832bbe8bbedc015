"""What the desk and the person decide about a case: each decision in one transaction, with what follows from it."""

from __future__ import annotations

import secrets
from datetime import timedelta
from typing import TYPE_CHECKING, NamedTuple

from django.conf import settings
from django.db import transaction
from django.db.models import BooleanField, Count, ExpressionWrapper, F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from haalweg.cases.states import FINAL, OPEN, UNDECIDED, CaseState, SignatureState
from haalweg.errors import HaalwegError
from haalweg.reports.consents import CONSENT_VERSION, PARTNERS_LIKE, is_consent
from haalweg.reports.consents import Consent as ConsentTo
from haalweg.signals import MATCH_QUALITY
from haalweg.web.store import proposals, together
from haalweg.web.store.models import Case, Contact, Invitation, Listing, Signature, Task
from haalweg.web.store.proposals import Proposed
from haalweg.web.store.tellings import Telling, among, tellings_of
from haalweg.web.store.timeline import note

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import datetime

    from django.contrib.auth.models import User

    from haalweg.web.store.models import Addition, Consent, Proposal

REFUSALS = ("no_detail", "not_intimate", "publicly_known", "not_theirs", "no_answer")
REVOCATIONS = ("by_mistake", "not_intimate", "publicly_known", "not_theirs", "disputed", "person_asked")
SHARING = ("person_asked", "partner_trouble", "by_mistake")  # or to share again
_REASONS = {Proposed.REVOKE: REVOCATIONS, Proposed.SHARE: SHARING, Proposed.UNSHARE: SHARING}


class DecisionError(HaalwegError):
    """A decision that the case does not stand for any more: somebody else was first, or it was taken back."""


def with_figures(signatures: QuerySet[Signature]) -> QuerySet[Signature]:
    """Give each with how many other cases have the same (`in_other_cases`), and whether it is `is_flat`."""
    same = (
        Signature.objects.filter(value_lookup=OuterRef("value_lookup"))
        .exclude(case=OuterRef("case"))
        .order_by()
        .values("value_lookup")
        .annotate(cases=Count("case", distinct=True))
        .values("cases")
    )
    return signatures.annotate(
        in_other_cases=Coalesce(Subquery(same), 0),
        is_flat=ExpressionWrapper(Q(quality__lt=MATCH_QUALITY), output_field=BooleanField()),
    ).order_by("row_name", "is_inner", "signal_type")


def is_to_be_decided(case: Case) -> bool:
    """Whether a person has to decide about it, or about what was added to it since it came on the list."""
    return case.state in UNDECIDED or (case.state == CaseState.ON_THE_LIST and undecided(case).exists())


def undecided(case: Case) -> QuerySet[Addition]:
    """What was added and nobody has looked at yet."""
    return case.additions.filter(decided_at=None)


def may_be_confirmed(case: Case) -> bool:
    """Whether the person allowed the list, and something of it would match."""
    return usable(case).exists()


def usable(case: Case) -> QuerySet[Signature]:
    """What is held, is for the list and would match: not what is too flat."""
    held = case.signatures.filter(state=SignatureState.HELD).exclude(quality__lt=MATCH_QUALITY)
    return held.filter(among(each for each in tellings_of(case) if each.is_for_the_list))


def confirm(case: Case, *, staff: User, assurance: str, now: datetime) -> int:
    """Put what is held on the list; how many signatures that are. Raises DecisionError.

    Of a case that is on it already that is what was added since.
    """
    with transaction.atomic():
        if not may_be_confirmed(case):
            raise DecisionError("The person did not allow the list, or nothing of it holds enough detail.")
        is_more = _is_more(case)
        if not is_more:
            _claim(case, UNDECIDED, CaseState.ON_THE_LIST, now, assurance=assurance, confirmed_by=staff)
        count = usable(case).update(state=SignatureState.ON_THE_LIST)
        case.signatures.filter(state=SignatureState.HELD).update(state=SignatureState.REFUSED)
        undecided(case).update(assurance=assurance, confirmed_by=staff, decided_at=now)
        note(case, "more_on_the_list" if is_more else "on_the_list", now, staff=staff, count=count)
        if to_be_shared(case, now=now):  # who puts it on the list proposes what the person allowed
            proposals.keep(case, Proposed.SHARE, staff=staff, now=now)
        _tell(case, now)
    return count


def to_be_shared(case: Case, *, now: datetime) -> list[Telling]:
    """What is on the list, is for a partner of now or of later, was not shared yet, and is still in time for it."""
    if case.state != CaseState.ON_THE_LIST:
        return []
    return [
        each
        for each in tellings_of(case)
        if each.is_for_partners
        and each.shared_by is None
        and (each.addition is None or each.confirmed_by is not None)
        and now < each.kept_until
    ]


def may_be_proposed(case: Case, *, now: datetime) -> set[Proposed]:
    """What can be changed about what is on the list, by two people."""
    if case.state != CaseState.ON_THE_LIST:
        return set()
    may_be = {Proposed.REVOKE}
    if to_be_shared(case, now=now):
        may_be.add(Proposed.SHARE)
    if any(each.shared_by is not None for each in tellings_of(case)):
        may_be.add(Proposed.UNSHARE)
    return may_be


def propose(case: Case, what: Proposed, *, staff: User, reason: str, file: str = "", now: datetime) -> None:
    """Say that something on the list should change, and why; somebody else carries it out. Raises DecisionError.

    file: the one that is to be revoked; all of the case, where it is empty.
    """
    if reason not in _REASONS.get(what, ()):
        raise DecisionError("There is no such reason, or this is not proposed so.")
    with transaction.atomic():
        _hold(case)
        _refuse_what_may_not_be(case, what, now)
        if file and (what is not Proposed.REVOKE or not _listed(case, file).exists()):
            raise DecisionError("There is nothing of this file on the list.")
        if not proposals.keep(case, what, staff=staff, reason=reason, file=file, now=now):
            raise DecisionError("A colleague has proposed it already: carry it out, or take it back.")
        note(case, f"{what}_proposed", now, staff=staff, reason=reason)


def take_back_proposal(case: Case, what: Proposed, *, staff: User, now: datetime) -> None:
    """Let it not stand any more: who proposed it thought again, or a colleague thinks otherwise."""
    with transaction.atomic():
        if proposals.drop(case, what):
            note(case, f"{what}_not", now, staff=staff)


def carry_out(case: Case, what: Proposed, *, staff: User, now: datetime) -> None:
    """Do what somebody else proposed for what is on the list. Raises DecisionError."""
    with transaction.atomic():
        _hold(case)
        _refuse_what_may_not_be(case, what, now)
        proposed = proposals.claim(case, what, staff=staff, now=now)
        if proposed is None:
            raise DecisionError("Nobody else has proposed this: it takes a second pair of eyes.")
        if what is Proposed.REVOKE:
            _revoke(case, proposed, staff, now)
        elif what is Proposed.SHARE:
            _share(case, proposed, staff, now)
        else:
            case.additions.update(shared_by=None)
            Case.objects.filter(pk=case.pk).update(shared_by=None)
            note(case, "unshared", now, staff=staff, reason=proposed.reason)
        case.refresh_from_db()
        _tell(case, now, is_urgent=what is not Proposed.SHARE)


def _refuse_what_may_not_be(case: Case, what: Proposed, now: datetime) -> None:
    if what in may_be_proposed(case, now=now):
        return
    if what is Proposed.SHARE and not any(each.is_for_partners for each in tellings_of(case)):
        raise DecisionError("The person allowed no partner to have it.")
    if what is Proposed.SHARE and case.state == CaseState.ON_THE_LIST:
        raise DecisionError(
            "All of this case was shared already, or was on the list for as long as was promised and is not shared any "
            "more."
        )
    raise DecisionError("The case does not stand where this could be done. Look at it anew.")


def _share(case: Case, proposed: Proposal, staff: User, now: datetime) -> None:
    """Let partners have what the person allowed for them; not what its second pair of eyes put on the list."""
    waiting = [each for each in to_be_shared(case, now=now) if each.confirmed_by != staff.pk]
    if not waiting:
        raise DecisionError("Sharing takes a second pair of eyes: somebody else than who put it on the list.")
    for each in waiting:
        if each.addition is None:
            Case.objects.filter(pk=case.pk).update(shared_by=staff)
        else:
            case.additions.filter(pk=each.addition.pk).update(shared_by=staff)
    note(case, "shared", now, staff=staff, reason=proposed.reason)


def _revoke(case: Case, proposed: Proposal, staff: User, now: datetime) -> None:
    """Take it off the list, or one file of it: it matches nothing any more, here and at partners."""
    count = _listed(case, proposed.file).update(state=SignatureState.REVOKED)
    note(case, "revoked", now, staff=staff, count=count, reason=proposed.reason)
    if not _listed(case).exists():
        is_more = case.signatures.filter(state=SignatureState.HELD).exists()  # what was added waits for a person
        _claim(case, {CaseState.ON_THE_LIST}, CaseState.RECEIVED if is_more else CaseState.REVOKED, now, shared_by=None)
        case.additions.update(shared_by=None)


def _listed(case: Case, file: str = "") -> QuerySet[Signature]:
    there = case.signatures.filter(state=SignatureState.ON_THE_LIST)
    return there.filter(row_name=file) if file else there


def partner_came(kind: str, *, now: datetime) -> None:
    """Let a new partner have what people allowed for those of its kind."""
    allowed = Case.objects.filter(
        Q(consents__addition=None, shared_by__isnull=False) | Q(consents__addition__shared_by__isnull=False),
        consents__what=f"{PARTNERS_LIKE}{kind}",
        consents__taken_back_at=None,
    )
    for case in allowed.filter(state=CaseState.ON_THE_LIST).distinct():
        _tell(case, now)


def ask_longer(case: Case, *, now: datetime) -> None:
    """Ask, on the person's own page and at the desk, whether it may stay longer. Raises DecisionError."""
    with transaction.atomic():
        before = case.asked_at  # something may have happened since, and it counts anew
        if not Case.objects.filter(pk=case.pk, state__in=OPEN, asked_at=before).update(asked_at=now):
            raise DecisionError("This case was closed meanwhile, or it was asked about already.")
        case.refresh_from_db()
        note(case, "asked_longer", now, by_server=True)


def keep_longer(case: Case, *, now: datetime, staff: User | None = None) -> None:
    """Keep what is about to go for as long again: the person wants it, or staff for them. Raises DecisionError."""
    with transaction.atomic():
        asked = Case.objects.filter(pk=case.pk, state__in=OPEN, asked_at__isnull=False)
        if not asked.update(asked_at=None):
            raise DecisionError("Nothing of this case is about to go.")
        case.refresh_from_db()
        note(case, "kept_longer", now, staff=staff)
        _tell(case, now)


def expire(case: Case, *, now: datetime) -> None:
    """Take off the list what nobody wanted longer, and wipe its signatures and places once the door has done it.

    Raises DecisionError.
    """
    with transaction.atomic():
        _claim(case, set(OPEN), CaseState.EXPIRED, now, content_lookup=b"")
        count = _take_back(case.signatures.all())
        note(case, "expired", now, count=count, by_server=True)
        if _was_told_of(case):
            Task.objects.create(case=case, what="expire", made_at=now, due_at=now)
        else:
            forget_reported(case)


def forget_reported(case: Case) -> None:
    """Wipe what was reported, once it is out of the banks; messages and contact have their own time."""
    case.signatures.all().delete()
    case.places.all().delete()


def refuse(case: Case, *, staff: User, reason: str, now: datetime) -> None:
    """Leave it off the list, for a reason of REFUSALS. Raises DecisionError.

    Of a case that is on it already that is what was added since.
    """
    if reason not in REFUSALS:
        raise DecisionError(f"There is no such reason. There are: {', '.join(REFUSALS)}.")
    with transaction.atomic():
        is_more = _is_more(case)
        if not is_more:
            _claim(case, UNDECIDED, CaseState.REFUSED, now)
        count = case.signatures.filter(state=SignatureState.HELD).update(state=SignatureState.REFUSED)
        undecided(case).update(decided_at=now)
        note(case, "more_refused" if is_more else "refused", now, staff=staff, count=count, reason=reason)


def read_more(case: Case, *, staff: User, now: datetime) -> None:
    """Say that added places were read, where no signatures came with them. Raises DecisionError."""
    with transaction.atomic():
        if not _is_more(case) or case.signatures.filter(state=SignatureState.HELD).exists():
            raise DecisionError("Nothing was added to this case, or there are fingerprints to decide on.")
        undecided(case).update(decided_at=now)
        note(case, "more_read", now, staff=staff)


def _is_more(case: Case) -> bool:
    """Whether it is about what was added to a case on the list; it stays so until the transaction ends."""
    _hold(case)
    return case.state == CaseState.ON_THE_LIST and undecided(case).exists()


def withdraw(case: Case, *, now: datetime) -> int:
    """Take everything back, at once; it can be undone for some days. How many signatures. Raises DecisionError."""
    with transaction.atomic():
        before = set(CaseState) - FINAL - {CaseState.WITHDRAWN, CaseState.EXPIRED}
        _claim(case, before, CaseState.WITHDRAWN, now, state_before=F("state"))
        count = _take_back(case.signatures.all())
        note(case, "withdrawn", now, count=count)
        _tell(case, now, is_urgent=True)
    return count


def undo_withdrawal(case: Case, *, now: datetime) -> int:
    """Put back what was taken back, to where it stood, while that can be done. How many signatures.

    Raises DecisionError.
    """
    if not may_be_undone(case, now=now):
        raise DecisionError("This was taken back too long ago to be put back.")
    with transaction.atomic():
        after = CaseState(case.state_before)
        _claim(case, {CaseState.WITHDRAWN}, after, now)
        count = _put_back(case.signatures.filter(taken_back_at=None))
        note(case, "restored", now, count=count)
        _tell(case, now)
    return count


def take_back_file(case: Case, row_name: str, *, now: datetime) -> int:
    """Take one file back, at once; it can be put back for some days. How many signatures. Raises DecisionError."""
    with transaction.atomic():
        refuse_ended(case)
        count = _take_back(case.signatures.filter(row_name=row_name), taken_back_at=now)
        if not count:
            raise DecisionError("There is nothing of this file that could be taken back.")
        note(case, "file_withdrawn", now, count=count)
        _tell(case, now, is_urgent=True)
    return count


def put_back_file(case: Case, row_name: str, *, now: datetime) -> int:
    """Put back a file that was taken back by itself, while that can be done. How many signatures.

    Raises DecisionError.
    """
    with transaction.atomic():
        refuse_ended(case)
        count = _put_back(files_that_may_be_put_back(case, now=now).filter(row_name=row_name))
        if not count:
            raise DecisionError("There is nothing of this file that could be put back.")
        note(case, "file_restored", now, count=count)
        _tell(case, now)
    return count


def files_that_may_be_put_back(case: Case, *, now: datetime) -> QuerySet[Signature]:
    """Those taken back by themselves, not too long ago, which nobody has to look at first."""
    since = now - timedelta(days=settings.HAALWEG.terms.undo_days)
    found = case.signatures.filter(state=SignatureState.WITHDRAWN, taken_back_at__gt=since)
    if case.state == CaseState.ON_THE_LIST:  # what came on it was looked at, and only that
        return found.filter(state_before=SignatureState.ON_THE_LIST)
    return found.filter(state_before=SignatureState.HELD)


class Choice(NamedTuple):
    """One thing that was allowed for what was told at one time: with the report, or with an addition of that number."""

    what: str
    addition: int = 0  # 0: the report


def consents_now(case: Case) -> list[Choice]:
    """What is allowed."""
    return _choices(case.consents.filter(taken_back_at=None))


def consents_taken_back(case: Case) -> list[Choice]:
    """What was allowed once and is not any more: it can be allowed again."""
    return sorted(set(_choices(case.consents.exclude(taken_back_at=None))) - set(consents_now(case)))


def _choices(consents: QuerySet[Consent]) -> list[Choice]:
    rows = consents.order_by("addition__number", "pk").values_list("what", "addition__number")
    return [Choice(what, number or 0) for what, number in rows]


def change_consent(case: Case, choice: Choice, *, given: bool, now: datetime) -> None:
    """Take one consent back, or give it. Partners have what is allowed from now on. Raises DecisionError."""
    what = choice.what
    if not is_consent(what) or what == ConsentTo.BANK:  # without the list nothing is left: that is taking all back
        raise DecisionError("There is no such thing to allow or to take back by itself.")
    with transaction.atomic():
        refuse_ended(case)
        addition = case.additions.filter(number=choice.addition).first()
        if choice.addition and addition is None:
            raise DecisionError("Nothing was added by that number.")
        there = case.consents.filter(what=what, addition=addition, taken_back_at=None)
        if given == there.exists():
            return
        if given:
            case.consents.create(what=what, addition=addition, version=CONSENT_VERSION, given_at=now)
        else:
            there.update(taken_back_at=now)
        note(case, "consent_given" if given else "consent_taken_back", now)
        _tell(case, now, is_urgent=not given)


def is_open(case: Case) -> bool:
    """Whether anything of it can still be taken back or changed."""
    return case.state not in FINAL | {CaseState.WITHDRAWN, CaseState.EXPIRED}


def refuse_ended(case: Case) -> None:
    """Hold on to a case that can still be changed until the transaction ends. Raises DecisionError."""
    _hold(case)
    if not is_open(case):
        raise DecisionError("This case was taken back or stopped. Look at it anew.")


def _hold(case: Case) -> None:
    """Hold on to the case, as it stands now, until the decision is kept."""
    case.refresh_from_db(from_queryset=Case.objects.select_for_update())


def _take_back(signatures: QuerySet[Signature], *, taken_back_at: datetime | None = None) -> int:
    there = signatures.filter(state__in=(SignatureState.HELD, SignatureState.ON_THE_LIST))
    return there.update(state_before=F("state"), state=SignatureState.WITHDRAWN, taken_back_at=taken_back_at)


def _put_back(signatures: QuerySet[Signature]) -> int:
    there = signatures.filter(state=SignatureState.WITHDRAWN)
    return there.update(state=F("state_before"), taken_back_at=None)


def may_be_undone(case: Case, *, now: datetime) -> bool:
    """Whether a withdrawal can still be taken back."""
    if case.state != CaseState.WITHDRAWN or case.decided_at is None:
        return False
    return now - case.decided_at < timedelta(days=settings.HAALWEG.terms.undo_days)


def turned_out_under_age(case: Case, *, now: datetime, staff: User | None = None, by_server: bool = False) -> None:
    """Stop a case for good: its signatures are taken back everywhere for that reason, and then forgotten here too.

    What other cases have of the same is forgotten at once, and they are set aside until somebody has looked. So are
    those that it is dealt with together with: they may be of the same child. But stopping wipes what an adult needs,
    for good, and who is behind one of them may be somebody else: each of them waits for a person to say so.
    """
    with transaction.atomic():
        same = Signature.objects.filter(value_lookup__in=case.signatures.values("value_lookup")).exclude(case=case)
        # All of them before the log, and in one order: of two who are stopped at once neither waits for the other.
        touched = together.hold(Q(pk=case.pk) | Q(pk__in=same.order_by().values("case")))
        have_same = set(same.order_by().values_list("case", flat=True))
        others = [each for each in touched if each.pk in have_same]
        leads = {together.lead_of(each) for each in touched if each.pk == case.pk}  # as it stands now, if it does
        beside = [each for each in touched if each.pk != case.pk and together.lead_of(each) in leads]
        Listing.objects.filter(signature__in=same).update(case=case)  # they go with what this case has
        before = set(CaseState) - {CaseState.UNDER_AGE}
        if not case.signatures.exists():
            before.remove(CaseState.ERASED)  # nothing of it is here any more
        _claim(case, before, CaseState.UNDER_AGE, now, pin="", content_lookup=b"")
        case.signatures.update(state=SignatureState.WITHDRAWN)
        case.additions.update(content_lookup=b"")
        note(case, "under_age", now, staff=staff, by_server=by_server)
        Task.objects.create(case=case, what="forget", is_urgent=True, made_at=now, due_at=now)
        Signature.objects.filter(pk__in=[each.pk for each in same]).delete()
        for other in others:
            set_aside(other, why="same_under_age", now=now)
        for each in beside:
            set_aside(each, why="together_under_age", now=now)
            _set_aside_what_comes_back(each, why="together_under_age", now=now)
        if beside:
            together.step_in([case, *beside])
            case.refresh_from_db()


def erase(case: Case, *, now: datetime) -> None:
    """Take everything back for good, and wipe all that was told once the door has done it. Raises DecisionError.

    That there was a case stays, and what happened when, without any content. Its code opens nothing any more. What
    never came on the list is wiped at once, and the door takes nothing off it for that.
    """
    with transaction.atomic():
        together.hold(Q(pk=case.pk))
        before = set(CaseState) - FINAL
        # `sent_as` stays: a page that sends its report once more is not taken in anew, and hears what it heard before.
        code_lookup = secrets.token_bytes(32)
        closed = {"code_lookup": code_lookup, "hand_over_lookup": None, "frozen_at": None}
        _claim(case, before, CaseState.ERASED, now, pin="", content_lookup=b"", **closed)
        _take_back(case.signatures.all())
        case.additions.update(content_lookup=b"")
        note(case, "erased", now)
        together.leave(case.pk, now=now)
        case.refresh_from_db()
        if _was_told_of(case):
            Task.objects.create(case=case, what="erase", is_urgent=True, made_at=now, due_at=now)
        else:
            forget(case)


def forget(case: Case) -> None:
    """Wipe what was told, once it is out of the banks; that there was a case stays, and what happened when."""
    Invitation.objects.filter(case=case).delete()
    for rows in (case.signatures, case.places, case.messages, case.consents):
        rows.all().delete()
    Case.objects.filter(pk=case.pk).update(to_answer=False)
    if case.state == CaseState.ERASED:  # else the desk sees who has not dropped it yet
        case.listings.all().delete()
    Contact.objects.filter(case=case).delete()


def freeze(case: Case, *, now: datetime) -> None:
    """Let the code open nothing until the helpline gave a new one: somebody else has it. Nothing is taken back.

    Words that were mailed end too: whoever has the code may read the mailbox.
    """
    with transaction.atomic():
        if Case.objects.filter(pk=case.pk, frozen_at=None).update(frozen_at=now, hand_over_lookup=None):
            case.mails.with_words().end(now)
            note(case, "frozen", now)
    case.refresh_from_db()


def set_aside(case: Case, *, why: str, now: datetime) -> None:
    """Take off the list what a person has to look at again; nothing happens where it was taken back or decided."""
    with transaction.atomic():
        before = {CaseState.RECEIVED, CaseState.ON_THE_LIST}
        if not Case.objects.filter(pk=case.pk, state__in=before).update(state=CaseState.SET_ASIDE, shared_by=None):
            return
        case.refresh_from_db()
        proposals.forget(case)
        case.signatures.filter(state=SignatureState.ON_THE_LIST).update(state=SignatureState.HELD)
        case.additions.update(confirmed_by=None, shared_by=None, decided_at=None)
        note(case, why, now, by_server=True)
        _tell(case, now, is_urgent=True)


def _set_aside_what_comes_back(case: Case, *, why: str, now: datetime) -> None:
    """Let what the person took back wait for somebody to look at it, should they undo that."""
    before = {CaseState.RECEIVED, CaseState.ON_THE_LIST}
    there = Case.objects.filter(pk=case.pk, state=CaseState.WITHDRAWN, state_before__in=before)
    if there.update(state_before=CaseState.SET_ASIDE, shared_by=None):
        case.additions.update(confirmed_by=None, shared_by=None, decided_at=None)
        taken_back = case.signatures.filter(state=SignatureState.WITHDRAWN)
        taken_back.filter(state_before=SignatureState.ON_THE_LIST).update(state_before=SignatureState.HELD)
        note(case, why, now, by_server=True)


def _was_told_of(case: Case) -> bool:
    """Whether the door was ever told of it: what never came on the list is not taken off it, whoever has the same."""
    return case.events.filter(what="on_the_list").exists()


def tell_of_all(*, now: datetime) -> None:
    """Have the door told of every case how it stands: its bank and these tables were put back."""
    told = Case.objects.filter(events__what="on_the_list").exclude(state__in=FINAL).distinct()
    Task.objects.bulk_create(Task(case=case, what="settle", made_at=now, due_at=now) for case in told)


def _tell(case: Case, now: datetime, *, is_urgent: bool = False) -> None:
    """Have the door told how it stands now, where it was ever told of it."""
    if _was_told_of(case):
        Task.objects.create(case=case, what="settle", is_urgent=is_urgent, made_at=now, due_at=now)


def _claim(
    case: Case, before: Collection[CaseState], after: CaseState, now: datetime, **more: str | bytes | User | F | None
) -> None:
    """Move a case on, where it still stands where it may be moved from: one of two that decide at once is refused."""
    there = Case.objects.filter(pk=case.pk, state__in=before)
    moved = there.update(state=after, decided_at=now, asked_at=None, **more)
    if not moved:
        raise DecisionError("This case was decided already, or it was taken back. Look at it anew.")
    case.refresh_from_db()
    proposals.forget(case, also_new_code=after in FINAL)
    if after in FINAL:
        case.mails.all().delete()
