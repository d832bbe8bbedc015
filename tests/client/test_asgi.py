"""The middleware around a bare ASGI application, asked over httpx, with a real gate behind it."""

from __future__ import annotations

import asyncio
import json
from functools import partial

import httpx
import pytest

from haalweg.client import AsyncGateClient
from haalweg.client.asgi import GateMiddleware
from tests.gate.gates import free_port


class Behind:
    """An application that says what reached it."""

    def __init__(self) -> None:
        self.bodies: list[bytes] = []

    async def __call__(self, scope, receive, send) -> None:
        body, more = b"", True
        while more:
            message = await receive()
            body, more = body + message["body"], message["more_body"]
        self.bodies.append(body)
        told = [each.action for each in scope["haalweg"]] if "haalweg" in scope else None
        await send({"type": "http.response.start", "status": 200, "headers": []})
        await send({"type": "http.response.body", "body": json.dumps(told).encode()})


@pytest.fixture
def behind():
    return Behind()


@pytest.fixture
def post(gate, behind):
    def ask(path, *, address=gate.url, key=gate.uploads, on_failure="hold", limits=None, **request):
        async def answer():
            async with AsyncGateClient(address, key, on_failure=on_failure) as client:
                app = GateMiddleware(behind, client, paths=["/upload", "/boards/*/upload"], **(limits or {}))
                async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://forum") as http:
                    return await http.post(path, **request)

        return asyncio.run(answer())

    return ask


def test_a_blocked_file_of_a_form_does_not_reach_the_application(post, behind, uploads):
    files = [("a", ("a.jpg", uploads.passes)), ("b", ("b.jpg", uploads.blocked))]
    answer = post(
        "/boards/7/upload", files=files, data={"title": "hello"}, headers={"accept-language": "fr, nl-NL;q=0.8"}
    )
    assert (answer.status_code, answer.headers["content-type"]) == (451, "application/problem+json")
    assert answer.json()["detail"].startswith("Wat je wilde plaatsen op Forum De Brink is niet geplaatst.")
    assert answer.json()["statement"]["en"].startswith("What you tried to post on Forum De Brink was not posted.")
    assert behind.bodies == []


def test_a_file_as_it_is_is_checked_too(post, behind, uploads):
    answer = post("/upload", content=uploads.blocked, headers={"content-type": "application/json"})
    assert answer.status_code == httpx.codes.UNAVAILABLE_FOR_LEGAL_REASONS
    assert answer.json()["detail"].startswith("What you tried to post")
    assert behind.bodies == []


def test_a_held_file_reaches_it_unchanged_with_what_to_do(post, behind, uploads):
    request = httpx.Request("POST", "http://forum/upload", files={"a": ("a", uploads.held)}, data={"title": "é"})
    answer = post("/upload", content=request.read(), headers=request.headers)
    assert answer.json() == ["hold"]
    assert behind.bodies == [request.read()]


def test_fields_of_text_are_no_uploads_and_what_was_not_chosen_is_none(post):
    fields = {"title": (None, "hello"), "none": ("", b"")}
    assert post("/upload", files=fields).json() == []
    assert post("/upload", content=b"").json() == []


async def hung_up() -> dict[str, str]:
    return {"type": "http.disconnect"}


async def unanswered(message) -> None:
    raise AssertionError(message)


def form(head: bytes, content: bytes) -> dict[str, object]:
    body = b"--B\r\n" + head + b"\r\n\r\n" + content + b"\r\n--B--\r\n"
    return {"content": body, "headers": {"content-type": "Multipart/Form-Data; boundary=B"}}


@pytest.mark.parametrize(
    "head",
    [
        b'content-disposition: form-data; name="a"; filename="x"',
        b'content-disposition: form-data; name="a"; FileName=x',
        b"content-disposition: form-data; name=a; filename*=UTF-8''x",
        b'content-disposition: form-data; name="a"',
        b"x: y",
    ],
)
def test_a_picture_is_checked_whatever_the_form_calls_it(post, uploads, head):
    assert post("/upload", **form(head, uploads.blocked)).status_code == httpx.codes.UNAVAILABLE_FOR_LEGAL_REASONS


@pytest.mark.parametrize(
    "request_",
    [
        {"content": b"--B\r\n", "headers": {"content-type": "multipart/form-data; boundary=B"}},
        {"content": b"--C--\r\n", "headers": {"content-type": "multipart/form-data; boundary=B"}},
        {"content": b"x", "headers": {"content-type": "multipart/form-data"}},
        {
            "content": b"x",
            "headers": [("content-type", "text/plain"), ("content-type", "multipart/form-data; boundary=B")],
        },
        form(b"x: " + b"y" * 9_000, b""),
        {
            "content": b"--B\r\n\r\n\r\n" * 1_001 + b"--B--\r\n",
            "headers": {"content-type": "multipart/form-data; boundary=B"},
        },
    ],
)
def test_a_form_that_can_be_read_in_two_ways_reaches_nobody(post, behind, request_):
    answer = post("/upload", **request_)
    assert (answer.status_code, behind.bodies) == (400, [])
    assert answer.json()["detail"].endswith(".")


def test_a_form_with_a_boundary_that_is_too_long_is_refused_and_breaks_nothing(post, behind):
    head = {"content-type": f"multipart/form-data; boundary={'B' * 300}"}
    assert post("/upload", content=b"x", headers=head).status_code == httpx.codes.BAD_REQUEST
    assert behind.bodies == []


def test_paths_that_are_not_listed_are_left_alone(post, behind, uploads):
    assert post("/elsewhere", content=uploads.blocked).json() is None
    assert behind.bodies == [uploads.blocked]


def test_other_kinds_of_scope_are_left_alone(gate):
    seen = []

    async def app(scope, *_):
        seen.append(scope["type"])

    async def run():
        async with AsyncGateClient(gate.url, gate.uploads) as client:
            await GateMiddleware(app, client, paths=["*"])({"type": "lifespan"}, hung_up, unanswered)

    asyncio.run(run())
    assert seen == ["lifespan"]


@pytest.mark.threat("G7")
def test_without_a_gate_the_chosen_action_holds(post, behind):
    away = f"http://127.0.0.1:{free_port()}"
    assert post("/upload", address=away, content=b"x").json() == ["hold"]
    refused = post("/upload", address=away, on_failure="block", content=b"x")
    assert (refused.status_code, refused.headers["retry-after"]) == (503, "2")
    assert refused.json()["detail"] == "This could not be posted."
    assert post("/upload", key="hwk_ended", content=b"x").json() == ["hold"]
    assert len(behind.bodies) == 2


def test_what_is_too_large_reaches_nobody(post, behind):
    answer = post("/upload", limits={"most_bytes": 1_000}, content=bytes(1_001))
    assert (answer.status_code, answer.json()["detail"]) == (413, "More than 1,000 bytes are not taken.")
    assert behind.bodies == []


@pytest.mark.threat("G2")
def test_many_uploads_at_once_have_bounded_memory(gate, behind, uploads):
    async def run():
        async with AsyncGateClient(gate.url, gate.uploads) as client:
            app = GateMiddleware(behind, client, paths=["*"], most_bytes_at_once=3 * len(uploads.passes))
            async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://forum") as http:
                send = partial(http.post, "/", content=uploads.passes)
                first = await asyncio.gather(*(send() for _ in range(8)))
                return [each.status_code for each in first], (await send()).status_code

    first, later = asyncio.run(run())
    assert {*first} == {200, 503}
    assert later == httpx.codes.OK, "what was refused is let go of"


def test_who_hangs_up_is_not_answered(gate, behind):
    async def gone():
        return {"type": "http.disconnect"}

    async def run():
        async with AsyncGateClient(gate.url, gate.uploads) as client:
            app = GateMiddleware(behind, client, paths=["*"])
            await app({"type": "http", "path": "/", "headers": []}, hung_up, unanswered)

    asyncio.run(run())
    assert behind.bodies == []
