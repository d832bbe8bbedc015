"""Signatures of videos that never were."""

from __future__ import annotations

from hypothesis import strategies as st

from haalweg.signals import PdqHash, VideoFrame

frames = st.lists(
    st.builds(
        VideoFrame,
        hash=st.binary(min_size=32, max_size=32).map(PdqHash),
        quality=st.integers(0, 100),
        timestamp_s=st.floats(0, 1e6),
    ),
    min_size=1,
    max_size=5,
)
