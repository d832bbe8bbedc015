"""A gate's settings: one TOML file, read once and checked whole before anything starts."""

from __future__ import annotations

import os
import re
import tomllib
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from haalweg.banks import Assurance
from haalweg.errors import HaalwegError
from haalweg.matching.policy import Policy, policy_of
from haalweg.matching.statement import LANGUAGES, StatementSettings
from haalweg.plain_text import shown
from haalweg.toml_tables import SettingError, refuse_unknown, table, text, truth, whole_number

if TYPE_CHECKING:
    from collections.abc import Mapping

_SOURCE_NAME = re.compile(r"[A-Z0-9_]{1,100}\Z")
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
    takes_negative: bool = False  # whether its negative banks free what is near them, from every match

    def __repr__(self) -> str:
        return f"Source({self.name})"


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
    journal: Path | None = None  # of withdrawals; None: as the environment says


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
    except SettingError as error:
        raise SettingsError(f"{name}: {error}") from None


def _settings_of(found: Mapping[str, object], folder: Path, environment: Mapping[str, str]) -> Settings:
    refuse_unknown(found, ("bank", "journal", "state", "listen", "policy", "statement", "limits", "sources"))
    bank = folder / text(found, "bank", 'bank = "gate.bank"')
    sources = found.get("sources", [])
    if not isinstance(sources, list):
        raise SettingError("sources: tables are expected. Good: [[sources]] on a line of its own.")
    return Settings(
        bank,
        folder / text(found, "state", 'state = "gate.state"', default=f"{bank.stem}.state"),
        _listen(text(found, "listen", 'listen = "127.0.0.1:8640"', default="127.0.0.1:8640"), folder),
        policy_of(table(found, "policy")),
        _statement(table(found, "statement")) if "statement" in found else None,
        _limits(table(found, "limits")),
        tuple(_source(source, number, environment) for number, source in enumerate(sources, 1)),
        folder / text(found, "journal", 'journal = "/elsewhere/gate.journal"') if "journal" in found else None,
    )


def _listen(place: str, folder: Path) -> Listen:
    if place.startswith("unix:"):
        return Listen(folder / place.removeprefix("unix:"))
    host, colon, port = place.rpartition(":")
    if not colon or not port.isdecimal() or not 0 <= int(port) < 1 << 16 or not host:
        raise SettingError('listen: an address and a port. Good: listen = "127.0.0.1:8640" or "unix:gate.sock".')
    return Listen(None, host.strip("[]"), int(port))


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
    if memory_mb < upload_mb:
        raise SettingError(f"limits.memory_mb: less than one upload may have ({upload_mb} MB). Good: memory_mb = 1000.")
    return Limits(
        upload_mb * 1_000_000,
        memory_mb * 1_000_000,
        float(whole_number(found, "body_seconds", 1, 3_600, default=60, at=at)),
        whole_number(found, "waiting", 1, 10_000, default=64, at=at),
        whole_number(found, "workers", 0, 1_024, default=0, at=at),
        whole_number(found, "lookups_a_day", 0, 10_000_000, default=10_000, at=at),
    )


def _source(found: object, number: int, environment: Mapping[str, str]) -> Source:
    at = f"sources[{number}]."
    if not isinstance(found, dict):
        raise SettingError(f"{at[:-1]}: a table is expected. Good: [[sources]] on a line of its own.")
    refuse_unknown(found, ("name", "url", "key_env", "most_assurance", "takes_negative"), at=at)
    name = text(found, "name", 'name = "HELPLINE"', at=at)
    if not _SOURCE_NAME.match(name):
        raise SettingError(f'{at}name: capitals, digits and _ are expected. Good: name = "HELPLINE".')
    variable = text(found, "key_env", 'key_env = "HELPLINE_KEY"', at=at)
    key = environment.get(variable, "")
    if not key:
        raise SettingError(f"{at}key_env: the environment has no {shown(variable)}. Put the key of the source there.")
    most = text(found, "most_assurance", 'most_assurance = "seen"', default="self_reported", at=at)
    try:
        assurance = Assurance(most)
    except ValueError:
        raise SettingError(f"{at}most_assurance: one of {', '.join(Assurance)} is expected.") from None
    url = _feed_url(text(found, "url", 'url = "https://feed.example"', at=at), at)
    return Source(name, url, key, assurance, truth(found, "takes_negative", default=False, at=at))


def _feed_url(url: str, at: str) -> str:
    parts = urlsplit(url)
    plain_here = parts.scheme == "http" and parts.hostname in _LOOPBACK
    more = parts.query or parts.fragment or parts.username
    if not parts.hostname or (parts.scheme != "https" and not plain_here) or more:
        raise SettingError(
            f"{at}url: an address that begins with https:// is expected; http:// only on this machine. "
            'Good: url = "https://feed.example".'
        )
    return url.rstrip("/")
