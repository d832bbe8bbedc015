"""What a person told at one time, the report or something that they added to it, and what holds for that alone."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.conf import settings
from django.db.models import Q

from haalweg.reports.consents import PARTNER, PARTNERS_LIKE, Consent

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from haalweg.web.store.models import Addition, Case


LISTED = ("on_the_list", "restored", "kept_longer")  # from then on the time of the report on the list counts


@dataclass(frozen=True, slots=True)
class Telling:
    """What is allowed for it, who decided about it, and until when it stays on the list."""

    addition: Addition | None  # None: it came with the report
    allows: frozenset[str]
    assurance: str
    confirmed_by: int | None
    shared_by: int | None
    kept_until: datetime

    @property
    def addition_id(self) -> int | None:
        """What its signatures say of where they came with."""
        return None if self.addition is None else self.addition.pk

    @property
    def is_for_the_list(self) -> bool:
        """Whether the person allows the list for it."""
        return Consent.BANK in self.allows

    @property
    def is_for_partners(self) -> bool:
        """Whether the person allows any partner for it, of now or of later."""
        return any(each.startswith((PARTNER, PARTNERS_LIKE)) for each in self.allows)


def tellings_of(case: Case) -> list[Telling]:
    """Give what came with the report, then what was added, as each stands now."""
    allowed: dict[int | None, set[str]] = {}
    for addition, what in case.consents.filter(taken_back_at=None).values_list("addition", "what"):
        allowed.setdefault(addition, set()).add(what)
    again = case.events.filter(what__in=("restored", "kept_longer")).last()
    report = Telling(
        None,
        frozenset(allowed.get(None, ())),
        case.assurance,
        case.confirmed_by_id,
        case.shared_by_id,
        kept_until(case),
    )
    return [report] + [
        Telling(
            each,
            frozenset(allowed.get(each.pk, ())),
            each.assurance,
            each.confirmed_by_id,
            each.shared_by_id,
            max(each.decided_at or each.at, again.at if again else each.at) + settings.HAALWEG.terms.keep,
        )
        for each in case.additions.all()
    ]


def kept_until(case: Case) -> datetime:
    """Until when what came with the report stays on the list, also at partners: so long after it came on it."""
    listed = case.events.filter(what__in=LISTED).last()
    return (listed.at if listed else case.received_at) + settings.HAALWEG.terms.keep


def among(tellings: Iterable[Telling]) -> Q:
    """Ask for what came with one of these."""
    found = [each.addition_id for each in tellings]
    of_additions = Q(addition__in=[each for each in found if each is not None])
    return of_additions | Q(addition=None) if None in found else of_additions
