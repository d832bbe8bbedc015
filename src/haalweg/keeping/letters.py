"""Letters: whoever has the public key closes one, only who holds the keys opens it.

The web process takes reports in and cannot read them back: it closes what it is told in letters to the machine door.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NoReturn

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.hpke import AEAD, KDF, KEM, Suite
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from haalweg.keeping.errors import BrokenSealError, KeepingError, UnknownKeyError
from haalweg.keeping.keys import KeysStayError

if TYPE_CHECKING:
    from haalweg.keeping.keys import KeyRing

PUBLIC_KEY_BYTES = 32
_ID_BYTES = 4
_LENGTH, _LEAST = 4, 256  # bytes
_SUITE = Suite(KEM.X25519, KDF.HKDF_SHA256, AEAD.AES_256_GCM)  # RFC 9180


class LetterBox:
    """What letters are put into: a public key and its id. It may be known to everybody.

    letter: key id (4 bytes), encapsulated key (32), ciphertext, tag (16). What is closed is filled up first: length
    (4), text, zeros, to 256 bytes or more, so that the length of an address or a link shows only roughly.
    """

    def __init__(self, key_id: str, public_key: bytes) -> None:
        """key_id: 8 hexadecimal digits. Raises KeepingError for what is no public key."""
        try:
            self._key = X25519PublicKey.from_public_bytes(public_key)
            self._id = bytes.fromhex(key_id)
        except ValueError:
            raise KeepingError(f"{len(public_key)} bytes that are no public key for letters.") from None
        if len(self._id) != _ID_BYTES:
            raise KeepingError(f"A key id of {len(key_id)} characters where 8 are expected.")
        self.key_id = key_id
        self.public_key = public_key

    def close(self, place: str, plain: bytes) -> bytes:
        """Close a letter that opens at this place only: the table, column and row where it is kept."""
        return self._id + _SUITE.encrypt(_filled(plain), self._key, _info(place, self._id))

    def __repr__(self) -> str:
        return f"LetterBox({self.key_id!r})"


class LetterKeys:
    """Opens letters to every key of a ring, also those closed before it was rotated."""

    def __init__(self, ring: KeyRing) -> None:
        self._keys = {bytes.fromhex(key.id): _private(key.secret) for key in ring.keys}
        public = self._keys[bytes.fromhex(ring.active.id)].public_key().public_bytes_raw()
        self.box = LetterBox(ring.active.id, public)

    def open(self, place: str, letter: bytes) -> bytes:
        """Read a letter. Raises UnknownKeyError, and BrokenSealError for one that was changed or lay elsewhere."""
        id_ = bytes(letter[:_ID_BYTES])
        key = self._keys.get(id_)
        if key is None:
            raise UnknownKeyError(
                f"{place}: a letter to key {id_.hex()}, which is not in the key file. Use the key file of this "
                "installation, or get it back from its recovery sheet: haalweg keys recover."
            )
        try:
            filled = _SUITE.decrypt(letter[_ID_BYTES:], key, _info(place, id_))
        except (InvalidTag, ValueError):
            raise BrokenSealError(
                f"{place}: the letter is not what was closed here: it was changed, or brought from another place."
            ) from None
        return filled[_LENGTH : _LENGTH + int.from_bytes(filled[:_LENGTH])]

    def __repr__(self) -> str:
        return f"LetterKeys({self.box.key_id!r})"

    def __reduce__(self) -> NoReturn:
        raise KeysStayError


def _filled(plain: bytes) -> bytes:
    """Fill up by at most an eighth, to one of few lengths. Source: Padme, in Nikitin and others, PoPETs 2019(4)."""
    length = max(_LENGTH + len(plain), _LEAST)
    exponent = length.bit_length() - 1
    mask = (1 << (exponent - exponent.bit_length())) - 1
    return (len(plain).to_bytes(_LENGTH) + plain).ljust((length + mask) & ~mask, b"\0")


def _private(secret: bytes) -> X25519PrivateKey:
    return X25519PrivateKey.from_private_bytes(HKDF(SHA256(), 32, None, b"haalweg letters 1").derive(secret))


def _info(place: str, key_id: bytes) -> bytes:
    return b"haalweg letter 1\0" + key_id + place.encode()
