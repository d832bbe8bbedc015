"""Where a case, a signature and a place stand, and which state may follow which. Source: ux/GUIDE.md, 7."""

from __future__ import annotations

from datetime import timedelta
from enum import StrEnum
from typing import TYPE_CHECKING, TypeVar

from haalweg.errors import HaalwegError

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

UNDO_DAYS = 14

_State = TypeVar("_State", bound=StrEnum)


class CaseError(HaalwegError):
    """A step that a case does not allow as it stands."""


class CaseState(StrEnum):
    """Where a case stands."""

    RECEIVED = "received"
    ON_THE_LIST = "on_the_list"
    REFUSED = "refused"
    SET_ASIDE = "set_aside"
    WITHDRAWN = "withdrawn"
    UNDER_AGE = "under_age"  # final: its signatures are wiped and the person is referred on


class SignatureState(StrEnum):
    """Where a signature stands."""

    HELD = "held"
    TOO_FLAT = "too_flat"
    SET_ASIDE = "set_aside"
    ON_THE_LIST = "on_the_list"
    REFUSED = "refused"
    WITHDRAWING = "withdrawing"  # no longer found here; some copy has not confirmed
    WITHDRAWN = "withdrawn"


class PlaceState(StrEnum):
    """Where a place stands."""

    RECEIVED = "received"
    NOTICE_SENT = "notice_sent"
    WAITING = "waiting"
    REMOVED = "removed"
    REFUSED = "refused"
    BACK_AGAIN = "back_again"
    WITHDRAWN = "withdrawn"


_C, _S, _P = CaseState, SignatureState, PlaceState

AFTER_CASE: Mapping[CaseState, frozenset[CaseState]] = {
    _C.RECEIVED: frozenset({_C.ON_THE_LIST, _C.REFUSED, _C.SET_ASIDE, _C.WITHDRAWN, _C.UNDER_AGE}),
    _C.ON_THE_LIST: frozenset({_C.REFUSED, _C.SET_ASIDE, _C.WITHDRAWN, _C.UNDER_AGE}),
    _C.REFUSED: frozenset({_C.RECEIVED, _C.WITHDRAWN, _C.UNDER_AGE}),
    _C.SET_ASIDE: frozenset({_C.RECEIVED, _C.ON_THE_LIST, _C.REFUSED, _C.WITHDRAWN, _C.UNDER_AGE}),
    # Back to where it stood, for as long as it can be undone; on the list again only if it was on it.
    _C.WITHDRAWN: frozenset({_C.RECEIVED, _C.ON_THE_LIST, _C.REFUSED, _C.SET_ASIDE, _C.UNDER_AGE}),
    _C.UNDER_AGE: frozenset(),
}
AFTER_SIGNATURE: Mapping[SignatureState, frozenset[SignatureState]] = {
    _S.HELD: frozenset({_S.ON_THE_LIST, _S.SET_ASIDE, _S.REFUSED, _S.WITHDRAWN}),
    _S.TOO_FLAT: frozenset({_S.WITHDRAWN}),  # it would match anything: it never comes onto the list
    _S.SET_ASIDE: frozenset({_S.HELD, _S.ON_THE_LIST, _S.REFUSED, _S.WITHDRAWN}),
    # What copies may hold is taken back from them first, whatever the reason.
    _S.ON_THE_LIST: frozenset({_S.WITHDRAWING}),
    _S.REFUSED: frozenset({_S.HELD, _S.WITHDRAWN}),
    _S.WITHDRAWING: frozenset({_S.WITHDRAWN, _S.ON_THE_LIST, _S.SET_ASIDE, _S.REFUSED}),
    _S.WITHDRAWN: frozenset({_S.HELD, _S.TOO_FLAT, _S.ON_THE_LIST, _S.SET_ASIDE, _S.REFUSED}),
}
AFTER_PLACE: Mapping[PlaceState, frozenset[PlaceState]] = {
    _P.RECEIVED: frozenset({_P.NOTICE_SENT, _P.REMOVED, _P.WITHDRAWN}),
    _P.NOTICE_SENT: frozenset({_P.WAITING, _P.REMOVED, _P.REFUSED, _P.WITHDRAWN}),
    _P.WAITING: frozenset({_P.NOTICE_SENT, _P.REMOVED, _P.REFUSED, _P.WITHDRAWN}),
    _P.REMOVED: frozenset({_P.BACK_AGAIN, _P.WITHDRAWN}),
    _P.REFUSED: frozenset({_P.NOTICE_SENT, _P.REMOVED, _P.WITHDRAWN}),
    _P.BACK_AGAIN: frozenset({_P.NOTICE_SENT, _P.REMOVED, _P.WITHDRAWN}),
    _P.WITHDRAWN: frozenset({_P.RECEIVED, _P.NOTICE_SENT, _P.WAITING, _P.REMOVED, _P.REFUSED, _P.BACK_AGAIN}),
}


def case_after(before: CaseState, after: CaseState) -> CaseState:
    """The state it goes to. Raises CaseError where it may not follow."""
    return _after(AFTER_CASE, "A case", before, after)


def signature_after(before: SignatureState, after: SignatureState) -> SignatureState:
    """The state it goes to. Raises CaseError where it may not follow."""
    return _after(AFTER_SIGNATURE, "A signature", before, after)


def place_after(before: PlaceState, after: PlaceState) -> PlaceState:
    """The state it goes to. Raises CaseError where it may not follow."""
    return _after(AFTER_PLACE, "A place", before, after)


def state_after_undo(state: CaseState, *, before: CaseState, withdrawn_at: datetime, now: datetime) -> CaseState:
    """What an undone withdrawal comes to: the state `before` it. Raises CaseError after 14 days or without one."""
    if state is not CaseState.WITHDRAWN:
        raise CaseError("Nothing of this case was taken back, so there is nothing to undo.")
    if not may_be_undone(withdrawn_at=withdrawn_at, now=now):
        raise CaseError(f"It was taken back more than {UNDO_DAYS} days ago, and is final: send a new report.")
    return case_after(state, before)


def may_be_undone(*, withdrawn_at: datetime, now: datetime) -> bool:
    """Whether a withdrawal can still be undone: within 14 days."""
    return now - withdrawn_at < timedelta(days=UNDO_DAYS)


def refuse_if_frozen(frozen_at: datetime | None) -> None:
    """Asked before anything is shown or changed by the case code. Raises CaseError.

    A person freezes a case because somebody else has its code: then the code opens nothing, not even a withdrawal,
    until the helpline has given a new one.
    """
    if frozen_at is not None:
        raise CaseError("This case is frozen: its code opens nothing. Call the helpline for a new one.")


def _after(table: Mapping[_State, frozenset[_State]], what: str, before: _State, after: _State) -> _State:
    if after not in table[before]:
        raise CaseError(f"{what} that is {_words(before)} cannot become {_words(after)}.")
    return after


def _words(state: StrEnum) -> str:
    return state.value.replace("_", " ")
