"""The how-to pages do what they say: their commands are run as they stand, by a shell, against a real gate."""

from __future__ import annotations

import base64
import os
import re
import signal
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PIL import Image, ImageOps

from haalweg.cli.gate import init_command
from haalweg.gate.settings import read_settings
from tests import pictures
from tests.gate.gates import free_port

if TYPE_CHECKING:
    from collections.abc import Callable

DOCS = Path(__file__).resolve().parents[2] / "docs/how-to"
PAGES = [f"{name}{language}.md" for name in ("gate", "hooks", "school", "hosting") for language in ("", ".nl")]
FENCE = re.compile(r"^```(\w+)( title=\S+)?\n(.*?)^```$", re.MULTILINE | re.DOTALL)

# Blocks in `bash` need what a reader has to bring, a list of a hotline's for instance; they are not run here.
# The one thing that is not as a reader has it: every gate of these tests has a port of its own.
PRELUDE = """
set -euo pipefail
haalweg() {
  command haalweg "$@"
  if [ "$1 ${2-}" = "gate init" ]; then sed -i "s/8640/$PORT/" gate.toml; fi
}
"""
MARK = "=== after block"


@dataclass(frozen=True, slots=True)
class Block:
    """One fenced block of a page."""

    language: str
    has_title: bool  # a file of the reader's own
    text: str


def blocks(page: str) -> list[Block]:
    return [Block(language, bool(title), text) for language, title, text in FENCE.findall((DOCS / page).read_text())]


def to_run(page: str) -> list[Block]:
    found = [each for each in blocks(page) if each.language in ("sh", "python", "text") and not each.has_title]
    if page.startswith("hooks"):  # it takes a gate as given: the one that the other page begins with
        return blocks(page.replace("hooks", "gate"))[:4] + found
    return found


def script(run: list[Block], port: int) -> str:
    lines = [PRELUDE]
    for number, block in enumerate(run):
        text = block.text.replace("8640", str(port))
        if block.language == "sh":
            lines += [text, f"echo; echo '{MARK} {number}'"]
        elif block.language == "python":
            lines += [f"python - <<'END'\n{text}END", f"echo; echo '{MARK} {number}'"]
    return "\n".join(lines)


@pytest.fixture
def run(tmp_path) -> Callable[[str], str]:
    # What a reader has lying about: two harmless photos, a copy of the first, a list.
    for name, image in (("test.jpg", _scene(5)), ("copy.jpg", ImageOps.mirror(_scene(5))), ("other.jpg", _scene(6))):
        image.save(tmp_path / name, quality=80)
    (tmp_path / "list.csv").write_text(f"{'ab' * 16}\n{'cd' * 16}\n")
    port = free_port()
    path = f"{Path(sys.executable).parent}:{os.environ['PATH']}"
    environment = os.environ | {"PATH": path, "PORT": str(port), "HELPLINE_KEY": "hwk_x", "NO_PROXY": "*"}

    def shell(page: str) -> str:
        out, log = tmp_path / "out", tmp_path / "errors"
        with out.open("wb") as printed, log.open("wb") as errors:
            process = subprocess.Popen(
                ["bash", "-c", script(to_run(page), port)],
                cwd=tmp_path, env=environment, stdin=subprocess.DEVNULL, stdout=printed, stderr=errors,
                start_new_session=True,
            )  # fmt: skip
            try:
                code = process.wait(120)
            finally:
                os.killpg(process.pid, signal.SIGKILL)  # the gate too, which the page leaves running
        assert code == 0, log.read_text()
        said: str = out.read_text()
        return said

    return shell


def _scene(seed: int) -> Image.Image:
    return Image.fromarray(pictures.scene(seed))


@pytest.mark.parametrize("page", PAGES)
def test_every_command_of_the_page_works_and_prints_what_it_says(run, page):
    said = run(page)
    assert "about:blank" not in said, f"the gate refused something: {said}"
    begin = 0
    for number, block in enumerate(to_run(page)):
        if block.language != "text":
            end = said.index(f"{MARK} {number}\n")
            printed, begin = said[begin:end], end
            continue
        for line in block.text.splitlines():
            assert line in printed, f"{page}: {line!r} is not in what was printed:\n{printed}"


@pytest.mark.parametrize("page", PAGES)
def test_its_settings_can_be_used(page, tmp_path):
    for block in blocks(page):
        if block.language == "toml":
            (tmp_path / "gate.toml").write_text(f'bank = "gate.bank"\n{block.text}')
            secret = "whsec_" + base64.b64encode(b"s" * 32).decode()
            names = re.findall(r'(?:key|secret)_env = "(\w+)"', block.text)
            read_settings(tmp_path / "gate.toml", dict.fromkeys(names, secret))


@pytest.mark.parametrize("page", PAGES)
def test_its_settings_can_be_put_where_it_says_in_what_init_writes(page, tmp_path, monkeypatch):
    """At its end, or where a block has the name of a table as its title in place of that."""
    monkeypatch.chdir(tmp_path)
    init_command(Path("gate.toml"))
    template = Path("gate.toml").read_text()
    for language, title, text in FENCE.findall((DOCS / page).read_text()):
        if language != "toml":
            continue
        table = title.removeprefix(' title="').removesuffix('"')
        head, _, rest = template.partition(table) if table else (template, "", "")
        kept = rest[rest.index("\n[") :] if table else ""
        Path("gate.toml").write_text(f"{head}\n{text}{kept}")
        names = re.findall(r'(?:key|secret)_env = "(\w+)"', text)
        secret = "whsec_" + base64.b64encode(b"s" * 32).decode()
        read_settings(Path("gate.toml"), dict.fromkeys(names, secret))


@pytest.mark.parametrize("page", PAGES)
def test_its_files_are_python(page):
    for block in blocks(page):
        if block.language == "python":
            compile(block.text, page, "exec")


@pytest.mark.parametrize("page", [page for page in PAGES if page.endswith(".nl.md")])
def test_both_languages_show_the_same_commands(page):
    def commands(name):
        shown = [re.sub(r"\s*#.*", "", each.text) for each in blocks(name) if each.language in ("sh", "python", "text")]
        return [text.replace("zaak-", "case-").replace("MELDPUNT", "HOTLINE") for text in shown]

    assert commands(page) == commands(page.replace(".nl", ""))
