"""Reports as the page sends them, of drawn pictures, and how they are sent."""

from __future__ import annotations

import base64
import json
import re
import uuid
from typing import Any

import haalweg
from haalweg.signals import TraceKind
from tests import pictures


def hashed(seed: int) -> haalweg.Hashed:
    return haalweg.hash_pixels(pictures.scene(seed))


def an_item(seed: int = 5, **more: Any) -> dict[str, Any]:
    one = hashed(seed)
    return {
        "kind": "picture",
        "name": "Foto 1",
        "parts": [{"inner": None, "quality": one.quality, "pdq": one.hash.hex}],
        "sha256": f"{seed:064x}",
        "md5": f"{seed:032x}",
        "frames": [],
        "trace": None,
    } | more


def a_trace(seed: int = 5, kind: TraceKind = TraceKind.SOURCE) -> str:
    return base64.b64encode(bytes(haalweg.trace_pixels(pictures.scene(seed), kind=kind))).decode()


def a_report(**more: Any) -> dict[str, Any]:
    return {
        "version": 1,
        "language": "nl",
        "age": {"in_picture": "yes", "in_source_photo": "no_such_picture", "others": "nobody"},
        "for": "self",
        "authority": None,
        "have": "picture",
        "items": [an_item()],
        "places": [{"url": "https://forum.example/draad/12"}, {"text": "fotohoek, album 9"}],
        "story": "Het staat er sinds maandag.",
        "consents": ["bank", "partner:VONK"],
        "contact": {"email": "noor@example.nl", "for": ["recovery"]},
        "pin": None,
    } | more


def words_in(answer: Any) -> str:
    """Give the words that a page shows."""
    return " ".join(re.findall(r'<li><i aria-hidden="true">\d</i>(\w+)</li>', answer.content.decode()))


def sent(client: Any, report: dict[str, Any], *, key: str | None = None, address: str = "192.0.2.1") -> Any:
    headers = {"Idempotency-Key": key or str(uuid.uuid4())}
    body = json.dumps(report)
    return client.post("/s/send", body, content_type="application/json", headers=headers, REMOTE_ADDR=address)
