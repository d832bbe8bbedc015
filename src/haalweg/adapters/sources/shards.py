"""What a planner hands to whoever reads: a share of one source, small enough to travel and to be done again."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, field
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any

from haalweg.errors import HaalwegError
from haalweg.reports.post import Post


class SourceError(HaalwegError):
    """Something is wrong with a source, or with what was planned of it."""


class SourceKind(StrEnum):
    """What a share is read from."""

    FOLDER = "folder"
    ZIP = "zip"
    TAR = "tar"
    WARC = "warc"
    TELEGRAM = "telegram"
    FILE = "file"


@dataclass(frozen=True, slots=True)
class Member:
    """One thing to read, or the reason why it is not read."""

    name: str = field(repr=False)  # as found; bytes that are no UTF-8 as os.fsdecode keeps them
    post: Post | None = None
    reason: str | None = None  # a sentence
    ends_source: bool = False  # more may lie behind this that nobody has seen
    at: int | None = None  # where it begins in a zip
    packed: tuple[int, int, int, int] | None = None  # how it lies there: method, bytes packed and unpacked, checksum


@dataclass(frozen=True, slots=True)
class Shard:
    """A share of one source."""

    source: str = field(repr=False)  # the argument as it was given
    kind: SourceKind
    path: str = field(repr=False)  # absolute: the folder or the file
    members: tuple[Member, ...] | None  # None: all of it, in its own order
    identity: str  # size and time of what is read
    within: str = field(default="", repr=False)  # what goes before each name: where in the source this lies
    since: float = 0.0  # how far through its source the planner was, 0..1
    until: float = 1.0

    @property
    def digest(self) -> str:
        """The same for the same share in every run; another one when what lies behind it has changed. Hexadecimal."""
        return hashlib.sha256(json.dumps(self._what()).encode("ascii")).hexdigest()

    def to_json(self) -> str:
        """One line of ASCII."""
        return json.dumps(self._what() | {"since": self.since, "until": self.until})

    @classmethod
    def from_json(cls, text: str) -> Shard:
        """Read what to_json wrote. Raises SourceError for anything else."""
        try:
            fields = json.loads(text)
            members = fields["members"]
            return cls(
                source=_text(fields["source"]),
                kind=SourceKind(fields["kind"]),
                path=_text(fields["path"]),
                members=None if members is None else tuple(_member(member) for member in members),
                identity=_text(fields["identity"]),
                within=_text(fields["within"]),
                since=float(fields["since"]),
                until=float(fields["until"]),
            )
        except (KeyError, TypeError, ValueError, RecursionError, OverflowError) as error:
            raise SourceError("Not a share of a source as `to_json` writes it. Plan the scan again.") from error

    def _what(self) -> dict[str, Any]:
        return {
            "source": self.source,
            "kind": self.kind,
            "path": self.path,
            "within": self.within,
            "identity": self.identity,
            "members": None if self.members is None else [_fields_of(member) for member in self.members],
        }


def _fields_of(member: Member) -> list[Any]:
    post = member.post
    about = None
    if post is not None:
        at = None if post.posted_at is None else post.posted_at.timestamp()
        about = [at, post.chat_id, post.chat_name, post.chat_type, post.message_id, post.sender_id]
    return [member.name, about, member.reason, member.ends_source, member.at, member.packed]


def _member(fields: list[Any]) -> Member:
    name, about, reason, ends_source, at, packed = fields
    post = None
    if about is not None:
        posted, *words = about
        chat_id, chat_name, chat_type, message_id, sender_id = map(_text_or_none, words)
        when = None if posted is None else datetime.fromtimestamp(posted, UTC)
        post = Post(when, chat_id, chat_name, chat_type, message_id, sender_id)
    if packed is not None:
        method, inside, outside, crc = map(_number, packed)
        packed = method, inside, outside, crc
    at = None if at is None else _number(at)
    return Member(_text(name), post, _text_or_none(reason), bool(ends_source), at, packed)


def _number(value: object) -> int:
    if type(value) is not int:
        raise TypeError
    return value


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError
    return value


def _text_or_none(value: object) -> str | None:
    return None if value is None else _text(value)
