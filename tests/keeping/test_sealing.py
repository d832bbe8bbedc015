from __future__ import annotations

import base64
import itertools
from datetime import UTC, datetime

import pytest
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.hmac import HMAC
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from hypothesis import given
from hypothesis import strategies as st

from haalweg.keeping import (
    BrokenSealError,
    KeyRing,
    NotSealed,
    Place,
    Sealed,
    TextTooLongError,
    UnknownKeyError,
    padded,
    unpadded,
)
from haalweg.keeping.sealing import SEAL_BYTES

NOW = datetime(2026, 11, 25, 14, 30, tzinfo=UTC)
RING = KeyRing.make(NOW)
STORE = b"a store's own id"
PLACE = Place("entry", "value", 7)


@given(plain=st.binary(max_size=300), row=st.integers(0, 2**63))
def test_what_is_opened_is_what_was_sealed(plain, row):
    sealing = Sealed(RING, STORE)
    place = PLACE._replace(row=row)
    sealed = sealing.seal(place, plain)
    assert sealing.open(place, sealed) == plain
    assert Sealed(RING, STORE).open(place, sealed) == plain
    assert len(sealed) == len(plain) + SEAL_BYTES
    assert sealing.key_id_of(sealed) == sealing.active_key_id == RING.active.id


@pytest.mark.threat("K1")
def test_nothing_of_the_value_is_in_what_is_kept():
    value = bytes(range(32, 96))
    kept = [Sealed(RING, STORE).seal(PLACE, value), Sealed(RING, STORE).lookup("pdq", value)]
    for form in (value, value.hex().encode(), base64.b64encode(value)):
        for start in range(len(form) - 6):
            assert all(form[start : start + 6] not in each for each in kept)


def test_the_same_value_is_sealed_differently_each_time():
    sealing = Sealed(RING, STORE)
    assert len({sealing.seal(PLACE, b"value") for _ in range(100)}) == 100


def test_what_is_sealed_is_what_the_documentation_says():
    sealed = Sealed(RING, STORE).seal(PLACE, b"value")
    key = HKDF(SHA256(), 32, STORE, b"haalweg seal 1").derive(RING.active.secret)
    bound = f"entry\0value\0{7}\0{RING.active.id}".encode()
    assert sealed[:4].hex() == RING.active.id
    assert AESGCM(key).decrypt(sealed[4:16], sealed[16:], bound) == b"value"


@pytest.mark.threat("K2")
@pytest.mark.parametrize(
    "place",
    [PLACE._replace(table="bank"), PLACE._replace(column="note"), PLACE._replace(row=8), Place("entr", "yvalue", 7)],
)
def test_a_seal_that_was_moved_does_not_open(place):
    sealing = Sealed(RING, STORE)
    with pytest.raises(BrokenSealError) as caught:
        sealing.open(place, sealing.seal(PLACE, b"value"))
    assert str(caught.value) == (
        f"{place.table}.{place.column}, row {place.row}: the seal is broken: the value was changed, or brought here "
        "from another place."
    )


@pytest.mark.threat("K2")
def test_two_swapped_cells_both_refuse_to_open():
    sealing = Sealed(RING, STORE)
    other = PLACE._replace(row=8)
    cells = {PLACE: sealing.seal(PLACE, b"mine"), other: sealing.seal(other, b"hers")}
    cells[PLACE], cells[other] = cells[other], cells[PLACE]
    for place, sealed in cells.items():
        with pytest.raises(BrokenSealError):
            sealing.open(place, sealed)


@pytest.mark.threat("K2")
def test_a_seal_of_another_store_does_not_open_with_the_same_key_file():
    with pytest.raises(BrokenSealError):
        Sealed(RING, b"another store").open(PLACE, Sealed(RING, STORE).seal(PLACE, b"value"))


def test_every_changed_bit_and_every_cut_is_refused():
    sealing = Sealed(RING, STORE)
    sealed = sealing.seal(PLACE, b"value")
    for at, bit in itertools.product(range(len(sealed)), range(8)):
        changed = bytearray(sealed)
        changed[at] ^= 1 << bit
        with pytest.raises(UnknownKeyError if at < 4 else BrokenSealError):
            sealing.open(PLACE, bytes(changed))
    for length in range(len(sealed)):
        with pytest.raises(BrokenSealError):
            sealing.open(PLACE, sealed[:length])
    with pytest.raises(BrokenSealError) as caught:
        sealing.open(PLACE, sealed[:20])
    assert str(caught.value) == "entry.value, row 7: 20 bytes where a sealed value has at least 32."


def test_another_installation_is_told_which_key_it_lacks():
    other = KeyRing.make(NOW)
    with pytest.raises(UnknownKeyError) as caught:
        Sealed(other, STORE).open(PLACE, Sealed(RING, STORE).seal(PLACE, b"value"))
    assert str(caught.value) == (
        f"entry.value, row 7: sealed under key {RING.active.id}, which is not in the key file (it has "
        f"{other.active.id}). Use the key file that it was sealed with, or get that back from its recovery sheet: "
        "haalweg keys recover."
    )


@pytest.mark.threat("K7")
def test_after_a_rotation_the_old_key_opens_and_the_new_one_seals():
    rotated = RING.rotated(NOW)
    before, after = Sealed(RING, STORE), Sealed(rotated, STORE)
    old, new = before.seal(PLACE, b"value"), after.seal(PLACE, b"value")
    assert after.open(PLACE, old) == after.open(PLACE, new) == b"value"
    assert (after.key_id_of(old), after.key_id_of(new)) == (RING.active.id, rotated.active.id)
    with pytest.raises(UnknownKeyError):
        before.open(PLACE, new)


# Look-ups


@pytest.mark.threat("K7")
def test_a_look_up_is_the_same_in_every_store_and_after_every_rotation():
    value = bytes(32)
    expected = Sealed(RING, STORE).lookup("pdq", value)
    assert len(expected) == 16
    assert Sealed(RING, b"another store").lookup("pdq", value) == expected
    assert Sealed(RING.rotated(NOW), STORE).lookup("pdq", value) == expected


@pytest.mark.threat("K1")
def test_a_look_up_differs_by_kind_by_value_and_by_installation():
    sealing = Sealed(RING, STORE)
    ways = [
        sealing.lookup("md5", b"a"),
        sealing.lookup("md5", b"b"),
        sealing.lookup("pdq", b"a"),
        sealing.lookup("md5\0", b"a"),
        Sealed(KeyRing.make(NOW), STORE).lookup("md5", b"a"),
        NotSealed().lookup("md5", b"a"),
    ]
    assert len(set(ways)) == len(ways)


def test_a_look_up_is_what_the_documentation_says():
    key = HKDF(SHA256(), 32, None, b"haalweg look-up 1").derive(RING.lookup_secret)
    slow = HMAC(key, SHA256())
    slow.update(b"pdq\0" + bytes(32))
    assert Sealed(RING, STORE).lookup("pdq", bytes(32)) == slow.finalize()[:16]


def test_a_plain_store_keeps_values_as_they_are():
    sealing = NotSealed()
    assert sealing.open(PLACE, sealing.seal(PLACE, b"value")) == b"value"
    assert sealing.active_key_id == sealing.key_id_of(b"value") == ""
    assert len(sealing.lookup("pdq", b"value")) == 16
    sealing.refresh()


# Texts


@given(text=st.text(max_size=200) | st.text(alphabet="\udc80\ud800aé", max_size=50))
def test_a_padded_text_comes_back_also_one_that_is_no_unicode(text):
    assert unpadded(padded(text)) == text


@pytest.mark.threat("K1")
@pytest.mark.parametrize(
    ("length", "size"),
    [(0, 64), (62, 64), (63, 256), (254, 256), (255, 1024), (1022, 1024), (1023, 4096), (4094, 4096)],
)
def test_a_padded_text_tells_its_length_only_roughly(length, size):
    assert len(padded("a" * length)) == size


def test_a_text_that_is_too_long_is_refused_with_its_length():
    with pytest.raises(TextTooLongError) as caught:
        padded("é" * 2048)
    assert str(caught.value) == "A text of 4,096 bytes; at most 4,094 are kept. Make it shorter."


@pytest.mark.parametrize("data", [b"", b"\0", bytes(63), b"\xff\xff" + bytes(62), bytes(65)])
def test_what_is_no_padded_text_is_refused(data):
    with pytest.raises(BrokenSealError, match=rf"^{len(data)} bytes that are not a padded text\.$"):
        unpadded(data)
