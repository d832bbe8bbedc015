"""A restore that is killed, at whichever step, leaves the old helpline whole or the new one whole."""

from __future__ import annotations

import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing

import pytest

from haalweg.web.unfinished import mark_begun
from tests.web.a_helpline import AHelpline

# The command, ended as by kill -9 just before its nth file takes a place.
KILLED = """
import os, sys
left, replace = int(sys.argv.pop(1)), os.replace
def until(*arguments, **more):
    global left
    if left == 0:
        os._exit(9)
    left -= 1
    return replace(*arguments, **more)
os.replace = os.rename = until
from haalweg.cli import main
main()
"""
OLD, NEW = {"bank": "LATER", "key": "later", "staff": "sam"}, {"bank": "EARLY", "key": "early", "staff": "noor"}


def written(helpline, what):
    """Leave a trace in each part: bank, state, database."""
    door = helpline.folder / "door"
    (helpline.folder.parent / "list.txt").write_text("pdq " + "ab" * 32 + "\n")
    environment = {"HAALWEG_WITHDRAWAL_JOURNALS": str(helpline.folder / "journals")}
    helpline.environment |= environment
    listed = str(helpline.folder.parent / "list.txt")
    made = [
        helpline.run("bank", "import", str(door / "door.bank"), listed, "--bank", what["bank"], "--adults"),
        helpline.run("gate", "keys", "new", what["key"], "--scope", "check", "--config", str(door / "door.toml")),
        helpline.serve("staff", "new", what["staff"], input="correct horse 12 battery\n"),
    ]
    assert [each.returncode for each in made] == [0, 0, 0], [each.stderr for each in made]


def traces(helpline):
    """Whether bank, state and database are those of later."""
    door = helpline.folder / "door"
    banks = helpline.run("bank", "stats", str(door / "door.bank")).stdout
    with closing(sqlite3.connect(door / "door.state")) as state:
        keys = {name for (name,) in state.execute("SELECT name FROM key")}
    with closing(sqlite3.connect(helpline.folder / "web.sqlite3")) as database:
        staff = {name for (name,) in database.execute("SELECT username FROM auth_user")}
    assert NEW["bank"] in banks
    assert NEW["key"] in keys
    assert NEW["staff"] in staff
    return [OLD["bank"] in banks, OLD["key"] in keys, OLD["staff"] in staff]


@pytest.fixture
def old(tmp_path):
    helpline = AHelpline(tmp_path, {})
    written(helpline, NEW)
    assert helpline.serve("backup", str(tmp_path / "backup")).returncode == 0
    written(helpline, OLD)
    return helpline


def test_whenever_it_is_killed_one_helpline_or_the_other_is_whole(old, tmp_path):
    kept = tmp_path / "kept"
    shutil.copytree(old.folder, kept)
    outcomes = []
    for step in range(30):
        shutil.rmtree(old.folder)
        shutil.copytree(kept, old.folder)
        command = [sys.executable, "-c", KILLED, str(step), "serve", "restore", tmp_path / "backup", "--replace"]
        ended = subprocess.run(
            [*command, "--config", old.config], env=old.environment, capture_output=True, text=True, check=False
        )
        assert ended.returncode in (0, 9), ended.stderr
        assert old.serve("check").returncode == 0  # as `serve run` begins too
        is_old = traces(old)
        assert is_old in ([True] * 3, [False] * 3), step
        outcomes.append(is_old[0])
        if ended.returncode == 0:
            break
    assert ended.returncode == 0
    assert outcomes == sorted(outcomes, reverse=True)
    assert outcomes.count(True) >= 4  # a restore is not ready before all four parts are
    assert outcomes.count(False) >= 4  # and then it is ended, by whoever goes on
    assert not [each for each in old.folder.rglob("*") if "restore" in each.name]


def test_what_a_broken_off_restore_left_goes_with_the_next(old, tmp_path):
    command = [sys.executable, "-c", KILLED, "3", "serve", "restore", tmp_path / "backup", "--replace"]
    subprocess.run([*command, "--config", old.config], env=old.environment, check=False)
    assert [*old.folder.rglob(".haalweg-restored.*")]
    assert old.serve("restore", str(tmp_path / "backup"), "--replace").returncode == 0
    assert not [*old.folder.rglob(".haalweg-restored.*")]
    assert traces(old) == [False] * 3


def test_one_that_was_killed_while_a_server_replaced_the_database_keeps_all_closed_until_it_is_given_again(
    old, tmp_path
):
    mark_begun(old.folder)
    for refused in (old.serve("check"), old.serve("staff", "new", "kim", input="correct horse 12 battery\n")):
        assert refused.returncode == 2
        assert "a restore was broken off while the database was replaced. Give the same" in refused.stderr
    assert old.serve("restore", str(tmp_path / "backup"), "--replace").returncode == 0
    assert old.serve("check").returncode == 0
    assert traces(old) == [False] * 3
