"""A share of a source as it travels to another machine."""

from __future__ import annotations

import json
from datetime import UTC, datetime

import pytest

from haalweg.adapters.sources import Member, Shard, SourceError, SourceKind
from haalweg.reports.post import Post

POST = Post(datetime(2026, 3, 1, 9, tzinfo=UTC), "1", "=cmd\x1b\u202e", "private_group", "2", None)
SHARD = Shard(
    "exports",
    SourceKind.TELEGRAM,
    "/x/caf\udce9",
    (Member("a\udcff.jpg", POST), Member("", at=7, packed=(8, 1 << 40, 1 << 50, 2**32 - 1))),
    "5-6",
    "y/",
    0.25,
)


def test_a_shard_survives_its_journey():
    assert Shard.from_json(SHARD.to_json()) == SHARD
    assert SHARD.to_json().isascii()
    assert "\n" not in SHARD.to_json()
    whole = Shard("a.tar", SourceKind.TAR, "/a.tar", None, "5-6")
    assert Shard.from_json(whole.to_json()) == whole


@pytest.mark.parametrize(
    "change", [{"identity": "5-7"}, {"path": "/y"}, {"within": ""}, {"members": []}, {"kind": "zip"}]
)
def test_the_digest_is_of_everything_that_is_read(change):
    other = Shard.from_json(json.dumps(json.loads(SHARD.to_json()) | change))
    assert other.digest != SHARD.digest


def test_the_digest_is_not_of_how_far_the_planner_was():
    other = Shard.from_json(json.dumps(json.loads(SHARD.to_json()) | {"since": 0.5, "until": 0.75}))
    assert other.digest == SHARD.digest


@pytest.mark.parametrize(
    "text",
    ["", "[]", "{}", "null", "[" * 100_000]
    + [
        json.dumps(json.loads(SHARD.to_json()) | change)
        for change in (
            {"kind": "x"},
            {"members": [["a"]]},
            {"members": [["a", None, None, False, "7", None]]},
            {"members": [["a", None, None, False, 7, [8, 1, 2]]]},
            {"members": [["a", None, None, False, 7, [8, 1, 2, None]]]},
            {"members": [["a", [1e300, None, None, None, None, None], None, False, None, None]]},
            {"path": 3},
            {"since": None},
        )
    ],
)
def test_what_is_no_shard_is_refused(text):
    with pytest.raises(SourceError, match=r"^Not a share of a source as `to_json` writes it\. Plan the scan again\.$"):
        Shard.from_json(text)


def test_no_name_stands_in_a_repr():
    assert "x/caf" not in repr(SHARD)
    assert "a\\udcff" not in repr(SHARD)
    assert "cmd" not in repr(SHARD)
