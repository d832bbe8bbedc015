"""A backup put back: whole or not at all, and nothing that was withdrawn meanwhile comes back with it."""

from __future__ import annotations

import os
import secrets
import shutil
import socket
from contextlib import ExitStack
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

from haalweg.adapters.bank_file import BankFile, JournalError, opened
from haalweg.gate.settings import read_settings
from haalweg.keeping import KeyRing, key_file
from haalweg.plain_text import shown
from haalweg.upkeep.backup import BANK, DATABASE, DOOR, READY, SECRET, SETTINGS, STATE, opened_backup
from haalweg.upkeep.databases import holds_cases, put_back_postgres
from haalweg.upkeep.errors import UpkeepError
from haalweg.upkeep.reconciling import Reconciled, TakenOff, reconcile
from haalweg.upkeep.taking_turns import taking_turns
from haalweg.web.configuration import read_configuration
from haalweg.web.unfinished import end_restore, is_torn, is_unfinished, listens, mark_begun, mark_ready
from haalweg.whole_file import write_whole

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime
    from typing import IO

    from haalweg.gate.settings import Settings
    from haalweg.upkeep.backup import About
    from haalweg.web.configuration import Configuration


@dataclass(frozen=True, slots=True)
class Restored:
    """What was put back."""

    about: About
    replayed: int  # withdrawals that the journal knew and the bank did not
    reconciled: Reconciled


@dataclass(slots=True)
class _Parts:
    """What of a backup lies ready, each beside the place where it is to come."""

    configuration: Configuration
    door: Settings
    ready: dict[str, Path]
    places: dict[str, Path]

    def lay_ready(self, part: str, content: IO[bytes]) -> None:
        """Write a part beside its place; PostgreSQL has none."""
        place = self.places.get(part, self.configuration.folder / part)
        self.ready[part] = place.with_name(f"{READY}{place.name}.{secrets.token_hex(4)}")
        try:
            write_whole(self.ready[part], lambda out: shutil.copyfileobj(content, out, 1 << 20))
        except OSError as error:
            raise UpkeepError(
                f"{shown(os.fspath(place.parent))}: what is to be put back cannot be laid ready there "
                f"({error.strerror}). Nothing was changed."
            ) from None
        _belongs_like(self.ready[part])

    def take_away_unless_all_is_ready(self) -> None:
        """Take it away where the restore goes no further; Ctrl-C once all is ready is too late for that."""
        folder = self.configuration.folder
        if not is_unfinished(folder) or is_torn(folder):
            self.take_away()

    def take_away(self) -> None:
        """Take away all that lies ready, and what was left by another restore that was broken off."""
        for folder in {self.configuration.folder, *(place.parent for place in self.places.values())}:
            for left in folder.glob(f"{READY}*"):
                left.unlink(missing_ok=True)


def restore(file: Path, config: Path, environment: Mapping[str, str], *, replaces: bool, now: datetime) -> Restored:
    """Put a backup back, and let nothing be opened before the journal was carried out.

    Where there are settings those are used, else the backup's. replaces: also where there is a helpline. Killed at any
    moment it leaves the old one, or (once all is ready) one that the next command brings to its end. Raises UpkeepError
    and what settings, keys, bank and journal raise; then the old one is as it was.
    """
    ring = KeyRing.read(key_file(environment))
    with ExitStack() as turn:
        about, parts, reconciled = _laid_ready(file, config, environment, ring, turn, replaces=replaces, now=now)
        replayed = 0

        def replay() -> None:
            nonlocal replayed
            with opened(parts.door.bank, journal=parts.door.journal) as bank:
                replayed = bank.replayed

        end_restore(parts.configuration, replay)
    return Restored(about, replayed, reconciled)


def _laid_ready(
    file: Path,
    config: Path,
    environment: Mapping[str, str],
    ring: KeyRing,
    turn: ExitStack,
    *,
    replaces: bool,
    now: datetime,
) -> tuple[About, _Parts, Reconciled]:
    """Lay all of it ready and write down that it is. turn: for as long as this has the helpline to itself."""
    with ExitStack() as undo, opened_backup(file, ring) as (about, members):
        parts = None
        first: dict[str, bytes] = {}
        for member, content in members:
            if member in (SETTINGS, DOOR, SECRET):
                first[member] = content.read()
                continue
            if parts is None:
                parts = _begun(first, config, environment, about, turn, replaces=replaces)
                undo.callback(parts.take_away_unless_all_is_ready)
                parts.lay_ready(SECRET, BytesIO(first[SECRET]))
            parts.lay_ready(member, content)
        assert parts is not None  # a backup that lacks a part was refused
        taken_off = _checked(parts, about, ring)
        reconciled = _made_ready(parts, config, taken_off, ring, now)
        undo.pop_all()  # from here on it is ended, by this command or by the next one
        return about, parts, reconciled


def _begun(
    first: Mapping[str, bytes],
    config: Path,
    environment: Mapping[str, str],
    about: About,
    turn: ExitStack,
    *,
    replaces: bool,
) -> _Parts:
    """Read the settings, put there what is missing of them, and refuse what cannot be done here."""
    _put_where_missing(config, first[SETTINGS])
    configuration = read_configuration(config, environment)
    turn.enter_context(taking_turns(configuration.folder, alone=True))
    _put_where_missing(configuration.door, first[DOOR])
    door = read_settings(configuration.door, environment)
    if not is_torn(configuration.folder):
        end_restore(configuration)
    database = configuration.database
    if about.is_postgres != (database.file is None):
        raise UpkeepError(
            f"{database.place}: this backup is of {'PostgreSQL' if about.is_postgres else 'an SQLite file'}, and the "
            "settings name the other. Name one of the same kind in `database` or HAALWEG_DATABASE_URL."
        )
    if listens(configuration.door_socket) or _is_served(configuration):
        raise UpkeepError("The helpline runs. Stop pages and door first; then give this command again.")
    if door.journal is None or not door.journal.exists():
        raise UpkeepError(
            f"{shown(os.fspath(configuration.door))}: the withdrawal journal that it names is not there. Bring it back "
            "first: without it what was withdrawn after the backup would match again. Where it is lost for good, a "
            "person has to decide that: docs/how-to/operate.md."
        )
    if not replaces:
        _refuse_what_is_there(configuration, door, first[SECRET])
    _put_where_missing(configuration.secret, first[SECRET])
    places = {BANK: door.bank, STATE: door.state, SECRET: configuration.secret}
    if database.file is not None:
        places[DATABASE] = database.file
    parts = _Parts(configuration, door, {}, {part: place.resolve() for part, place in places.items()})
    parts.take_away()
    return parts


def _refuse_what_is_there(configuration: Configuration, door: Settings, secret: bytes) -> None:
    there = [each for each in (door.bank, door.state) if each.exists()]
    if holds_cases(configuration.database) or there:
        raise UpkeepError(
            f"{shown(os.fspath(configuration.folder))}: there is a helpline already, and it would be replaced: what "
            "was reported since the backup is lost with it. Back it up first; then give this again with --replace."
        )
    if configuration.secret.exists() and configuration.secret.read_bytes() != secret:
        raise UpkeepError(
            f"{shown(os.fspath(configuration.secret))}: another secret than the backup's, with which its case codes "
            "are not found. Take it away, or give this again with --replace."
        )


def _checked(parts: _Parts, about: About, ring: KeyRing) -> TakenOff:
    """See that what lies ready is what it should be, and what the journal knows that it does not."""
    assert parts.door.journal is not None  # or it was refused
    if BankFile.id_of(parts.ready[BANK]) != about.bank:
        raise UpkeepError("The bank in this backup is not the one that it says it holds.")
    try:
        with BankFile.open(parts.ready[BANK], ring, read_only=True) as bank:
            return TakenOff.since(bank, parts.door.journal)
    except JournalError as error:
        raise UpkeepError(f"{error} Nothing was put back.") from None


def _made_ready(parts: _Parts, config: Path, taken_off: TakenOff, ring: KeyRing, now: datetime) -> Reconciled:
    """Bring the database to where it can be used, and write down that all is ready."""
    folder, dump = parts.configuration.folder, parts.ready[DATABASE]
    is_file = DATABASE in parts.places
    if not is_file:
        mark_begun(folder)
        put_back_postgres(parts.configuration.database, dump)
    reconciled = reconcile(config, dump if is_file else None, parts.ready[BANK], taken_off, ring, now=now)
    if Path(f"{dump}-wal").exists():
        raise UpkeepError("The database that was put back is still open somewhere. Nothing was changed.")
    mark_ready(folder, {parts.ready[part]: place for part, place in parts.places.items()})
    if not is_file:
        dump.unlink()
    return reconciled


def _is_served(configuration: Configuration) -> bool:
    try:
        socket.create_connection((configuration.host, configuration.port), timeout=2).close()
    except OSError:
        return False
    return True


def _put_where_missing(place: Path, content: bytes) -> None:
    if place.exists():
        return
    try:
        place.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        write_whole(place, lambda out: out.write(content))
    except OSError as error:
        raise UpkeepError(f"{shown(os.fspath(place))}: it cannot be written ({error.strerror}).") from None
    _belongs_like(place)


def _belongs_like(path: Path) -> None:
    """Give a file to whom its folder belongs, where root puts it there."""
    if os.geteuid() == 0:
        folder = path.parent.stat()
        os.chown(path, folder.st_uid, folder.st_gid)
