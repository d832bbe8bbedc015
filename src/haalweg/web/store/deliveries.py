"""What went to each partner and what it has taken over: numbers alone, of all cases together (threats X3)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from django.db.models import Count, Min, Q
from django.db.models.functions import TruncDate

from haalweg.signals import SignalType
from haalweg.web.configuration import OF_PARTNER
from haalweg.web.store.models import Listing, Partner

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date, datetime

    from django.db.models import QuerySet

    from haalweg.banks.feed import Tier
    from haalweg.web.door import Follower

SHOWN = timedelta(days=14)  # back from today, day by day
_NONE = Q(pk__in=())
LATE = timedelta(days=1)  # from when on somebody should ask why it was not dropped yet


@dataclass(frozen=True, slots=True)
class Day:
    """What went out and what was taken back on one day, and of how much of that nobody has said yet that it is done."""

    day: date
    came: int = 0
    came_waits: int = 0
    went: int = 0
    went_waits: int = 0


@dataclass(frozen=True, slots=True)
class Delivery:
    """How far one partner has come, in fingerprints and traces."""

    partner: Partner
    follower: Follower | None  # None: it has no key to follow with
    has: int
    has_not_yet: int
    dropped: int
    not_dropped_yet: int
    waits_since: datetime | None  # the oldest that it has not dropped yet

    @property
    def follows(self) -> bool:
        """Whether it has a key that is in time."""
        return self.follower is not None and self.follower.follows

    @property
    def heard_at(self) -> datetime | None:
        """When its gate last said how far it has come."""
        return None if self.follower is None else self.follower.heard_at

    @property
    def tier(self) -> Tier | None:
        """How much goes out to it; None: it has no key."""
        return None if self.follower is None else self.follower.tier

    def is_late(self, now: datetime) -> bool:
        """Whether it has had enough time to drop what was taken back."""
        return self.waits_since is not None and now - self.waits_since >= LATE


def deliveries(followers: Sequence[Follower]) -> list[Delivery]:
    """Give those of every partner."""
    return [delivery_to(each, followers) for each in Partner.objects.all()]


def delivery_to(partner: Partner, followers: Sequence[Follower]) -> Delivery:
    """Give that of one: of who follows its bank, as `listings` has it, and else of a key of its name."""
    bank = OF_PARTNER + partner.name
    of_bank = next((each for each in followers if bank in each.banks), None)
    return _delivery(partner, of_bank or next((each for each in followers if each.name == partner.name), None))


def days_of(delivery: Delivery, *, now: datetime) -> list[Day]:
    """Give the days on which anything went out or was taken back, the newest first."""
    of = _Questions(delivery.follower)
    listings = of.listings(delivery.partner)
    came = _by_day(listings.filter(came_at__gt=now - SHOWN), "came_at", of.has_not_yet)
    went = _by_day(listings.filter(went_at__gt=now - SHOWN), "went_at", of.not_dropped_yet)
    return [
        Day(day, *came.get(day, (0, 0)), *went.get(day, (0, 0)))
        for day in sorted(came.keys() | went.keys(), reverse=True)
    ]


def _delivery(partner: Partner, follower: Follower | None) -> Delivery:
    of = _Questions(follower)
    counts = of.listings(partner).aggregate(
        has=Count("pk", filter=of.has),
        has_not_yet=Count("pk", filter=of.has_not_yet),
        dropped=Count("pk", filter=of.dropped),
        not_dropped_yet=Count("pk", filter=of.not_dropped_yet),
        waits_since=Min("went_at", filter=of.not_dropped_yet),
    )
    return Delivery(partner, follower, **counts)


class _Questions:
    """What `listings` tells of one case, asked of all rows of a partner at once."""

    def __init__(self, follower: Follower | None) -> None:
        self._follower = follower
        there, gone, had, did_drop = Q(went=None), Q(went__isnull=False), _NONE, _NONE
        if follower is not None and follower.cursor is not None and follower.heard_at is not None:
            heard_before = follower.heard_at.replace(microsecond=0) + timedelta(seconds=1)  # receipts are of a second
            had = Q(came__lte=follower.cursor.next_entry, came_at__lt=heard_before)
            did_drop = Q(went__lte=follower.cursor.withdrawals, went_at__lt=heard_before)
        follows = follower is not None and follower.follows
        self.has, self.has_not_yet = there & had, there & ~had
        self.dropped = gone & did_drop
        # Who never had it, and may not fetch any more, has nothing to drop.
        self.not_dropped_yet = gone & ~did_drop if follows else gone & ~did_drop & had

    def listings(self, partner: Partner) -> QuerySet[Listing]:
        """Rows of what goes out to it."""
        types = SignalType if self._follower is None else self._follower.signal_types
        return Listing.objects.filter(bank=OF_PARTNER + partner.name, signal_type__in=[str(each) for each in types])


def _by_day(listings: QuerySet[Listing], at: str, waits: Q) -> dict[date, tuple[int, int]]:
    rows = listings.annotate(day=TruncDate(at)).values("day").annotate(all=Count("pk"), waits=Count("pk", filter=waits))
    return {each["day"]: (each["all"], each["waits"]) for each in rows.order_by("day")}
