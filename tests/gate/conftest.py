"""What tests of several parts of a gate begin with."""

from __future__ import annotations

import pytest

from haalweg.banks import Assurance
from haalweg.gate.outbox import Outbox
from haalweg.gate.state import StateFile
from tests.gate.gates import AGate
from tests.gate.uploads import hash_of


@pytest.fixture
def source(tmp_path):
    """A gate that others follow: it has one picture, of a person whom somebody spoke with."""
    one = AGate(tmp_path / "source")
    one.entry = one.add(hash_of(5), assurance=Assurance.SPOKEN)
    one.start()
    yield one
    one.kill()


@pytest.fixture
def outbox(tmp_path):
    with StateFile.open(tmp_path / "gate.state") as state:
        yield Outbox(state)
