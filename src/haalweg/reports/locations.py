"""Where it was seen, from one line as a person typed it: a link, a message on Telegram, or plain text."""

from __future__ import annotations

import ipaddress
import re
import unicodedata
from dataclasses import dataclass
from enum import StrEnum

from haalweg.errors import HaalwegError

MOST_URL, MOST_TEXT = 2_000, 300  # characters

_SCHEME = re.compile(r"([a-z][a-z0-9+.-]*):", re.IGNORECASE)
_WEB = re.compile(r"(https?)://+([^/?#]*)([^?#]*)(.*)", re.IGNORECASE | re.DOTALL)
_PLAIN_HOST = re.compile(r"(?:[^\s/?#@:.]+\.)+[^\s/?#@:.\d]{2,}(?::\d{1,5})?(?:[/?#].*)?", re.DOTALL)
_NAME = re.compile(r"[a-z0-9_-]+(?:\.[a-z0-9_-]+)+")
_CARRIES_CONTENT = frozenset({"data", "javascript", "vbscript", "blob", "file"})
_BIDI = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
_TELEGRAM_HOSTS = frozenset({"t.me", "telegram.me", "telegram.dog"})
_CHAT = re.compile(r"[a-z][a-z0-9_]{3,31}", re.IGNORECASE)
_NUMBER = re.compile(r"[0-9]{1,15}")
_DEFAULT_PORT = {"http": 80, "https": 443}
_HIGHEST_PORT = 65_535


class LocationError(HaalwegError):
    """A line that is kept as no place at all. It says why in both languages, and nothing of the line."""

    def __init__(self, nl: str, en: str) -> None:
        super().__init__(en)
        self.nl = nl
        self.en = en


class LocationKind(StrEnum):
    """What a line turned out to be."""

    URL = "url"
    TELEGRAM = "telegram"
    TEXT = "text"


@dataclass(frozen=True, slots=True, repr=False)
class Location:
    """Where it was seen. `text` is the normalised link, in ASCII, or the line itself where it is no link."""

    kind: LocationKind
    text: str
    host: str | None  # ASCII: a name that only looks like another one shows as xn--
    is_whole: bool  # a post or a page, rather than a site or a whole channel

    @property
    def site(self) -> str | None:
        """What it is found by together with others of the same: a host, or a chat on Telegram; None of plain text."""
        if self.kind is LocationKind.TELEGRAM:
            steps = self.text.removeprefix("https://").split("/")
            return "/".join(steps[: 3 if steps[1] == "c" else 2])
        return self.host and self.host.removeprefix("www.")

    @classmethod
    def parse(cls, line: str) -> Location:
        """Understand one line; nothing is looked up. Raises LocationError for what no place can be."""
        text = _checked(line)
        scheme = _SCHEME.match(text)
        if scheme and scheme[1].lower() in _CARRIES_CONTENT:
            raise LocationError(
                "Dit is geen link maar de inhoud zelf. Die hoort hier niet: plak de link van de pagina.",
                "This is no link but the content itself. It does not belong here: paste the link of the page.",
            )
        found = None
        if not re.search(r"\s", text):
            if scheme and scheme[1].lower() == "tg":
                found = _telegram_app_link(text)
            else:
                found = _web_link(f"https://{text}" if _PLAIN_HOST.fullmatch(text) else text)
        return found or _plain(text)


def _checked(line: str) -> str:
    if len(line) > MOST_URL:
        raise _too_long(MOST_URL)
    text = line.strip()
    if not text:
        raise LocationError("Deze regel is leeg.", "This line is empty.")
    if any(sign in _BIDI or unicodedata.category(sign) in ("Cc", "Cs") for sign in text):
        raise LocationError(
            "Hier staan onzichtbare tekens in. Typ de link over, of kopieer haar opnieuw.",
            "There are invisible characters in this. Type the link, or copy it again.",
        )
    return text


def _plain(text: str) -> Location:
    if len(text) > MOST_TEXT:
        raise _too_long(MOST_TEXT)
    return Location(LocationKind.TEXT, text, None, is_whole=False)


def _too_long(most: int) -> LocationError:
    return LocationError(f"Dit is te lang. Er passen {most} tekens.", f"This is too long. {most} characters fit.")


def _web_link(text: str) -> Location | None:
    parts = _WEB.fullmatch(text.replace("\\", "/"))  # as browsers read it
    if parts is None:
        return None
    scheme, authority, path, rest = parts[1].lower(), parts[2], parts[3], parts[4]
    # What stands before an @ is a name to log in with: often a trick, never a part of the place.
    split = _host_and_port(authority.rpartition("@")[2], scheme)
    if split is None:
        return None
    host, port = split
    telegram = _telegram_web_link(host, path, rest)
    if telegram is not None:
        return telegram
    url = f"{scheme}://{host}{port}{_ascii(path) or '/'}{_ascii(rest)}"
    if len(url) > MOST_URL:
        raise _too_long(MOST_URL)
    is_invitation = host in _TELEGRAM_HOSTS
    return Location(LocationKind.URL, url, host, is_whole=not is_invitation and bool(path.strip("/") or rest[1:]))


def _host_and_port(authority: str, scheme: str) -> tuple[str, str] | None:
    if authority.startswith("["):
        inside, bracket, after = authority[1:].partition("]")
        host, colon, port = f"[{inside}{bracket}", after[:1], after[1:]
        if after and colon != ":":
            return None
    else:
        host, _, port = authority.partition(":")
    plain = _ascii_host(host)
    if plain is None or (port and not (re.fullmatch(r"[0-9]{1,5}", port) and int(port) <= _HIGHEST_PORT)):
        return None
    return plain, "" if not port or int(port) == _DEFAULT_PORT[scheme] else f":{int(port)}"


def _ascii_host(host: str) -> str | None:
    """A host as it is registered; None for what no name of a site can be."""
    try:
        if host.startswith("["):
            return f"[{ipaddress.IPv6Address(host[1:-1].partition('%')[0])}]"
        name = host.encode("idna").decode("ascii").lower().rstrip(".")
        if name.rpartition(".")[2].isdigit():
            return str(ipaddress.IPv4Address(name))
    except ValueError:  # UnicodeError is one
        return None
    return name if _NAME.fullmatch(name) else None


def _ascii(text: str) -> str:
    return "".join(sign if "!" <= sign <= "~" else "".join(f"%{byte:02X}" for byte in sign.encode()) for sign in text)


def _telegram_web_link(host: str, path: str, rest: str) -> Location | None:
    """Source: core.telegram.org/api/links, message links: with a topic or thread in between, a comment behind."""
    steps = [step for step in path.split("/") if step]
    if host not in _TELEGRAM_HOSTS:
        return None
    query = _query(rest)
    if steps[:1] == ["c"] and len(steps) > 1:
        return _telegram(None, steps[1], steps[2:], query)
    if steps[:1] == ["s"]:  # the preview of a public channel
        steps = steps[1:]
    return _telegram(steps[0], None, steps[1:], query) if steps else None


def _telegram_app_link(text: str) -> Location | None:
    action, _, rest = text[len("tg:") :].lstrip("/").partition("?")
    query = _query(f"?{rest}")
    post = [query["post"]] if "post" in query else []
    if action.lower().strip("/") == "privatepost":
        return _telegram(None, query.get("channel", ""), post, query)
    if action.lower().strip("/") == "resolve":
        return _telegram(query.get("domain", ""), None, post, query)
    return None


def _telegram(name: str | None, channel: str | None, numbers: list[str], query: dict[str, str]) -> Location | None:
    """A message, or a whole public channel; None where it is neither, as an invitation is."""
    chat = f"c/{channel}" if name is None else name.lower()
    is_chat = _NUMBER.fullmatch(channel or "") if name is None else _CHAT.fullmatch(name)
    if not is_chat or len(numbers) > 2 or not all(_NUMBER.fullmatch(number) for number in numbers):
        return None
    if len(numbers) == 1 and _NUMBER.fullmatch(query.get("thread", "")):
        numbers = [query["thread"], *numbers]
    comment = query.get("comment", "")
    behind = f"?comment={comment}" if numbers and _NUMBER.fullmatch(comment) else ""
    text = "/".join(["https://t.me", chat, *numbers]) + behind
    return Location(LocationKind.TELEGRAM, text, "t.me", is_whole=bool(numbers))


def _query(rest: str) -> dict[str, str]:
    if not rest.startswith("?"):
        return {}
    pairs = (pair.partition("=") for pair in rest[1:].partition("#")[0].split("&"))
    return {name: value for name, _, value in pairs}
