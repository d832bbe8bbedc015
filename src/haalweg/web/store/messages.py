"""What the person and the helpline write to each other: closed in letters, read back by whom it is for."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import transaction

from haalweg.errors import HaalwegError
from haalweg.reports.report import MOST_STORY, holds_encoded
from haalweg.web.door import Letter
from haalweg.web.store.models import Case, Event, Message

if TYPE_CHECKING:
    from datetime import datetime

    from haalweg.keeping.letters import LetterBox
    from haalweg.web.door import Door


class MessageError(HaalwegError):
    """A message that is not kept: it is empty, too long, or holds what is no plain text."""


@dataclass(frozen=True, slots=True, repr=False)
class Written:
    """A message as it is read."""

    from_person: bool
    at: datetime
    text: str | None  # None: the letter does not open


def write(case: Case, text: str, *, from_person: bool, box: LetterBox, now: datetime) -> None:
    """Keep a message. Raises MessageError, and DoorError where letters cannot be closed."""
    text = text.strip()
    if not text or len(text) > MOST_STORY or holds_encoded(text):
        raise MessageError("A message that is empty, too long, or holds a long piece that is no plain text.")
    message = Message(case=case, from_person=from_person, at=now, letter=b"")
    message.letter = box.close(message.place, text.encode())
    with transaction.atomic():
        message.save()
        Event.objects.create(case=case, what="message_in" if from_person else "message_out", at=now)


def read(case: Case, door: Door, *, by_person: bool, who: int, now: datetime) -> list[Written]:
    """Read all of them back, the newest first; those of the other side count as read then. Raises DoorError."""
    messages = list(case.messages.order_by("-at"))
    letters = [Letter(each.place, bytes(each.letter)) for each in messages]
    texts = door.read_back(letters, who=who, why="own_page" if by_person else "case")
    case.messages.filter(from_person=not by_person, read_at=None).update(read_at=now)
    return [Written(each.from_person, each.at, text) for each, text in zip(messages, texts, strict=True)]
