"""A gate's settings: one TOML file, read once and checked whole before anything starts."""

from __future__ import annotations

import base64
import difflib
import os
import re
import tomllib
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from haalweg.adapters.net.places import PlaceError, is_host_name, place_of
from haalweg.banks import Assurance
from haalweg.errors import HaalwegError
from haalweg.gate.events import Event
from haalweg.matching.policy import Policy, PolicyError, policy_of
from haalweg.matching.statement import LANGUAGES, StatementSettings
from haalweg.plain_text import shown

if TYPE_CHECKING:
    from collections.abc import Mapping

    from haalweg.adapters.net.places import Place

_NAME = re.compile(r"[A-Z0-9_]{1,100}\Z")
_SIGNS = "whsec_"  # before the secret of a webhook, so that scanners for leaked ones know it
_LEAST_SECRET_BYTES, _MOST_SECRET_BYTES = 24, 64  # as Standard Webhooks has it
_SETTINGS = ("bank", "state", "listen", "policy", "statement", "limits", "sources", "webhooks", "fetch")
_LOOPBACK = frozenset({"127.0.0.1", "::1", "localhost"})


class SettingsError(HaalwegError):
    """A settings file that cannot be used. The text names the setting, what is wrong, and one that would do."""


@dataclass(frozen=True, slots=True)
class Listen:
    """Where the gate is reached: a socket file, or an address and a port."""

    socket: Path | None
    host: str = "127.0.0.1"
    port: int = 8640


@dataclass(frozen=True, slots=True, repr=False)
class Source:
    """A feed that the gate follows."""

    name: str
    url: str
    key: str
    most_assurance: Assurance

    def __repr__(self) -> str:
        return f"Source({self.name})"


@dataclass(frozen=True, slots=True, repr=False)
class Webhook:
    """Who is told of events."""

    name: str
    place: Place
    secret: bytes
    events: frozenset[Event]
    local: bool  # on this machine or network: any address will do, and no TLS is needed

    def __repr__(self) -> str:
        return f"Webhook({self.name})"


@dataclass(frozen=True, slots=True)
class Fetch:
    """Where files may be fetched from."""

    hosts: frozenset[str]
    seconds: float = 10.0  # for one file, redirects included


@dataclass(frozen=True, slots=True)
class Limits:
    """How much one request may take."""

    upload_bytes: int = 100_000_000
    memory_bytes: int = 1_000_000_000  # of uploads at once
    body_seconds: float = 60.0
    waiting: int = 64  # pictures of one key that may wait
    workers: int = 0  # 0: one a processor
    lookups_a_day: int = 10_000  # of one key


@dataclass(frozen=True, slots=True)
class Settings:
    """All that is said of one gate."""

    bank: Path
    state: Path
    listen: Listen
    policy: Policy
    statement: StatementSettings | None
    limits: Limits = Limits()
    sources: tuple[Source, ...] = field(default=())
    webhooks: tuple[Webhook, ...] = field(default=())
    fetch: Fetch | None = None  # None: nothing is fetched


def read_settings(path: Path, environment: Mapping[str, str]) -> Settings:
    """Read a settings file. Paths in it are as seen from its folder. Raises SettingsError."""
    name = shown(os.fspath(path))
    try:
        found = tomllib.loads(path.read_text("utf-8"))
    except FileNotFoundError:
        raise SettingsError(f"{name}: there is no such file. `haalweg gate init` writes one to begin with.") from None
    except (OSError, UnicodeDecodeError) as error:
        raise SettingsError(f"{name}: it cannot be read ({type(error).__name__}).") from None
    except tomllib.TOMLDecodeError as error:
        raise SettingsError(f"{name}: no TOML: {error}.") from None
    try:
        return _settings_of(found, path.parent, environment)
    except (SettingsError, PolicyError) as error:
        raise SettingsError(f"{name}: {error}") from None


def _settings_of(found: Mapping[str, object], folder: Path, environment: Mapping[str, str]) -> Settings:
    _refuse_unknown(found, _SETTINGS, "")
    bank = folder / _text(found, "bank", 'bank = "gate.bank"')
    return Settings(
        bank,
        folder / _text(found, "state", 'state = "gate.state"', default=f"{bank.stem}.state"),
        _listen(_text(found, "listen", 'listen = "127.0.0.1:8640"', default="127.0.0.1:8640"), folder),
        policy_of(_table(found, "policy")),
        _statement(_table(found, "statement")) if "statement" in found else None,
        _limits(_table(found, "limits")),
        tuple(_source(each, number, environment) for number, each in enumerate(_tables(found, "sources"), 1)),
        _webhooks(_tables(found, "webhooks"), environment),
        _fetch(_table(found, "fetch")) if "fetch" in found else None,
    )


def _listen(text: str, folder: Path) -> Listen:
    if text.startswith("unix:"):
        return Listen(folder / text.removeprefix("unix:"))
    host, colon, port = text.rpartition(":")
    if not colon or not port.isdecimal() or not 0 <= int(port) < 1 << 16 or not host:
        raise SettingsError('listen: an address and a port. Good: listen = "127.0.0.1:8640" or "unix:gate.sock".')
    return Listen(None, host.strip("[]"), int(port))


def _statement(table: Mapping[str, object]) -> StatementSettings:
    _refuse_unknown(table, ("platform", "ground", "redress"), "statement.")
    return StatementSettings(
        _text(table, "platform", 'platform = "Forum De Brink"', at="statement."),
        _in_two_languages(table, "ground"),
        _in_two_languages(table, "redress"),
    )


def _in_two_languages(table: Mapping[str, object], name: str) -> Mapping[str, str]:
    texts, at = _table(table, name, "statement."), f"statement.{name}."
    _refuse_unknown(texts, LANGUAGES, at)
    return {language: _text(texts, language, f'{name}.{language} = "..."', at=at) for language in LANGUAGES}


def _limits(table: Mapping[str, object]) -> Limits:
    _refuse_unknown(table, ("upload_mb", "memory_mb", "body_seconds", "waiting", "workers", "lookups_a_day"), "limits.")
    upload_mb, memory_mb = _number(table, "upload_mb", 1, 2_000, 100), _number(table, "memory_mb", 1, 1_000_000, 1_000)
    if memory_mb < upload_mb:
        raise SettingsError(
            f"limits.memory_mb: less than one upload may have ({upload_mb} MB). Good: memory_mb = 1000."
        )
    return Limits(
        upload_mb * 1_000_000,
        memory_mb * 1_000_000,
        float(_number(table, "body_seconds", 1, 3_600, 60)),
        _number(table, "waiting", 1, 10_000, 64),
        _number(table, "workers", 0, 1_024, 0),
        _number(table, "lookups_a_day", 0, 10_000_000, 10_000),
    )


def _source(table: object, number: int, environment: Mapping[str, str]) -> Source:
    at = f"sources[{number}]."
    if not isinstance(table, dict):
        raise _no_table("sources", number)
    _refuse_unknown(table, ("name", "url", "key_env", "most_assurance"), at)
    name = _name(table, "HELPLINE", at)
    variable = _text(table, "key_env", 'key_env = "HELPLINE_KEY"', at=at)
    key = environment.get(variable, "")
    if not key:
        raise SettingsError(f"{at}key_env: the environment has no {shown(variable)}. Put the key of the source there.")
    most = _text(table, "most_assurance", 'most_assurance = "seen"', default="self_reported", at=at)
    try:
        assurance = Assurance(most)
    except ValueError:
        raise SettingsError(f"{at}most_assurance: one of {', '.join(Assurance)} is expected.") from None
    return Source(name, _feed_url(_text(table, "url", 'url = "https://feed.example"', at=at), at), key, assurance)


def _feed_url(text: str, at: str) -> str:
    parts = urlsplit(text)
    plain_here = parts.scheme == "http" and parts.hostname in _LOOPBACK
    more = parts.query or parts.fragment or parts.username
    if not parts.hostname or (parts.scheme != "https" and not plain_here) or more:
        raise SettingsError(
            f"{at}url: an address that begins with https:// is expected; http:// only on this machine. "
            'Good: url = "https://feed.example".'
        )
    return text.rstrip("/")


def _webhooks(tables: list[object], environment: Mapping[str, str]) -> tuple[Webhook, ...]:
    hooks = tuple(_webhook(each, number, environment) for number, each in enumerate(tables, 1))
    names = [hook.name for hook in hooks]
    for number, name in enumerate(names, 1):
        if name in names[: number - 1]:
            raise SettingsError(f"webhooks[{number}].name: another one is called {name}. Give each a name of its own.")
    return hooks


def _webhook(table: object, number: int, environment: Mapping[str, str]) -> Webhook:
    at = f"webhooks[{number}]."
    if not isinstance(table, dict):
        raise _no_table("webhooks", number)
    _refuse_unknown(table, ("name", "url", "secret_env", "events", "local"), at)
    local = table.get("local", False)
    if not isinstance(local, bool):
        raise SettingsError(f"{at}local: true or false is expected. Good: local = true.")
    return Webhook(
        _name(table, "MODERATORS", at),
        _target(_text(table, "url", 'url = "https://mod.example/haalweg"', at=at), at, local=local),
        _signing_secret(_text(table, "secret_env", 'secret_env = "MODERATORS_SECRET"', at=at), at, environment),
        _events(table, at),
        local,
    )


def _target(text: str, at: str, *, local: bool) -> Place:
    try:
        place = place_of(text)
    except PlaceError as error:
        raise SettingsError(f'{at}url: {error}. Good: url = "https://mod.example/haalweg".') from None
    if not local and (place.scheme != "https" or place.port != 443):
        raise SettingsError(
            f"{at}url: https:// and port 443 are expected, unless the receiver is on this machine or network. "
            'Good: url = "https://mod.example/haalweg", or local = true.'
        )
    return place


def _signing_secret(variable: str, at: str, environment: Mapping[str, str]) -> bytes:
    text = environment.get(variable, "")
    if not text:
        raise SettingsError(
            f"{at}secret_env: the environment has no {shown(variable)}. Put the webhook's secret there: "
            "echo whsec_$(openssl rand -base64 32) makes one."
        )
    try:
        secret = base64.b64decode(text.removeprefix(_SIGNS), validate=True)
    except ValueError:
        secret = b""
    if not text.startswith(_SIGNS) or not _LEAST_SECRET_BYTES <= len(secret) <= _MOST_SECRET_BYTES:
        raise SettingsError(
            f"{at}secret_env: what {shown(variable)} holds is no secret: {_SIGNS} and the base64 of "
            f"{_LEAST_SECRET_BYTES} to {_MOST_SECRET_BYTES} bytes. echo whsec_$(openssl rand -base64 32) makes one."
        )
    return secret


def _events(table: Mapping[str, object], at: str) -> frozenset[Event]:
    names = _texts(table, "events", f'events = ["{Event.UPLOAD_HELD}"]', at)
    for name in names:
        if name not in set(Event):
            near = difflib.get_close_matches(name, Event, 1)
            meant = f"Is {near[0]} meant?" if near else f"There are: {', '.join(Event)}."
            raise SettingsError(f"{at}events: there is no {shown(name)}. {meant}")
    return frozenset(map(Event, names))


def _fetch(table: Mapping[str, object]) -> Fetch:
    _refuse_unknown(table, ("hosts", "seconds"), "fetch.")
    hosts = _texts(table, "hosts", 'hosts = ["cdn.example.org"]', "fetch.")
    for host in hosts:
        if not is_host_name(host):
            raise SettingsError(
                f"fetch.hosts: {shown(host)} is no whole host name in lower case; an address or a * is none either. "
                'Good: hosts = ["cdn.example.org"]'
            )
    return Fetch(frozenset(hosts), float(_number(table, "seconds", 1, 300, 10, at="fetch.")))


def _tables(found: Mapping[str, object], name: str) -> list[object]:
    tables = found.get(name, [])
    if not isinstance(tables, list):
        raise SettingsError(f"{name}: tables are expected. Good: [[{name}]] on a line of its own.")
    return tables


def _no_table(name: str, number: int) -> SettingsError:
    return SettingsError(f"{name}[{number}]: a table is expected. Good: [[{name}]] on a line of its own.")


def _name(found: Mapping[str, object], good: str, at: str) -> str:
    name = _text(found, "name", f'name = "{good}"', at=at)
    if not _NAME.match(name):
        raise SettingsError(f'{at}name: capitals, digits and _ are expected. Good: name = "{good}".')
    return name


def _texts(found: Mapping[str, object], name: str, good: str, at: str) -> list[str]:
    texts = found.get(name)
    if not isinstance(texts, list) or not texts or not all(isinstance(text, str) for text in texts):
        raise SettingsError(f"{at}{name}: a list of texts is expected, and at least one. Good: {good}")
    return texts


def _table(found: Mapping[str, object], name: str, at: str = "") -> Mapping[str, object]:
    table = found.get(name, {})
    if not isinstance(table, dict):
        raise SettingsError(f"{at}{name}: a table is expected. Good: [{at}{name}] on a line of its own.")
    return table


def _text(found: Mapping[str, object], name: str, good: str, *, default: str | None = None, at: str = "") -> str:
    value = found.get(name, default)
    if value is None:
        raise SettingsError(f"{at}{name}: it is not set. Good: {good}")
    if not isinstance(value, str) or not value.strip():
        raise SettingsError(f"{at}{name}: a text is expected. Good: {good}")
    return value


def _number(found: Mapping[str, object], name: str, least: int, most: int, default: int, *, at: str = "limits.") -> int:
    value = found.get(name, default)
    if isinstance(value, bool) or not isinstance(value, int) or not least <= value <= most:
        raise SettingsError(f"{at}{name}: a whole number from {least} to {most} is expected. Good: {name} = {default}.")
    return value


def _refuse_unknown(found: Mapping[str, object], known: tuple[str, ...], at: str) -> None:
    for name in found:
        if name not in known:
            near = difflib.get_close_matches(name, known, 1)
            meant = f"Is {near[0]} meant?" if near else f"There are: {', '.join(known)}."
            raise SettingsError(f"{at}{shown(name)}: there is no such setting. {meant}")
