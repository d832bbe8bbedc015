"""Values sealed to their place in a store, and look-ups that give nothing away."""

from __future__ import annotations

import hmac
import os
from hashlib import sha256
from typing import TYPE_CHECKING, NamedTuple, NoReturn, Protocol

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from haalweg.keeping.errors import BrokenSealError, TextTooLongError, UnknownKeyError
from haalweg.keeping.keys import SECRET_BYTES, KeysStayError

if TYPE_CHECKING:
    from haalweg.keeping.keys import KeyRing

LOOKUP_BYTES = 16
SEAL_BYTES = 4 + 12 + 16  # what sealing adds: key id, nonce, tag
PADDED_SIZES = (64, 256, 1_024, 4_096)

_KEY_ID, _NONCE = 4, 12
_LENGTH = 2


class Place(NamedTuple):
    """Where a value lies. A seal moved to another place does not open there."""

    table: str
    column: str
    row: int

    def __str__(self) -> str:
        return f"{self.table}.{self.column}, row {self.row}"


class Sealing(Protocol):
    """A way to keep values: sealed, or as they are in a store that is plain by choice."""

    @property
    def active_key_id(self) -> str: ...

    def seal(self, place: Place, plain: bytes) -> bytes: ...

    def open(self, place: Place, sealed: bytes) -> bytes:
        """Give back what was sealed in this place. Raises UnknownKeyError, or BrokenSealError."""
        ...

    def lookup(self, kind: str, value: bytes) -> bytes:
        """16 bytes, always the same for a kind and a value, by which it is found again."""
        ...

    def key_id_of(self, sealed: bytes) -> str: ...

    def refresh(self) -> None:
        """Take over keys that another process made meanwhile. Call it in each transaction, before the first seal.

        A rotation writes its key first and seals anew after; whoever asks inside a write transaction then seals either
        before that, and is sealed anew, or under the new key.
        """
        ...


class Sealed:
    """AES-256-GCM under keys that belong to one store only; look-ups by HMAC-SHA256, the same in every store.

    sealed: key id (4 bytes), nonce (12), ciphertext, tag (16).
    Key of a store: HKDF-SHA256 of the sealing key with the store's id as salt (RFC 5869).
    Additional data: table, column, row and key id, so that nothing can be moved.
    """

    def __init__(self, ring: KeyRing, store: bytes) -> None:
        """store: the id of the store, random and its own."""
        self._store = store
        self._ciphers: dict[bytes, AESGCM] = {}
        self._take_over(ring)
        self._lookup_key = _derived(ring.lookup_secret, b"", b"haalweg look-up 1")

    @property
    def active_key_id(self) -> str:
        return self._active.hex()

    def seal(self, place: Place, plain: bytes) -> bytes:
        key_id, nonce = self._active, os.urandom(_NONCE)
        return key_id + nonce + self._ciphers[key_id].encrypt(nonce, plain, _bound_to(place, key_id))

    def open(self, place: Place, sealed: bytes) -> bytes:
        key_id = _key_id(sealed)
        if len(sealed) < SEAL_BYTES:
            raise BrokenSealError(f"{place}: {len(sealed)} bytes where a sealed value has at least {SEAL_BYTES}.")
        if key_id not in self._ciphers:
            self.refresh()
        cipher = self._ciphers.get(key_id)
        if cipher is None:
            raise UnknownKeyError(
                f"{place}: sealed under key {key_id.hex()}, which is not in the key file (it has "
                f"{', '.join(known.hex() for known in self._ciphers)}). Use the key file that it was sealed with, or "
                "get that back from its recovery sheet: haalweg keys recover."
            )
        nonce = sealed[_KEY_ID : _KEY_ID + _NONCE]
        try:
            return cipher.decrypt(nonce, sealed[_KEY_ID + _NONCE :], _bound_to(place, key_id))
        except InvalidTag:
            raise BrokenSealError(
                f"{place}: the seal is broken: the value was changed, or brought here from another place."
            ) from None

    def lookup(self, kind: str, value: bytes) -> bytes:
        return hmac.digest(self._lookup_key, kind.encode() + b"\0" + value, "sha256")[:LOOKUP_BYTES]

    def key_id_of(self, sealed: bytes) -> str:
        return _key_id(sealed).hex()

    def refresh(self) -> None:
        newest = self._ring.newest()
        if newest is not self._ring:
            self._take_over(newest)

    def _take_over(self, ring: KeyRing) -> None:
        for key in ring.keys:
            key_id = bytes.fromhex(key.id)
            if key_id not in self._ciphers:
                self._ciphers[key_id] = AESGCM(_derived(key.secret, self._store, b"haalweg seal 1"))
        self._ring = ring
        self._active = bytes.fromhex(ring.active.id)

    def __repr__(self) -> str:
        return f"Sealed(active_key_id={self.active_key_id!r})"

    def __reduce__(self) -> NoReturn:
        raise KeysStayError


class NotSealed:
    """Values as they are, for stores that are plain by choice: tests and public lists."""

    @property
    def active_key_id(self) -> str:
        return ""

    def seal(self, place: Place, plain: bytes) -> bytes:
        del place
        return plain

    def open(self, place: Place, sealed: bytes) -> bytes:
        del place
        return sealed

    def lookup(self, kind: str, value: bytes) -> bytes:
        return sha256(b"haalweg look-up 1\0" + kind.encode() + b"\0" + value).digest()[:LOOKUP_BYTES]

    def key_id_of(self, sealed: bytes) -> str:
        del sealed
        return ""

    def refresh(self) -> None:
        pass


def padded(text: str) -> bytes:
    """UTF-8 with its length before it, filled up to one of PADDED_SIZES: a sealed text tells its length only roughly.

    Raises TextTooLongError above 4,094 bytes.
    """
    data = text.encode(errors="surrogatepass")  # file names need not be UTF-8
    size = next((size for size in PADDED_SIZES if _LENGTH + len(data) <= size), None)
    if size is None:
        most = PADDED_SIZES[-1] - _LENGTH
        raise TextTooLongError(f"A text of {len(data):,} bytes; at most {most:,} are kept. Make it shorter.")
    return (len(data).to_bytes(_LENGTH) + data).ljust(size, b"\0")


def unpadded(data: bytes) -> str:
    """Give back the text. Raises BrokenSealError for what `padded` does not give."""
    length = int.from_bytes(data[:_LENGTH])
    text = data[_LENGTH : _LENGTH + length]
    if len(data) not in PADDED_SIZES or len(text) != length:
        raise BrokenSealError(f"{len(data):,} bytes that are not a padded text.")
    return text.decode(errors="surrogatepass")


def _key_id(sealed: bytes) -> bytes:
    return bytes(sealed[:_KEY_ID])


def _bound_to(place: Place, key_id: bytes) -> bytes:
    return f"{place.table}\0{place.column}\0{place.row}\0{key_id.hex()}".encode()


def _derived(secret: bytes, salt: bytes, purpose: bytes) -> bytes:
    return HKDF(SHA256(), SECRET_BYTES, salt or None, purpose).derive(secret)
