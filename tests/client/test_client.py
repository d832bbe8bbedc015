"""The client, held to a real gate; and to one that is away, slow, busy or not a gate at all."""

from __future__ import annotations

import asyncio
import io
import socket
import subprocess
import sys
import threading
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Self

import httpx
import pytest

from haalweg.banks import DisputeReason as KnownReason
from haalweg.banks import Opinion as KnownOpinion
from haalweg.client import (
    Action,
    AsyncGateClient,
    DisputeReason,
    GateClient,
    GateClientError,
    GateRefusedError,
    GateUnavailableError,
    Opinion,
    Signatures,
)
from haalweg.gate.feedback import UNDER_18
from haalweg.gate.keys import Scope
from haalweg.matching.policy import Action as KnownAction
from tests.gate.gates import ASocketGate, free_port
from tests.gate.uploads import hash_of


class Each:
    """Either client behind the same methods, each call with one of its own, so that a test holds both."""

    def __init__(self, kind, *arguments, **more) -> None:
        self._kind, self._arguments, self._more = kind, arguments, more

    def __getattr__(self, name) -> Any:
        return partial(self._awaited if self._kind is AsyncGateClient else self._called, name)

    def _called(self, name, *arguments, **more):
        with GateClient(*self._arguments, **self._more) as client:
            return getattr(client, name)(*arguments, **more)

    def _awaited(self, name, *arguments, **more):
        async def answer():
            async with AsyncGateClient(*self._arguments, **self._more) as client:
                return await getattr(client, name)(*arguments, **more)

        return asyncio.run(answer())


@pytest.fixture(params=[GateClient, AsyncGateClient], ids=["sync", "async"])
def make(request):
    return partial(Each, request.param)


@pytest.fixture
def client(make, gate, every_key):
    return make(gate.url, every_key)


def test_an_upload_is_checked_and_the_answer_is_whole(client, gate, uploads):
    checked = client.check(uploads.blocked)
    assert (checked.verdict, checked.action, checked.decided_by) == ("match", Action.BLOCK, "NL")
    assert checked.statement.en.startswith("What you tried to post on Forum De Brink was not posted.")
    assert checked.statement.nl.startswith("Wat je wilde plaatsen op Forum De Brink is niet geplaatst.")
    (match,) = checked.matches
    assert (match.entry, match.orientation, match.assurance) == (gate.entry, "flip_y", "seen")
    assert (match.action, match.signal_type, match.stale, checked.trouble) == (Action.BLOCK, "pdq", False, None)
    assert match.distance_bits <= 31


def test_bytes_paths_and_files_are_one_to_it(client, uploads, tmp_path):
    path = tmp_path / "upload"
    path.write_bytes(uploads.held)
    half_read = io.BytesIO(uploads.held)
    half_read.read(500)
    with path.open("rb") as file:
        for upload in (uploads.held, bytearray(uploads.held), memoryview(uploads.held), path, str(path), file):
            assert client.check(upload).action is Action.HOLD
        assert file.tell() == 0
    assert client.check(half_read).action is Action.HOLD, "what another validator read already is sent too"
    assert half_read.tell() == 0


class OnlyReads:
    """A stream, as a socket gives it."""

    def __init__(self, data) -> None:
        self._stream = io.BytesIO(data)
        self.largest = 0

    def read(self, size):
        self.largest = max(self.largest, size)
        return self._stream.read(size)


def test_a_stream_is_sent_as_it_is_read_and_never_as_a_whole(client, uploads):
    stream = OnlyReads(uploads.blocked + bytes(5_000_000))
    assert client.check(stream).action is Action.BLOCK
    assert stream.largest <= 65_536


def test_several_are_answered_in_order(client, uploads, tmp_path):
    path = tmp_path / "upload"
    path.write_bytes(uploads.blocked)
    many = [uploads.passes, path, io.BytesIO(uploads.held), b"no picture"]
    answers = client.check_many(many)
    assert [each.verdict for each in answers] == ["no_match", "match", "match", "unreadable"]
    assert [each.action for each in answers] == ["allow", "block", "hold", "hold"]
    assert answers[3].reason.startswith("not a picture we read")
    assert client.check_many([]) == []


def test_an_upload_of_nothing_is_unreadable_alone_and_among_several(client):
    assert [client.check(b"")] == client.check_many([b""])
    assert client.check(b"").verdict == "unreadable"


def test_more_than_a_request_takes_goes_in_several(client):
    assert [each.verdict for each in client.check_many([b"x"] * 101)] == ["unreadable"] * 101
    signatures = [Signatures(pdq="00" * 32)] * 1_000 + [Signatures(pdq=hash_of(5).hex())]
    assert [each.verdict for each in client.check_signatures(signatures)][-2:] == ["no_match", "match"]


def test_signatures_are_checked_and_looked_up(client):
    asked = [
        Signatures(pdq=hash_of(5).hex()),
        Signatures(pdq=hash_of(5).hex(), quality=3),
        Signatures(sha256="ab" * 32),
    ]
    assert [each.verdict for each in client.check_signatures(asked)] == ["match", "too_flat", "no_match"]
    assert client.look_up(asked) == ["match", "too_flat", "no_match"]
    turned = haalweg_turned(5)
    assert client.check_signatures([Signatures(pdq=turned)])[0].verdict == "match"


def test_the_frames_of_a_video_are_checked(client):
    frames = [f"{hash_of(5).hex()},100,{second}.0" for second in range(4)]
    (checked,) = client.check_signatures([Signatures(vpdq=frames)])
    assert (checked.verdict, checked.matches[0].frame_s) == ("match", 0.0)


def haalweg_turned(seed):
    import haalweg  # noqa: PLC0415 - the client's own tests need nothing of it
    from tests import pictures  # noqa: PLC0415 - as above

    return [one.hash.hex for one in haalweg.hash_orientations(pictures.scene(seed))]


def test_signatures_are_not_shown():
    assert repr(Signatures(pdq="ab" * 32, md5="cd" * 16)) == "Signatures(pdq, md5)"


def test_feedback_is_taken_once_and_status_is_told(client, disputed):
    said = {"id": "case-1", "entry": disputed, "opinion": Opinion.NOT_BLOCKED, "reason": DisputeReason.NOT_INTIMATE}
    assert client.feedback(**said) is True
    assert client.feedback(**said) is True
    assert client.feedback(id="case-2", entry=999_999, opinion="blocked") is False
    assert client.status()["disputed_entries"] == 1


def test_what_the_gate_refuses_is_said_in_its_own_sentence(make, gate):
    with pytest.raises(GateRefusedError, match="No key that is known and not over") as caught:
        make(gate.url, "hwk_wrong").check(b"x")
    assert caught.value.status == httpx.codes.UNAUTHORIZED
    with pytest.raises(GateRefusedError, match="it would need the scope status"):
        make(gate.url, gate.uploads).status()
    with pytest.raises(GateRefusedError, match="Item 1: a PDQ hash is 64 lower-case hexadecimal characters"):
        make(gate.url, gate.uploads).check_signatures([Signatures(pdq="x")])


def test_the_words_are_those_of_the_gate():
    assert {each.value for each in Action} == {each.value for each in KnownAction}
    assert {each.value for each in Opinion} == {each.value for each in KnownOpinion} - {"matches_many"} | {UNDER_18}
    assert {each.value for each in DisputeReason} == {each.value for each in KnownReason}


@pytest.mark.parametrize("on_failure", list(Action))
def test_a_gate_that_is_away_leads_to_the_action_that_was_chosen(make, on_failure):
    client = make(f"http://127.0.0.1:{free_port()}", "hwk_x", on_failure=on_failure)
    for checked in (client.check(b"x"), *client.check_many([b"x", b"y"]), *client.check_signatures([Signatures()])):
        assert (checked.verdict, checked.action, checked.would) == (None, on_failure, on_failure)
        assert checked.trouble == "The gate cannot be reached (ConnectError)."
    with pytest.raises(GateUnavailableError, match="The gate cannot be reached"):
        client.status()


def test_a_gate_that_says_nothing_is_not_waited_for(make):
    with socket.create_server(("127.0.0.1", 0)) as silent:
        checked = make(f"http://127.0.0.1:{silent.getsockname()[1]}", "hwk_x", timeout_s=0.3).check(b"x")
    assert checked.action is Action.HOLD
    assert checked.trouble == "The gate did not answer in time (ReadTimeout)."


class Peer:
    """Something at the gate's address that answers as it is told to, in turn."""

    def __init__(self, *answers) -> None:
        self.answers = list(answers)
        self.bodies: list[bytes] = []
        self.uploaders: list[Any] = []
        peer = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_POST(self) -> None:
                peer.bodies.append(self._body())
                peer.uploaders.append(self.headers["haalweg-uploader"])
                status, headers, body = peer.answers.pop(0)
                self.send_response(status)
                for name, content in {**headers, "content-length": str(len(body))}.items():
                    self.send_header(name, content)
                self.end_headers()
                self.wfile.write(body)

            def _body(self) -> bytes:
                if self.headers["transfer-encoding"] != "chunked":
                    return self.rfile.read(int(self.headers["content-length"]))
                body = b""
                while size := int(self.rfile.readline(), 16):
                    body += self.rfile.read(size)
                    self.rfile.readline()
                self.rfile.readline()
                return body

            def log_message(self, *_) -> None:
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_port}"

    def __enter__(self) -> Self:
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        return self

    def __exit__(self, *_) -> None:
        self.server.shutdown()
        self.server.server_close()


ALLOW = b'{"items":[{"verdict":"no_match","action":"allow","would":"allow","silent":false,"matches":[],"leads":[]}]}'
BUSY = (503, {"retry-after": "0"}, b'{"detail":"The gate is busy.","action":"block"}')


def test_a_busy_gate_is_asked_again_with_the_whole_upload(make):
    with Peer(BUSY, BUSY, (200, {}, ALLOW)) as peer:
        assert make(peer.url, "hwk_x").check(io.BytesIO(b"upload")).action is Action.ALLOW
    assert peer.bodies == [b"upload"] * 3


def test_a_gate_that_stays_busy_decides_itself_what_happens(make):
    with Peer(BUSY, BUSY, BUSY) as peer:
        checked = make(peer.url, "hwk_x", on_failure="allow").check(b"upload")
    assert (checked.action, checked.verdict, checked.trouble) == (Action.BLOCK, None, "The gate is busy.")


def test_a_stream_is_sent_once_since_it_cannot_be_sent_again(make):
    with Peer((503, {"retry-after": "0"}, b"{}"), (200, {}, ALLOW)) as peer:
        (checked,) = make(peer.url, "hwk_x", on_failure="block").check_many([OnlyReads(b"upload")])
        assert (checked.action, len(peer.bodies)) == (Action.BLOCK, 1)


def test_a_gate_that_is_busy_for_long_is_not_waited_for(make):
    with Peer((503, {"retry-after": "9"}, b"{}"), (200, {}, ALLOW)) as peer:
        assert make(peer.url, "hwk_x", on_failure="block").check(b"x").action is Action.BLOCK


@pytest.mark.parametrize(
    "answer",
    [
        (200, {}, b"<html>"),
        (200, {}, b'{"items":[]}'),
        (200, {}, b"[]"),
        (200, {}, ALLOW.replace(b'"allow"', b'"perhaps"')),
        (302, {"location": "http://127.0.0.1:1/"}, b""),
        (502, {}, b"<html>"),
        (500, {}, b'{"detail":"Something failed here."}'),
    ],
)
def test_what_is_no_answer_leads_to_the_action_that_was_chosen(make, answer):
    with Peer(answer) as peer:
        checked = make(peer.url, "hwk_x", on_failure="block").check(b"x")
    assert (checked.action, checked.verdict) == (Action.BLOCK, None)
    assert checked.trouble.endswith(".")


def test_what_a_newer_gate_says_besides_does_no_harm(make):
    newer = ALLOW.replace(b'"no_match"', b'"a_new_word"').replace(b'"silent"', b'"new":{"a":1},"silent"')
    with Peer((200, {}, newer)) as peer:
        assert make(peer.url, "hwk_x").check(b"x").verdict == "a_new_word"


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"address": "gate:8640"}, "address: where the gate listens is expected"),
        ({"address": "unix:"}, "address: where the gate listens is expected"),
        ({"key": ""}, "The key is none."),
        ({"key": "é"}, "The key is none."),
        ({"on_failure": "ignore"}, "on_failure: one of allow, hold, block is expected."),
        ({"timeout_s": 0}, "timeout_s and longest_wait_s: seconds are expected."),
    ],
)
@pytest.mark.parametrize("kind", [GateClient, AsyncGateClient])
def test_what_cannot_be_used_is_said_at_once(kind, given, said):
    with pytest.raises(GateClientError, match=said):
        kind(**({"address": "http://127.0.0.1:8640", "key": "hwk_x"} | given))


def test_what_is_no_upload_is_said(client, tmp_path):
    with pytest.raises(GateClientError, match="No upload: int"):
        client.check(3)
    with pytest.raises(GateClientError, match="gave str"):
        client.check(io.StringIO("text"))
    with pytest.raises(FileNotFoundError):
        client.check(tmp_path / "nothing")


def test_a_socket_file_is_an_address_too(make, tmp_path, uploads):
    one = ASocketGate(tmp_path / "one")
    one.add(hash_of(5))
    one.start()
    try:
        checked = make(f"unix:{one.socket}", one.key(Scope.CHECK)).check(uploads.blocked)
        assert (checked.verdict, checked.trouble) == ("match", None)
    finally:
        one.kill()


def test_it_needs_no_image_library_and_nothing_of_the_gate():
    code = (
        "import sys, haalweg.client\n"
        "from haalweg.client import GateClient, AsyncGateClient\n"
        "heavy = {'numpy', 'PIL', 'haalweg._native', 'haalweg.signals', 'haalweg.gate', 'django'} & set(sys.modules)\n"
        "assert not heavy, heavy\n"
    )
    subprocess.run([sys.executable, "-c", code], check=True)


def test_who_uploads_is_told_so_that_the_gate_cannot_tell_who_that_is(make):
    with Peer(*[(200, {}, ALLOW)] * 12) as peer:
        client = make(peer.url, "hwk_x")
        for uploader in ("anna@mail.example", "anna@mail.example", "bert", None):
            client.check(b"x", uploader=uploader)
            client.check_many([b"x"], uploader=uploader)
            client.check_signatures([Signatures(pdq="0" * 64)], uploader=uploader)
    anna, bert = peer.uploaders[0], peer.uploaders[6]
    assert peer.uploaders == [anna] * 6 + [bert] * 3 + [None] * 3
    assert anna != bert
    assert len(anna) == len(bert) == 64
