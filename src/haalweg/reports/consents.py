"""What a person allows, thing by thing. Nothing is allowed that was not said."""

from __future__ import annotations

import re
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection

CONSENT_VERSION = "2026-11"  # of the words that people read; each consent keeps the version it was given to

_PARTNER = re.compile(r"partner:[A-Z0-9_]{1,100}")
_KIND = re.compile(r"partners_like:[a-z_]{1,40}")


class Consent(StrEnum):
    """What can be allowed beside partners, which are named one by one or by their kind."""

    BANK = "bank"  # on our list
    NOTICES = "notices"  # the helpline may ask sites to take it down
    UPLOADER_NOTICE = "uploader_notice"  # who uploads may be told that it matched a list
    TRACES_AT_PARTNERS = "traces_at_partners"  # traces may be at gates of partners under contract
    TRACE_OF_FAKE = "trace_of_fake"  # a trace of the fake too; it never goes to partners


def is_consent(what: str) -> bool:
    """Whether that is something that can be allowed."""
    return what in set(Consent) or bool(_PARTNER.fullmatch(what) or _KIND.fullmatch(what))


def partners_allowed(consents: Collection[str], partners: Collection[tuple[str, str]]) -> tuple[str, ...]:
    """Those of the partners, (name, kind) each, that may have what is on the list: named, or of a kind that is allowed.

    Asked anew each time: a consent that is taken back allows nothing any more, and a partner of later is included
    where its kind was.
    """
    if Consent.BANK not in consents:
        return ()
    return tuple(
        sorted(name for name, kind in partners if f"partner:{name}" in consents or f"partners_like:{kind}" in consents)
    )
