"""A bank with one photo, a Telegram export in which altered copies of it hide, and the command at work on them."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageOps

from haalweg.adapters.bank_file import BankFile
from haalweg.banks import BankKind, NewEntries
from haalweg.keeping import KeyRing
from haalweg.signals import SignalType, hash_pixels
from tests.pictures import photo

HAALWEG = Path(sys.executable).with_name("haalweg")
NOW = datetime(2026, 11, 1, tzinfo=UTC)
BEGUN = 1_793_520_000  # 2026-11-01T08:00:00Z
REPORTED, OTHERS = "coffee", ("astronaut", "chelsea", "rocket")


def small(name: str) -> Image.Image:
    return Image.fromarray(photo(name)).resize((480, 320))


def in_a_chat(picture: Image.Image) -> Image.Image:
    page = Image.new("RGB", (540, 1100), (18, 18, 22))
    draw = ImageDraw.Draw(page)
    draw.rectangle((0, 0, 540, 85), fill=(32, 33, 40))
    draw.rounded_rectangle((20, 1025, 450, 1075), 25, fill=(45, 46, 54))
    page.paste(picture.resize((540, 360)), (0, 300))
    return page


ALTERED = {
    "as it is": lambda picture: picture,
    "mirrored": ImageOps.mirror,
    "smaller": lambda picture: picture.resize((240, 160)),
    "in a chat": in_a_chat,
}


@pytest.fixture
def key_file(tmp_path, monkeypatch):
    path = tmp_path / "keys"
    KeyRing.make(NOW).write_new(path)
    monkeypatch.setenv("HAALWEG_KEY_FILE", str(path))
    return path


@pytest.fixture
def bank(tmp_path, key_file):
    """A sealed bank file that knows the reported photo."""
    path = tmp_path / "case.bank"
    with BankFile.new(path, KeyRing.read(key_file), now=NOW) as store:
        add(store, "reported", small(REPORTED))
    return path


def add(store: BankFile, name: str, picture: Image.Image, kind: BankKind = BankKind.POSITIVE) -> None:
    hashed = hash_pixels(np.asarray(picture))
    bank = store.bank(name) or store.make_bank(name, now=NOW, kind=kind)
    store.add(NewEntries(bank.id, SignalType.PDQ, [bytes(hashed.hash)], [hashed.quality]), now=NOW)


@pytest.fixture
def folder(tmp_path: Path, bank: Path) -> Path:
    """A folder with a sealed bank and an export of 600 posts; every fiftieth is an altered copy."""
    assert bank.parent == tmp_path
    write_export(tmp_path / "export", posts=600)
    return tmp_path


def write_export(folder: Path, posts: int) -> Path:
    """Write photos as hard links to a few files, and the result.json that says who posted them."""
    (folder / "photos").mkdir(parents=True)
    files = {}
    for number, (name, alter) in enumerate(ALTERED.items()):
        files[name] = folder / f"photos/a{number}.jpg"
        alter(small(REPORTED)).save(files[name], quality=80)
    for name in OTHERS:
        files[name] = folder / f"photos/{name}.jpg"
        small(name).save(files[name], quality=80)
    messages = []
    for number in range(1, posts + 1):
        what = which(number)
        path = f"photos/photo_{number}.jpg"
        os.link(files[what], folder / path)
        messages.append(
            {
                "id": number,
                "type": "message",
                "date": "2026-11-01T09:00:00",
                "date_unixtime": str(BEGUN + 60 * number),
                "from": f"Member {number % 7}",
                "from_id": f"user{number % 7}",
                "photo": path,
                "width": 480,
                "height": 320,
                "text": "",
                "text_entities": [],
            }
        )
    for file in files.values():
        file.unlink()
    chat = {"name": "Group", "type": "private_supergroup", "id": 77, "messages": messages}
    (folder / "result.json").write_text(json.dumps(chat, indent=1))
    return folder


def which(number: int) -> str:
    """Say what the message of that number shows."""
    if number % 50 == 0:
        return list(ALTERED)[number // 50 % len(ALTERED)]
    return OTHERS[number % len(OTHERS)]


def expected(posts: int) -> list[int]:
    """Numbers of the messages that match."""
    return [number for number in range(1, posts + 1) if which(number) in ALTERED]


def command(*arguments: object) -> list[str]:
    return [str(HAALWEG), *map(str, arguments)]


def run(*arguments: object, folder: Path, stdin: str = "") -> subprocess.CompletedProcess[str]:
    return subprocess.run(command(*arguments), cwd=folder, input=stdin, capture_output=True, text=True, check=False)


def rows_of(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]
