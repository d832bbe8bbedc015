"""A report as the page sends it: read strictly, its age gate first. docs/reference/report.md describes each field."""

from __future__ import annotations

import base64
import json
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal, get_args

from haalweg.errors import HaalwegError
from haalweg.reports.age_gate import Adults, AgeAnswers
from haalweg.reports.consents import Consent, is_consent
from haalweg.reports.locations import MOST_URL, Location, LocationError
from haalweg.signals import MATCH_QUALITY, Hashed, PdqHash, SignatureError, Trace, TraceKind

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

VERSION = 1
MOST_ITEMS, MOST_PARTS, MOST_FRAMES, MOST_PLACES = 20, 8, 3_600, 100
MOST_STORY = 4_000
_MOST_CONSENTS, _MOST_TRACE = 60, 8_192
_MOST_SIDE, _MOST_SECONDS = 1 << 18, 100_000.0
_REAL_BITS = 128  # set, in the hash of nearly every photo
_HEX = {32: re.compile(r"[0-9a-f]{32}"), 64: re.compile(r"[0-9a-f]{64}")}
_ENCODED = re.compile(r"[A-Za-z0-9+/=_-]{121,}")
_ENCODED_IN_LINK = re.compile(r"[A-Za-z0-9+/=_-]{601,}")  # signatures in links of stores and networks are long
_AROUND_LINK = "()<>[]{}\"',;.!?"
_NAME = re.compile(r"(Foto|Photo|Video) [1-9][0-9]{0,2}")
_EMAIL = re.compile(r"[^@\s\x00-\x1f]{1,100}@[^@\s\x00-\x1f]{1,150}\.[^@\s\x00-\x1f.]{2,60}")
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\u202a-\u202e\u2066-\u2069]")

Have = Literal["picture", "source_photo", "only_link"]
Kind = Literal["picture", "video", "source_photo"]
Whom = Literal["self", "someone_else"]
Authority = Literal["asked", "parent_or_guardian_of_adult", "lawyer_or_helper"]
Purpose = Literal["recovery", "news"]


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong at one place of a report."""

    at: str  # places[2].url
    nl: str
    en: str


class ReportError(HaalwegError):
    """A report that cannot be taken. The text and the problems name places, and nothing of what was sent."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        super().__init__(f"A report that cannot be taken, for what is at {', '.join(each.at for each in problems)}.")
        self.problems = problems


class NotKeptError(HaalwegError):
    """Somebody in it is under 18, or may be: nothing of the report was read or is kept."""

    def __init__(self) -> None:
        super().__init__("Somebody in it is under 18, or may be. Nothing was kept: refer the person on.")


@dataclass(frozen=True, slots=True, repr=False)
class ReportedPart:
    """A picture, or one inside it."""

    hashed: Hashed
    is_inner: bool


@dataclass(frozen=True, slots=True, repr=False)
class ReportedFrame:
    """A frame of a video."""

    at_s: float
    hashed: Hashed


@dataclass(frozen=True, slots=True, repr=False)
class ReportedItem:
    """The signatures of one file."""

    kind: Kind
    name: str
    parts: tuple[ReportedPart, ...] = ()
    sha256: bytes | None = None
    md5: bytes | None = None
    frames: tuple[ReportedFrame, ...] = ()
    trace: Trace | None = None


@dataclass(frozen=True, slots=True, repr=False)
class ReportedPlace:
    """Where it was seen, as the person wrote it, and what that is."""

    text: str
    location: Location


@dataclass(frozen=True, slots=True, repr=False)
class ReportedContact:
    """How the person may be reached, and for what."""

    email: str
    purposes: tuple[Purpose, ...]


@dataclass(frozen=True, slots=True, repr=False)
class Report:
    """What a person told us."""

    language: Literal["nl", "en"]
    for_whom: Whom
    authority: Authority | None
    have: Have
    items: tuple[ReportedItem, ...]
    places: tuple[ReportedPlace, ...]
    story: str
    consents: tuple[str, ...]
    contact: ReportedContact | None
    pin: str | None

    @classmethod
    def from_json(cls, text: bytes) -> Report:
        """Read one. Raises NotKeptError before all else where somebody is under 18 or may be, and ReportError."""
        try:
            content = json.loads(text)
        except (ValueError, RecursionError):
            raise ReportError((_no_report("$"),)) from None
        if not isinstance(content, dict):
            raise ReportError((_no_report("$"),))
        _refuse_minors(content.get("age"))
        reader = _Reader()
        report = reader.report(content)
        if reader.problems or report is None:
            raise ReportError(tuple(reader.problems))
        return report


def is_odd(hashed: Hashed) -> bool:
    """Whether a hash is unlike those of photos, of which nearly all have 128 set bits: a person should look twice."""
    return int.from_bytes(bytes(hashed.hash)).bit_count() != _REAL_BITS


def is_garbage(hashed: Hashed) -> bool:
    """Whether it is the hash of no picture: all bits alike, or the same bytes twice, as from another kind of digest."""
    value = bytes(hashed.hash)
    return len(set(value)) == 1 or value[:16] == value[16:]


def cleaned(text: str) -> str:
    """What a person wrote, without signs that steer a screen; a line ends with one sign, whoever sent it."""
    lines = text.encode("utf-8", "replace").decode().replace("\r\n", "\n").replace("\r", "\n")
    return _CONTROL.sub(" ", lines).strip()


def holds_encoded(text: str) -> bool:
    """Whether a text has a long run that is no plain text, as a picture would be; in a link it may be longer."""
    return any(_ENCODED.search(word) and not _is_link(word) for word in text.split())


def is_email(text: str) -> bool:
    """Whether that has the shape of a mail address."""
    return _EMAIL.fullmatch(text) is not None


def _is_link(word: str) -> bool:
    try:
        location = Location.parse(word.strip(_AROUND_LINK))
    except LocationError:
        return False
    return location.host is not None and not _ENCODED_IN_LINK.search(word)


def _refuse_minors(age: Any) -> None:
    """The first question, asked of whatever came, however damaged the rest is."""
    try:
        answers = AgeAnswers(Adults(age["in_picture"]), Adults(age["in_source_photo"]))
        others = age["others"]
    except (TypeError, KeyError, ValueError):
        raise NotKeptError from None
    if not answers.may_be_kept or others not in ("yes", "nobody"):
        raise NotKeptError


@dataclass(slots=True)
class _Reader:
    """Reads a report, and notes all that is wrong rather than the first thing."""

    problems: list[Problem] = field(default_factory=list)

    def report(self, content: Mapping[str, Any]) -> Report | None:
        if not self._has_fields(content, "$", _FIELDS) or content["version"] != VERSION:
            self._note("$", *_OTHER_VERSION)
            return None
        self._has_fields(content["age"], "age", frozenset({"in_picture", "in_source_photo", "others"}))
        have = self._choice(content["have"], "have", Have)
        items = self._rows(content["items"], "items", MOST_ITEMS, self._item)
        consents = self._consents(content["consents"])
        self._hold_together(have, items, consents)
        return Report(
            self._choice(content["language"], "language", Literal["nl", "en"]),
            self._choice(content["for"], "for", Whom),
            None
            if content["for"] == "self" and content["authority"] is None
            else self._choice(content["authority"], "authority", Authority),
            have,
            items,
            self._rows(content["places"], "places", MOST_PLACES, self._place),
            self._plain(content["story"], "story", MOST_STORY, may_be_empty=True),
            consents,
            self._contact(content["contact"]),
            self._pin(content["pin"]),
        )

    def _hold_together(self, have: str, items: tuple[ReportedItem, ...], consents: tuple[str, ...]) -> None:
        kinds = {item.kind for item in items}
        wrong = {"only_link": kinds, "source_photo": kinds - {"source_photo"}, "picture": kinds & {"source_photo"}}
        if wrong.get(have) or (have != "only_link" and not items):
            self._note("items", "Dit past niet bij wat je koos.", "This does not fit what you chose.")
        if any(item.trace and item.kind != "source_photo" for item in items) and Consent.TRACE_OF_FAKE not in consents:
            self._note("items", "Voor een spoor van het beeld is je vinkje nodig.", "A trace of it needs your tick.")

    def _item(self, row: Mapping[str, Any], at: str) -> ReportedItem | None:
        if not self._has_fields(row, at, _ITEM_FIELDS):
            return None
        kind = self._choice(row["kind"], f"{at}.kind", Kind)
        trace = self._trace(row["trace"], f"{at}.trace")
        if trace is not None and (trace.kind is TraceKind.SOURCE) != (kind == "source_photo"):
            self._note(f"{at}.trace", *_NOT_UNDERSTOOD)  # a fake's, taken for a photo's, would be no lead
        item = ReportedItem(
            kind,
            self._name(row["name"], f"{at}.name"),
            self._rows(row["parts"], f"{at}.parts", MOST_PARTS, self._part),
            self._digest(row["sha256"], f"{at}.sha256", 64),
            self._digest(row["md5"], f"{at}.md5", 32),
            self._rows(row["frames"], f"{at}.frames", MOST_FRAMES, self._frame),
            trace,
        )
        needed = {"picture": bool(item.parts), "video": bool(item.frames), "source_photo": trace is not None}
        more = {
            "picture": item.frames,
            "video": item.parts,
            "source_photo": item.parts or item.frames or item.sha256 or item.md5,
        }
        if not needed.get(kind) or more.get(kind):
            self._note(at, "Hier ontbreekt de vingerafdruk.", "Here the fingerprint is missing.")
        return item

    def _name(self, text: object, at: str) -> str:
        """Read what the page calls a file: never what the person's own is called."""
        if isinstance(text, str) and _NAME.fullmatch(text):
            return text
        self._note(at, *_NOT_UNDERSTOOD)
        return ""

    def _part(self, row: Mapping[str, Any], at: str) -> ReportedPart | None:
        if not self._has_fields(row, at, frozenset({"inner", "quality", "pdq"})):
            return None
        inner = row["inner"]
        is_box = isinstance(inner, list) and len(inner) == 4 and all(_whole(each, _MOST_SIDE) for each in inner)
        if inner is not None and not (is_box and inner[0] < inner[2] and inner[1] < inner[3]):
            self._note(f"{at}.inner", *_NOT_UNDERSTOOD)
        hashed = self._hashed(row, at)
        return None if hashed is None else ReportedPart(hashed, inner is not None)

    def _frame(self, row: Mapping[str, Any], at: str) -> ReportedFrame | None:
        if not self._has_fields(row, at, frozenset({"at_s", "quality", "pdq"})):
            return None
        at_s = row["at_s"]
        if isinstance(at_s, bool) or not isinstance(at_s, int | float) or not 0 <= at_s <= _MOST_SECONDS:
            self._note(f"{at}.at_s", *_NOT_UNDERSTOOD)
            return None
        hashed = self._hashed(row, at)
        return None if hashed is None else ReportedFrame(float(at_s), hashed)

    def _hashed(self, row: Mapping[str, Any], at: str) -> Hashed | None:
        quality = row["quality"]
        try:
            found = PdqHash.from_hex(row["pdq"] if isinstance(row["pdq"], str) else "")
        except SignatureError:
            self._note(f"{at}.pdq", *_NOT_UNDERSTOOD)
            return None
        if not _whole(quality, 100):
            self._note(f"{at}.quality", *_NOT_UNDERSTOOD)
            return None
        hashed = Hashed(found, quality)
        if quality >= MATCH_QUALITY and is_garbage(hashed):
            self._note(f"{at}.pdq", *_NOT_UNDERSTOOD)
        return hashed

    def _digest(self, text: object, at: str, length: int) -> bytes | None:
        if text is None:
            return None
        if not isinstance(text, str) or not _HEX[length].fullmatch(text):
            self._note(at, *_NOT_UNDERSTOOD)
            return None
        return bytes.fromhex(text)

    def _trace(self, text: object, at: str) -> Trace | None:
        if text is None:
            return None
        try:
            value = base64.b64decode(text if isinstance(text, str) else "?", validate=True)
            trace = Trace.from_bytes(value) if len(value) <= _MOST_TRACE else None
        except ValueError:  # SignatureError is one
            trace = None
        if trace is None:
            self._note(at, *_NOT_UNDERSTOOD)
        return trace

    def _place(self, row: Mapping[str, Any], at: str) -> ReportedPlace | None:
        if row.keys() not in ({"url"}, {"text"}):
            self._note(at, *_NOT_UNDERSTOOD)
            return None
        ((name, told),) = row.items()
        text = self._plain(told, f"{at}.{name}", MOST_URL)
        try:
            return ReportedPlace(text, Location.parse(text)) if text else None
        except LocationError as error:
            self._note(f"{at}.{name}", error.nl, error.en)
            return None

    def _plain(self, told: object, at: str, most: int, *, may_be_empty: bool = False) -> str:
        """Read what a person wrote: no picture is in it, however it is written."""
        text = self._text(told, at, most, may_be_empty=may_be_empty)
        if holds_encoded(text):
            self._note(
                at,
                "Hier staat een lang stuk dat geen gewone tekst is. Haal het weg: een foto hoort hier niet.",
                "There is a long piece here that is no plain text. Take it out: a photo does not belong here.",
            )
        return text

    def _consents(self, rows: object) -> tuple[str, ...]:
        if not isinstance(rows, list) or len(rows) > _MOST_CONSENTS:
            self._note("consents", *_NOT_UNDERSTOOD)
            return ()
        if not all(isinstance(each, str) and is_consent(each) for each in rows):
            self._note("consents", *_NOT_UNDERSTOOD)
            return ()
        return tuple(dict.fromkeys(rows))

    def _contact(self, content: object) -> ReportedContact | None:
        if content is None:
            return None
        if not isinstance(content, dict) or content.keys() != {"email", "for"}:
            self._note("contact", *_NOT_UNDERSTOOD)
            return None
        email, purposes = content["email"], content["for"]
        if not isinstance(email, str) or not is_email(email):
            self._note(
                "contact.email",
                "Er mist iets in je e-mailadres. Het ziet eruit als naam@voorbeeld.nl.",
                "Something is missing in your e-mail address. It looks like name@example.org.",
            )
            return None
        if not isinstance(purposes, list) or not purposes or not set(map(str, purposes)) <= set(get_args(Purpose)):
            self._note("contact.for", "Kies waarvoor we je mogen mailen.", "Choose what we may mail you for.")
            return None
        return ReportedContact(email, tuple(dict.fromkeys(purposes)))

    def _pin(self, text: object) -> str | None:
        if text is None or (isinstance(text, str) and re.fullmatch(r"[0-9]{4,12}", text)):
            return text
        self._note("pin", "Een pincode heeft 4 tot 12 cijfers.", "A PIN has 4 to 12 digits.")
        return None

    # What all of the above are read with.

    def _rows(self, rows: object, at: str, most: int, read: Callable[[Mapping[str, Any], str], Any]) -> tuple[Any, ...]:
        if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
            self._note(at, *_NOT_UNDERSTOOD)
            return ()
        if len(rows) > most:
            self._note(at, f"Dit zijn er te veel. Stuur er hoogstens {most}.", f"Too many. Send at most {most}.")
            return ()
        read_rows = [read(row, f"{at}[{number}]") for number, row in enumerate(rows)]
        return tuple(each for each in read_rows if each is not None)

    def _text(self, text: object, at: str, most: int, *, may_be_empty: bool = False) -> str:
        if not isinstance(text, str) or (not text.strip() and not may_be_empty):
            self._note(at, *_NOT_UNDERSTOOD)
            return ""
        text = cleaned(text)
        if len(text) > most:
            self._note(at, f"Dit is te lang. Er passen {most} tekens.", f"This is too long. {most} characters fit.")
            return ""
        return text

    def _choice(self, value: object, at: str, choices: Any) -> Any:
        if value in get_args(choices):
            return value
        self._note(at, "Kies wat het best past.", "Choose what fits best.")
        return get_args(choices)[0]

    def _has_fields(self, row: Mapping[str, Any], at: str, fields: frozenset[str]) -> bool:
        if row.keys() == fields:
            return True
        self._note(at, *_NOT_UNDERSTOOD)
        return False

    def _note(self, at: str, nl: str, en: str) -> None:
        self.problems.append(Problem(at, nl, en))


def _whole(value: object, most: int) -> bool:
    return type(value) is int and 0 <= value <= most


def _no_report(at: str) -> Problem:
    return Problem(at, *_NOT_UNDERSTOOD)


_NOT_UNDERSTOOD = ("Dit konden we niet lezen.", "We could not read this.")
_OTHER_VERSION = (
    "Deze pagina is van een eerdere versie. Open haar opnieuw.",
    "This page is of an earlier version. Open it again.",
)
_FIELDS = frozenset(
    {
        "version",
        "language",
        "age",
        "for",
        "authority",
        "have",
        "items",
        "places",
        "story",
        "consents",
        "contact",
        "pin",
    }
)
_ITEM_FIELDS = frozenset({"kind", "name", "parts", "sha256", "md5", "frames", "trace"})
