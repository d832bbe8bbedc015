"""A thousand hostile files at once from one key: the others are answered all the same, in turn."""

from __future__ import annotations

import io
import json
import os
import resource
import selectors
import signal
import socket
import struct
import zlib
from dataclasses import dataclass
from typing import Any

import httpx
import pytest
from PIL import Image

import haalweg
from haalweg.gate.keys import Scope
from tests import pictures
from tests.gate.gates import AGate, until
from tests.processes import workers_of

FLOOD, PICTURES, CHECKS, WAITING = 1_000, 12, 30, 400
TOO_MUCH = FLOOD - WAITING - 1  # one is looked at
HASH = bytes(haalweg.hash_pixels(pictures.scene(5)).hash)


def jpeg(seed, size):
    stream = io.BytesIO()
    Image.fromarray(pictures.scene(seed)).resize(size).save(stream, "JPEG", quality=80)
    return stream.getvalue()


def a_png(width, height, pixels):
    """One of so much, with the first so many bytes of pixels."""

    def chunk(kind, body):
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    header = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + header + chunk(b"IDAT", zlib.compress(bytes(pixels))) + chunk(b"IEND", b"")


CUT_SHORT = jpeg(6, (640, 480))
BOMB = a_png(30_000, 30_000, 90_001)  # a few hundred bytes that promise 900 megapixels
HOSTILE = [CUT_SHORT[: len(CUT_SHORT) * 4 // 5], BOMB, CUT_SHORT[:500]]
PICTURE = jpeg(5, (480, 360))


@pytest.fixture
def gate(tmp_path):
    most = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (most[1], most[1]))  # a thousand connections, here and there
    one = AGate(tmp_path / "one", settings=f"[limits]\nwaiting = {WAITING}\nworkers = 1\n")
    one.start()
    one.add(HASH)
    until(lambda: one.check(one.uploads, PICTURE)["verdict"] == "match", 20)
    yield one
    one.kill()
    resource.setrlimit(resource.RLIMIT_NOFILE, most)


@dataclass(frozen=True)
class Answer:
    """What came back to whom."""

    who: str
    status: int
    retry_after: str | None
    body: dict[str, Any]

    @property
    def verdict(self):
        return self.body["items"][0]["verdict"]


def sent(gate, key, content, content_type="image/jpeg"):
    """Send a request, on a connection of its own, and wait for nothing."""
    head = f"POST /api/v1/check HTTP/1.1\r\nhost: x\r\nconnection: close\r\ncontent-type: {content_type}\r\n"
    more = f"authorization: Bearer {key}\r\ncontent-length: {len(content)}\r\n\r\n"
    connection = socket.create_connection(("127.0.0.1", gate.port), 60)
    connection.sendall((head + more).encode() + content)
    return connection


def coming(connections):
    """Give every answer, in the order in which they come."""
    with selectors.DefaultSelector() as selector:
        for connection, who in connections:
            selector.register(connection, selectors.EVENT_READ, (connection, who, bytearray()))
        while selector.get_map():
            ready = selector.select(60)
            assert ready, f"{len(selector.get_map())} were never answered"
            for key, _ in ready:
                connection, who, data = key.data
                more = connection.recv(1 << 16)
                data += more
                if not more:
                    selector.unregister(connection)
                    connection.close()
                    yield _answer(who, bytes(data))


def _answer(who, data):
    head, _, body = data.partition(b"\r\n\r\n")
    status, *lines = head.decode().split("\r\n")
    headers = dict(line.split(": ", 1) for line in lines)
    return Answer(who, int(status.split()[1]), headers.get("retry-after"), json.loads(body))


@pytest.mark.threat("G2")
def test_others_are_answered_in_turn_and_what_is_too_much_is_told_to_come_again(gate):
    flooding, signature = gate.key(Scope.CHECK), json.dumps({"items": [{"pdq": HASH.hex()}]}).encode()
    (decoder,) = workers_of(gate.process.pid)
    os.kill(decoder, signal.SIGSTOP)  # so that nothing is looked at before all of it is there, however long that takes
    connections = [(sent(gate, flooding, HOSTILE[number % len(HOSTILE)]), "flood") for number in range(FLOOD)]
    connections += [(sent(gate, gate.uploads, PICTURE), "picture") for _ in range(PICTURES)]
    connections += [(sent(gate, gate.uploads, signature, "application/json"), "check") for _ in range(CHECKS)]
    answers = []
    for answer in coming(connections):
        answers.append(answer)
        if len(answers) == TOO_MUCH + CHECKS:
            os.kill(decoder, signal.SIGCONT)
    at_once, in_turn = answers[: TOO_MUCH + CHECKS], answers[TOO_MUCH + CHECKS :]

    others = [each for each in answers if each.who != "flood"]
    assert len(others) == PICTURES + CHECKS
    assert {each.verdict for each in others} == {"match"}
    assert sum(each.who == "check" for each in at_once) == CHECKS, "checks waited for pictures"

    refused = [each for each in at_once if each.who == "flood"]
    assert {(each.status, each.retry_after, each.body["action"]) for each in refused} == {
        (httpx.codes.SERVICE_UNAVAILABLE, "2", "hold")
    }
    assert {each.verdict for each in in_turn if each.who == "flood"} == {"unreadable"}
    # The first of them was begun before a picture came; from then on it is one for each.
    places = [place for place, each in enumerate(in_turn) if each.who == "picture"]
    assert places[-1] <= 2 * PICTURES + 1, "pictures waited for the flood"
