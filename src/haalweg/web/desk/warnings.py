"""What to look twice at before something goes on the list: told by figures alone, of any number of cases at once."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

from haalweg.cases.states import FINAL, CaseState, SignatureState
from haalweg.signals import SignalType
from haalweg.web.door import DoorError, letters_of
from haalweg.web.running import door
from haalweg.web.store import together
from haalweg.web.store.cases import with_figures
from haalweg.web.store.models import Case, Signature

if TYPE_CHECKING:
    import uuid
    from collections.abc import Collection

MOST_NAMED = 5  # other cases with the same


class Figures:
    """The signatures of cases, with what is known of them, and the warnings that follow."""

    def __init__(self, cases: Collection[Case]) -> None:
        self.of: defaultdict[uuid.UUID, list[Any]] = defaultdict(list)  # rows with `in_other_cases` and `is_flat`
        for each in with_figures(Signature.objects.filter(case__in=cases)):
            self.of[each.case_id].append(each)
        asked = [each for rows in self.of.values() for each in rows if _is_asked(each)]
        self.harmless = _harmless(asked)  # None: the door is away, and nobody knows
        self._cases = {each.pk: each for each in cases}

    def warnings(self, case: Case) -> list[str]:
        """Words of a list, for which pages have a sentence each; none where nothing speaks against it."""
        there = [each for each in self.of[case.pk] if each.state == SignatureState.HELD]
        found = {
            "set_aside": case.state == CaseState.SET_ASIDE,
            "odd": any(each.is_odd for each in there),
            "flat": any(each.is_flat for each in there),
            "other_cases": any(each.in_other_cases for each in there),
            "harmless": any(each.pk in (self.harmless or ()) for each in there),
            "not_asked": self.harmless is None and any(map(_is_asked, there)),
        }
        return [word for word, holds in found.items() if holds]

    def others_with_the_same(self, case: Case) -> list[Case]:
        """Some of the other cases with the same, where that is warned of, but for those that it is together with."""
        if "other_cases" not in self.warnings(case):
            return []
        held = [each for each in self.of[case.pk] if each.in_other_cases and each.state == SignatureState.HELD]
        there = Signature.objects.filter(value_lookup__in=[each.value_lookup for each in held])
        there = there.exclude(case__in=[case.pk, *together.others_of(case).values_list("pk", flat=True)])
        first = there.exclude(case__state__in=FINAL).order_by("case__number").values_list("case", flat=True).distinct()
        return list(Case.objects.filter(pk__in=list(first[:MOST_NAMED])).select_related("owner").order_by("number"))


def _is_asked(signature: Signature) -> bool:
    return signature.signal_type == SignalType.PDQ


def _harmless(asked: list[Signature]) -> set[uuid.UUID] | None:
    """Which of them a negative bank knows, or something near them."""
    try:
        known = door().known_as_harmless(letters_of(asked))
    except DoorError:
        return None
    return {each.pk for each, is_known in zip(asked, known, strict=True) if is_known}
