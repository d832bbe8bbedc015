"""The reference of the command line has every command there is, and no other."""

from __future__ import annotations

import re
from pathlib import Path

import typer.main

from haalweg.cli.main import app

PAGE = Path(__file__).resolve().parents[2] / "docs" / "reference" / "command-line.md"


def commands(group, before=""):
    for name, command in group.commands.items():
        words = f"{before}{name}"
        if hasattr(command, "commands"):
            yield from commands(command, f"{words} ")
        else:
            yield words


def test_every_command_stands_in_the_reference_with_its_help():
    there = set(commands(typer.main.get_command(app)))
    text = PAGE.read_text("utf-8")
    assert set(re.findall(r"^## haalweg (.+)$", text, re.MULTILINE)) == there
    assert set(re.findall(r"^\{\{ help (.+) \}\}$", text, re.MULTILINE)) == there
