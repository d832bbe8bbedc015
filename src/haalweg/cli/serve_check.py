"""`haalweg serve check`: all that is wrong with a helpline's settings and its machine, each with the way out."""

from __future__ import annotations

import ipaddress
import os
import shutil
import socket
import sqlite3
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from haalweg.adapters.bank_file import BankFile, BankFileError
from haalweg.cli.language import _
from haalweg.errors import HaalwegError
from haalweg.gate.settings import read_settings
from haalweg.keeping import KeepingError, KeyRing, key_file
from haalweg.keeping.key_level import key_level
from haalweg.plain_text import shown
from haalweg.web.configuration import DATABASE, ConfigurationError, read_configuration
from haalweg.web.secret import WebSecret

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

    from haalweg.gate.settings import Settings
    from haalweg.web.configuration import Configuration

_MOST_SOCKET_BYTES = 107  # sun_path of Linux, without its zero
_LOW_BYTES, _FULL_BYTES = 1_000_000_000, 100_000_000  # of a disk: to look at, and too little
_WRITTEN = datetime(2026, 11, 27, tzinfo=UTC)  # this; a clock that is before it is wrong
_AHEAD_S = 86_400.0
_BEATS = "/dev/shm"  # noqa: S108 - where the pages' server notes that it lives
_OTHERS = 0o007


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that is wrong, and what to do."""

    sentence: str
    stops: bool = True  # False: it can be used so, and a person should look


@dataclass(frozen=True, slots=True)
class Checked:
    """What was found; the settings where all of them could be read."""

    findings: tuple[Finding, ...]
    configuration: Configuration | None
    door: Settings | None


def checked(config: Path, environment: Mapping[str, str], *, now: datetime) -> Checked:
    """Look at everything, and go on after what is wrong: who has to put five things right hears of five."""
    try:
        configuration = read_configuration(config, environment)
    except HaalwegError as error:
        return Checked((Finding(str(error)),), None, None)
    found, ring = [*_of_secret(configuration)], None
    try:
        ring = KeyRing.read(key_file(environment))
    except KeepingError as error:
        found.append(Finding(str(error)))
    else:
        found += _of_keys(configuration, ring, environment)
    try:
        door = read_settings(configuration.door, environment)
    except HaalwegError as error:
        found.append(Finding(str(error)))
        door = None
    looks = [
        _of_addresses(configuration),
        _of_database(configuration, config, environment),
        _of_mail(configuration),
    ]
    if door is not None:
        files = _files(configuration, door)
        looks += [
            _of_sockets(configuration, door),
            _of_bank(configuration, door, ring),
            _of_clock(files, now),
            _of_disks(files),
            _of_modes(files),
        ]
    for look in looks:
        found += _as_far_as_it_goes(look)
    return Checked(tuple(found), configuration, door)


def _as_far_as_it_goes(look: Iterable[Finding]) -> Iterator[Finding]:
    """What is found; and what this user may not even look at, which keeps nothing else from being said."""
    try:
        yield from look
    except OSError as error:
        yield Finding(
            _("{path}: it cannot be looked at ({reason}). May this user come there?").format(
                path=shown(os.fsdecode(error.filename or "-")), reason=error.strerror
            )
        )


def _of_secret(configuration: Configuration) -> Iterator[Finding]:
    try:
        WebSecret.read(configuration.secret)
    except HaalwegError as error:
        yield Finding(str(error))


def _of_keys(configuration: Configuration, ring: KeyRing, environment: Mapping[str, str]) -> Iterator[Finding]:
    if ring.rotation_open:
        yield Finding(_("A rotation of the keys was begun and not ended: `haalweg keys rotate` goes on."), stops=False)
    if not ring.sheet_checked and not configuration.try_out:
        yield Finding(
            _(
                "Nobody has typed back from the recovery sheet of these keys. A lost key file without one is the loss "
                "of everything: haalweg keys sheet."
            ),
            stops=False,
        )
    path = key_file(environment)
    weak = {
        0: _(
            "{path}: level 0 of 2: the keys lie in a file on a disk, and whoever has a copy of that disk reads "
            "everything. Have systemd seal them to this machine: examples/deploy/with-keys.sh."
        ),
        1: _(
            "{path}: level 1 of 2: the keys are sealed to this machine, which has no TPM: whoever copies its whole "
            "disk has what opens them too. Encrypt the disk, or take a machine with a TPM."
        ),
    }.get(key_level(path, environment))
    if weak and not configuration.try_out:
        yield Finding(weak.format(path=shown(str(path))), stops=False)


def _of_addresses(configuration: Configuration) -> Iterator[Finding]:
    host = urlsplit(configuration.address).hostname or ""
    is_ours = host == "localhost" or _is_loopback(host)
    if configuration.try_out and not is_ours:
        yield Finding(
            _(
                "try_out: true is for this machine only, and address says {host}: cookies would go without TLS. Good: "
                "try_out = false, an address with https:// and a proxy with TLS before it."
            ).format(host=shown(host))
        )
    if configuration.try_out and not _is_loopback(configuration.host):
        yield Finding(
            _(
                "listen: {host} can be reached from other machines, and try_out is for this one only. Good: "
                'listen = "127.0.0.1:8641".'
            ).format(host=shown(configuration.host))
        )
    if configuration.try_out:
        return
    if is_ours or "." not in host or _is_address(host):
        yield Finding(
            _(
                "address: {host} is no name that people can come to, and no certificate is given for it. Good: "
                'address = "https://meld.example.nl".'
            ).format(host=shown(host))
        )
    elif not _is_found(host):
        yield Finding(
            _("address: {host} is not found from here. Does the name point to this machine?").format(host=shown(host)),
            stops=False,
        )
    if not _is_loopback(configuration.host):
        yield Finding(
            _(
                "listen: the pages are served without TLS at {host}, where other machines reach them past the proxy. "
                'Good: listen = "127.0.0.1:8641", with the proxy on this machine.'
            ).format(host=shown(configuration.host)),
            stops=False,
        )


def _of_database(configuration: Configuration, config: Path, environment: Mapping[str, str]) -> Iterator[Finding]:
    database = configuration.database
    if database.password and not environment.get(DATABASE) and config.stat().st_mode & _OTHERS:
        yield Finding(
            _(
                "{path}: the password of the database is in it, and other users may read it. Close it: chmod 600 {path}"
                ", or say it in HAALWEG_DATABASE_URL."
            ).format(path=shown(str(config)))
        )
    reason = _why_no_postgres(configuration) if database.file is None else _why_no_file(database.file)
    if reason:
        yield Finding(
            _("{place}: the database cannot be used ({reason}). Put right `database` or HAALWEG_DATABASE_URL.").format(
                place=database.place, reason=reason
            )
        )


def _why_no_file(file: Path) -> str:
    if not file.parent.is_dir():
        return _("there is no such folder")
    if not os.access(file.parent, os.W_OK):
        return _("this user may not write to its folder")
    if not file.exists():
        return ""  # it is made
    try:
        with closing(sqlite3.connect(f"{file.absolute().as_uri()}?mode=rw", uri=True)) as connection:
            connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()
            connection.execute("BEGIN IMMEDIATE")  # whether it can be written to
    except sqlite3.Error as error:
        return str(error)
    return ""


def _why_no_postgres(configuration: Configuration) -> str:
    from haalweg.upkeep.databases import holds_cases  # noqa: PLC0415 - where PostgreSQL is used only
    from haalweg.upkeep.errors import UpkeepError  # noqa: PLC0415 - as above

    try:
        holds_cases(configuration.database)
    except UpkeepError as error:
        return str(error)
    return ""


def _of_mail(configuration: Configuration) -> Iterator[Finding]:
    mail = configuration.mail
    if mail is None:
        if not configuration.try_out:
            yield Finding(
                _(
                    "Nobody is mailed: there is no [mail]. Who lost the words gets new ones by phone, and hears of "
                    "news on their own page only."
                ),
                stops=False,
            )
        return
    from haalweg.web.post import PostError, try_to_reach  # noqa: PLC0415 - where mail is sent only

    try:
        try_to_reach(mail)
    except ConfigurationError as error:
        yield Finding(str(error))
    except PostError as error:  # it may be back in a moment, and what waits is sent then: no reason not to run
        yield Finding(f"mail.server, {mail.place}: {error}", stops=False)


def _of_sockets(configuration: Configuration, door: Settings) -> Iterator[Finding]:
    if door.web is None or door.web.resolve() != configuration.door_socket.resolve():
        yield Finding(
            _('{door}: the pages do not find the door. Good: web = "web.sock".').format(
                door=shown(str(configuration.door))
            )
        )
    path = configuration.door_socket.absolute()
    if len(os.fsencode(path)) > _MOST_SOCKET_BYTES:
        yield Finding(
            _(
                "{path}: a socket's path has at most {most} bytes, and this one has {n}. Move the helpline to a folder "
                "with a shorter name, as /srv/helpline."
            ).format(path=shown(str(path)), most=_MOST_SOCKET_BYTES, n=len(os.fsencode(path)))
        )
    if door.listen.socket is None and not _is_loopback(door.listen.host):
        yield Finding(
            _(
                "{door}: listen: {host} can be reached from other machines, without TLS: keys of gates would go in "
                'clear. Good: listen = "127.0.0.1:8640", and a proxy with TLS before it.'
            ).format(door=shown(str(configuration.door)), host=shown(door.listen.host)),
            stops=False,
        )
    if not os.access(_BEATS, os.W_OK):
        yield Finding(_("{path}: the pages' server writes there that it lives, and cannot.").format(path=_BEATS))


def _of_bank(configuration: Configuration, door: Settings, ring: KeyRing | None) -> Iterator[Finding]:
    if not door.bank.exists():
        yield Finding(
            _("{path}: there is no such bank file. Put it back, or begin with `haalweg serve init`.").format(
                path=shown(str(door.bank))
            )
        )
        return
    if door.journal is None:
        yield Finding(
            _("{door}: a helpline keeps a journal of withdrawals. `haalweg bank journal` begins one.").format(
                door=shown(str(configuration.door))
            )
        )
        return
    if ring is None:
        return
    try:
        # As the door opens it: what is wrong with its keys or its journal shows here, and not when it is to run.
        BankFile.open(door.bank, ring, read_only=True, journal=door.journal).close()
    except (BankFileError, KeepingError) as error:
        yield Finding(str(error))
        return
    if not configuration.try_out and door.journal.stat().st_dev == door.bank.stat().st_dev:
        yield Finding(
            _(
                "{journal}: the journal lies on the disk of the bank, and is lost with it: then no backup can be put "
                "back safely. Move it to another disk, and say so in `journal` of {door}."
            ).format(journal=shown(str(door.journal)), door=shown(str(configuration.door))),
            stops=False,
        )


def _files(configuration: Configuration, door: Settings) -> list[Path]:
    named = [configuration.database.file, door.bank, door.state, door.journal]
    return [each.resolve() for each in named if each is not None and _is_there(each)]


def _is_there(file: Path) -> bool:
    """Whether it is, as far as this user can tell; of what they may not look at `_of_bank` speaks."""
    try:
        return file.exists()
    except OSError:
        return False


def _of_clock(files: list[Path], now: datetime) -> Iterator[Finding]:
    ahead = [each for each in files if each.stat().st_mtime > now.timestamp() + _AHEAD_S]
    if now < _WRITTEN or ahead:
        yield Finding(
            _(
                "The clock says {now:%Y-%m-%d %H:%M} UTC, and what lies here is younger: terms and second factors "
                "would be counted wrongly. Set it right; `timedatectl` shows whether it follows a time server."
            ).format(now=now)
        )


def _of_disks(files: list[Path]) -> Iterator[Finding]:
    for folder in {each.stat().st_dev: each.parent for each in files}.values():
        free = shutil.disk_usage(folder).free
        if free < _LOW_BYTES:
            yield Finding(
                _("{folder}: {n} MB are left on this disk. Make room: reports and withdrawals need it.").format(
                    folder=shown(str(folder)), n=free // 1_000_000
                ),
                stops=free < _FULL_BYTES,
            )


def _of_modes(files: list[Path]) -> Iterator[Finding]:
    for each in files:
        if each.stat().st_mode & _OTHERS:
            yield Finding(_("{path}: other users may read it. Close it: chmod o= {path}").format(path=shown(str(each))))


def _is_loopback(host: str) -> bool:
    return host == "localhost" or (_is_address(host) and ipaddress.ip_address(host).is_loopback)


def _is_address(host: str) -> bool:
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return False
    return True


def _is_found(host: str) -> bool:
    try:
        socket.getaddrinfo(host, None)
    except OSError:
        return False
    return True
