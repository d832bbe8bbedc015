"""Letters: closed with a public key, opened by who holds the keys, at their own place only."""

from __future__ import annotations

import pickle

import pytest
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PublicKey

from haalweg.keeping import BrokenSealError, KeepingError, KeyRing, UnknownKeyError
from haalweg.keeping.letters import LetterBox, LetterKeys
from tests.banks.building import NOW

PLACE, TEXT = "place/7", b"https://forum.example/draad/12"


@pytest.fixture
def ring():
    return KeyRing.make(NOW)


@pytest.fixture
def keys(ring):
    return LetterKeys(ring)


@pytest.fixture
def box(keys):
    """What the other process has: the public key, as it was told."""
    return LetterBox(keys.box.key_id, keys.box.public_key)


def test_what_was_closed_is_opened_with_the_keys(keys, box):
    letter = box.close(PLACE, TEXT)
    assert TEXT not in letter
    assert keys.open(PLACE, letter) == TEXT
    assert box.close(PLACE, TEXT) != letter  # the same again shows not even that


@pytest.mark.threat("K10")
def test_what_closes_a_letter_does_not_open_it(box):
    assert not hasattr(box, "open")
    held = [each for each in vars(box).values() if not isinstance(each, str | bytes)]
    assert [isinstance(each, X25519PublicKey) for each in held] == [True]  # a key that closes, and nothing else


def test_a_letter_opens_at_its_own_place_only(keys, box):
    with pytest.raises(BrokenSealError, match="place/8: the letter is not what was closed here"):
        keys.open("place/8", box.close(PLACE, TEXT))


@pytest.mark.parametrize("at", [4, 20, 40, -1])
def test_a_letter_that_was_changed_does_not_open(keys, box, at):
    letter = bytearray(box.close(PLACE, TEXT))
    letter[at] ^= 1
    with pytest.raises(BrokenSealError):
        keys.open(PLACE, bytes(letter))


@pytest.mark.parametrize("length", [0, 3, 4, 20, 36, 51])
def test_a_letter_that_was_cut_short_does_not_open(keys, box, length):
    with pytest.raises((BrokenSealError, UnknownKeyError)):
        keys.open(PLACE, box.close(PLACE, TEXT)[:length])


@pytest.mark.threat("K7")
def test_after_a_rotation_old_letters_open_and_new_ones_go_to_the_new_key(ring, box):
    old = box.close(PLACE, TEXT)
    rotated = LetterKeys(ring.rotated(NOW))
    assert rotated.box.key_id != box.key_id
    assert rotated.open(PLACE, old) == rotated.open(PLACE, rotated.box.close(PLACE, TEXT)) == TEXT


def test_the_keys_of_another_installation_are_named_as_not_there(box):
    with pytest.raises(UnknownKeyError, match=f"a letter to key {box.key_id}, which is not in the key file"):
        LetterKeys(KeyRing.make(NOW)).open(PLACE, box.close(PLACE, TEXT))


def test_keys_do_not_travel_and_show_nothing(keys):
    with pytest.raises(KeepingError):
        pickle.dumps(keys)
    assert repr(keys) == f"LetterKeys('{keys.box.key_id}')"


@pytest.mark.parametrize("key", [b"", bytes(31), bytes(33)])
def test_what_is_no_public_key_is_refused(key):
    with pytest.raises(KeepingError, match=f"{len(key)} bytes that are no public key"):
        LetterBox("00000000", key)
