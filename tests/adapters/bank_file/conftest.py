"""Bank files in a folder of the test's own."""

from __future__ import annotations

import subprocess

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


@pytest.fixture
def keys(tmp_path, ring):
    place = tmp_path / "keys"
    ring.write_new(place)
    return place


def tmpfs(folder, size):
    folder.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", folder], capture_output=True, check=False
    )
    if mounted.returncode:
        pytest.skip("needs to mount a small disk, which takes root and a machine that allows it")


@pytest.fixture
def small_disk(tmp_path):
    """A disk of two megabytes that can be made larger, or read-only."""
    folder = tmp_path / "disk"
    tmpfs(folder, "2m")
    yield folder
    subprocess.run(["umount", "-l", folder], check=True)
