"""What a person adds to their report later on: it joins their case, and is decided on by itself.

What is allowed for it is asked anew, and holds for it alone. Somebody puts it on the list, and somebody else shares it
with partners, as with the report.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from django.conf import settings
from django.db import IntegrityError, transaction

from haalweg.cases.states import CaseState
from haalweg.reports.report import NotKeptError, Problem, Report, ReportError
from haalweg.web.store.cases import DecisionError, refuse_ended, turned_out_under_age
from haalweg.web.store.models import Addition, Case
from haalweg.web.store.reports import content_lookup, keep_what_was_told
from haalweg.web.store.timeline import note

if TYPE_CHECKING:
    import uuid
    from collections.abc import Iterable
    from datetime import datetime

    from haalweg.keeping.letters import LetterBox
    from haalweg.reports.report import ReportedItem

MOST_ADDITIONS = 50  # to one case
_HAVE = ("only_link", "source_photo", "picture")  # what says more comes later


class Numbers(NamedTuple):
    """The highest numbers that files of a case bear: those of what is added go on from there."""

    photos: int
    videos: int


def numbers_of(case: Case) -> Numbers:
    """Give them; 0 where there is no such file."""
    names = [name.split() for name in case.signatures.values_list("row_name", flat=True).distinct()]

    def highest(*, is_video: bool) -> int:
        return max((int(number) for word, number in names if (word == "Video") is is_video), default=0)

    return Numbers(highest(is_video=False), highest(is_video=True))


def add(case: Case, body: bytes, key: uuid.UUID, *, box: LetterBox, now: datetime) -> bool:
    """Keep what was added, and say whether what is kept is what was sent now: with one key it is kept once, as it came.

    It is durable when this returns. Raises ReportError, NotKeptError, and DecisionError where the case was taken back
    or stopped.
    """
    sent_as = settings.HAALWEG_SECRET.lookup("added as", case.pk.bytes + key.bytes)
    before = Addition.objects.filter(sent_as=sent_as)
    try:
        report = Report.from_json(body)
    except NotKeptError:
        if before.exists():  # somebody in what came with this key may be under 18 after all
            with suppress(DecisionError):
                turned_out_under_age(case, now=now)
        raise
    _refuse_what_is_of_the_case(report)
    content = content_lookup(body)
    try:
        with transaction.atomic():
            kept = before.first()
            if kept is None:
                kept = _keep(case, report, Addition(sent_as=sent_as, content_lookup=content), box, now)
    except IntegrityError:  # sent twice at once: the other is kept
        kept = before.first()
        if kept is None:
            raise
    return bytes(kept.content_lookup) in (content, b"")  # of what was forgotten nothing tells what it said


def _refuse_what_is_of_the_case(report: Report) -> None:
    """A contact and a PIN are of the case, which has its own ways to change them."""
    wrong = [name for name, told in (("contact", report.contact), ("pin", report.pin)) if told is not None]
    if wrong:
        raise ReportError(tuple(Problem(at, "Dit hoort hier niet.", "This does not belong here.") for at in wrong))


def _keep(case: Case, report: Report, addition: Addition, box: LetterBox, now: datetime) -> Addition:
    refuse_ended(case)
    addition.number = case.additions.count() + 1
    if addition.number > MOST_ADDITIONS:
        raise DecisionError(f"More than {MOST_ADDITIONS} things were added to this case. Write to us instead.")
    addition.case, addition.at, addition.have = case, now, report.have
    addition.for_someone_else = report.for_whom != "self"
    addition.save()
    items = tuple(_renamed(report.items, numbers_of(case)))
    keep_what_was_told(case, replace(report, items=items), box, now, addition=addition)
    case.have = max(case.have, report.have, key=_HAVE.index)
    if case.state in (CaseState.REFUSED, CaseState.REVOKED):
        case.state = CaseState.RECEIVED  # it has to be looked at again, and only what is new of it can come on the list
    case.save(update_fields=["have", "state"])
    note(case, "added", now, count=len(report.items) + len(report.places))
    return addition


def _renamed(items: Iterable[ReportedItem], numbers: Numbers) -> list[ReportedItem]:
    """Give files the next numbers, as the page did already unless another one was open beside it."""
    found, (photos, videos) = [], numbers
    for item in items:
        word = item.name.split()[0]
        if word == "Video":
            videos += 1
        else:
            photos += 1
        found.append(replace(item, name=f"{word} {videos if word == 'Video' else photos}"))
    return found
