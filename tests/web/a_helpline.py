"""A whole helpline of its own: commands on it, its door as a process, and what people and staff do in it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import httpx

from tests.gate.gates import HAALWEG, bearer, free_port, until
from tests.web.reporting import hashed

if TYPE_CHECKING:
    from collections.abc import Mapping

ROOT = Path(__file__).resolve().parents[2]


class AHelpline:
    """Made on the spot; its pages are not served, since a test does by itself what they would do."""

    def __init__(self, folder: Path, environment: Mapping[str, str]) -> None:
        self.folder = folder / "helpline"
        self.config = self.folder / "serve.toml"
        self.environment = os.environ | {"HAALWEG_KEY_FILE": str(folder / "keys"), "HAALWEG_LANGUAGE": "en"}
        for name in ("DJANGO_SETTINGS_MODULE", "HAALWEG_SERVE", "HAALWEG_DATABASE_URL"):
            self.environment.pop(name, None)
        self.environment |= environment
        assert self.run("keys", "new", "--no-drill").returncode == 0
        assert self.run("serve", "init", str(self.folder)).returncode == 0
        self.port = free_port()
        for name, before, after in (("serve.toml", "8641", free_port()), ("door/door.toml", "8640", self.port)):
            file = self.folder / name
            file.write_text(file.read_text().replace(before, str(after)))
        self.door: subprocess.Popen[bytes] | None = None

    def run(self, *arguments: str, **more: Any) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [HAALWEG, *arguments], env=self.environment, capture_output=True, text=True, check=False, **more
        )

    def serve(self, *arguments: str, **more: Any) -> subprocess.CompletedProcess[str]:
        """A command of `haalweg serve` on this helpline."""
        return self.run("serve", *arguments, "--config", str(self.config), **more)

    def start_door(self) -> None:
        self.door = subprocess.Popen(
            [HAALWEG, "gate", "run", "--config", self.folder / "door" / "door.toml"],
            env=self.environment,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        until((self.folder / "door" / "web.sock").exists, 30)
        until(self._answers, 30)

    def stop_door(self) -> None:
        if self.door is not None:
            self.door.terminate()
            self.door.wait(30)

    def act(self, *acts: tuple[str, int | str]) -> dict[str, dict[str, Any]]:
        """Do things, and give how the cases stand then, by the seed of the drawing that each is about."""
        done = subprocess.run(
            [sys.executable, "-m", "tests.web.acts", self.config, json.dumps(acts)],
            cwd=ROOT,
            env=self.environment,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        found: dict[str, dict[str, Any]] = json.loads(done.stdout)
        return found

    def key(self) -> str:
        """A key of a gate that asks."""
        made = self.run("gate", "keys", "new", "t", "--scope", "check", "--config", str(self.folder / "door/door.toml"))
        return made.stdout.strip()

    def matches(self, key: str, seed: int) -> bool:
        answer = httpx.post(
            f"http://127.0.0.1:{self.port}/api/v1/check",
            headers=bearer(key),
            json={"items": [{"pdq": hashed(seed).hash.hex}]},
            trust_env=False,
        )
        (item,) = answer.json()["items"]
        return bool(item["matches"])

    def _answers(self) -> bool:
        try:
            return httpx.get(f"http://127.0.0.1:{self.port}/status/ready", trust_env=False).is_success
        except httpx.TransportError:
            return False
