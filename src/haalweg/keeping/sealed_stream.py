"""A stream sealed in chunks: of any length, in little memory, and whole or refused.

The file: FIRST_LINE, key id (4 bytes), salt (32), then chunks of 64 KiB, each with its tag (16); the last may be less.
Key: HKDF-SHA256 of the sealing key with the salt (RFC 5869), so each file has one of its own.
Nonce of a chunk: its number (11 bytes), then 1 for the last, else 0. Additional data: all before the chunks.
Source: the STREAM construction of Hoang, Reyhanitabar, Rogaway and Vizar, CRYPTO 2015.
"""

from __future__ import annotations

import io
import secrets
from typing import TYPE_CHECKING

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from haalweg.keeping.errors import BrokenSealError, UnknownKeyError
from haalweg.keeping.keys import SECRET_BYTES

if TYPE_CHECKING:
    from typing import BinaryIO

    from haalweg.keeping.keys import KeyRing, SealingKey

FIRST_LINE = b"haalweg sealed stream 1\n"
CHUNK_BYTES = 1 << 16
_SALT, _TAG, _COUNTER = 32, 16, 11


class SealingStream(io.RawIOBase):
    """Seals what is written to it. What was written is only whole once this is closed; `out` stays open."""

    def __init__(self, out: BinaryIO, ring: KeyRing) -> None:
        """Write the beginning of the file."""
        key, salt = ring.active, secrets.token_bytes(_SALT)
        self._head = FIRST_LINE + bytes.fromhex(key.id) + salt
        self._cipher = _cipher(key, salt)
        self._out = out
        self._waits = bytearray()
        self._number = 0
        out.write(self._head)

    def writable(self) -> bool:
        """It is."""
        return True

    def write(self, data: bytes | bytearray | memoryview, /) -> int:  # type: ignore[override]  # any buffer will do
        """Take in more."""
        self._waits += data
        while len(self._waits) > CHUNK_BYTES:  # not where it is equal: it may be the last
            self._seal(bytes(self._waits[:CHUNK_BYTES]), is_last=False)
            del self._waits[:CHUNK_BYTES]
        return len(data)

    def close(self) -> None:
        """Seal what waits, as the last chunk."""
        if not self.closed:
            self._seal(bytes(self._waits), is_last=True)
        super().close()

    def _seal(self, plain: bytes, *, is_last: bool) -> None:
        self._out.write(self._cipher.encrypt(_nonce(self._number, is_last=is_last), plain, self._head))
        self._number += 1


class OpeningStream(io.RawIOBase):
    """Gives back what was sealed; a chunk is given only once it was found whole."""

    def __init__(self, sealed: BinaryIO, ring: KeyRing) -> None:
        """Read the beginning. Raises BrokenSealError for what is no such stream, and UnknownKeyError."""
        self._head = sealed.read(len(FIRST_LINE) + 4 + _SALT)
        if not self._head.startswith(FIRST_LINE) or len(self._head) < len(FIRST_LINE) + 4 + _SALT:
            raise BrokenSealError("not a file that haalweg sealed, or one of another version.")
        id_, salt = self._head[len(FIRST_LINE) : -_SALT].hex(), self._head[-_SALT:]
        key = next((key for key in ring.keys if key.id == id_), None)
        if key is None:
            raise UnknownKeyError(
                f"sealed under key {id_}, which is not in the key file (it has "
                f"{', '.join(key.id for key in ring.keys)}). Use the key file that it was sealed with, or get that "
                "back from its recovery sheet: haalweg keys recover."
            )
        self._cipher = _cipher(key, salt)
        self._sealed = sealed
        self._next = sealed.read(CHUNK_BYTES + _TAG)
        self._number = 0
        self._plain = b""
        self._is_over = False

    def readable(self) -> bool:
        """It is."""
        return True

    def readinto(self, buffer: bytearray | memoryview, /) -> int:  # type: ignore[override]  # any buffer will do
        """Give some; none at the end, which is only said of a stream that is whole. Raises BrokenSealError."""
        while not self._plain and not self._is_over:
            self._open()
        size = min(len(buffer), len(self._plain))
        buffer[:size] = self._plain[:size]
        self._plain = self._plain[size:]
        return size

    def _open(self) -> None:
        chunk, self._next = self._next, self._sealed.read(CHUNK_BYTES + _TAG)
        self._is_over = not self._next
        try:
            self._plain = self._cipher.decrypt(_nonce(self._number, is_last=self._is_over), chunk, self._head)
        except InvalidTag:
            raise BrokenSealError("the seal is broken: it was changed, or its end is missing.") from None
        self._number += 1


def _cipher(key: SealingKey, salt: bytes) -> AESGCM:
    return AESGCM(HKDF(SHA256(), SECRET_BYTES, salt, b"haalweg sealed stream 1").derive(key.secret))


def _nonce(number: int, *, is_last: bool) -> bytes:
    return number.to_bytes(_COUNTER) + bytes([is_last])
