"""The field's own vPDQ, without its decoder: `threatexchange` imports that one too, and only for files."""

from __future__ import annotations

import sys
from importlib.util import find_spec
from types import ModuleType, SimpleNamespace

import pytest

pytest.importorskip(
    "threatexchange", reason="needs threatexchange, which comes with the requirements of the benchmarks"
)

if find_spec("vpdq") is None:
    stub = ModuleType("vpdq")
    stub.__dict__["VpdqFeature"] = SimpleNamespace  # only named in annotations
    sys.modules["vpdq"] = stub

from threatexchange.extensions.vpdq.vpdq import VPDQSignal
from threatexchange.extensions.vpdq.vpdq_util import (
    VpdqCompactFeature,
    json_to_vpdq,
    vpdq_to_json,
)

__all__ = ["VPDQSignal", "VpdqCompactFeature", "json_to_vpdq", "vpdq_to_json"]
