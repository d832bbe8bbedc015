"""Backup and restore where something is in the way: what it is gets its name, and nothing half is left."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from datetime import UTC, datetime

import pytest

from haalweg.upkeep import backup
from haalweg.upkeep.databases import copy_database
from haalweg.upkeep.errors import UpkeepError
from haalweg.upkeep.taking_turns import taking_turns
from haalweg.web.unfinished import mark_begun
from tests.web.a_helpline import AHelpline

# `haalweg serve restore`, told to end just when all is written down as ready.
INTERRUPTED = """
from haalweg.upkeep import restoring
mark_ready = restoring.mark_ready
def interrupted(*arguments):
    mark_ready(*arguments)
    raise KeyboardInterrupt
restoring.mark_ready = interrupted
from haalweg.cli import main
main()
"""


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    helpline = AHelpline(tmp_path_factory.mktemp("troubles"), {})
    assert helpline.serve("staff", "new", "noor", input="correct horse 12 battery\n").returncode == 0
    assert helpline.serve("backup", str(helpline.folder.parent / "backup")).returncode == 0
    return helpline


@pytest.fixture
def helpline(made):
    """As it was made, whatever another test did to it."""
    kept = made.folder.parent / "kept"
    if not kept.exists():
        shutil.copytree(made.folder, kept)
    shutil.rmtree(made.folder)
    shutil.copytree(kept, made.folder)
    return made


@pytest.fixture
def back_up(helpline, tmp_path):
    def back_up():
        return backup.back_up(helpline.config, tmp_path / "b", helpline.environment, now=datetime.now(UTC))

    return back_up


def restore(helpline):
    return helpline.serve("restore", str(helpline.folder.parent / "backup"), "--replace")


def files(folder):
    return {each: each.read_bytes() for each in folder.rglob("*") if each.is_file()}


def test_two_restores_of_one_helpline_never_take_away_what_the_other_laid_ready(helpline):
    ready = helpline.folder / "door" / ".haalweg-restored.door.bank.1"
    ready.write_bytes(b"of the other one")
    before = files(helpline.folder)
    with taking_turns(helpline.folder, alone=True):
        refused = restore(helpline)
    assert refused.returncode == 2
    assert refused.stderr.startswith(f"{helpline.folder}: another backup or restore of this helpline is at it just now")
    assert files(helpline.folder) == before
    assert restore(helpline).returncode == 0
    assert not ready.exists()  # it was of one that is no more


def test_a_restore_waits_for_a_backup_and_a_backup_for_no_other_one(helpline, tmp_path):
    with taking_turns(helpline.folder, alone=False):
        assert restore(helpline).returncode == 2
        assert helpline.serve("backup", str(tmp_path / "b")).returncode == 0
    with taking_turns(helpline.folder, alone=True):
        assert helpline.serve("backup", str(tmp_path / "c")).returncode == 2
    assert not (tmp_path / "c").exists()


def test_a_backup_that_another_one_was_quicker_than_is_not_written_over_it(helpline, back_up, tmp_path, monkeypatch):
    assert helpline.config.exists()

    def quicker(*arguments):
        (tmp_path / "b").write_text("of the other one")
        copy_database(*arguments)

    monkeypatch.setattr(backup, "copy_database", quicker)
    with pytest.raises(UpkeepError, match="there is a file of this name already"):
        back_up()
    assert (tmp_path / "b").read_text() == "of the other one"
    assert [each.name for each in tmp_path.iterdir()] == ["b"]


def test_a_backup_that_was_not_read_back_is_not_left_to_be_taken_for_one(back_up, tmp_path, monkeypatch):
    def interrupted(*_):
        raise KeyboardInterrupt

    monkeypatch.setattr(backup, "_read_back", interrupted)
    with pytest.raises(KeyboardInterrupt):
        back_up()
    assert [*tmp_path.iterdir()] == []


def test_what_a_backup_cannot_read_is_named_and_not_where_it_was_to_go(helpline, back_up):
    helpline.folder.joinpath("web.secret").unlink()
    with pytest.raises(UpkeepError) as caught:
        back_up()
    assert str(caught.value).startswith(f"{helpline.folder}/web.secret: it cannot be read (No such file or directory)")


def test_a_disk_where_no_copy_can_be_made_is_named_and_not_that_of_the_backup(helpline, back_up, mounted):
    place = mounted("size=20m")
    shutil.copytree(helpline.folder / "door", place, dirs_exist_ok=True)
    subprocess.run(["mount", "-o", "remount,ro", place], check=True)
    settings = helpline.folder / "door" / "door.toml"
    settings.write_text(settings.read_text().replace('"door.bank"', f'"{place}/door.bank"'))
    with pytest.raises(UpkeepError) as caught:
        back_up()
    assert str(caught.value).startswith(f"{place}: a copy cannot be made there, which a backup needs for a moment")


def test_a_disk_that_is_too_small_for_what_is_put_back_is_named_and_not_the_backup(helpline, mounted):
    place = mounted("size=60k")
    helpline.config.write_text(helpline.config.read_text().replace('"web.sqlite3"', f'"{place}/web.sqlite3"'))
    before = files(helpline.folder)
    refused = restore(helpline)
    assert refused.returncode == 2
    assert refused.stderr == (
        f"{place}: what is to be put back cannot be laid ready there (No space left on device). Nothing was changed.\n"
    )
    assert files(helpline.folder) == before
    assert [*place.iterdir()] == []


def test_while_a_restore_is_not_ended_there_is_nothing_whole_to_back_up(helpline, back_up):
    mark_begun(helpline.folder)
    with pytest.raises(UpkeepError, match="a restore was broken off, and a backup would be of no whole helpline"):
        back_up()


def test_what_a_restore_that_was_killed_left_goes_with_a_later_backup(helpline, back_up):
    left = [each / ".haalweg-restored.x" for each in (helpline.folder, helpline.folder / "door")]
    for file, hours in zip(left, (2, 0), strict=True):
        file.write_bytes(b"what people erased since may be in it")
        at = time.time() - hours * 3600
        os.utime(file, (at, at))
    back_up()
    assert [each.exists() for each in left] == [False, True]


def test_ctrl_c_once_all_is_ready_takes_nothing_of_it_away(helpline):
    assert helpline.serve("staff", "new", "sam", input="correct horse 12 battery\n").returncode == 0
    command = [sys.executable, "-c", INTERRUPTED, "serve", "restore", helpline.folder.parent / "backup", "--replace"]
    ended = subprocess.run(
        [*command, "--config", helpline.config], env=helpline.environment, capture_output=True, text=True, check=False
    )
    assert ended.returncode == 130, ended.stderr
    checked = helpline.serve("check")
    assert (checked.returncode, "has been ended" in checked.stderr) == (0, True)
    assert "sam" not in helpline.serve("staff", "list").stdout
