"""Requests to a server on this machine, by a net that checks where it goes."""

from __future__ import annotations

import asyncio
import socket
from ipaddress import ip_address

import pytest

from haalweg.adapters.net.guarded import GuardedNet, Names, NetError
from haalweg.adapters.net.places import place_of
from tests.gate.servers import send, serving


def ask(net, url):
    async def asked():
        async with net.ask("GET", place_of(url), {}) as answer:
            return answer.status

    return asyncio.run(asked())


def is_loopback(address):
    return address.is_loopback


@pytest.fixture
def server():
    with serving(lambda handler, _: send(handler, 200, b"yes")) as one:
        yield one


def test_an_address_that_may_be_reached_is(server):
    assert ask(GuardedNet(may_reach=is_loopback), f"http://localhost:{server.server_port}/x") == 200
    ((path, headers),) = server.asked
    assert (path, headers["host"]) == ("/x", f"localhost:{server.server_port}")


@pytest.mark.threat("H1")
@pytest.mark.parametrize(
    "host", ["localhost", "127.0.0.1", "[::ffff:127.0.0.1]", "2130706433", "0177.0.0.1", "0x7f.1", "0x7f000001",
             "127.1", "0", "[::1]", "[::]"],
)  # fmt: skip
def test_this_machine_is_not_gone_to_however_it_is_written(server, host):
    with pytest.raises(NetError, match=r"its host has an address that is not of the internet|its host has no address"):
        ask(GuardedNet(), f"http://{host}:{server.server_port}/x")
    assert server.asked == []


@pytest.mark.threat("H1")
def test_one_address_that_may_not_be_reached_is_enough(server):
    async def both(*_):
        return [ip_address("127.0.0.1"), ip_address("10.0.0.1")]

    with pytest.raises(NetError, match="an address that is not of the internet"):
        ask(GuardedNet(resolve=both, may_reach=is_loopback), f"http://a.example:{server.server_port}/")
    assert server.asked == []


def test_the_next_address_is_tried_where_one_does_not_answer(server):
    async def two(*_):
        return [ip_address("127.0.0.2"), ip_address("127.0.0.1")]

    net = GuardedNet(resolve=two, may_reach=is_loopback)
    assert ask(net, f"http://a.example:{server.server_port}/") == 200


def test_a_host_without_an_address_and_one_that_does_not_answer():
    async def nowhere(*_):
        raise socket.gaierror(socket.EAI_NONAME)

    async def none(*_):
        return []

    with pytest.raises(NetError, match="its host has no address"):
        ask(GuardedNet(resolve=nowhere), "http://a.example/")
    with pytest.raises(NetError, match="it cannot be reached"):
        ask(GuardedNet(resolve=none), "http://a.example/")
    with pytest.raises(NetError, match="its host has no address"):
        ask(GuardedNet(), f"http://{'a' * 70}.example/")


def test_a_machine_is_asked_for_every_address_of_a_name():
    assert ip_address("127.0.0.1") in asyncio.run(Names()("localhost", 80))


@pytest.mark.parametrize(
    "answer", [b"no HTTP\r\n\r\n", b"HTTP/1.1 200 OK\r\ncontent-length: " + b"9" * 5_000 + b"\r\n\r\n"]
)
def test_an_answer_that_is_none_is_an_error_of_ours(answer):
    serve = serving(lambda handler, _: handler.wfile.write(answer))
    with serve as server, pytest.raises(NetError, match="it cannot be reached"):
        ask(GuardedNet(may_reach=is_loopback), f"http://127.0.0.1:{server.server_port}/")
