"""A video's signature is written as the field writes it, and read without trusting it."""

from __future__ import annotations

import json

import pytest
from hypothesis import given

from haalweg.signals import PdqHash, SignatureError, VideoFrame, vpdq_from_json
from haalweg.signals.video import MOST_FRAMES, packed, unpacked, vpdq_from_rows
from tests.signals.videos import frames

HEX = "f8f8f0cee0f4a84f06370a22038f63f0b36e2ed596621e1d33e6b39c4e9c9b22"


@given(frames)
def test_a_bank_gets_back_what_it_was_given_to_the_bit(video):
    assert unpacked(packed(video)) == tuple(video)


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "No JSON where a vPDQ signature is a JSON list of frames."),
        ("[" * 100_000, "No JSON where a vPDQ signature is a JSON list of frames."),
        ("{}", "JSON, but no list of frames as vPDQ is written."),
        ("[]", "A vPDQ signature without a frame."),
        ("[1]", "Frame 0: not written as hash, quality and seconds between commas."),
        (f'["{HEX},100"]', "Frame 0: not written as hash, quality and seconds between commas."),
        (
            f'["{HEX},100,0.0", "{HEX[:32]},100,1.0"]',
            "Frame 1: 32 characters where PDQ has 64 hexadecimal ones. 32 is the length of an MD5.",
        ),
        (f'["{HEX[:-1]}x,100,0.0"]', "Frame 0: Characters that are not hexadecimal where a PDQ hash was expected."),
        (f'["{HEX},101,0.0"]', "Frame 0: a quality that is not between 0 and 100."),
        (f'["{HEX}, 50,0.0"]', "Frame 0: a quality that is not between 0 and 100."),
        (f'["{HEX},{"9" * 5000},0.0"]', "Frame 0: a quality that is not between 0 and 100."),
        (f'["{HEX},50,soon"]', "Frame 0: a time that is not zero or more seconds."),
        (f'["{HEX},50,-1.0"]', "Frame 0: a time that is not zero or more seconds."),
        (f'["{HEX},50,nan"]', "Frame 0: a time that is not zero or more seconds."),
        (f'["{HEX},50,1e999"]', "Frame 0: a time that is not zero or more seconds."),
    ],
)
def test_what_is_no_signature_is_refused_with_a_sentence_that_does_not_repeat_it(text, sentence):
    with pytest.raises(SignatureError) as caught:
        vpdq_from_json(text)
    assert str(caught.value) == sentence


def test_frames_may_be_objects_too():
    as_objects = [{"hash": HEX, "quality": 100, "timestamp": 0}, {"hash": HEX, "quality": 7, "timestamp": 1.5}]
    assert vpdq_from_rows(as_objects) == vpdq_from_rows([f"{HEX},100,0", f"{HEX},7,1.5"])


@pytest.mark.parametrize(
    ("row", "sentence"),
    [
        ({}, "no object of hash, quality and timestamp."),
        ({"extra": 1}, "no object of hash, quality and timestamp."),
        ({"hash": 5}, "0 characters where PDQ has 64 hexadecimal ones."),
        ({"quality": True}, "a quality that is not between 0 and 100."),
        ({"quality": 101}, "a quality that is not between 0 and 100."),
        ({"quality": "9"}, "a quality that is not between 0 and 100."),
        ({"timestamp": -1}, "a time that is not zero or more seconds."),
        ({"timestamp": None}, "a time that is not zero or more seconds."),
        ({"timestamp": True}, "a time that is not zero or more seconds."),
        ({"timestamp": float("nan")}, "a time that is not zero or more seconds."),
        ({"timestamp": 10**400}, "a time that is not zero or more seconds."),
    ],
    ids=lambda value: str(value)[:40],
)
def test_an_object_that_is_no_frame_is_refused_with_a_sentence(row, sentence):
    whole = {"hash": HEX, "quality": 100, "timestamp": 0.0}
    with pytest.raises(SignatureError) as caught:
        vpdq_from_rows([whole, (whole | row) if row else {}])
    assert str(caught.value) == f"Frame 1: {sentence}"


def test_a_video_of_more_than_a_day_is_not_read():
    with pytest.raises(SignatureError, match=r"^100,001 frames; at most 100,000 are read\.$"):
        vpdq_from_json(json.dumps([f"{HEX},100,0.0"] * (MOST_FRAMES + 1)))


def test_damaged_bytes_of_a_bank_are_refused():
    whole = packed([VideoFrame(PdqHash.from_hex(HEX), 100, 0.0)])
    for damaged, sentence in [
        (b"", "A vPDQ signature without a frame."),
        (whole[:-1], "40 bytes where a packed video has 41 a frame."),
        (whole[:32] + b"\xff" + whole[33:], "Frame 0: a quality that is not between 0 and 100."),
        (whole[:33] + b"\xff" * 8, "Frame 0: a time that is not zero or more seconds."),
    ]:
        with pytest.raises(SignatureError) as caught:
            unpacked(damaged)
        assert str(caught.value) == sentence


def test_a_frame_shows_no_hash():
    assert repr(VideoFrame(PdqHash.from_hex(HEX), 100, 1.0)) == (
        "VideoFrame(hash=PdqHash(<256 bits>), quality=100, timestamp_s=1.0)"
    )
