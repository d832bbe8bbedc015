"""Our vPDQ signatures and those of `threatexchange` are the same text."""

from __future__ import annotations

from hypothesis import given

from haalweg.signals import vpdq_from_json, vpdq_to_json
from tests.signals import threatexchange_vpdq as field
from tests.signals.videos import frames


@given(frames)
def test_it_is_written_as_the_field_writes_it(video):
    theirs = field.json_to_vpdq(vpdq_to_json(video))
    assert [(f.pdq_hex, f.quality) for f in theirs] == [(f.hash.hex, f.quality) for f in video]
    assert field.vpdq_to_json(theirs) == vpdq_to_json(video)
    exact = [field.VpdqCompactFeature(f.hash.hex, f.quality, f.timestamp_s) for f in video]
    assert field.vpdq_to_json(exact) == vpdq_to_json(video)


@given(frames)
def test_what_the_field_writes_is_read(video):
    exact = [field.VpdqCompactFeature(f.hash.hex, f.quality, f.timestamp_s) for f in video]
    read = vpdq_from_json(field.vpdq_to_json(exact))
    assert [f.hash for f in read] == [f.hash for f in video]
    assert [f.quality for f in read] == [f.quality for f in video]
    assert [f.timestamp_s for f in read] == [float(f"{f.timestamp_s:.3}") for f in video]
