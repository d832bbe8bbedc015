"""Who may do what at the desk, in one table. Nobody may what is not in it, and no page can be made without it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from haalweg.web.store.roles import Role

if TYPE_CHECKING:
    from collections.abc import Mapping

    from django.http import HttpRequest

_WORK = frozenset({Role.CASE_WORKER, Role.COORDINATOR})
_DECIDE = _WORK | {Role.REVIEWER}
_OVERSEE = frozenset({Role.COORDINATOR, Role.AUDITOR})

WHO_MAY: Mapping[str, frozenset[Role]] = {
    # Pages, by the name of their route.
    "queue": _DECIDE,
    "search": _DECIDE,
    "look_in": _DECIDE,
    "check": _DECIDE,  # many at once, on figures alone
    "decide": _DECIDE,
    "call": _WORK,  # a report by phone
    "log": _OVERSEE,
    "check_log": _OVERSEE,
    "given": frozenset({Role.PARTNER}),
    "partners": frozenset({Role.COORDINATOR}),
    "close": frozenset(Role),  # the screen, for a break say
    "closed": frozenset(Role),
    # Of one case: it is theirs, or they opened it with a reason.
    "take": _WORK,
    "case": _DECIDE,
    "hand_over": _WORK,  # their own
    "put_together": _WORK,  # with another of theirs, to be dealt with as one
    "take_apart": _WORK,  # their own
    "confirm": _DECIDE,
    "propose": _DECIDE,  # revoking, sharing and sharing no more; somebody else
    "carry_out": _DECIDE,
    "take_back": _DECIDE,
    "refuse": _DECIDE,
    "doubt_seen": _DECIDE,
    "under_age": _DECIDE,
    "keep_longer": _WORK,
    "read_more": _WORK,
    "write": _WORK,
    "invite": _WORK,  # words with which something can be added on another phone
    "contact": _WORK,
    "propose_code": _WORK,
    "give_code": _WORK,
    # What stands on them, or is done there.
    "read": _WORK,  # messages and places
    "hand_over_of_others": frozenset({Role.COORDINATOR}),
    "take_apart_of_others": frozenset({Role.COORDINATOR}),
}
# Where who comes in finds their work.
FIRST_PAGE: Mapping[Role, str] = {Role.AUDITOR: "desk:log", Role.PARTNER: "desk:given"}


def may(role: Role | None, what: str) -> bool:
    """Whether somebody with this role may do it. Raises KeyError for what the table does not know."""
    return role in WHO_MAY[what]


def of_the_page(request: HttpRequest) -> dict[str, object]:
    """For templates: all that who looks may do."""
    role = getattr(request, "role", None)
    return {"may": {what for what, roles in WHO_MAY.items() if role in roles}}
