from __future__ import annotations

import hashlib
import io

import pytest

from haalweg.signals import digests_of


@pytest.mark.parametrize("size", [0, 1, 1 << 18, (1 << 18) + 1, 3_000_001])
def test_equal_to_hashing_everything_at_once(size):
    data = bytes(range(251)) * (size // 251 + 1)
    data = data[:size]
    digests = digests_of(io.BytesIO(data))
    assert digests.sha256 == hashlib.sha256(data).hexdigest()
    assert digests.md5 == hashlib.md5(data, usedforsecurity=False).hexdigest()


def test_a_stream_that_gives_little_at_a_time_is_read_to_its_end():
    class Trickle(io.BytesIO):
        def read(self, size: int | None = -1, /) -> bytes:
            return super().read(min(size or 7, 7))

    data = b"one byte after the other, seven at most" * 9
    assert digests_of(Trickle(data)) == digests_of(io.BytesIO(data))
