"""What the tables hold, column by column: an allow-list, which a test compares with the tables themselves.

What is of a person who reported has a sentence for that person; the page of what exists is made of these. A column that
is not here does not exist, and one that is new has to be explained before it can.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from collections.abc import Mapping

    from django.utils.functional import Promise


class How(StrEnum):
    """How a value is kept."""

    CLEAR = "clear"  # who has the database reads it
    LOCKED = "locked"  # a letter: the machine door alone opens it
    MARK = "mark"  # the same again is known by it; nobody without our secret makes one, or reads one back


@dataclass(frozen=True, slots=True)
class Column:
    """One column, in words for the person it is of."""

    how: How
    sentence: str | Promise


@dataclass(frozen=True, slots=True)
class Table:
    """One table, in words for the person it is of."""

    title: str | Promise
    columns: Mapping[str, Column]


OF_A_PERSON: Mapping[str, Table] = {
    "Case": Table(
        _("Your report"),
        {
            "id": Column(How.CLEAR, _("a number by which rows belong together")),
            "number": Column(How.CLEAR, _("the number of your case")),
            "state": Column(How.CLEAR, _("how it stands")),
            "assurance": Column(How.CLEAR, _("whether a helpline worker spoke with you")),
            "language": Column(How.CLEAR, _("the language you read")),
            "have": Column(How.CLEAR, _("whether you had the picture, an ordinary photo or only a link")),
            "for_someone_else": Column(How.CLEAR, _("whether you report for somebody else")),
            "consent_version": Column(How.CLEAR, _("which words your choices were asked with")),
            "received_at": Column(How.CLEAR, _("when it came in")),
            "decided_at": Column(How.CLEAR, _("when it was decided, taken back or closed")),
            "asked_at": Column(How.CLEAR, _("when we asked whether it may stay")),
            "to_answer": Column(How.CLEAR, _("whether you wrote last")),
            "doubted_at": Column(How.CLEAR, _("when we heard that many people upload something like it")),
            "state_before": Column(How.CLEAR, _("how it stood before you took it back")),
            "owner": Column(How.CLEAR, _("which helpline worker works on it")),
            "together_with": Column(How.CLEAR, _("whether we work on it together with another report")),
            "confirmed_by": Column(How.CLEAR, _("which helpline worker put it on the list")),
            "shared_by": Column(How.CLEAR, _("which helpline worker shared it")),
            "frozen_at": Column(How.CLEAR, _("when your page was locked")),
            "hand_over_lookup": Column(How.MARK, _("the lock of words that fetch new ones, once")),
            "hand_over_until": Column(How.CLEAR, _("until when those work")),
            "hand_over_by_mail": Column(How.CLEAR, _("whether those went to you by mail")),
            "code_lookup": Column(How.MARK, _("the lock that your 8 words fit, not the words")),
            "sent_as": Column(How.MARK, _("a mark, so that what is sent twice is kept once")),
            "content_lookup": Column(How.MARK, _("a mark of all that you sent, to see whether it is the same")),
            "pin": Column(How.MARK, _("the lock that your PIN fits, not the PIN")),
        },
    ),
    "Addition": Table(
        _("What you added later"),
        {
            "id": Column(How.CLEAR, _("a number of its own")),
            "case": Column(How.CLEAR, _("which report it belongs to")),
            "number": Column(How.CLEAR, _("whether it was the first, the second or a later one")),
            "at": Column(How.CLEAR, _("when it came in")),
            "have": Column(How.CLEAR, _("whether you had the picture, an ordinary photo or only a link")),
            "for_someone_else": Column(How.CLEAR, _("whether you report for somebody else")),
            "assurance": Column(How.CLEAR, _("whether a helpline worker spoke with you")),
            "confirmed_by": Column(How.CLEAR, _("which helpline worker put it on the list")),
            "shared_by": Column(How.CLEAR, _("which helpline worker shared it")),
            "decided_at": Column(How.CLEAR, _("when it was decided")),
            "sent_as": Column(How.MARK, _("a mark, so that what is sent twice is kept once")),
            "content_lookup": Column(How.MARK, _("a mark of all that you sent, to see whether it is the same")),
        },
    ),
    "Proposal": Table(
        _("What one helpline worker proposes and a second one decides"),
        {
            "id": Column(How.CLEAR, _("a number of its own")),
            "case": Column(How.CLEAR, _("which report it belongs to")),
            "what": Column(How.CLEAR, _("what is proposed, as a word of a list")),
            "by": Column(How.CLEAR, _("which helpline worker proposed it")),
            "reason": Column(How.CLEAR, _("why, as a word of a list")),
            "file": Column(How.CLEAR, _("our name for the file that it is about")),
            "at": Column(How.CLEAR, _("when")),
        },
    ),
    "Invitation": Table(
        _("A way to add files on your own phone, after you called"),
        {
            "id": Column(How.CLEAR, _("a number of its own")),
            "case": Column(How.CLEAR, _("which report it belongs to")),
            "lookup": Column(How.MARK, _("the lock of the words that you were told, not the words")),
            "until": Column(How.CLEAR, _("until when those work")),
            "opened_at": Column(How.CLEAR, _("when they were used")),
            "used_as": Column(How.MARK, _("a mark, so that what is sent twice is kept once")),
        },
    ),
    "Signature": Table(
        _("Each fingerprint or trace"),
        {
            "id": Column(How.CLEAR, _("a number of its own")),
            "case": Column(How.CLEAR, _("which report it belongs to")),
            "addition": Column(How.CLEAR, _("whether you added it later, and when that was")),
            "row_name": Column(How.CLEAR, _("our name for it, like Foto 1, never the name of your file")),
            "kind": Column(How.CLEAR, _("whether it is of a picture, a video or an ordinary photo")),
            "signal_type": Column(How.CLEAR, _("which sort of fingerprint it is")),
            "is_inner": Column(How.CLEAR, _("whether it is of a picture inside another")),
            "quality": Column(How.CLEAR, _("how much detail there was")),
            "is_odd": Column(How.CLEAR, _("whether the numbers are unusual")),
            "state": Column(How.CLEAR, _("whether it is on the list")),
            "state_before": Column(How.CLEAR, _("whether it was on the list before you took it back")),
            "taken_back_at": Column(How.CLEAR, _("when you took it back")),
            "value_lookup": Column(How.MARK, _("a mark, to see whether two reports have the same")),
            "letter": Column(How.LOCKED, _("the fingerprint itself; not even a helpline worker can open it")),
        },
    ),
    "Listing": Table(
        _("Where each fingerprint came on a list, and when it went off"),
        {
            "id": Column(How.CLEAR, _("a number of its own")),
            "case": Column(How.CLEAR, _("which report it belongs to")),
            "signature": Column(How.CLEAR, _("which fingerprint it was, as long as it is here")),
            "signal_type": Column(How.CLEAR, _("which sort of fingerprint it is")),
            "bank": Column(How.CLEAR, _("which list: ours, or that of a partner")),
            "came": Column(How.CLEAR, _("how long that list was when it came on it")),
            "came_at": Column(How.CLEAR, _("when it came on it")),
            "went": Column(How.CLEAR, _("how much had gone off that list when it went")),
            "went_at": Column(How.CLEAR, _("when it went off it")),
        },
    ),
    "Place": Table(
        _("Each place that you gave"),
        {
            "id": Column(How.CLEAR, _("a number of its own")),
            "case": Column(How.CLEAR, _("which report it belongs to")),
            "addition": Column(How.CLEAR, _("whether you added it later, and when that was")),
            "position": Column(How.CLEAR, _("which line it was")),
            "kind": Column(How.CLEAR, _("whether it is a link or a text")),
            "site_lookup": Column(How.MARK, _("a mark of the website, to find it again")),
            "link_lookup": Column(How.MARK, _("a mark of the link, to see whether two reports have the same")),
            "letter": Column(How.LOCKED, _("the link or the text")),
        },
    ),
    "Consent": Table(
        _("Each choice that you made"),
        {
            "id": Column(How.CLEAR, _("a number of its own")),
            "case": Column(How.CLEAR, _("which report it belongs to")),
            "addition": Column(How.CLEAR, _("whether you added it later, and when that was")),
            "by_phone": Column(How.CLEAR, _("whether you told it by phone")),
            "what": Column(How.CLEAR, _("what you allowed")),
            "version": Column(How.CLEAR, _("the words that it was asked with")),
            "given_at": Column(How.CLEAR, _("when you allowed it")),
            "taken_back_at": Column(How.CLEAR, _("when you took that back")),
        },
    ),
    "Contact": Table(
        _("How to reach you, only if you gave it"),
        {
            "case": Column(How.CLEAR, _("which report it belongs to")),
            "lookup": Column(How.MARK, _("a mark of the address, to find your case when you lost your words")),
            "purposes": Column(How.CLEAR, _("what we may use it for")),
            "letter": Column(How.LOCKED, _("the address")),
        },
    ),
    "Message": Table(
        _("Each message"),
        {
            "id": Column(How.CLEAR, _("a number of its own")),
            "case": Column(How.CLEAR, _("which report it belongs to")),
            "from_person": Column(How.CLEAR, _("whether it is from you or from us")),
            "at": Column(How.CLEAR, _("when it was written")),
            "read_at": Column(How.CLEAR, _("when it was read")),
            "letter": Column(How.LOCKED, _("what it says")),
        },
    ),
    "Mail": Table(
        _("Each mail to you, until some days after it was sent"),
        {
            "id": Column(How.CLEAR, _("a number of its own")),
            "case": Column(How.CLEAR, _("which report it belongs to")),
            "what": Column(How.CLEAR, _("whether it gives words or says that there is news")),
            "made_at": Column(How.CLEAR, _("when you asked for it, or something happened")),
            "due_at": Column(How.CLEAR, _("when it is tried")),
            "ended_at": Column(How.CLEAR, _("when it was sent, or given up")),
            "is_sent": Column(How.CLEAR, _("whether it was sent")),
            "tries": Column(How.CLEAR, _("how often it was tried")),
            "letter": Column(How.LOCKED, _("the words in it, until it was sent")),
        },
    ),
    "Event": Table(
        _("What happened, line by line"),
        {
            "id": Column(How.CLEAR, _("a number of its own")),
            "case": Column(How.CLEAR, _("which report it belongs to")),
            "what": Column(How.CLEAR, _("what happened, as a word of a list")),
            "at": Column(How.CLEAR, _("when")),
            "staff": Column(How.CLEAR, _("which helpline worker did it")),
            "about": Column(How.CLEAR, _("which helpline worker it went to")),
            "count": Column(How.CLEAR, _("of how many fingerprints")),
            "reason": Column(How.CLEAR, _("why, as a word of a list")),
        },
    ),
    "Task": Table(
        _("What our list still has to be told"),
        {
            "id": Column(How.CLEAR, _("a number of its own")),
            "case": Column(How.CLEAR, _("which report it belongs to")),
            "what": Column(How.CLEAR, _("whether something comes on or goes off")),
            "is_urgent": Column(How.CLEAR, _("whether you took something back")),
            "made_at": Column(How.CLEAR, _("when it was decided")),
            "due_at": Column(How.CLEAR, _("when it is tried")),
            "done_at": Column(How.CLEAR, _("when it was done")),
            "tries": Column(How.CLEAR, _("how often it was tried")),
        },
    ),
}

# Of nobody who reported: of the helpline itself, and of who works there. Values are clear, but for what is named.
OF_OTHERS: Mapping[str, frozenset[str]] = {
    "store.Partner": frozenset(
        {"id", "name", "title", "kind", "sentence_nl", "sentence_en", "has_contract", "is_active"}
    ),
    "store.CaseNumber": frozenset({"id"}),
    "store.WordsAsked": frozenset({"id", "lookup", "at"}),  # a mark of an address, until it was looked up: seconds
    "store.Colleague": frozenset({"account", "role", "partner"}),
    "store.AuditEntry": frozenset({"number", "at", "act", "by", "subject", "count", "detail", "head"}),
    "store.AuditLog": frozenset({"id", "log", "cut", "start"}),
    "auth.User": frozenset(
        {
            *("id", "username", "first_name", "last_name", "email", "is_staff", "is_active", "is_superuser"),
            *("date_joined", "last_login", "password"),  # the password is a slow hash, and no name or address is asked
        }
    ),
    "auth.Group": frozenset({"id", "name"}),
    "auth.Permission": frozenset({"id", "name", "content_type", "codename"}),
    "auth.User_groups": frozenset({"id", "user", "group"}),
    "auth.User_user_permissions": frozenset({"id", "user", "permission"}),
    "auth.Group_permissions": frozenset({"id", "group", "permission"}),
    "contenttypes.ContentType": frozenset({"id", "app_label", "model"}),
    "sessions.Session": frozenset({"session_key", "session_data", "expire_date"}),  # a digest, and closed
    "account.EmailAddress": frozenset({"id", "user", "email", "verified", "primary"}),  # empty: nobody gives one
    "account.EmailConfirmation": frozenset({"id", "email_address", "created", "sent", "key"}),  # empty
    "mfa.Authenticator": frozenset({"id", "user", "type", "data", "created_at", "last_used_at"}),  # seeds are closed
}
