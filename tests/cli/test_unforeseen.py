"""What no command has words for: it is said in a sentence where that can be, and never looks like a match."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from django.db import OperationalError

from haalweg.cli import main

HAALWEG = Path(sys.executable).with_name("haalweg")
MAIN = sys.modules["haalweg.cli.main"]


def ended(monkeypatch, capsys, error):
    """How a command ends in the middle of which that was raised."""

    def fails(**_):
        raise error

    monkeypatch.setattr(MAIN, "app", fails)
    with pytest.raises(SystemExit) as caught:
        main()
    return caught.value.code, capsys.readouterr().err


def test_a_file_that_the_system_refuses_is_named(monkeypatch, capsys):
    refused = PermissionError(13, "Permission denied", "/srv/a\x1bb")
    assert ended(monkeypatch, capsys, refused) == (2, "/srv/a\\x1bb: it cannot be used (Permission denied).\n")


def test_a_database_that_fails_is_said_and_the_values_that_it_names_are_not(monkeypatch, capsys):
    full = OperationalError("database or disk is full\nDETAIL: Key (name)=(Noor) is there.")
    code, said = ended(monkeypatch, capsys, full)
    assert code == 2
    assert said.startswith("The database failed in the middle of this (database or disk is full). Of the step")
    assert "Noor" not in said


def test_what_nobody_foresaw_is_an_error_and_no_match(monkeypatch, capsys):
    code, said = ended(monkeypatch, capsys, ZeroDivisionError("nobody thought of it"))
    assert code == 2
    assert said.endswith("ZeroDivisionError: nobody thought of it\n")


@pytest.mark.parametrize("arguments", [["gate", "--help"], ["gate", "init"]])
def test_a_place_for_the_answer_that_is_full_is_said_in_a_sentence(tmp_path, arguments):
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(
            [HAALWEG, *arguments], cwd=tmp_path, stdout=full, stderr=subprocess.PIPE, text=True, check=False
        )
    assert done.returncode == 2
    assert done.stderr == "What was to be read or written could not be (No space left on device).\n"


def test_ctrl_c_while_the_command_is_loaded_is_no_traceback():
    interrupted = """
import sys
class Interrupted:
    def find_spec(self, name, *_):
        if name == "haalweg.cli.main":
            raise KeyboardInterrupt
sys.meta_path.insert(0, Interrupted())
import haalweg.cli
"""
    done = subprocess.run([sys.executable, "-c", interrupted], capture_output=True, check=False)
    assert (done.returncode, done.stderr) == (130, b"")


def test_the_help_that_a_command_without_words_gives_stands_apart_from_the_way_out():
    done = subprocess.run([HAALWEG, "gate", "keys"], capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert done.stderr.endswith("  end   End every key of a name.\n\n`haalweg COMMAND --help` shows examples.\n")
    done = subprocess.run([HAALWEG, "gate", "keys", "list", "--nope"], capture_output=True, text=True, check=False)
    assert done.stderr == "No such option: --nope. `haalweg COMMAND --help` shows examples.\n"
