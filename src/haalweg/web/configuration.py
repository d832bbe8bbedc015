"""What a helpline sets: one TOML file, read once and checked whole before anything starts."""

from __future__ import annotations

import ipaddress
import os
import re
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

from haalweg.errors import HaalwegError
from haalweg.plain_text import shown
from haalweg.toml_tables import SettingError, host_and_port, read_toml, refuse_unknown, table, text, truth, whole_number

if TYPE_CHECKING:
    from collections.abc import Mapping

CONFIGURATION = "HAALWEG_SERVE"  # names the file
DATABASE = "HAALWEG_DATABASE_URL"
SECRET_BYTES = 32
LEAST_PASSWORD = 12  # characters, of who works at the desk
_NAMES = ("name", "address", "listen", "door", "database", "secret", "bank", "terms", "retention", "mail", "try_out")
_MOST_DAYS = {  # that may be set, of each
    "ask": 90,
    "undecided": 365,
    "messages": 730,
    "contact": 730,
    "closed": 2192,
    "sessions": 7,
    "audit": 3653,
}
OF_PARTNER = "P_"  # before a partner's name: the bank of what that partner may have
_BANK = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_-]{0,99}")
_ADDRESS = re.compile(r"https?://(\[[0-9a-f:]+\]|[A-Za-z0-9.-]+)(:[0-9]{1,5})?/?")
_SENDER = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+")
_POSTGRES = ("postgres", "postgresql")


class ConfigurationError(HaalwegError):
    """A configuration that cannot be used. The text names the setting, what is wrong, and one that would do."""


@dataclass(frozen=True, slots=True)
class Terms:
    """Times that are promised; the pages print them."""

    answer_days: int = 1  # working days until a case worker has looked
    message_days: int = 2  # working days until a message is answered
    keep_months: int = 24  # how long an entry stays on the list
    undo_days: int = 14  # in which a withdrawal can be taken back

    @property
    def keep(self) -> timedelta:
        """How long that is."""
        return timedelta(days=round(self.keep_months * 365.25 / 12))


@dataclass(frozen=True, slots=True)
class Retention:
    """How many days something is kept after it is needed no more; the pages print them."""

    ask: int = 30  # before what may still be wanted goes: the person is asked first, and the desk sees it
    undecided: int = 90  # a report on which nobody decided, from the last that happened to it
    messages: int = 90  # from when the case was closed
    contact: int = 90  # the same
    closed: int = 730  # what is left of a closed case: places, choices, what happened when
    sessions: int = 1  # ended sessions
    audit: int = 2190  # rows of the audit log


@dataclass(frozen=True, slots=True)
class Database:
    """Where web keeps what it takes in: an SQLite file, or a PostgreSQL server."""

    file: Path | None
    name: str = ""
    user: str = ""
    password: str = ""
    host: str = ""
    port: str = ""

    def __repr__(self) -> str:
        return f"Database({self.place})"

    @property
    def place(self) -> str:
        """Where it is, without who is let in."""
        if self.file is not None:
            return shown(os.fspath(self.file))
        return f"PostgreSQL, {shown(self.name)} at {shown(self.host or 'this machine')}"


class Security(StrEnum):
    """How the connection to the mail server is closed to others."""

    STARTTLS = "starttls"
    TLS = "tls"  # from the first byte
    NONE = "none"  # on this machine only


@dataclass(frozen=True, slots=True)
class MailServer:
    """Who takes the mails that go to people."""

    host: str
    port: int
    sender: str
    user: str  # empty: it asks for none
    password_file: Path | None
    security: Security

    @property
    def place(self) -> str:
        """Where it is."""
        return shown(f"{self.host}:{self.port}")

    @property
    def domain(self) -> str:
        """What the sender's address ends in: the one name that mails carry."""
        return self.sender.rpartition("@")[2]

    def password(self) -> str:
        """Read it, anew each time: it may have been changed. Raises ConfigurationError."""
        if self.password_file is None:
            return ""
        name = shown(os.fspath(self.password_file))
        try:
            mode = self.password_file.stat().st_mode
            password = self.password_file.read_text("utf-8").strip("\r\n")
        except FileNotFoundError:
            raise ConfigurationError(
                f"{name}: the password of the mail server is not there. Write it in this file, on one line, and close "
                f"it: chmod 600 {name}."
            ) from None
        except (OSError, UnicodeDecodeError) as error:
            raise ConfigurationError(f"{name}: the password cannot be read ({type(error).__name__}).") from None
        if mode & 0o077:
            raise ConfigurationError(f"{name}: other users may read the password. Close it: chmod 600 {name}.")
        if not password or "\n" in password:
            raise ConfigurationError(f"{name}: one line is expected, with the password of the mail server.")
        return password


@dataclass(frozen=True, slots=True)
class Configuration:
    """All that is said of one installation."""

    folder: Path
    name: str  # of the helpline, as people read it
    address: str  # of the pages, as a browser has it, without a slash at the end
    host: str  # where web listens
    port: int
    door: Path  # the settings of the machine door
    database: Database
    secret: Path
    bank: str  # where what was confirmed goes
    terms: Terms
    retention: Retention
    mail: MailServer | None
    try_out: bool  # on this machine, without TLS

    @property
    def sends_mail(self) -> bool:
        """Whether people are mailed; without a server that is at the console, to try it out."""
        return self.mail is not None or self.try_out

    @property
    def door_socket(self) -> Path:
        """Where the door listens for web."""
        return self.door.parent / "web.sock"


def read_configuration(path: Path, environment: Mapping[str, str]) -> Configuration:
    """Read it. Paths in it are as seen from its folder. Raises ConfigurationError."""
    try:
        return read_toml(
            path,
            lambda found: configuration_of(found, path.resolve().parent, environment),
            written_by="haalweg serve init",
        )
    except SettingError as error:
        raise ConfigurationError(str(error)) from None


def configuration_of(found: Mapping[str, object], folder: Path, environment: Mapping[str, str]) -> Configuration:
    """Check what such a file says. Raises SettingError, without the file's name."""
    refuse_unknown(found, _NAMES)
    try_out = truth(found, "try_out", default=False)
    good = 'listen = "127.0.0.1:8641"'
    host, port = host_and_port(text(found, "listen", good, default="127.0.0.1:8641"), "listen", good)
    return Configuration(
        folder,
        text(found, "name", 'name = "Hulplijn"'),
        _address(text(found, "address", 'address = "https://meld.example.nl"'), try_out=try_out),
        host,
        port,
        folder / text(found, "door", 'door = "door.toml"', default="door.toml"),
        _database(
            environment.get(DATABASE) or text(found, "database", 'database = "web.sqlite3"', default="web.sqlite3"),
            folder,
        ),
        folder / text(found, "secret", 'secret = "web.secret"', default="web.secret"),
        _bank(text(found, "bank", 'bank = "HELPLINE"', default="HELPLINE")),
        _terms(table(found, "terms")),
        _retention(table(found, "retention")),
        _mail(table(found, "mail"), folder) if "mail" in found else None,
        try_out,
    )


def _bank(name: str) -> str:
    if not _BANK.fullmatch(name) or name.startswith(OF_PARTNER):
        raise SettingError(
            f"bank: letters, digits, _ and - are expected, and no {OF_PARTNER} before them, as partners' banks have. "
            'Good: bank = "HELPLINE".'
        )
    return name


def _terms(found: Mapping[str, object]) -> Terms:
    refuse_unknown(found, ("answer_days", "message_days", "keep_months", "undo_days"), at="terms.")
    return Terms(
        whole_number(found, "answer_days", 1, 30, default=1, at="terms."),
        whole_number(found, "message_days", 1, 30, default=2, at="terms."),
        whole_number(found, "keep_months", 1, 120, default=24, at="terms."),
        whole_number(found, "undo_days", 1, 60, default=14, at="terms."),
    )


def _retention(found: Mapping[str, object]) -> Retention:
    refuse_unknown(found, tuple(_MOST_DAYS), at="retention.")
    usual = Retention()
    days = Retention(
        **{
            name: whole_number(found, name, 1, most, default=getattr(usual, name), at="retention.")
            for name, most in _MOST_DAYS.items()
        }
    )
    if days.ask >= days.undecided:
        raise SettingError(
            "retention.ask: a person is asked before their report goes, so it is less than retention.undecided. "
            f"Good: ask = {usual.ask}, undecided = {usual.undecided}."
        )
    for name in ("messages", "contact"):
        if getattr(days, name) > days.closed:
            raise SettingError(
                f"retention.{name}: it goes with its case at the latest, so it is no more than retention.closed. "
                f"Good: {name} = {getattr(usual, name)}, closed = {usual.closed}."
            )
    return days


def _mail(found: Mapping[str, object], folder: Path) -> MailServer:
    refuse_unknown(found, ("server", "sender", "user", "password_file", "security"), at="mail.")
    good = 'server = "smtp.example.nl:587"'
    host, port = host_and_port(text(found, "server", good, at="mail."), "mail.server", good)
    if not port:
        raise SettingError(f"mail.server: an address and a port. Good: {good}.")
    good = 'sender = "bericht@example.nl"'
    sender = text(found, "sender", good, at="mail.")
    if not _SENDER.fullmatch(sender):
        raise SettingError(f"mail.sender: an address by itself, without a name. Good: {good}.")
    if ("user" in found) != ("password_file" in found):
        raise SettingError(
            "mail: a user without a password, or a password without a user. Good: user = "
            '"bericht@example.nl" and password_file = "mail.password"; or neither, where the server asks for none.'
        )
    has_user = "user" in found
    return MailServer(
        host,
        port,
        sender,
        text(found, "user", 'user = "bericht@example.nl"', at="mail.") if has_user else "",
        folder / text(found, "password_file", 'password_file = "mail.password"', at="mail.") if has_user else None,
        _security(text(found, "security", 'security = "starttls"', default="starttls", at="mail."), host),
    )


def _security(said: str, host: str) -> Security:
    try:
        security = Security(said)
    except ValueError:
        raise SettingError(f'mail.security: one of {", ".join(Security)}. Good: security = "starttls".') from None
    if security is Security.NONE and not _is_this_machine(host):
        raise SettingError(
            "mail.security: without TLS whoever is in between reads the mails, and the words in them. none is for a "
            'server on this machine only. Good: security = "starttls".'
        )
    return security


def _is_this_machine(host: str) -> bool:
    try:
        return host == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def _address(address: str, *, try_out: bool) -> str:
    if not _ADDRESS.fullmatch(address) or not _has_good_port(address):
        raise SettingError('address: where people find the pages. Good: address = "https://meld.example.nl".')
    if address.startswith("http:") and not try_out:
        raise SettingError(
            "address: without TLS whoever is in between reads what people tell. Good: "
            'address = "https://meld.example.nl"; or try_out = true, on this machine only.'
        )
    return address.rstrip("/")


def _has_good_port(address: str) -> bool:
    try:
        return urlsplit(address).port != 0
    except ValueError:
        return False


def _database(said: str, folder: Path) -> Database:
    if "://" not in said:
        return Database(folder / said)
    expected = f"{DATABASE}: postgresql://user:password@host:5432/name is expected, or the name of a file."
    try:
        parts = urlsplit(said)
    except ValueError:  # a [ without a ], say
        raise SettingError(expected) from None
    if parts.scheme not in _POSTGRES or not parts.path.strip("/"):
        raise SettingError(expected)
    try:
        port = str(parts.port or "")
    except ValueError:
        raise SettingError(f"{DATABASE}: the port is no number.") from None
    return Database(
        None,
        unquote(parts.path.strip("/")),
        unquote(parts.username or ""),
        unquote(parts.password or ""),
        unquote(parts.hostname or ""),
        port,
    )
