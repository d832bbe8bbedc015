"""What happened in a case, and what the person sees of it. Sources: ux/GUIDE.md, 7; threats.md, decision 4.

An event has no field for a post or its link: what it does not hold, it cannot show.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date, datetime


class EventKind(StrEnum):
    """What can happen."""

    RECEIVED = "received"
    HELD = "held"
    ON_THE_LIST = "on_the_list"
    DELIVERED = "delivered"
    SEEN_AND_BLOCKED = "seen_and_blocked"
    SEEN_AND_HELD = "seen_and_held"
    SEEN = "seen"
    LEAD = "lead"
    NOTICE_SENT = "notice_sent"
    WAITING = "waiting"
    REMOVED = "removed"
    REFUSED = "refused"
    BACK_AGAIN = "back_again"
    TOO_FLAT = "too_flat"
    SET_ASIDE = "set_aside"
    WITHDRAWING = "withdrawing"
    WITHDRAWN = "withdrawn"


class FoundBy(StrEnum):
    """By what a picture was recognised."""

    SIGNATURE = "signature"
    SOURCE_TRACE = "source_trace"  # it was perhaps made from the photo
    SAME_PHOTO = "same_photo"  # it is the photo itself: where somebody's innocent photo hangs


@dataclass(frozen=True, slots=True)
class Words:
    """In two languages. {platform} stands for a name."""

    nl: str
    en: str


@dataclass(frozen=True, slots=True)
class Happened:
    """One event. Times are UTC."""

    kind: EventKind
    at: datetime
    platform: str | None = None
    found_by: FoundBy | None = None
    confirmed_at: datetime | None = None  # when a case worker confirmed that it was made from the photo


@dataclass(frozen=True, slots=True)
class Line:
    """An event as the person reads it: the day, never the hour at which somebody did something."""

    day: date
    kind: EventKind
    label: Words
    sentence: Words


LABELS = {
    EventKind.RECEIVED: Words("Ontvangen", "Received"),
    EventKind.HELD: Words("Wacht op controle", "Waiting for a check"),
    EventKind.ON_THE_LIST: Words("Op de lijst", "On the list"),
    EventKind.DELIVERED: Words("Gedeeld", "Shared"),
    EventKind.SEEN_AND_BLOCKED: Words("Tegengehouden", "Blocked"),
    EventKind.SEEN_AND_HELD: Words("Vastgehouden", "Held"),
    EventKind.SEEN: Words("Gezien", "Seen"),
    EventKind.LEAD: Words("Aanwijzing", "Lead"),
    EventKind.NOTICE_SENT: Words("Verzoek gestuurd", "Request sent"),
    EventKind.WAITING: Words("Wacht op antwoord", "Waiting for an answer"),
    EventKind.REMOVED: Words("Weg", "Gone"),
    EventKind.REFUSED: Words("Zegt nee", "Said no"),
    EventKind.BACK_AGAIN: Words("Terug", "Back again"),
    EventKind.TOO_FLAT: Words("Te weinig detail", "Too little detail"),
    EventKind.SET_ASIDE: Words("Apart gezet", "Set aside"),
    EventKind.WITHDRAWING: Words("Terugtrekken", "Taking back"),
    EventKind.WITHDRAWN: Words("Teruggetrokken", "Taken back"),
}
SENTENCES = {
    EventKind.RECEIVED: Words("Je melding is binnen.", "Your report has arrived."),
    EventKind.HELD: Words("Een medewerker kijkt de cijfers na.", "A case worker checks the numbers."),
    EventKind.ON_THE_LIST: Words("Nagekeken. Zonder het beeld te zien.", "Checked. Without seeing the picture."),
    EventKind.DELIVERED: Words(
        "{platform} heeft de vingerafdrukken ontvangen.", "{platform} has received the fingerprints."
    ),
    EventKind.SEEN_AND_BLOCKED: Words(
        "{platform} hield het tegen, voordat iemand het zag.", "{platform} stopped it before anyone saw it."
    ),
    EventKind.SEEN_AND_HELD: Words(
        "{platform} houdt het vast tot een mens gekeken heeft. Niemand anders ziet het.",
        "{platform} holds it until a person has looked. Nobody else sees it.",
    ),
    EventKind.SEEN: Words(
        "Het is gezien op {platform}. We vragen om het weg te halen.",
        "It was seen on {platform}. We ask them to take it away.",
    ),
    EventKind.LEAD: Words(
        "Dit is gemaakt van je gewone foto. Een mens heeft ernaar gekeken.",
        "This was made from your ordinary photo. A person has looked at it.",
    ),
    EventKind.NOTICE_SENT: Words("Jouw naam staat er niet in.", "Your name is not in it."),
    EventKind.WAITING: Words(
        "We wachten op {platform}, en vragen het opnieuw.", "We wait for {platform}, and will ask again."
    ),
    EventKind.REMOVED: Words("Sindsdien niet teruggezien.", "Not seen again since."),
    EventKind.REFUSED: Words(
        "{platform} haalt het niet weg. We bespreken met je wat nog kan.",
        "{platform} does not take it away. We discuss with you what else can be done.",
    ),
    EventKind.BACK_AGAIN: Words(
        "Opnieuw geplaatst. Dat ligt niet aan jou.", "Posted again. That is not because of you."
    ),
    EventKind.TOO_FLAT: Words("Deze foto is te vaag of te leeg.", "This photo is too blurred or too empty."),
    EventKind.SET_ASIDE: Words("Een coördinator kijkt hier eerst naar.", "A coordinator looks at this first."),
    EventKind.WITHDRAWING: Words(
        "Nog niet bevestigd. We vragen het elke dag opnieuw.", "Not confirmed yet. We ask again every day."
    ),
    EventKind.WITHDRAWN: Words("Wij herkennen het niet meer.", "We no longer recognise it."),
}
_SOME_PLATFORM = Words("Een website", "A website")


def seen_by_the_person(events: Iterable[Happened], *, now: datetime) -> tuple[Line, ...]:
    """The lines that the person may read now, the newest first."""
    visible = [event for event in events if _may_be_seen(event, now)]
    return tuple(_line(event) for event in sorted(visible, key=lambda event: event.at, reverse=True))


def _may_be_seen(event: Happened, now: datetime) -> bool:
    """Decision 4: who enrols somebody else's photo must not learn from this page where that person's pictures are."""
    if event.at > now or event.found_by is FoundBy.SAME_PHOTO:
        return False
    if event.found_by is FoundBy.SOURCE_TRACE or event.kind is EventKind.LEAD:
        return event.confirmed_at is not None and event.confirmed_at <= now
    return True


def _line(event: Happened) -> Line:
    sentence = SENTENCES[event.kind]
    nl, en = (event.platform, event.platform) if event.platform else (_SOME_PLATFORM.nl, _SOME_PLATFORM.en)
    filled = Words(sentence.nl.replace("{platform}", nl), sentence.en.replace("{platform}", en))
    return Line(event.at.date(), event.kind, LABELS[event.kind], filled)
