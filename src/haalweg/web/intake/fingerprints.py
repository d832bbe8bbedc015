"""How each file stands on the own page, in a word, and who has said that they have it or have dropped it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from haalweg.cases.states import SignatureState
from haalweg.web.store.listings import Receipts, for_the_person

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from haalweg.web.store.models import Case

WITHDRAWING = "withdrawing"  # taken back, and not everybody has said so
_FIRST = (
    SignatureState.ON_THE_LIST,
    SignatureState.HELD,
    SignatureState.REVOKED,
    SignatureState.WITHDRAWN,
    SignatureState.REFUSED,
)


@dataclass(frozen=True, slots=True)
class Fingerprint:
    """What is known of one file."""

    name: str
    state: str
    told: Receipts

    @property
    def has(self) -> str:
        """Who has it, as it is read."""
        return _in_words(self.told.has)

    @property
    def has_not_yet(self) -> str:
        """Who is to have it."""
        return _in_words(self.told.has_not_yet)

    @property
    def dropped(self) -> str:
        """Who has it no more."""
        return _in_words(self.told.dropped)

    @property
    def not_dropped_yet(self) -> str:
        """Who was told, and has not said so."""
        return _in_words(self.told.not_dropped_yet)


def fingerprints_of(case: Case, receipts: Mapping[str, Receipts] | None) -> list[Fingerprint]:
    """Give one for each file. receipts: None where the door does not answer."""
    states: dict[str, set[str]] = {}
    for name, one in case.signatures.order_by("row_name").values_list("row_name", "state"):
        states.setdefault(name, set()).add(one)
    found = []
    for name, there in states.items():
        told = for_the_person((receipts or {}).get(name, Receipts()))
        state: str = next(each for each in _FIRST if each in there)
        if state == SignatureState.WITHDRAWN and not told.is_confirmed_gone:
            state = WITHDRAWING
        found.append(Fingerprint(name, state, told))
    return found


def _in_words(names: Iterable[str]) -> str:
    *others, last = sorted(names) or [""]
    return _("%(names)s and %(last)s") % {"names": ", ".join(others), "last": last} if others else last
