"""The secrets of one installation: a look-up secret that stays, and sealing keys of which the newest seals."""

from __future__ import annotations

import secrets
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, NoReturn

from haalweg.keeping import key_files
from haalweg.keeping.errors import KeepingError, KeyFileError
from haalweg.keeping.memory import guard_memory
from haalweg.plain_text import shown

if TYPE_CHECKING:
    import os
    from collections.abc import Mapping

SECRET_BYTES = 32
SEALS_PER_KEY = 2**31  # NIST SP 800-38D allows 2**32 random nonces a key; half of it leaves time to rotate

_FIRST_LINE = "haalweg keys"
_VERSION = 1
_WARNING = "# Whoever reads this file reads every bank that is sealed with it. Keep it apart from copies of the banks."


class KeysStayError(KeepingError, TypeError):
    """Keys were about to be copied into a message, a task or a cache."""

    def __init__(self) -> None:
        super().__init__("Keys do not travel: the other process reads the key file itself.")


@dataclass(frozen=True, slots=True)
class SealingKey:
    """A secret that seals; its id stands beside all that it sealed."""

    id: str  # 8 hexadecimal digits, made from the secret: a damaged secret does not have its own id
    made_at: datetime  # UTC, whole seconds
    secret: bytes = field(repr=False)

    @classmethod
    def make(cls, now: datetime) -> SealingKey:
        return cls.of(secrets.token_bytes(SECRET_BYTES), now)

    @classmethod
    def of(cls, secret: bytes, made_at: datetime) -> SealingKey:
        return cls(_id_of(secret), _whole_seconds(made_at), secret)

    def __reduce__(self) -> NoReturn:
        raise KeysStayError


class Source(NamedTuple):
    """Where a ring was read, and what the file looked like from outside then."""

    path: Path
    stamp: key_files.Stamp


@dataclass(frozen=True, slots=True)
class KeyRing:
    """All secrets of one installation, as its key file holds them."""

    lookup_secret: bytes = field(repr=False)  # never rotates: look-ups of withdrawn values cannot be made again
    made_at: datetime
    keys: tuple[SealingKey, ...]  # oldest first; the last one is active
    sheet_checked: bool = False  # whether someone typed back from the recovery sheet of just these keys
    rotation_open: bool = False  # whether a rotation was begun and not ended
    source: Source | None = field(default=None, compare=False, repr=False)

    @classmethod
    def make(cls, now: datetime) -> KeyRing:
        guard_memory()
        return cls(secrets.token_bytes(SECRET_BYTES), _whole_seconds(now), (SealingKey.make(now),))

    @classmethod
    def read(cls, path: str | os.PathLike[str]) -> KeyRing:
        """Read a key file. Raises KeyFileError where it is missing, open to others, damaged or of another version."""
        guard_memory()
        data, stamp = key_files.read(Path(path))
        return replace(_parsed(data, Path(path)), source=Source(Path(path).absolute(), stamp))

    def newest(self) -> KeyRing:
        """Read the key file again if it was written since: another process may have rotated.

        Gives this ring where nothing was added to it: a file that is gone, damaged or another's takes nothing away.
        """
        if self.source is None or key_files.stamp_of(self.source.path) in (None, self.source.stamp):
            return self
        try:
            now_there = KeyRing.read(self.source.path)
        except KeyFileError:
            return self
        return now_there if now_there.has_all_of(self) else self

    @property
    def active(self) -> SealingKey:
        return self.keys[-1]

    def has_all_of(self, other: KeyRing) -> bool:
        """Whether everything that the other opens and finds is opened and found with this one too."""
        return self.lookup_secret == other.lookup_secret and set(other.keys) <= set(self.keys)

    def rotated(self, now: datetime) -> KeyRing:
        """One sealing key more, which is then the active one. The others stay: they open what they sealed."""
        known = {key.id for key in self.keys}
        key = SealingKey.make(now)
        while key.id in known:
            key = SealingKey.make(now)
        return replace(self, keys=(*self.keys, key), sheet_checked=False, rotation_open=True)

    def with_checked_sheet(self) -> KeyRing:
        return replace(self, sheet_checked=True)

    def with_rotation_ended(self) -> KeyRing:
        return replace(self, rotation_open=False)

    def write_new(self, path: str | os.PathLike[str]) -> None:
        """Write a key file where there is none: whole or not at all. Raises KeyFileError, also where there is one."""
        key_files.write_new(Path(path), _written(self))

    def replace(self, path: str | os.PathLike[str]) -> None:
        """Put this ring in the place of an earlier state of itself: whole or not at all.

        Raises KeyFileError where the file holds a key that this ring has not: two rotations at once would lose one.
        """
        place = Path(path).resolve()  # not the link, where it is one: the keys stay on the disk they were put on
        with key_files.alone_in_folder_of(place):
            if not self.has_all_of(_parsed(key_files.read(place)[0], place)):
                raise KeyFileError(
                    f"{shown(str(place))}: another command has changed the keys meanwhile. Run this one again."
                )
            key_files.replace(place, _written(self))

    def __reduce__(self) -> NoReturn:
        raise KeysStayError


def key_file(environment: Mapping[str, str]) -> Path:
    """Where the key file is, or should come.

    HAALWEG_KEY_FILE, else haalweg.keys among the systemd credentials where it is there, else haalweg/keys in the
    user's folder for settings.
    """
    if named := environment.get("HAALWEG_KEY_FILE"):
        return Path(named)
    if folder := environment.get("CREDENTIALS_DIRECTORY"):
        credential = Path(folder) / "haalweg.keys"
        if credential.exists():
            return credential
    settings = Path(environment.get("XDG_CONFIG_HOME", ""))
    if settings.is_absolute():
        return settings / "haalweg" / "keys"
    if home := environment.get("HOME"):
        return Path(home) / ".config" / "haalweg" / "keys"
    raise KeyFileError("There is no place for the key file: neither HAALWEG_KEY_FILE nor HOME is set.")


def seals_left_sentence(key_id: str) -> str:
    """Say that a key has sealed as often as it may."""
    return (
        f"Key {key_id} has sealed {SEALS_PER_KEY:,} times, as often as a key may. Make a new one: haalweg keys rotate."
    )


def _id_of(secret: bytes) -> str:
    return sha256(b"haalweg key id 1\0" + secret).hexdigest()[:8]


def _whole_seconds(moment: datetime) -> datetime:
    return moment.astimezone(UTC).replace(microsecond=0)


def _written(ring: KeyRing) -> bytes:
    lines = [
        f"{_FIRST_LINE} {_VERSION}",
        _WARNING,
        f"lookup {ring.made_at:%Y-%m-%dT%H:%M:%SZ} {ring.lookup_secret.hex()}",
        *(f"key {key.id} {key.made_at:%Y-%m-%dT%H:%M:%SZ} {key.secret.hex()}" for key in ring.keys),
        f"sheet {'checked' if ring.sheet_checked else 'unchecked'}",
        f"rotation {'open' if ring.rotation_open else 'ended'}",
    ]
    body = "".join(line + "\n" for line in lines).encode()
    return body + f"check {sha256(body).hexdigest()}\n".encode()


def _parsed(data: bytes, path: Path) -> KeyRing:
    body, mark, check = data.rpartition(b"check ")
    first = data[:64].split(b"\n")[0].decode("ascii", "replace")
    if not data:
        raise KeyFileError(f"{shown(str(path))}: an empty file where a key file should be. {_RECOVER}")
    if not first.startswith(_FIRST_LINE + " "):
        raise KeyFileError(f"{shown(str(path))}: not a haalweg key file. {_ANOTHER}")
    if first != f"{_FIRST_LINE} {_VERSION}":
        raise KeyFileError(
            f"{shown(str(path))}: a key file of another version of haalweg. Use the haalweg that wrote it, or newer."
        )
    if not mark or check != f"{sha256(body).hexdigest()}\n".encode():
        raise KeyFileError(
            f"{shown(str(path))}: a damaged key file: its check sum differs. Nothing of it is used. {_RECOVER}"
        )
    try:
        return _ring(body.decode("ascii").splitlines()[1:])
    except (ValueError, KeyError, IndexError):
        # From None: the text of what went wrong may quote a secret.
        raise KeyFileError(f"{shown(str(path))}: a key file that haalweg did not write. {_RECOVER}") from None


def _ring(lines: list[str]) -> KeyRing:
    rows = [line.split(" ") for line in lines if not line.startswith("#")]
    (lookup,) = (row for row in rows if row[0] == "lookup")
    keys = tuple(SealingKey.of(_secret(row[3]), _moment(row[2])) for row in rows if row[0] == "key")
    if not keys or [key.id for key in keys] != [row[1] for row in rows if row[0] == "key"]:
        raise ValueError
    states = {row[0]: row[1] for row in rows if row[0] in ("sheet", "rotation")}
    return KeyRing(
        _secret(lookup[2]),
        _moment(lookup[1]),
        keys,
        sheet_checked=states["sheet"] == "checked",
        rotation_open=states["rotation"] == "open",
    )


def _secret(text: str) -> bytes:
    secret = bytes.fromhex(text)
    if len(secret) != SECRET_BYTES:
        raise ValueError
    return secret


def _moment(text: str) -> datetime:
    return datetime.strptime(text, "%Y-%m-%dT%H:%M:%SZ").replace(tzinfo=UTC)


_RECOVER = "Put it aside and get the keys back from the recovery sheet: haalweg keys recover."
_ANOTHER = "Name the right file in HAALWEG_KEY_FILE."
