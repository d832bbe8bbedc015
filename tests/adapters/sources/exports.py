"""Exports as Telegram Desktop writes them."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pathlib import Path

CHAT = {"name": "Weekend", "type": "private_supergroup", "id": 1_234_567_890}


def message(number: int, **fields: object) -> dict[str, Any]:
    return {
        "id": number,
        "type": "message",
        "date": "2026-03-01T10:00:00",
        "date_unixtime": str(1_772_355_600 + number),
        "from": "Somebody",
        "from_id": f"user{number % 7}",
        "text": ["look ", {"type": "link", "text": "http://example.org"}],
        "text_entities": [{"type": "plain", "text": "look "}, {"type": "link", "text": "http://example.org"}],
    } | fields


def picture(number: int, name: str | None = None, **fields: object) -> dict[str, Any]:
    place = name or f"photos/photo_{number}@01-03-2026_10-00-00.jpg"
    return message(number, photo=place, photo_file_size=7, width=800, height=600, **fields)


def chat(*messages: dict[str, Any], **fields: object) -> dict[str, Any]:
    return CHAT | fields | {"messages": list(messages)}


def account(*chats: dict[str, Any], left: tuple[dict[str, Any], ...] = ()) -> dict[str, Any]:
    return {
        "about": "Here is the data you requested.",
        "personal_information": {"user_id": 1, "first_name": "Me", "id": 5},
        "contacts": {"about": "", "list": [{"name": "x", "id": 9, "messages": [picture(1)]}]},
        "chats": {"about": "", "list": list(chats)},
        "left_chats": {"about": "", "list": list(left)},
    }


def write(folder: Path, export: object, *, files: dict[str, bytes] | None = None) -> Path:
    """The export and its files; a file for each picture that lies where it should if files is None."""
    folder.mkdir(parents=True, exist_ok=True)
    text = export if isinstance(export, str) else json.dumps(export, indent=1, ensure_ascii=False)
    (folder / "result.json").write_text(text)
    for name, data in (_files_in(export) if files is None else files).items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(data)
    return folder


def _files_in(export: object) -> dict[str, bytes]:
    files: dict[str, bytes] = {}
    if isinstance(export, dict):
        for key, value in export.items():
            if key in ("photo", "file", "thumbnail") and isinstance(value, str):
                files[value] = value.encode()
            else:
                files |= _files_in(value)
    elif isinstance(export, list):
        for value in export:
            files |= _files_in(value)
    return files
