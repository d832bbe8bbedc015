"""The fit of the trace's tables: it must write what it read, and weigh as the native code does."""

from __future__ import annotations

import fit_trace
import numpy as np
import pytest
from PIL import Image

from haalweg import _native


def a_photo(seed: int = 5) -> Image.Image:
    rng = np.random.default_rng(seed)
    coarse, fine = (Image.fromarray(rng.integers(0, 256, (n, n, 3), np.uint8)).resize((512, 384)) for n in (12, 48))
    return Image.blend(coarse, fine, 0.5)


def a_trace(photo: Image.Image) -> bytes:
    trace, _, _ = _native.trace_pixels(fit_trace.pixels(photo), fake=False, leave_faces_out=False, leave_out=[])
    assert trace is not None
    return trace


def test_tables_that_did_not_change_are_written_as_they_were(tmp_path, monkeypatch):
    weights, letters = fit_trace.read_weights(), fit_trace.read_letters()
    before = fit_trace.TABLES.read_text(), fit_trace.DRAWN.read_text()
    monkeypatch.setattr(fit_trace, "TABLES", tmp_path / "tables")
    monkeypatch.setattr(fit_trace, "DRAWN", tmp_path / "drawn")
    fit_trace.TABLES.write_text(before[0])
    fit_trace.write_weights(weights)
    fit_trace.write_letters(letters)
    assert (fit_trace.TABLES.read_text(), fit_trace.DRAWN.read_text()) == before


def test_the_matrix_is_read_as_the_native_code_reads_it():
    mean, matrix = fit_trace.read_whitening()
    assert mean.shape == (128,)
    # A column makes one bit from all numbers of a descriptor; all have about the same length.
    assert matrix.shape == (128, 128)
    assert np.ptp(np.linalg.norm(matrix[:, 24:], axis=0)) < np.linalg.norm(matrix[:, 24:], axis=0).mean()


def test_scores_are_those_of_the_native_code():
    photo = a_photo()
    trace = a_trace(photo)
    query = fit_trace.pixels(photo.crop((40, 30, 500, 370)).resize((368, 272)))
    found = [(way, fit_trace.way_of(trace, way)) for way in _native.trace_alignments([trace], query)[0]]
    ways = [way for _, way in found if way]
    seen = fit_trace.Compared("query", "source", "real", "none", group="", half="", true=True, ways=ways)
    measured = fit_trace.Measured([seen], {"source": trace})
    assert seen.ways
    for way, score in fit_trace.as_native(measured, fit_trace.read_weights()):
        assert score == pytest.approx(way.score, abs=0.01)


def test_a_photo_that_is_only_cropped_has_no_replaced_part():
    photo = a_photo()
    trace = a_trace(photo)
    for _, transform, view, distances, _, inside, _, _, derived in _native.trace_alignments(
        [trace], fit_trace.pixels(photo)
    )[0]:
        near = (np.frombuffer(distances, np.uint8) < 30).astype(np.uint8).tobytes()
        assert _native.trace_replaced(trace, transform, view, inside, near) < fit_trace.read_weights().replaced
        assert not derived


@pytest.mark.parametrize(
    ("values", "expected"),
    [([3, 2, 1], [3, 2, 1]), ([1, 2, 3], [2, 2, 2]), ([3, 1, 2, 0], [3, 1.5, 1.5, 0])],
)
def test_a_nearer_code_never_speaks_less_for_a_copy(values, expected):
    assert fit_trace.falling(np.array(values, float), np.ones(len(values))).tolist() == expected
