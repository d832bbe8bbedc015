"""Where a case and a signature stand. What may follow what stands with each decision, in `web/store/cases`."""

from __future__ import annotations

from enum import StrEnum


class CaseState(StrEnum):
    """Where a case stands."""

    RECEIVED = "received"
    ON_THE_LIST = "on_the_list"
    REFUSED = "refused"
    SET_ASIDE = "set_aside"  # off the list until somebody has looked at it again
    WITHDRAWN = "withdrawn"
    REVOKED = "revoked"  # the helpline took it off the list: two people did
    UNDER_AGE = "under_age"  # its signatures are wiped and the person is referred on
    ERASED = "erased"  # the person wanted nothing of it to stay
    EXPIRED = "expired"  # its time on the list was over, or nobody decided on it; nobody wanted it longer


FINAL = frozenset({CaseState.UNDER_AGE, CaseState.ERASED})  # nothing more is kept of these
UNDECIDED = frozenset({CaseState.RECEIVED, CaseState.SET_ASIDE})  # a person has to look at it
OPEN = UNDECIDED | {CaseState.ON_THE_LIST}
CLOSED = frozenset(CaseState) - OPEN


class SignatureState(StrEnum):
    """Where a signature stands."""

    HELD = "held"
    ON_THE_LIST = "on_the_list"
    REFUSED = "refused"  # it never came on the list
    WITHDRAWN = "withdrawn"
    REVOKED = "revoked"  # it was on the list, and two people of the helpline took it off
