"""Statement of reasons: what a platform owes the uploader of what it held or blocked (DSA art. 17), in two languages.

It names no person, no reporter, no bank and no case. Article 17(3) of Regulation (EU) 2022/2065, read 2026-11-25: a the
restriction, its territory and its duration; b facts, and whether a notice led to it; c automated means; d, e the ground
and why; f redress.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from haalweg.matching.policy import Action

if TYPE_CHECKING:
    from collections.abc import Mapping

LANGUAGES = ("nl", "en")


@dataclass(frozen=True, slots=True)
class StatementSettings:
    """What only the platform knows, by language where it is text."""

    platform: str  # its name as uploaders know it
    ground: Mapping[str, str]  # the rule of the house, or the law, that the picture goes against
    redress: Mapping[str, str]  # how to object: an address or a link, and until when


@dataclass(frozen=True, slots=True)
class Statement:
    """A statement of reasons, to be shown to the uploader as it is."""

    nl: str
    en: str


def statement_for(action: Action, settings: StatementSettings, *, is_lead: bool) -> Statement | None:
    """Say why an upload was held or blocked; None where it was not. is_lead: only a resemblance to look into."""
    if action is Action.ALLOW:
        return None
    nl, en = (
        " ".join(
            (
                _RESTRICTION[language][action].format(platform=settings.platform),
                _FACTS[language][is_lead],
                _MEANS[language][action],
                _GROUND[language].format(ground=settings.ground[language]),
                _REDRESS[language].format(redress=settings.redress[language]),
            )
        )
        for language in LANGUAGES
    )
    return Statement(nl, en)


_RESTRICTION = {
    "nl": {
        Action.HOLD: (
            "Wat je wilde plaatsen op {platform} staat nog niet online. Een moderator kijkt er eerst naar. "
            "Tot die tijd kan niemand het zien, in geen enkel land."
        ),
        Action.BLOCK: "Wat je wilde plaatsen op {platform} is niet geplaatst. Dat geldt in alle landen en blijft zo.",
    },
    "en": {
        Action.HOLD: (
            "What you tried to post on {platform} is not online yet. A moderator will look at it first. "
            "Until then nobody can see it, in any country."
        ),
        Action.BLOCK: "What you tried to post on {platform} was not posted. This holds in all countries, and stays so.",
    },
}
_FACTS = {
    "nl": {
        False: "De reden: het komt overeen met een lijst van gemelde beelden. Niemand heeft jouw bericht gemeld.",
        True: "De reden: het lijkt gemaakt van een beeld op een lijst. Niemand heeft jouw bericht gemeld.",
    },
    "en": {
        False: "The reason: it matches a list of reported pictures. Nobody reported your post.",
        True: "The reason: it looks as if it was made from a picture on a list. Nobody reported your post.",
    },
}
_MEANS = {
    "nl": {
        Action.HOLD: "Een computer heeft dit gevonden. Een mens beslist.",
        Action.BLOCK: "Een computer heeft dit gevonden en beslist.",
    },
    "en": {
        Action.HOLD: "A computer found this. A person decides.",
        Action.BLOCK: "A computer found this and decided.",
    },
}
_GROUND = {
    "nl": "Het is in strijd met: {ground}",
    "en": "It goes against: {ground}",
}
_REDRESS = {
    "nl": (
        "Klopt dit niet? Maak bezwaar: {redress} Je kunt ook naar een erkend orgaan voor geschillen of naar de rechter."
    ),
    "en": "Is this wrong? Object: {redress} You can also go to a certified dispute settlement body or to court.",
}
