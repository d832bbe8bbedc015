"""The command line as its users meet it: what is printed, and the exit code."""

from __future__ import annotations

import hashlib
import json
import re
import subprocess
import sys
import tomllib
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest
from PIL import Image, ImageOps

import haalweg
from tests.pictures import flat, photo

HAALWEG = Path(sys.executable).with_name("haalweg")
ROOT = Path(__file__).resolve().parents[2]


def run(*arguments, stdin=b""):
    done = subprocess.run([HAALWEG, *map(str, arguments)], input=stdin, capture_output=True, check=False)
    return done.returncode, done.stdout.decode(), done.stderr.decode()


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    here = tmp_path_factory.mktemp("pictures")
    image = Image.fromarray(photo("coffee"))
    image.save(here / "coffee.png")
    ImageOps.mirror(image).resize((300, 200)).save(here / "mirrored.jpg", quality=70)
    Image.fromarray(photo("rocket")).save(here / "rocket.jpg")
    Image.fromarray(flat(300, 300)).save(here / "wall.png")
    (here / "broken.jpg").write_bytes((here / "rocket.jpg").read_bytes()[:3000])
    return here


def test_hash_prints_what_the_library_gives(folder):
    code, out, _ = run("hash", folder / "coffee.png")
    assert code == 0
    assert out.split()[1] == haalweg.hash_pixels(photo("coffee")).hash.hex


def test_hash_as_json_with_digests(folder):
    code, out, _ = run(
        "hash", "--json", "--signal", "pdq", "--signal", "sha256", "--signal", "md5", folder / "coffee.png"
    )
    row = json.loads(out)
    data = (folder / "coffee.png").read_bytes()
    assert code == 0
    assert row["sha256"] == hashlib.sha256(data).hexdigest()
    assert row["md5"] == hashlib.md5(data, usedforsecurity=False).hexdigest()
    assert (len(row["pdq"]), row["quality"], row["too_flat"]) == (64, 100, False)


def test_hash_of_standard_input(folder):
    data = (folder / "coffee.png").read_bytes()
    code, out, _ = run("hash", "--signal", "pdq", "--signal", "sha256", "-", stdin=data)
    assert code == 0
    assert hashlib.sha256(data).hexdigest() in out
    assert haalweg.hash_pixels(photo("coffee")).hash.hex in out


def test_one_bad_file_does_not_stop_the_others(folder):
    code, out, err = run("hash", folder / "broken.jpg", folder / "missing.jpg", folder / "coffee.png")
    assert code == 2
    assert len(out.splitlines()) == 1
    assert "broken.jpg: damaged" in err
    assert "missing.jpg: there is no such file" in err


def test_a_flat_picture_is_said_to_be_too_flat(folder):
    assert "too flat to match" in run("hash", folder / "wall.png")[1]
    code, out, _ = run("compare", folder / "wall.png", folder / "coffee.png")
    assert code == 2
    assert "No answer: too little detail" in out


def test_compare_says_how_a_copy_was_altered(folder):
    code, out, _ = run("compare", folder / "mirrored.jpg", folder / "coffee.png")
    assert code == 1
    assert "Match" in out
    assert "mirrored left to right" in out
    row = json.loads(run("compare", "--json", folder / "mirrored.jpg", folder / "coffee.png")[1])
    assert (row["answer"], row["orientation"], row["same_file"]) == ("match", "flip_y", False)


def test_compare_of_different_pictures(folder):
    code, out, _ = run("compare", folder / "rocket.jpg", folder / "coffee.png")
    assert code == 0
    assert out.startswith("No match")


def test_an_unknown_option_is_explained_in_a_sentence(folder):
    code, _, err = run("hash", "--colour", folder / "coffee.png")
    assert code == 2
    assert "No such option" in err
    assert "Traceback" not in err


def test_fast_and_inner_exclude_each_other(folder):
    code, _, err = run("hash", "--fast", "--inner", folder / "coffee.png")
    assert code == 2
    assert "give one of them" in err


@pytest.mark.parametrize("arguments", [["--help"], ["hash", "--help"], ["compare", "--help"]])
def test_help_has_the_exit_codes_or_the_commands(arguments):
    code, out, _ = run(*arguments)
    assert code == 0
    assert "Exit code" in out or "Commands" in out


def test_version_says_what_runs_and_what_holds():
    code, out, _ = run("--version")
    assert code == 0
    assert "hot loops" in out
    assert "jail" in out


_AS_INSTALLED_WITHOUT_EXTRAS = """
import sys

missing = sys.argv.pop(1).split()

class Missing:
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] in missing:
            raise ModuleNotFoundError(f"No module named {name!r}", name=name)

sys.meta_path.insert(0, Missing())
from haalweg.cli import main
main()
"""


def _packages_of_extras():
    """What can be imported with an extra only."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]

    def names_of(requirements):
        return {re.split(r"[\[<>=]", each)[0].lower() for each in requirements}

    extra = set().union(*map(names_of, project["optional-dependencies"].values()))
    extra -= names_of(project["dependencies"]) | {"haalweg"}
    return [
        package for package, owners in packages_distributions().items() if extra & {each.lower() for each in owners}
    ]


@pytest.mark.parametrize("arguments", [("--version",), ("bank", "new", "a.bank", "--plain"), ("gate", "init")])
def test_a_plain_install_does_all_that_needs_no_extra(tmp_path, arguments):
    command = [sys.executable, "-c", _AS_INSTALLED_WITHOUT_EXTRAS, " ".join(_packages_of_extras()), *arguments]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
