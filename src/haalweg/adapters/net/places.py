"""A URL taken apart once, so that what is checked is what is gone to."""

from __future__ import annotations

import ipaddress
import re
import unicodedata
from dataclasses import dataclass
from urllib.parse import urljoin, urlsplit

from haalweg.errors import HaalwegError

PORTS = frozenset({80, 443})  # where the web is
_PORTS = {"http": 80, "https": 443}
_MOST = 4_096  # characters
_PLAIN = re.compile(r"[!-~]+\Z")  # ASCII that can be seen: no blank, no line end, nothing that is read in two ways
_HOST_NAME = re.compile(r"(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z](?:[a-z0-9-]{0,61}[a-z0-9])?\Z")

_LABEL = re.compile(r"[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?\Z")
_ENCODED = "xn--"  # before what is not ASCII, written in ASCII


class PlaceError(HaalwegError):
    """A URL that is not gone to. The text says why, and repeats nothing of it."""


@dataclass(frozen=True, slots=True, repr=False)
class Place:
    """Where a request goes."""

    scheme: str  # http or https
    host: str  # lower case; of an address of version 6 without its brackets
    port: int
    target: str  # path and query

    @property
    def authority(self) -> str:
        """Host and port, as a Host header has them."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == _PORTS[self.scheme] else f"{host}:{self.port}"

    def __repr__(self) -> str:
        return f"Place({self.scheme}, port {self.port})"

    def joined(self, location: str) -> Place:
        """Where a redirect from here leads. Raises PlaceError."""
        try:
            return place_of(urljoin(f"{self.scheme}://{self.authority}{self.target}", location))
        except ValueError:
            raise PlaceError("it is no URL") from None


def place_of(url: str) -> Place:
    """Take a URL apart. Raises PlaceError."""
    if len(url) > _MOST or not _PLAIN.match(url) or "\\" in url:
        raise PlaceError("it is no URL of ASCII characters without blanks")
    try:
        parts = urlsplit(url)
        host, port = parts.hostname, parts.port
    except ValueError:
        raise PlaceError("it is no URL") from None
    if parts.scheme not in _PORTS or not host:
        raise PlaceError("it does not begin with https:// or http:// and a host")
    if "@" in parts.netloc:
        raise PlaceError("it holds a name or password")
    target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    return Place(parts.scheme, host, _PORTS[parts.scheme] if port is None else port, target)


def is_host_name(text: str) -> bool:
    """Whether it is a whole host name in lower case, and no address in any way of writing one."""
    return len(text) <= 253 and bool(_HOST_NAME.match(text))


def is_host(text: str) -> bool:
    """Whether there can be such a host: an address, or a name in lower case, of which `xn--...` can be read."""
    try:
        ipaddress.ip_address(text)
    except ValueError:
        return len(text) <= 253 and all(_is_label(label) for label in text.removesuffix(".").split("."))
    return True


def _is_label(text: str) -> bool:
    if not _LABEL.match(text):
        return False
    if not text.startswith(_ENCODED):
        return True
    try:
        decoded = text.removeprefix(_ENCODED).encode().decode("punycode")
    except UnicodeError:
        return False
    # By IDNA 2008 a name is made of letters, marks and digits; no clients reach one of anything else.
    return not decoded.isascii() and all(sign == "-" or unicodedata.category(sign)[0] in "LMN" for sign in decoded)
