from __future__ import annotations

import io
from datetime import UTC, datetime

import pytest
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from haalweg.keeping import BrokenSealError, KeyRing, UnknownKeyError
from haalweg.keeping.sealed_stream import CHUNK_BYTES, FIRST_LINE, OpeningStream, SealingStream

NOW = datetime(2026, 11, 27, 2, tzinfo=UTC)
RING = KeyRing.make(NOW)
HEAD, CHUNK = len(FIRST_LINE) + 4 + 32, CHUNK_BYTES + 16


def sealed(plain, ring=RING, *, at_once=50_000):
    out = io.BytesIO()
    with SealingStream(out, ring) as stream:
        for begin in range(0, len(plain), at_once):
            stream.write(plain[begin : begin + at_once])
    return out.getvalue()


def opened(content, ring=RING):
    return io.BufferedReader(OpeningStream(io.BytesIO(content), ring)).read()


@pytest.mark.parametrize("size", [0, 1, CHUNK_BYTES - 1, CHUNK_BYTES, CHUNK_BYTES + 1, 3 * CHUNK_BYTES, 200_000])
def test_what_was_sealed_comes_back_whatever_its_length(size):
    plain = bytes(each % 251 for each in range(size))
    content = sealed(plain)
    assert opened(content) == plain
    assert plain[:24] not in content or size < 24
    assert len(content) == HEAD + size + 16 * max(1, -(-size // CHUNK_BYTES))


def test_it_is_as_the_format_says():
    content = sealed(b"x" * (CHUNK_BYTES + 3))
    key_id, salt = content[len(FIRST_LINE) :][:4], content[HEAD - 32 : HEAD]
    assert key_id.hex() == RING.active.id
    cipher = AESGCM(HKDF(SHA256(), 32, salt, b"haalweg sealed stream 1").derive(RING.active.secret))
    first, last = content[HEAD:][:CHUNK], content[HEAD + CHUNK :]
    assert cipher.decrypt(bytes(12), first, content[:HEAD]) == b"x" * CHUNK_BYTES
    assert cipher.decrypt((1).to_bytes(11) + b"\1", last, content[:HEAD]) == b"xxx"


@pytest.mark.parametrize("changed", [0, len(FIRST_LINE) - 1, HEAD - 1, HEAD, HEAD + CHUNK, -1])
def test_a_bit_that_was_turned_anywhere_shows(changed):
    content = bytearray(sealed(b"x" * 100_000))
    content[changed] ^= 1
    with pytest.raises(BrokenSealError):
        opened(bytes(content))


@pytest.mark.parametrize(
    "spoil",
    [
        lambda content: content[: HEAD - 1],
        lambda content: content[:HEAD],
        lambda content: content[: HEAD + CHUNK],  # at the end of a chunk
        lambda content: content[:-1],
        lambda content: content + b"x",
        lambda content: content[:HEAD] + content[HEAD + CHUNK :],  # without its first chunk
        lambda content: content[: HEAD + CHUNK] + content[HEAD : HEAD + CHUNK] + content[HEAD + CHUNK :],
        lambda content: sealed(b"y" * 100_000)[:HEAD] + content[HEAD:],  # the beginning of another
    ],
)
def test_chunks_that_are_missing_moved_or_another_streams_show(spoil):
    with pytest.raises(BrokenSealError):
        opened(spoil(sealed(b"x" * 100_000)))


def test_keys_of_before_open_it_and_other_keys_say_which_is_missing():
    content = sealed(b"x")
    assert opened(content, RING.rotated(NOW)) == b"x"
    with pytest.raises(UnknownKeyError, match=f"sealed under key {RING.active.id}, which is not in the key file"):
        opened(content, KeyRing.make(NOW))


def test_two_streams_of_the_same_share_no_chunk():
    one, other = sealed(b"x" * 100_000), sealed(b"x" * 100_000)
    assert one[HEAD:][:64] != other[HEAD:][:64]
