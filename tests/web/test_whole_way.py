"""The whole way, each part a real process: a phone, the pages, the desk, the machine door, a gate that follows it."""

from __future__ import annotations

import functools
import itertools
import json
import os
import re
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import httpx
import pytest
from PIL import Image

from tests import pictures
from tests.gate.gates import HAALWEG, AGate, free_port, until
from tests.web.browsing import PASSWORD
from tests.web.chromium import MODULES, SCRIPTS, needs_chromium
from tests.web.databases import own_database

WITHIN_S = 5.0  # how long anything may take on a busy machine; a quiet one takes well below one


@pytest.fixture
def helpline(tmp_path):
    """A helpline as `haalweg serve init` makes it, with ports that are free here."""
    with own_database() as database:
        yield from _helpline(tmp_path, os.environ | {"HAALWEG_KEY_FILE": str(tmp_path / "keys")} | database)


def _helpline(tmp_path, environment):
    environment.pop("DJANGO_SETTINGS_MODULE")
    environment.pop("HAALWEG_SERVE")
    folder, pages, door = tmp_path / "helpline", free_port(), free_port()

    def run(*arguments, **more):
        return subprocess.run(
            [HAALWEG, *arguments], env=environment, cwd=tmp_path, capture_output=True, text=True, check=True, **more
        )

    run("keys", "new", "--no-drill")
    run("serve", "init", "helpline")
    for name, old, new in (("serve.toml", "8641", str(pages)), ("door/door.toml", "8640", str(door))):
        file = folder / name
        file.write_text(file.read_text().replace(old, new))
    config = str(folder / "serve.toml")
    run("serve", "staff", "new", "noor", "--config", config, input=f"{PASSWORD}\n")
    door_config = str(folder / "door/door.toml")
    key = run("gate", "keys", "new", "VONK", "--scope", "feed", "--bank", "HELPLINE", "--config", door_config)
    with (tmp_path / "log").open("wb") as log:
        server = subprocess.Popen(
            [HAALWEG, "serve", "run", "--config", config], env=environment, stdout=log, stderr=log
        )
    feed = f'name = "HELPLINE"\nurl = "http://127.0.0.1:{door}"\nkey_env = "S_KEY"\nmost_assurance = "seen"\n'
    gate = AGate(
        tmp_path / "vonk",
        settings=f"[limits]\nworkers = 1\n[[sources]]\n{feed}",
        environment={"S_KEY": key.stdout.strip()},
    )
    base = f"http://localhost:{pages}"
    try:
        until(lambda: _answers(base), 40, (tmp_path / "log").read_text)
        gate.start()
        yield base, gate, tmp_path
    finally:
        gate.kill()
        server.send_signal(signal.SIGTERM)
        server.wait(30)


def _answers(base):
    try:
        return httpx.get(f"{base}/", trust_env=False).status_code == 200
    except httpx.TransportError:
        return False


@needs_chromium
def test_what_is_reported_on_a_phone_and_confirmed_at_the_desk_is_held_by_a_gate_and_taken_back(helpline):
    base, gate, folder = helpline
    photo, copy = folder / "photo.jpg", folder / "copy.jpg"
    drawn = Image.fromarray(pictures.scene(5))
    drawn.save(photo, quality=92)
    # What somebody uploads: mirrored, smaller, and encoded anew.
    drawn.transpose(Image.Transpose.FLIP_LEFT_RIGHT).resize((400, 300)).save(copy, quality=60)
    shots = Path(os.environ.get("HAALWEG_SHOTS", folder))

    def action():
        return gate.check(gate.uploads, copy.read_bytes())["action"]

    def is_now(wanted):
        return action() == wanted

    assert action() == "allow"
    script = SCRIPTS / "whole_way.mjs"
    walk: Any
    with subprocess.Popen(
        ["node", script, MODULES, base, photo, PASSWORD],
        env=os.environ | {"SHOTS": str(shots)},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as walk:

        def step(what):
            line = walk.stdout.readline()
            assert line, "the browser ended by itself"
            said = json.loads(line)
            assert said["what"] == what
            return said

        def go_on():
            walk.stdin.write("\n")
            walk.stdin.flush()

        said = step("reported")
        assert len(said["words"]) == 8
        assert all(request["url"].startswith(base) for request in said["sent"])  # nobody else hears of it
        assert sum(request["bytes"] for request in said["sent"]) < 64_000
        assert action() == "allow"  # submitted is not confirmed
        for what, expected in (("confirmed", "hold"), ("withdrawn", "allow"), ("restored", "hold")):
            go_on()
            step(what)
            begun = time.monotonic()
            until(functools.partial(is_now, expected), WITHIN_S)
            sys.stderr.write(f"{what}: {time.monotonic() - begun:.2f} s\n")
        go_on()
        assert step("ended")["trouble"] == []
        go_on()
    log = (folder / "log").read_text()
    assert "forum.example" not in log
    for pair in itertools.pairwise(said["words"]):  # one alone may stand there by chance
        assert not re.search(r"\W+".join(pair), log)
