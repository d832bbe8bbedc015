"""Bank files in a folder of the test's own."""

from __future__ import annotations

import pytest

from haalweg.adapters.bank_file import BankFile
from haalweg.keeping import KeyRing
from tests.banks.building import NOW


@pytest.fixture(scope="session")
def ring():
    return KeyRing.make(NOW)


@pytest.fixture
def path(tmp_path):
    return tmp_path / "case.bank"


@pytest.fixture
def store(path, ring):
    """An empty sealed bank file."""
    with BankFile.new(path, ring, now=NOW) as made:
        yield made


@pytest.fixture
def bank(store):
    return store.make_bank("HELPLINE", now=NOW)
