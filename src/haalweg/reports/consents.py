"""What a person allows, thing by thing. Nothing is allowed that was not said."""

from __future__ import annotations

import re
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection

CONSENT_VERSION = "2026-11"  # of the words that people read; each consent keeps the version it was given to

KINDS = ("forum", "chat", "platform", "helpline")  # of partners: those of one kind can be allowed at once

PARTNER = "partner:"  # before a partner's name
_PARTNER = re.compile(f"{PARTNER}[A-Z0-9_]{{1,40}}")
PARTNERS_LIKE = "partners_like:"  # before the kind of partners
_KINDS = frozenset(f"{PARTNERS_LIKE}{kind}" for kind in KINDS)


class Consent(StrEnum):
    """What can be allowed beside partners, which are named one by one or by their kind."""

    BANK = "bank"  # on our list
    NOTICES = "notices"  # the helpline may ask sites to take it down
    UPLOADER_NOTICE = "uploader_notice"  # who uploads may be told that it matched a list
    TRACES_AT_PARTNERS = "traces_at_partners"  # traces may be at gates of partners under contract
    TRACE_OF_FAKE = "trace_of_fake"  # a trace of the fake too; it never goes to partners


def is_consent(what: str) -> bool:
    """Whether that is something that can be allowed."""
    return what in set(Consent) or what in _KINDS or bool(_PARTNER.fullmatch(what))


def partners_allowed(consents: Collection[str], partners: Collection[tuple[str, str]]) -> tuple[str, ...]:
    """Those of the partners, (name, kind) each, that may have what is on the list: named, or of a kind that is allowed.

    Asked anew each time: a consent that is taken back allows nothing any more, and a partner of later is included
    where its kind was.
    """
    if Consent.BANK not in consents:
        return ()
    return tuple(
        sorted(
            name for name, kind in partners if not {f"{PARTNER}{name}", f"{PARTNERS_LIKE}{kind}"}.isdisjoint(consents)
        )
    )
