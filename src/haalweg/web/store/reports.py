"""A report is taken in: closed in letters, in one transaction, once, however often it is sent."""

from __future__ import annotations

import base64
import json
from contextlib import suppress
from typing import TYPE_CHECKING, NamedTuple

from django.conf import settings
from django.db import IntegrityError, transaction

from haalweg.cases.states import CaseState
from haalweg.reports.case_code import CaseCode
from haalweg.reports.consents import CONSENT_VERSION, PARTNER
from haalweg.reports.report import NotKeptError, Report, is_odd
from haalweg.signals import SignalType
from haalweg.signals.video import VideoFrame, packed
from haalweg.web.store import marks, pins
from haalweg.web.store.cases import DecisionError, turned_out_under_age
from haalweg.web.store.models import (
    Addition,
    Case,
    CaseNumber,
    Consent,
    Contact,
    Message,
    Partner,
    Place,
    Signature,
)
from haalweg.web.store.timeline import note

if TYPE_CHECKING:
    import uuid
    from collections.abc import Iterator
    from datetime import datetime

    from django.contrib.auth.models import User

    from haalweg.keeping.letters import LetterBox
    from haalweg.reports.report import ReportedItem


class Taken(NamedTuple):
    """A report that is kept."""

    code: CaseCode
    is_as_sent: bool  # no: what came with this key before is kept, and this says something else


class _Kept(NamedTuple):
    """What is kept of a report as a whole."""

    content_lookup: bytes
    pin: str


def take(body: bytes, key: uuid.UUID, *, box: LetterBox, now: datetime) -> Taken:
    """Keep a report and give its code, which is nowhere kept: it comes from the key, and is the same again.

    It is durable when this returns; sent twice it is kept once, as it came first. Raises ReportError, NotKeptError.
    """
    try:
        report = Report.from_json(body)
    except NotKeptError:
        not_kept(key, now=now)
        raise
    content = content_lookup(body)
    pin = pins.kept(report.pin) if report.pin else ""  # slow, and so before anybody else has to wait to write
    before = Case.objects.filter(sent_as=sent_as(key))
    try:
        with transaction.atomic():
            case = before.first()
            if case is None:
                case = _keep(report, key, _Kept(content, pin), box, now)
    except IntegrityError:  # sent twice at once: the other is kept
        case = before.first()
        if case is None:
            raise
    # Of one that was forgotten nothing tells what it said, nor whether it is still here.
    return Taken(_code_of(key, case.language), bytes(case.content_lookup) in (content, b""))


def not_kept(key: uuid.UUID, *, now: datetime, staff: User | None = None) -> None:
    """Somebody in what came with this key may be under 18: what came with it before is stopped. staff: who heard so."""
    before = Case.objects.filter(sent_as=sent_as(key)).exclude(state=CaseState.UNDER_AGE).first()
    if before is not None:
        with suppress(DecisionError):  # it was stopped meanwhile, or erased with all that it held
            turned_out_under_age(before, now=now, staff=staff)


def sent_as(key: uuid.UUID) -> bytes:
    """Give what a case is found by that came with this key."""
    return settings.HAALWEG_SECRET.lookup("sent as", key.bytes)


def _code_of(key: uuid.UUID, language: str) -> CaseCode:
    return CaseCode.of(settings.HAALWEG_SECRET.lookup("case code seed", key.bytes), language)


def content_lookup(body: bytes) -> bytes:
    """Tell whether the same is sent again, however it is written: another language makes no other report."""
    told = json.loads(body)
    del told["language"]
    return settings.HAALWEG_SECRET.lookup("content", json.dumps(told, sort_keys=True).encode())


def _keep(report: Report, key: uuid.UUID, kept: _Kept, box: LetterBox, now: datetime) -> Case:
    case = Case.objects.create(
        number=CaseNumber.objects.create().pk,
        language=report.language,
        have=report.have,
        for_someone_else=report.for_whom != "self",
        consent_version=CONSENT_VERSION,
        received_at=now,
        code_lookup=_code_of(key, report.language).lookup(settings.HAALWEG_SECRET.derived("case codes")),
        sent_as=sent_as(key),
        content_lookup=kept.content_lookup,
        pin=kept.pin,
    )
    keep_what_was_told(case, report, box, now)
    if report.contact:
        contact = Contact(case=case, purposes=" ".join(report.contact.purposes), letter=b"")
        email = report.contact.email
        contact.lookup = marks.of_contact(email)
        contact.letter = box.close(contact.place, email.encode())
        contact.save()
    note(case, "received", now)
    return case


def keep_what_was_told(
    case: Case, report: Report, box: LetterBox, now: datetime, *, addition: Addition | None = None
) -> None:
    """Keep the signatures, places, consents and story of a report, or of what was added to one."""
    files = [_File(case, addition, item, box) for item in report.items]
    Signature.objects.bulk_create([each for file in files for each in _signatures(file)])
    before = case.places.count()
    for number, place in enumerate(report.places, before):
        row = Place(case=case, addition=addition, position=number, kind=place.location.kind, letter=b"")
        row.site_lookup, row.link_lookup = marks.of_site(place.location), marks.of_link(place.location)
        row.letter = box.close(row.place, place.text.encode())
        row.save()
    offered = {f"{PARTNER}{name}" for name in Partner.objects.values_list("name", flat=True)}
    Consent.objects.bulk_create(
        [
            Consent(case=case, addition=addition, what=what, version=CONSENT_VERSION, given_at=now)
            for what in report.consents
            if what in offered or not what.startswith(PARTNER)  # of nobody's making
        ]
    )
    if report.story:
        message = Message(case=case, from_person=True, at=now, letter=b"")
        message.letter = box.close(message.place, report.story.encode())
        message.save()
        if addition is not None:
            Case.objects.filter(pk=case.pk).update(to_answer=True)


class _File(NamedTuple):
    """What is hashed, and what it belongs to."""

    case: Case
    addition: Addition | None
    item: ReportedItem
    box: LetterBox


def _signatures(file: _File) -> Iterator[Signature]:
    item = file.item
    for part in item.parts:
        yield _signature(
            file,
            SignalType.PDQ,
            bytes(part.hashed.hash),
            quality=part.hashed.quality,
            is_inner=part.is_inner,
            is_odd=is_odd(part.hashed),
        )
    if item.sha256:
        yield _signature(file, SignalType.SHA256, item.sha256)
    if item.md5:
        yield _signature(file, SignalType.MD5, item.md5)
    if item.frames:
        frames = [VideoFrame(each.hashed.hash, each.hashed.quality, each.at_s) for each in item.frames]
        quality = max(each.quality for each in frames)
        yield _signature(file, SignalType.VPDQ, packed(frames), quality=quality)
    if item.trace:
        yield _signature(file, SignalType.TRACE, bytes(item.trace))


def _signature(
    file: _File,
    signal_type: SignalType,
    value: bytes,
    *,
    quality: int | None = None,
    is_inner: bool = False,
    is_odd: bool = False,
) -> Signature:
    row = Signature(
        case=file.case,
        addition=file.addition,
        row_name=file.item.name,
        kind=file.item.kind,
        signal_type=signal_type.value,
        quality=quality,
        is_inner=is_inner,
        is_odd=is_odd,
        value_lookup=settings.HAALWEG_SECRET.lookup(f"value {signal_type}", value),
    )
    said = {"signal_type": signal_type.value, "value": base64.b64encode(value).decode(), "quality": quality}
    row.letter = file.box.close(row.place, json.dumps(said).encode())
    return row
