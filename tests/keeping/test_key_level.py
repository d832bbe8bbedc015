"""How far the keys are from who has the disk: `serve check` says so, and calls no plain file safe."""

from __future__ import annotations

from pathlib import Path

import pytest

from haalweg.keeping import key_level
from haalweg.keeping.key_level import OPENED
from haalweg.keeping.key_level import key_level as level_of

DISK = "29 1 254:0 / / rw,relatime shared:1 - ext4 /dev/vda rw\n"
MEMORY = "31 22 0:29 / /run/credentials/haalweg-door.service ro,nosuid - {} none rw,mode=700\n"


@pytest.fixture
def machine(tmp_path, monkeypatch):
    """Give one on which the key file is in a mount of this line, with a TPM or without one."""
    file = tmp_path / "keys"
    file.touch()

    def machine(line, *, has_tpm):
        device = file.stat().st_dev
        mounts = tmp_path / "mountinfo"
        major_minor = f"{device >> 8 & 0xFFF}:{device & 0xFF | device >> 12 & 0xFFF00}"
        mounts.write_text(line.replace("254:0", major_minor).replace("0:29", major_minor))
        (tmp_path / "tpmrm").mkdir()
        if has_tpm:
            (tmp_path / "tpmrm" / "tpmrm0").touch()
        monkeypatch.setattr(key_level, "_MOUNTS", mounts)
        monkeypatch.setattr(key_level, "_TPM", tmp_path / "tpmrm")
        return file

    return machine


@pytest.mark.threat("K3")
@pytest.mark.parametrize(
    ("line", "has_tpm", "level"),
    [
        (DISK, True, 0),
        (DISK, False, 0),
        (MEMORY.format("ramfs"), False, 1),
        (MEMORY.format("tmpfs"), False, 1),
        (MEMORY.format("ramfs"), True, 2),
        ("", True, 0),  # where it cannot be told
    ],
)
def test_keys_on_a_disk_are_of_level_0_and_sealed_ones_of_what_they_are_sealed_to(machine, line, has_tpm, level):
    file = machine(line, has_tpm=has_tpm)
    assert level_of(file, {"CREDENTIALS_DIRECTORY": str(file.parent)}) == level
    assert level_of(file, {}) == 0  # by whomever it was put there


@pytest.mark.threat("K3")
def test_keys_that_the_script_for_commands_opens_are_sealed_ones(machine, monkeypatch):
    file = machine(MEMORY.format("tmpfs"), has_tpm=False)
    monkeypatch.setattr(key_level, "OPENED", str(file.parent))
    assert level_of(file, {}) == 1
    script = (Path(__file__).resolve().parents[2] / "examples/deploy/with-keys.sh").read_text()
    assert f"mktemp -d {OPENED.replace('*', 6 * 'X')})" in script  # which puts six letters there


def test_a_file_in_memory_of_this_machine_is_in_memory():
    place = Path("/dev/shm")  # noqa: S108 - an empty file
    if not place.is_dir():
        pytest.skip("needs /dev/shm")
    file = place / "haalweg-test-key-level"
    file.touch()
    try:
        assert level_of(file, {"CREDENTIALS_DIRECTORY": str(place)}) > 0
    finally:
        file.unlink()
