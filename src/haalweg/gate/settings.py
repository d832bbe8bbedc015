"""A gate's settings: one TOML file, read once and checked whole before anything starts."""

from __future__ import annotations

import base64
import difflib
import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from haalweg.adapters.net.places import PlaceError, is_host, is_host_name, place_of
from haalweg.banks import Assurance
from haalweg.errors import HaalwegError
from haalweg.gate.events import Event
from haalweg.matching.policy import Policy, policy_of
from haalweg.matching.statement import LANGUAGES, StatementSettings
from haalweg.plain_text import shown
from haalweg.toml_tables import (
    SettingError,
    host_and_port,
    read_toml,
    refuse_unknown,
    table,
    tables,
    text,
    texts,
    truth,
    whole_number,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from haalweg.adapters.net.places import Place

_NAME = re.compile(r"[A-Z0-9_]{1,100}\Z")
_KEY = re.compile(r"[!-~]{1,1000}\Z")  # it goes into a header
_SIGNS = "whsec_"  # before the secret of a webhook, so that scanners for leaked ones know it
_LEAST_SECRET_BYTES, _MOST_SECRET_BYTES = 24, 64  # as Standard Webhooks has it
_SETTINGS = (
    "bank",
    "journal",
    "state",
    "listen",
    "web",
    "web_group",
    "policy",
    "statement",
    "limits",
    "sources",
    "webhooks",
    "fetch",
)
_OF_FILE = ("bank", "journal", "state", "listen", "web", "web_group")  # of these, what is no table
_LOOPBACK = frozenset({"127.0.0.1", "::1", "localhost"})


class SettingsError(HaalwegError):
    """A settings file that cannot be used. The text names the setting, what is wrong, and one that would do."""


@dataclass(frozen=True, slots=True)
class Listen:
    """Where the gate is reached: a socket file, or an address and a port."""

    socket: Path | None
    host: str = "127.0.0.1"
    port: int = 8640

    @property
    def place(self) -> str:
        """As people read it."""
        if self.socket is not None:
            return f"unix:{self.socket}"
        return f"[{self.host}]:{self.port}" if ":" in self.host else f"{self.host}:{self.port}"


@dataclass(frozen=True, slots=True, repr=False)
class Source:
    """A feed that the gate follows."""

    name: str
    url: str
    key: str
    most_assurance: Assurance
    takes_negative: bool = False  # whether its negative banks free what is near them, from every match

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
    journal: Path | None = None  # of withdrawals; None: as the environment says
    web: Path | None = None  # a socket file for the helpline's own web process; None: there is none
    web_group: str | None = None  # whose users may open that socket; None: this process's own user alone


@dataclass(frozen=True, slots=True)
class Places:
    """Where the files of a gate lie: all that is needed to look into them, with no key or secret of anybody."""

    bank: Path
    state: Path
    journal: Path | None  # of withdrawals; None: as the environment says


def read_places(path: Path) -> Places:
    """Read where the files lie out of a settings file, whatever else is wrong with it. Raises SettingsError."""

    def places(found: Mapping[str, object]) -> Places:
        _refuse_misplaced(found)
        return _places(found, path.parent)

    try:
        return read_toml(path, places, written_by="haalweg gate init")
    except SettingError as error:
        raise SettingsError(str(error)) from None


def read_settings(path: Path, environment: Mapping[str, str]) -> Settings:
    """Read a settings file. Paths in it are as seen from its folder. Raises SettingsError."""
    try:
        return read_toml(
            path, lambda found: _settings_of(found, path.parent, environment), written_by="haalweg gate init"
        )
    except SettingError as error:
        raise SettingsError(str(error)) from None


def _settings_of(found: Mapping[str, object], folder: Path, environment: Mapping[str, str]) -> Settings:
    _refuse_misplaced(found)
    refuse_unknown(found, _SETTINGS)
    places = _places(found, folder)
    return Settings(
        places.bank,
        places.state,
        _listen(text(found, "listen", 'listen = "127.0.0.1:8640"', default="127.0.0.1:8640"), folder),
        policy_of(table(found, "policy")),
        _statement(table(found, "statement")) if "statement" in found else None,
        _limits(table(found, "limits")),
        _sources(tables(found, "sources"), environment),
        _webhooks(tables(found, "webhooks"), environment),
        _fetch(table(found, "fetch")) if "fetch" in found else None,
        places.journal,
        folder / text(found, "web", 'web = "web.sock"') if "web" in found else None,
        _web_group(found),
    )


def _places(found: Mapping[str, object], folder: Path) -> Places:
    bank = folder / text(found, "bank", 'bank = "gate.bank"')
    return Places(
        bank,
        folder / text(found, "state", 'state = "gate.state"', default=f"{bank.stem}.state"),
        _journal(found, folder) if "journal" in found else None,
    )


def _journal(found: Mapping[str, object], folder: Path) -> Path:
    good = 'journal = "/elsewhere/gate.journal"'
    journal = folder / text(found, "journal", good)
    if not journal.name:  # beside it another file is written, of a name that is made of this one
        raise SettingError(f"journal: the path of a file is expected. Good: {good}")
    return journal


def _refuse_misplaced(found: Mapping[str, object], at: str = "") -> None:
    """Raise SettingError for a setting of the whole file that stands below the heading of a table."""
    for name, value in found.items():
        for each in value if isinstance(value, list) else [value]:
            if not isinstance(each, dict):
                continue
            inner = f"{at}{name}"
            for setting in _OF_FILE:
                if setting in each:
                    raise SettingError(
                        f"{shown(inner)}.{setting}: {setting} is said of the whole gate, and so stands above the first "
                        f"line with a [. Below [{shown(inner)}] it counts as a part of that."
                    )
            _refuse_misplaced(each, f"{inner}.")


def _web_group(found: Mapping[str, object]) -> str | None:
    if "web_group" not in found:
        return None
    if "web" not in found:
        raise SettingError('web_group: who may open the socket of `web`, which is not set. Good: web = "web.sock".')
    return text(found, "web_group", 'web_group = "haalweg"')


def _listen(place: str, folder: Path) -> Listen:
    if place.startswith("unix:"):
        if place == "unix:":
            raise SettingError('listen: the path of a socket file is expected. Good: listen = "unix:gate.sock".')
        return Listen(folder / place.removeprefix("unix:"))
    return Listen(None, *host_and_port(place, "listen", 'listen = "127.0.0.1:8640" or "unix:gate.sock"'))


def _statement(found: Mapping[str, object]) -> StatementSettings:
    refuse_unknown(found, ("platform", "ground", "redress"), at="statement.")
    return StatementSettings(
        text(found, "platform", 'platform = "Forum De Brink"', at="statement."),
        _in_two_languages(found, "ground"),
        _in_two_languages(found, "redress"),
    )


def _in_two_languages(found: Mapping[str, object], name: str) -> Mapping[str, str]:
    texts, at = table(found, name, at="statement."), f"statement.{name}."
    refuse_unknown(texts, LANGUAGES, at=at)
    return {language: text(texts, language, f'{name}.{language} = "..."', at=at) for language in LANGUAGES}


def _limits(found: Mapping[str, object]) -> Limits:
    at = "limits."
    refuse_unknown(found, ("upload_mb", "memory_mb", "body_seconds", "waiting", "workers", "lookups_a_day"), at=at)
    upload_mb = whole_number(found, "upload_mb", 1, 2_000, default=100, at=at)
    memory_mb = whole_number(found, "memory_mb", 1, 1_000_000, default=1_000, at=at)
    if memory_mb < 2 * upload_mb:  # of which one key has half at most
        raise SettingError(
            f"limits.memory_mb: less than twice what one upload may have ({upload_mb} MB). Good: memory_mb = 1000."
        )
    return Limits(
        upload_mb * 1_000_000,
        memory_mb * 1_000_000,
        float(whole_number(found, "body_seconds", 1, 3_600, default=60, at=at)),
        whole_number(found, "waiting", 1, 10_000, default=64, at=at),
        whole_number(found, "workers", 0, 1_024, default=0, at=at),
        whole_number(found, "lookups_a_day", 0, 10_000_000, default=10_000, at=at),
    )


def _sources(found: Iterable[tuple[str, Mapping[str, object]]], environment: Mapping[str, str]) -> tuple[Source, ...]:
    sources: dict[str, Source] = {}
    for at, each in found:
        source = _source(each, at, environment)
        if source.name in sources:
            raise SettingError(
                f"{at}name: another one is called {source.name}. Give each a name of its own: what comes from it is "
                "told from what others say by that."
            )
        sources[source.name] = source
    return tuple(sources.values())


def _source(found: Mapping[str, object], at: str, environment: Mapping[str, str]) -> Source:
    refuse_unknown(found, ("name", "url", "key_env", "most_assurance", "takes_negative"), at=at)
    name = _name(found, "HELPLINE", at)
    variable = text(found, "key_env", 'key_env = "HELPLINE_KEY"', at=at)
    key = environment.get(variable, "")
    if not key:
        raise SettingError(f"{at}key_env: the environment has no {shown(variable)}. Put the key of the source there.")
    if not _KEY.match(key):
        raise SettingError(
            f"{at}key_env: what {shown(variable)} holds is no key: visible ASCII characters are expected, without "
            "blanks. Put the key there as the source gave it."
        )
    most = text(found, "most_assurance", 'most_assurance = "seen"', default="self_reported", at=at)
    try:
        assurance = Assurance(most)
    except ValueError:
        raise SettingError(f"{at}most_assurance: one of {', '.join(Assurance)} is expected.") from None
    url = _feed_url(text(found, "url", 'url = "https://feed.example"', at=at), at)
    return Source(name, url, key, assurance, truth(found, "takes_negative", default=False, at=at))


def _feed_url(url: str, at: str) -> str:
    good = 'Good: url = "https://feed.example".'
    try:
        place = place_of(url)
    except PlaceError as error:
        raise SettingError(f"{at}url: {error}. {good}") from None
    plain_here = place.scheme == "http" and place.host in _LOOPBACK
    if (place.scheme != "https" and not plain_here) or "?" in url or "#" in url:
        raise SettingError(
            f"{at}url: an address that begins with https:// is expected; http:// only on this machine. {good}"
        )
    if not is_host(place.host):
        raise SettingError(f"{at}url: its host can be no name and no address. {good}")
    return url.rstrip("/")


def _webhooks(found: Iterable[tuple[str, Mapping[str, object]]], environment: Mapping[str, str]) -> tuple[Webhook, ...]:
    hooks: dict[str, Webhook] = {}
    for at, each in found:
        hook = _webhook(each, at, environment)
        if hook.name in hooks:
            raise SettingError(f"{at}name: another one is called {hook.name}. Give each a name of its own.")
        hooks[hook.name] = hook
    return tuple(hooks.values())


def _webhook(found: Mapping[str, object], at: str, environment: Mapping[str, str]) -> Webhook:
    refuse_unknown(found, ("name", "url", "secret_env", "events", "local"), at=at)
    local = truth(found, "local", default=False, at=at)
    return Webhook(
        _name(found, "MODERATORS", at),
        _target(text(found, "url", 'url = "https://mod.example/haalweg"', at=at), at, local=local),
        _signing_secret(text(found, "secret_env", 'secret_env = "MODERATORS_SECRET"', at=at), at, environment),
        _events(found, at),
        local,
    )


def _target(url: str, at: str, *, local: bool) -> Place:
    try:
        place = place_of(url)
    except PlaceError as error:
        raise SettingError(f'{at}url: {error}. Good: url = "https://mod.example/haalweg".') from None
    if not is_host(place.host):
        raise SettingError(
            f'{at}url: its host can be no name and no address. Good: url = "https://mod.example/haalweg".'
        )
    if not local and (place.scheme != "https" or place.port != 443):
        raise SettingError(
            f"{at}url: https:// and port 443 are expected, unless the receiver is on this machine or network. "
            'Good: url = "https://mod.example/haalweg", or local = true.'
        )
    return place


def _signing_secret(variable: str, at: str, environment: Mapping[str, str]) -> bytes:
    written = environment.get(variable, "")
    if not written:
        raise SettingError(
            f"{at}secret_env: the environment has no {shown(variable)}. Put the webhook's secret there: "
            "echo whsec_$(openssl rand -base64 32) makes one."
        )
    try:
        secret = base64.b64decode(written.removeprefix(_SIGNS), validate=True)
    except ValueError:
        secret = b""
    if not written.startswith(_SIGNS) or not _LEAST_SECRET_BYTES <= len(secret) <= _MOST_SECRET_BYTES:
        raise SettingError(
            f"{at}secret_env: what {shown(variable)} holds is no secret: {_SIGNS} and the base64 of "
            f"{_LEAST_SECRET_BYTES} to {_MOST_SECRET_BYTES} bytes. echo whsec_$(openssl rand -base64 32) makes one."
        )
    return secret


def _events(found: Mapping[str, object], at: str) -> frozenset[Event]:
    names = texts(found, "events", f'events = ["{Event.UPLOAD_HELD}"]', at=at)
    for name in names:
        if name not in set(Event):
            near = difflib.get_close_matches(name, Event, 1)
            meant = f"Is {near[0]} meant?" if near else f"There are: {', '.join(Event)}."
            raise SettingError(f"{at}events: there is no {shown(name)}. {meant}")
    return frozenset(map(Event, names))


def _fetch(found: Mapping[str, object]) -> Fetch:
    refuse_unknown(found, ("hosts", "seconds"), at="fetch.")
    hosts = texts(found, "hosts", 'hosts = ["cdn.example.org"]', at="fetch.")
    for host in hosts:
        if not is_host_name(host):
            raise SettingError(
                f"fetch.hosts: {shown(host)} is no whole host name in lower case; an address or a * is none either. "
                'Good: hosts = ["cdn.example.org"]'
            )
    return Fetch(frozenset(hosts), float(whole_number(found, "seconds", 1, 300, default=10, at="fetch.")))


def _name(found: Mapping[str, object], good: str, at: str) -> str:
    name = text(found, "name", f'name = "{good}"', at=at)
    if not _NAME.match(name):
        raise SettingError(f'{at}name: capitals, digits and _ are expected. Good: name = "{good}".')
    return name
