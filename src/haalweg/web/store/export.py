"""All that is held of one person's case, for the person: what was told, what was decided, and when."""

from __future__ import annotations

from typing import TYPE_CHECKING

from haalweg.web.door import letters_of
from haalweg.web.store.models import Contact
from haalweg.web.store.timeline import note

if TYPE_CHECKING:
    from datetime import datetime

    from haalweg.web.door import Door
    from haalweg.web.store.models import Case

_ABOUT = {
    "nl": "Alles wat we over deze melding hebben. De vingerafdrukken zelf staan er niet bij: die kan alleen de lijst "
    "lezen, en wij niet. Van foto's en video's hebben we niets.",
    "en": "All that we have of this report. The fingerprints themselves are not in it: only the list can read them, "
    "and we cannot. Of photos and videos we have nothing.",
}
# Events that are of others, or of the server.
OF_STAFF = (
    "opened",
    "not_done",
    "same_under_age",
    "withdrawn_before",
    "taken_off_since",
    "new_code_proposed",
    "taken",
    "handed_over",
    "looked_in",
    "put_together",
    "taken_apart",
    "together_under_age",
    "revoke_proposed",
    "share_proposed",
    "unshare_proposed",
    "revoke_not",
    "share_not",
    "unshare_not",
    "new_code_not",
    "invited",
    "more_read",
    "doubted",
    "doubt_seen",
    "mail_not_sent",
)


def all_of(case: Case, door: Door, *, now: datetime) -> dict[str, object]:
    """Give it as JSON has it, and note that it was given. Raises DoorError where the texts cannot be read now."""
    places, messages = list(case.places.order_by("position")), list(case.messages.order_by("at"))
    contact = Contact.objects.filter(case=case).first()
    letters = [*letters_of(places), *letters_of(messages), *letters_of([contact] if contact else [])]
    texts = iter(door.read_back(letters, who=0, why="export"))
    note(case, "exported", now)
    return {
        "about": _ABOUT[case.language],
        "number": case.spoken_number,
        "received_at": case.received_at.isoformat(),
        "state": case.state,
        "language": case.language,
        "what_you_had": case.have,
        "for_someone_else": case.for_someone_else,
        "has_pin": bool(case.pin),
        "fingerprints": [
            {
                "file": each.row_name,
                "kind": each.kind,
                "type": each.signal_type,
                "of_the_picture_inside_it": each.is_inner,
                "detail": each.quality,
                "state": each.state,
                "added": each.addition.number if each.addition else None,
            }
            for each in case.signatures.select_related("addition").order_by("row_name", "is_inner", "signal_type")
        ],
        "added": [
            {
                "number": each.number,
                "at": each.at.isoformat(),
                "what_you_had": each.have,
                "for_someone_else": each.for_someone_else,
            }
            for each in case.additions.all()
        ],
        "places": [next(texts) for _ in places],
        "messages": [
            {"from_you": each.from_person, "at": each.at.isoformat(), "text": next(texts)} for each in messages
        ],
        "contact": {"email": next(texts), "for": contact.purposes.split()} if contact else None,
        "mails": [
            {
                "what": each.what,
                "asked_or_caused_at": each.made_at.isoformat(),
                "sent_at": each.ended_at.isoformat() if each.ended_at and each.is_sent else None,
            }
            for each in case.mails.order_by("made_at")
        ],
        "choices": [
            {
                "what": each.what,
                "given_at": each.given_at.isoformat(),
                "taken_back_at": each.taken_back_at.isoformat() if each.taken_back_at else None,
                "version_of_the_words": each.version,
                "added": each.addition.number if each.addition else None,
            }
            for each in case.consents.select_related("addition").order_by("given_at", "what")
        ],
        "what_happened": [
            {"what": each.what, "at": each.at.isoformat()} for each in case.events.exclude(what__in=OF_STAFF)
        ],
    }
