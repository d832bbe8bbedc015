"""What came into the door's banks and went out of them, and who has taken that over: partners, and gates of our own."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from haalweg.banks import Assurance, Opinion
from haalweg.cases.states import SignatureState
from haalweg.signals import SignalType
from haalweg.web.door import letters_of
from haalweg.web.store.models import Listing, Partner
from haalweg.web.store.tellings import tellings_of

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from django.db.models import QuerySet

    from haalweg.banks import Cursor
    from haalweg.web.door import Door, Follower
    from haalweg.web.store.models import Case, Signature


def came(case: Case, signatures: Sequence[Signature], bank: str, reached: Cursor, now: datetime) -> None:
    """Note that they are in a bank; what was noted before, and has not gone meanwhile, stays as it was."""
    there = {each.signature_id: each for each in case.listings.filter(bank=bank, signature__in=signatures)}
    for signature in signatures:
        before = there.get(signature.pk)
        if before is None:
            Listing.objects.create(
                case=case,
                signature=signature,
                signal_type=signature.signal_type,
                bank=bank,
                came=reached.next_entry,
                came_at=now,
            )
        elif before.went is not None:
            before.came, before.came_at, before.went, before.went_at = reached.next_entry, now, None, None
            before.save()


def went(listings: QuerySet[Listing], reached: Cursor, now: datetime) -> None:
    """Note that they are in that bank no more."""
    listings.filter(went=None).update(went=reached.withdrawals, went_at=now)


@dataclass(frozen=True, slots=True)
class Seen:
    """What a platform did with its own copy, on which day; never which post that was. Or that it matches very many."""

    title: str
    row_name: str
    opinion: Opinion
    reason: str | None
    had_contact: bool  # a case worker, with the person, before it came on the list
    at: datetime

    @property
    def is_blocked(self) -> bool:
        """Whether somebody there looked, and blocked it."""
        return self.opinion is Opinion.BLOCKED

    @property
    def matches_many(self) -> bool:
        """Whether it found what very many people upload there, and nobody there has said yet what that is."""
        return self.opinion is Opinion.MATCHES_MANY


@dataclass(slots=True)
class Receipts:
    """Who has said that they have it or have dropped it, and who has not said so yet: names as people read them."""

    has: set[str] = field(default_factory=set)
    has_not_yet: set[str] = field(default_factory=set)
    dropped: set[str] = field(default_factory=set)
    not_dropped_yet: set[str] = field(default_factory=set)
    seen: list[Seen] = field(default_factory=list)

    def settle(self) -> None:
        """Count one for several signatures: having one is having it, and dropping it is dropping all."""
        self.has_not_yet -= self.has
        self.dropped -= self.not_dropped_yet

    @property
    def is_confirmed_gone(self) -> bool:
        """Whether nobody has to say so any more."""
        return not self.not_dropped_yet


def receipts_of(case: Case, door: Door, *, ours: str) -> dict[str, Receipts]:
    """Give them for each file of a case by its name; of what was wiped, under an empty name. Raises DoorError.

    ours: what gates of our own are called, all together.
    """
    followers = door.followers()
    titles = dict(Partner.objects.values_list("name", "title"))
    found: dict[str, Receipts] = {}
    for listing in case.listings.select_related("signature"):
        file = found.setdefault(listing.signature.row_name if listing.signature else "", Receipts())
        for follower in followers:
            if listing.bank in follower.banks and listing.signal_type in follower.signal_types:
                _note(file, listing, follower, titles.get(follower.name, ours))
    for name, seen in _seen(case, door, titles, ours).items():
        found.setdefault(name, Receipts()).seen = seen
    for file in found.values():
        file.settle()
    return found


def for_the_person(receipts: Receipts) -> Receipts:
    """Leave out what could tell somebody where a photo of somebody else is seen (threats C6).

    That a moderator did not block it is told only where a case worker had contact with the person: who enrols an
    innocent photo of somebody else hears by that where it appears.
    """
    seen = [each for each in receipts.seen if each.is_blocked or (each.had_contact and not each.matches_many)]
    return Receipts(receipts.has, receipts.has_not_yet, receipts.dropped, receipts.not_dropped_yet, seen)


def _note(file: Receipts, listing: Listing, follower: Follower, title: str) -> None:
    cursor = follower.cursor
    has = cursor is not None and _after(follower, listing.came_at) and cursor.next_entry >= listing.came
    if listing.went is None or listing.went_at is None:
        if has:
            file.has.add(title)
        elif follower.follows:
            file.has_not_yet.add(title)
    elif cursor is not None and _after(follower, listing.went_at) and cursor.withdrawals >= listing.went:
        file.dropped.add(title)
    elif follower.follows or has:
        file.not_dropped_yet.add(title)


def _after(follower: Follower, at: datetime) -> bool:
    """Whether it was heard from since: receipts are noted by the second."""
    return follower.heard_at is not None and follower.heard_at >= at.replace(microsecond=0)


def _seen(case: Case, door: Door, titles: dict[str, str], ours: str) -> dict[str, list[Seen]]:
    """What platforms said of what is on the list; of what is made from a trace nothing is ever told."""
    asked = list(
        case.signatures.filter(state=SignatureState.ON_THE_LIST)
        .exclude(kind="source_photo")
        .exclude(signal_type=SignalType.TRACE)
        .prefetch_related("listings")
    )
    assurances = {each.addition_id: each.assurance for each in tellings_of(case)}
    banks = sorted({each.bank for signature in asked for each in signature.listings.all()})
    found: dict[str, list[Seen]] = {}
    if not banks:
        return found
    for signature, said in zip(asked, door.said(letters_of(asked), banks=banks), strict=True):
        for each in said:
            title = titles.get(each.who, ours)
            had_contact = assurances[signature.addition_id] != Assurance.SELF_REPORTED
            seen = Seen(title, signature.row_name, each.opinion, each.reason, had_contact, each.at)
            there = found.setdefault(signature.row_name, [])
            if not any((other.title, other.opinion) == (title, each.opinion) for other in there):
                there.append(seen)
    return found
