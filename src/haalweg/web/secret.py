"""The web process's own secret: for look-ups of case codes and hosts, and for sessions. It opens no letter."""

from __future__ import annotations

import base64
import hmac
import os
import secrets
from typing import TYPE_CHECKING, NoReturn

from cryptography.fernet import Fernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from haalweg.plain_text import shown
from haalweg.web.configuration import SECRET_BYTES, ConfigurationError

if TYPE_CHECKING:
    from pathlib import Path

_FIRST = "haalweg web secret 1"


class WebSecret:
    """Derives keys, one for each purpose. It does not travel."""

    def __init__(self, secret: bytes) -> None:
        self._secret = secret

    @classmethod
    def make(cls, path: Path) -> WebSecret:
        """Make a file where there is none, for this user only. Raises ConfigurationError."""
        secret = secrets.token_bytes(SECRET_BYTES)
        try:
            file = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600)
            try:
                os.write(file, f"{_FIRST} {secret.hex()}\n".encode())
                os.fsync(file)
            finally:
                os.close(file)
        except OSError as error:
            raise ConfigurationError(
                f"{shown(os.fspath(path))}: the secret cannot be written: {error.strerror}."
            ) from None
        return cls(secret)

    @classmethod
    def read(cls, path: Path) -> WebSecret:
        """Read the file. Raises ConfigurationError where it is missing, open to others or damaged."""
        name = shown(os.fspath(path))
        try:
            mode = path.stat().st_mode
            words = path.read_text("ascii").split(" ")
        except FileNotFoundError:
            raise ConfigurationError(
                f"{name}: the secret is not there. `haalweg serve init` makes one; where people have reported already, "
                "bring back the old one: without it no case code is found."
            ) from None
        except (OSError, UnicodeDecodeError) as error:
            raise ConfigurationError(f"{name}: the secret cannot be read ({type(error).__name__}).") from None
        if mode & 0o077:
            raise ConfigurationError(f"{name}: other users may read the secret. Close it: chmod 600 {name}.")
        try:
            *first, text = words
            secret = bytes.fromhex(text)
        except ValueError:
            first, secret = [], b""
        if " ".join(first) != _FIRST or len(secret) != SECRET_BYTES:
            raise ConfigurationError(f"{name}: not a secret that haalweg wrote, or a damaged one. Bring back a copy.")
        return cls(secret)

    def derived(self, purpose: str) -> bytes:
        """Give the key for one purpose (32 bytes)."""
        return HKDF(SHA256(), SECRET_BYTES, None, f"haalweg web 1 {purpose}".encode()).derive(self._secret)

    def lookup(self, kind: str, value: bytes) -> bytes:
        """Give what a value is found again by (32 bytes): nobody without the secret can make it, or try values out."""
        return hmac.digest(self.lookup_key(kind), value, "sha256")

    def lookup_key(self, kind: str) -> bytes:
        """Give what look-ups of a kind are made with, for the machine door, which knows the values anyway."""
        return self.derived(f"lookup {kind}")

    def closed(self, purpose: str) -> Fernet:
        """Give what closes and opens the web process's own small things: sessions, seeds of second factors."""
        return Fernet(base64.urlsafe_b64encode(self.derived(f"closed {purpose}")))

    def __repr__(self) -> str:
        return "WebSecret()"

    def __reduce__(self) -> NoReturn:
        raise TypeError("Secrets do not travel: the other process reads the file itself.")
