"""The tables. What stands in clear here is on purpose: `columns` lists it, and tests hold the tables to that.

A letter is closed for the machine door (`haalweg.keeping.letters`) and opens at its own row only.
"""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import Q

from haalweg.cases.states import CaseState, SignatureState
from haalweg.web.store.mail_kinds import MailKind
from haalweg.web.store.roles import Role

if TYPE_CHECKING:
    from datetime import datetime
    from enum import StrEnum


def _choices(states: type[StrEnum]) -> list[tuple[str, str]]:
    return [(state.value, state.value) for state in states]


class Partner(models.Model):
    """A platform or helpline that follows what was allowed for it, by a key of the machine door of the same name."""

    name = models.CharField(max_length=40, unique=True)  # capitals, digits and _; it cannot be changed
    title = models.CharField(max_length=100)  # as people read it
    kind = models.CharField(max_length=40)  # "partners like this one" are allowed by it
    sentence_nl = models.CharField(max_length=200)
    sentence_en = models.CharField(max_length=200)
    has_contract = models.BooleanField(default=False)  # without one no trace goes there
    is_active = models.BooleanField(default=True)

    class Meta:
        """As people read them."""

        ordering = ("title",)


class Colleague(models.Model):
    """What an account may do at the desk; one that has none may do nothing there."""

    account = models.OneToOneField(settings.AUTH_USER_MODEL, models.CASCADE, primary_key=True, related_name="colleague")
    role = models.CharField(max_length=20, choices=_choices(Role))
    partner = models.ForeignKey(Partner, models.PROTECT, null=True)  # whose figures somebody of a partner sees


class CaseNumber(models.Model):
    """Gives each case a number of its own, however many come in at once; one that was not used is left out."""


class Case(models.Model):
    """What is done for one person about one thing."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    number = models.PositiveIntegerField(unique=True)  # as staff and partners call it
    state = models.CharField(max_length=20, choices=_choices(CaseState), default=CaseState.RECEIVED)
    assurance = models.CharField(max_length=20, default="self_reported")
    language = models.CharField(max_length=2)
    have = models.CharField(max_length=20)  # picture, source_photo, only_link
    for_someone_else = models.BooleanField(default=False)
    consent_version = models.CharField(max_length=20)
    received_at = models.DateTimeField()
    decided_at = models.DateTimeField(null=True)
    asked_at = models.DateTimeField(null=True)  # whether it may stay longer, and nobody has said so since
    to_answer = models.BooleanField(default=False)  # after the report the person wrote last
    doubted_at = models.DateTimeField(null=True)  # it matches what very many upload, and nobody here looked since
    state_before = models.CharField(max_length=20, choices=_choices(CaseState), blank=True)  # it was taken back
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")  # whose work it is
    together_with = models.ForeignKey("self", models.SET_NULL, null=True, related_name="+")  # the one that leads
    confirmed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    shared_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    frozen_at = models.DateTimeField(null=True)  # its code opens nothing: somebody else has it
    hand_over_lookup = models.BinaryField(max_length=32, null=True, unique=True)  # of words that fetch new ones, once
    hand_over_until = models.DateTimeField(null=True)
    hand_over_by_mail = models.BooleanField(default=False)  # to the contact; no: read out by two people
    code_lookup = models.BinaryField(max_length=32, unique=True)
    sent_as = models.BinaryField(max_length=32, unique=True)  # look-up of the key that the page sent with it, once
    content_lookup = models.BinaryField(max_length=32)  # of all that was sent, to tell whether it is sent again
    pin = models.CharField(max_length=200, blank=True)  # a slow hash

    class Meta:
        """Staff work from the oldest."""

        indexes = (
            models.Index(fields=["state", "received_at"]),
            models.Index(fields=["owner", "received_at"]),
            # The few among very many that wait for a person, besides those that the state tells.
            models.Index(fields=["received_at"], name="to_be_answered", condition=Q(to_answer=True)),
            models.Index(fields=["frozen_at"], name="to_be_opened_again", condition=Q(frozen_at__isnull=False)),
            models.Index(fields=["doubted_at"], name="to_be_doubted", condition=Q(doubted_at__isnull=False)),
            models.Index(fields=["asked_at"], name="asked_whether_to_stay", condition=Q(asked_at__isnull=False)),
        )

    @property
    def spoken_number(self) -> str:
        """As it is read out."""
        return f"{self.received_at:%y}-{self.number:05d}"


class Proposal(models.Model):
    """What somebody of the helpline proposes for a case, and somebody else carries out."""

    case = models.ForeignKey(Case, models.CASCADE, related_name="proposals")
    what = models.CharField(max_length=20)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    reason = models.CharField(max_length=30, blank=True)
    file = models.CharField(max_length=20, blank=True)  # "Foto 1"; empty: all of the case
    at = models.DateTimeField()

    class Meta:
        """Each once at a time."""

        constraints = (models.UniqueConstraint(fields=["case", "what"], name="one_proposal_at_a_time"),)


class Addition(models.Model):
    """What the person told of their case later on, and what was decided about that: it stands by itself.

    What came with the report has none. A column for a decision means what it means of the case.
    """

    case = models.ForeignKey(Case, models.CASCADE, related_name="additions")
    number = models.PositiveSmallIntegerField()  # within its case, from 1
    at = models.DateTimeField()
    have = models.CharField(max_length=20)
    for_someone_else = models.BooleanField(default=False)
    assurance = models.CharField(max_length=20, default="self_reported")
    confirmed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    shared_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)  # null: it waits for a person
    sent_as = models.BinaryField(max_length=32, unique=True)
    content_lookup = models.BinaryField(max_length=32)

    class Meta:
        """As they came."""

        ordering = ("number",)
        constraints = (models.UniqueConstraint(fields=["case", "number"], name="additions_are_counted"),)


class Invitation(models.Model):
    """A one-time way to add to a case, which opens nothing of it."""

    case = models.OneToOneField(Case, models.CASCADE, related_name="invitation")
    lookup = models.BinaryField(max_length=32, unique=True)  # of its words, which are kept nowhere
    until = models.DateTimeField()
    opened_at = models.DateTimeField(null=True)  # in one browser; its words open nothing more
    used_as = models.BinaryField(max_length=32, null=True)  # look-up of the key that came with what was added


class Signature(models.Model):
    """One signature of a case: a letter that only the machine door opens."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(Case, models.CASCADE, related_name="signatures")
    addition = models.ForeignKey(Addition, models.CASCADE, null=True, related_name="signatures")
    row_name = models.CharField(max_length=20)  # "Foto 1": ours, never the file's
    kind = models.CharField(max_length=20)  # picture, video, source_photo
    signal_type = models.CharField(max_length=10)
    is_inner = models.BooleanField(default=False)
    quality = models.PositiveSmallIntegerField(null=True)
    is_odd = models.BooleanField(default=False)  # not 128 set bits, as a real hash nearly always has
    state = models.CharField(max_length=20, choices=_choices(SignatureState), default=SignatureState.HELD)
    state_before = models.CharField(max_length=20, choices=_choices(SignatureState), blank=True)  # it was taken back
    taken_back_at = models.DateTimeField(null=True)  # by itself, and not with its case
    value_lookup = models.BinaryField(max_length=32, db_index=True)
    letter = models.BinaryField()

    @property
    def place(self) -> str:
        """Where its letter opens."""
        return f"signature/{self.id}"


class Listing(models.Model):
    """That a signature came into a bank of the machine door, and went out of it again.

    `came` and `went` are how far the door's bank had come then: who followed it up to there has taken that over.
    """

    case = models.ForeignKey(Case, models.CASCADE, related_name="listings")
    signature = models.ForeignKey(Signature, models.SET_NULL, null=True, related_name="listings")  # null: it was wiped
    signal_type = models.CharField(max_length=10)
    bank = models.CharField(max_length=60)
    came = models.PositiveBigIntegerField()  # the next entry's number
    came_at = models.DateTimeField()
    went = models.PositiveBigIntegerField(null=True)  # so many withdrawals
    went_at = models.DateTimeField(null=True)

    class Meta:
        """Once in each bank."""

        constraints = (models.UniqueConstraint(fields=["signature", "bank"], name="once_in_each_bank"),)
        # How far a partner has come is counted of all its rows: from these columns alone.
        indexes = (
            models.Index(fields=["bank", "signal_type", "went", "went_at", "came", "came_at"], name="of_a_bank"),
        )


class Place(models.Model):
    """Where it was seen: a link or a text, in a letter."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(Case, models.CASCADE, related_name="places")
    addition = models.ForeignKey(Addition, models.CASCADE, null=True, related_name="places")
    position = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=20)  # url, telegram, text
    site_lookup = models.BinaryField(max_length=32, null=True, db_index=True)
    link_lookup = models.BinaryField(max_length=32, null=True, db_index=True)
    letter = models.BinaryField()

    @property
    def place(self) -> str:
        """Where its letter opens."""
        return f"place/{self.id}"


class Consent(models.Model):
    """One thing that the person allows of what they told at one time, and when they took it back."""

    case = models.ForeignKey(Case, models.CASCADE, related_name="consents")
    addition = models.ForeignKey(Addition, models.CASCADE, null=True, related_name="consents")
    what = models.CharField(max_length=120)
    by_phone = models.BooleanField(default=False)  # told to a case worker, who wrote it down
    version = models.CharField(max_length=20)
    given_at = models.DateTimeField()
    taken_back_at = models.DateTimeField(null=True)

    class Meta:
        """Each once at a time."""

        constraints = (
            models.UniqueConstraint(
                fields=["case", "what"],
                condition=models.Q(taken_back_at=None, addition=None),
                name="one_consent_at_a_time",
            ),
            models.UniqueConstraint(
                fields=["addition", "what"],
                condition=models.Q(taken_back_at=None, addition__isnull=False),
                name="one_consent_at_a_time_of_an_addition",
            ),
        )


class Contact(models.Model):
    """How the person may be reached, in a letter; only if they want to be."""

    case = models.OneToOneField(Case, models.CASCADE, primary_key=True, related_name="contact")
    lookup = models.BinaryField(max_length=32, db_index=True)
    purposes = models.CharField(max_length=40)
    letter = models.BinaryField()

    @property
    def place(self) -> str:
        """Where its letter opens."""
        return f"contact/{self.case_id}"


class Message(models.Model):
    """What the person and the helpline write to each other, in letters; the story of the report is the first."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(Case, models.CASCADE, related_name="messages")
    from_person = models.BooleanField()
    at = models.DateTimeField()
    read_at = models.DateTimeField(null=True)
    letter = models.BinaryField()

    class Meta:
        """What nobody has read yet is looked for among very many."""

        indexes = (models.Index(fields=["case"], name="not_read_yet", condition=Q(from_person=True, read_at=None)),)

    @property
    def place(self) -> str:
        """Where its letter opens."""
        return f"message/{self.id}"


class Event(models.Model):
    """What happened, for the timeline of a case: words of a list and numbers, never contents."""

    case = models.ForeignKey(Case, models.CASCADE, related_name="events")
    what = models.CharField(max_length=30)
    at = models.DateTimeField()
    staff = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True)
    about = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")  # to whom it went
    count = models.PositiveIntegerField(default=0)
    reason = models.CharField(max_length=30, blank=True)

    class Meta:
        """In the order in which it happened."""

        ordering = ("at", "id")


class Task(models.Model):
    """What the machine door has to be told: written down with the decision, and tried until it worked.

    Nothing depends on their order: what the door is told is what holds when it is told.
    """

    case = models.ForeignKey(Case, models.CASCADE, related_name="tasks")
    what = models.CharField(max_length=20, choices=[(each, each) for each in ("settle", "forget", "erase", "expire")])
    is_urgent = models.BooleanField(default=False)  # something is taken back
    made_at = models.DateTimeField()
    due_at = models.DateTimeField()
    done_at = models.DateTimeField(null=True)
    tries = models.PositiveIntegerField(default=0)

    class Meta:
        """What waits, and from when on."""

        indexes = (models.Index(fields=["done_at", "due_at"]),)


class MailRows(models.QuerySet["Mail"]):
    """Mails, and what becomes of them together."""

    def with_words(self) -> MailRows:
        """Those of them that give words for a page."""
        return self.filter(what=MailKind.RECOVERY)

    def end(self, now: datetime, *, is_sent: bool = False) -> int:
        """Let those that wait go out no more, and forget the words that they give; how many they were."""
        return self.filter(ended_at=None).update(ended_at=now, is_sent=is_sent, letter=b"")


class Mail(models.Model):
    """A mail to a case's contact that waits, or was sent in the last days. Its address lies with the contact alone."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(Case, models.CASCADE, related_name="mails")
    what = models.CharField(max_length=20, choices=_choices(MailKind))
    made_at = models.DateTimeField()
    due_at = models.DateTimeField()  # not before; each try puts it off before anything is sent
    ended_at = models.DateTimeField(null=True)  # it was sent, or given up
    is_sent = models.BooleanField(default=False)
    tries = models.PositiveIntegerField(default=0)
    letter = models.BinaryField()  # the words that it gives, until it was sent; empty where it gives none
    objects = MailRows.as_manager()

    class Meta:
        """One of a kind waits at a time."""

        indexes = (models.Index(fields=["ended_at", "due_at"]),)
        constraints = (
            models.UniqueConstraint(fields=["case", "what"], condition=Q(ended_at=None), name="one_mail_waits"),
        )

    @property
    def place(self) -> str:
        """Where its letter opens."""
        return f"mail/{self.id}"


class WordsAsked(models.Model):
    """That words were asked for with an address: written down alike whether anybody gave it, and looked up after that.

    So what the page does, says and costs is the same for every address.
    """

    lookup = models.BinaryField(max_length=32, unique=True)
    at = models.DateTimeField()


class AuditEntry(models.Model):
    """One row of the audit log (`store/audit`): it outlives what it is about, so it points at nothing."""

    number = models.PositiveBigIntegerField(primary_key=True)
    at = models.DateTimeField()
    act = models.CharField(max_length=30)
    by = models.PositiveBigIntegerField(null=True)  # an account; 0: the affected person; none: the server
    subject = models.PositiveBigIntegerField(null=True)  # the number of a case, or the id of an account
    count = models.PositiveBigIntegerField(default=0)
    detail = models.CharField(max_length=30, blank=True)
    head = models.BinaryField(max_length=32)  # the digest that ties it to all rows before it

    class Meta:
        """As it is searched."""

        indexes = (
            models.Index(fields=["at"]),
            models.Index(fields=["subject", "number"]),
            models.Index(fields=["by", "number"]),
            models.Index(fields=["act", "number"]),
        )


class AuditLog(models.Model):
    """The log as a whole, one row: its id, and what the rows that were let go led to."""

    log = models.BinaryField(max_length=16)
    cut = models.PositiveBigIntegerField(default=0)  # how many rows were let go
    start = models.BinaryField(max_length=32)
