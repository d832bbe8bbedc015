"""What the person and the helpline write to each other: closed in letters, read back by whom it is for."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from django.db import transaction

from haalweg.cases.states import FINAL
from haalweg.errors import HaalwegError
from haalweg.reports.report import MOST_STORY, cleaned, holds_encoded
from haalweg.web.door import letters_of
from haalweg.web.store.models import Case, Message
from haalweg.web.store.timeline import note

if TYPE_CHECKING:
    from datetime import datetime

    from django.contrib.auth.models import User

    from haalweg.keeping.letters import LetterBox
    from haalweg.web.door import Door


_Why = Literal["empty", "too_long", "no_plain_text", "stopped"]


class MessageError(HaalwegError):
    """A message that is not kept. `why` is a word of a list, for which pages have a sentence each."""

    def __init__(self, why: _Why) -> None:
        super().__init__(f"A message that is not kept: {why}.")
        self.why = why


@dataclass(frozen=True, slots=True, repr=False)
class Written:
    """A message as it is read."""

    from_person: bool
    at: datetime
    text: str | None  # None: the letter does not open


def write(case: Case, text: str, *, staff: User | None, box: LetterBox, now: datetime) -> None:
    """Keep a message of staff, or of the person where that is None. Raises MessageError.

    Raises DoorError where letters cannot be closed.
    """
    text = _checked(text)
    message = Message(case=case, from_person=staff is None, at=now, letter=b"")
    message.letter = box.close(message.place, text.encode())
    with transaction.atomic():
        case.refresh_from_db(from_queryset=Case.objects.select_for_update())
        if not may_be_written(case):
            raise MessageError("stopped")
        message.save()
        Case.objects.filter(pk=case.pk).update(to_answer=staff is None)
        note(case, "message_out" if staff else "message_in", now, staff=staff)


def may_be_written(case: Case) -> bool:
    """Whether messages of this case are kept: not of one that was stopped or erased."""
    return case.state not in FINAL


def _checked(text: str) -> str:
    text = cleaned(text)
    if not text:
        raise MessageError("empty")
    if len(text) > MOST_STORY:
        raise MessageError("too_long")
    if holds_encoded(text):
        raise MessageError("no_plain_text")
    return text


def read(case: Case, door: Door, *, by_person: bool, who: int, now: datetime) -> list[Written]:
    """Read all of them back, the newest first; those of the other side count as read then. Raises DoorError."""
    messages = list(case.messages.order_by("-at"))
    texts = door.read_back(letters_of(messages), who=who, why="own_page" if by_person else "case")
    # Only those that were there to read: what came in meanwhile nobody has seen.
    seen = [each.pk for each, text in zip(messages, texts, strict=True) if text is not None]
    case.messages.filter(pk__in=seen, from_person=not by_person, read_at=None).update(read_at=now)
    return [Written(each.from_person, each.at, text) for each, text in zip(messages, texts, strict=True)]
