"""Files fetched by URL: from listed hosts alone, whatever a URL, a name server, a redirect or a slow server tries.

Nothing leaves this machine: names are answered here, and what would connect to an address of the internet connects to a
server of the test's.
"""

from __future__ import annotations

import asyncio
import logging
import socket
import ssl
import time
from contextlib import ExitStack
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from typing import TYPE_CHECKING

import httpcore
import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from haalweg.adapters.net.guarded import GuardedNet
from haalweg.gate.fetching import Fetcher, FetchError
from haalweg.gate.problems import Problem
from haalweg.gate.reading import Room
from haalweg.gate.settings import Fetch, Limits
from tests.gate.servers import send, serving

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from haalweg.adapters.net.addresses import Address
    from tests.gate.servers import Server

HOST, OTHER_HOST = "cdn.example.org", "img.example.org"
PUBLIC, PUBLIC_6, PRIVATE = "93.184.215.14", "2606:2800:21f::1", "10.0.0.7"
KEY, OTHER_KEY = 1, 2
LIMITS = Limits(upload_bytes=100_000, memory_bytes=400_000)
NOT_LISTED = "its host is not listed in the settings of this gate"
OK = b"HTTP/1.1 200 OK\r\n"
URL = f"http://{HOST}/secret-path.jpg?token=secret-token"


class Names:
    """A name server that answers what it is told to: the last answer again and again."""

    def __init__(self, *answers: list[str]) -> None:
        self.answers = list(answers)
        self.asked: list[str] = []

    async def __call__(self, host: str, _: int) -> Sequence[Address]:
        self.asked.append(host)
        answer = self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]
        return [ip_address(text) for text in answer]


class Network(httpcore.AnyIOBackend):
    """A network on which an address and port lead to a server of the test's, and every other one to nobody."""

    def __init__(self, servers: Mapping[tuple[str, int], Server]) -> None:
        self.servers = servers
        self.connected: list[tuple[str, int]] = []

    async def connect_tcp(self, host, port, timeout=None, local_address=None, socket_options=None):  # noqa: ASYNC109 - as httpcore calls it
        self.connected.append((host, port))
        if (host, port) not in self.servers:
            raise httpcore.ConnectError
        here = self.servers[host, port].server_port
        return await super().connect_tcp("127.0.0.1", here, timeout, local_address, socket_options)


@pytest.fixture
def serve():
    """Run servers for as long as the test lasts."""
    with ExitStack() as stack:
        yield lambda answer, **how: stack.enter_context(serving(answer, **how))


def fetcher(network, names=None, *, seconds=5.0, tls=None, hosts=(HOST, OTHER_HOST)):
    net = GuardedNet(resolve=names or Names([PUBLIC]), network=network, tls=tls)
    return Fetcher(Fetch(frozenset(hosts), seconds), LIMITS, net)


def fetch(one, url=URL):
    async def fetched():
        async with one.fetched(url, Room(LIMITS.memory_bytes), KEY) as data:
            return data

    return asyncio.run(fetched())


def refused(one, url=URL):
    """Why it was not fetched; never in words of the URL."""
    with pytest.raises(FetchError) as error:
        fetch(one, url)
    said = str(error.value)
    assert "secret" not in said
    assert "example" not in said
    assert said.startswith("not fetched: ")
    return said.removeprefix("not fetched: ")


def test_a_file_of_a_listed_host_is_fetched(serve, monkeypatch):
    for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    server = serve(lambda handler, _: send(handler, 200, b"a file", set_cookie="a=b"))
    network, names = Network({(PUBLIC, 80): server}), Names([PUBLIC])
    one = fetcher(network, names)
    assert [fetch(one), fetch(one)] == [b"a file"] * 2
    assert (names.asked, network.connected) == ([HOST, HOST], [(PUBLIC, 80)] * 2)
    for path, headers in server.asked:
        assert path == "/secret-path.jpg?token=secret-token"
        assert headers == {
            "host": HOST, "accept": "image/*, video/*", "accept-encoding": "identity", "user-agent": "haalweg",
        }  # fmt: skip


@pytest.mark.threat("H1")
def test_a_name_server_that_changes_its_answer_is_asked_once_and_held_to_it(serve):
    server, inside = (
        serve(lambda handler, _: send(handler, 200, b"a file")),
        serve(lambda handler, _: send(handler, 200)),
    )
    network, names = Network({(PUBLIC, 80): server, ("127.0.0.1", 80): inside}), Names([PUBLIC], ["127.0.0.1"])
    one = fetcher(network, names)
    assert fetch(one) == b"a file"
    assert (names.asked, network.connected) == ([HOST], [(PUBLIC, 80)])
    assert refused(one) == "its host has an address that is not of the internet"
    assert inside.asked == []


@pytest.mark.threat("H1")
def test_a_redirect_asks_anew_and_is_held_to_what_it_is_told(serve):
    server = serve(lambda handler, _: send(handler, 302, location="/there"))
    inside = serve(lambda handler, _: send(handler, 200))
    network, names = Network({(PUBLIC, 80): server, ("127.0.0.1", 80): inside}), Names([PUBLIC], ["127.0.0.1"])
    assert refused(fetcher(network, names)) == "its host has an address that is not of the internet"
    assert (names.asked, network.connected, inside.asked) == ([HOST, HOST], [(PUBLIC, 80)], [])


INSIDE = [
    "http://127.0.0.1/", "http://localhost/", "http://[::1]/", "http://[::ffff:127.0.0.1]/", "http://2130706433/",
    "http://0x7f000001/", "http://0x7f.0.0.1/", "http://0177.0.0.1/", "http://017700000001/", "http://127.1/",
    "http://0/", "http://169.254.169.254/latest/", "http://[64:ff9b::7f00:1]/", "http://[fe80::1%25eth0]/",
    "http://not-listed.example.org/", "http://cdn.example.org.evil.example/", f"http://{HOST}./", "http://%6cocalhost/",
    f"http://sub.{HOST}/",
]  # fmt: skip


@pytest.mark.threat("H1")
@pytest.mark.parametrize("url", INSIDE)
def test_a_host_that_is_not_listed_is_not_even_looked_up(url):
    network, names = Network({}), Names([PUBLIC])
    assert refused(fetcher(network, names), url) == NOT_LISTED
    assert (names.asked, network.connected) == ([], [])


@pytest.mark.threat("H1")
@pytest.mark.parametrize(
    ("url", "status"),
    [
        *((url, 302) for url in (*INSIDE, "//127.0.0.1/", "//localhost")),
        *((INSIDE[0], each) for each in (301, 303, 307, 308)),
    ],
)
def test_nor_is_it_by_a_redirect(serve, url, status):
    server = serve(lambda handler, _: send(handler, status, location=url))
    network = Network({(PUBLIC, 80): server})
    assert refused(fetcher(network)) == f"a redirect: {NOT_LISTED}"
    assert network.connected == [(PUBLIC, 80)]


@pytest.mark.threat("H1")
@pytest.mark.parametrize(
    "addresses", [[PUBLIC, PRIVATE], [PRIVATE, PUBLIC], [PUBLIC, "::ffff:127.0.0.1"], [PRIVATE], ["::"]]
)
def test_a_name_with_any_address_that_is_not_public_is_refused(serve, addresses):
    server = serve(lambda handler, _: send(handler, 200))
    network = Network({(PUBLIC, 80): server, (PRIVATE, 80): server})
    assert refused(fetcher(network, Names(addresses))) == "its host has an address that is not of the internet"
    assert network.connected == []


def test_the_next_address_is_tried_where_one_does_not_answer(serve):
    server = serve(lambda handler, _: send(handler, 200, b"a file"))
    network = Network({(PUBLIC, 80): server})
    assert fetch(fetcher(network, Names([PUBLIC_6, PUBLIC]))) == b"a file"
    assert network.connected == [(PUBLIC_6, 80), (PUBLIC, 80)]


@pytest.mark.threat("H1")
@pytest.mark.parametrize("port", [0, 22, 79, 81, 444, 8080, 65_535])
def test_other_ports_than_those_of_the_web_are_refused(serve, port):
    names = Names([PUBLIC])
    assert refused(fetcher(Network({}), names), f"http://{HOST}:{port}/") == "its port is neither 80 nor 443"
    assert names.asked == []
    server = serve(lambda handler, _: send(handler, 302, location=f"http://{HOST}:{port}/"))
    said = refused(fetcher(Network({(PUBLIC, 80): server})))
    assert said == "a redirect: its port is neither 80 nor 443"


@pytest.mark.threat("H1")
@pytest.mark.parametrize("url", [f"http://me:secret@{HOST}/", f"http://secret@{HOST}/", f"http://{HOST}@127.0.0.1/"])
def test_a_name_or_password_in_a_url_is_refused(serve, url):
    assert refused(fetcher(Network({})), url) == "it holds a name or password"
    server = serve(lambda handler, _: send(handler, 302, location=url))
    assert refused(fetcher(Network({(PUBLIC, 80): server}))) == "a redirect: it holds a name or password"


@pytest.mark.parametrize(
    "url", ["file:///etc/passwd", f"gopher://{HOST}/", f"//{HOST}/", "", "secret", f"http://{HOST}/\r\n"]
)
def test_what_is_no_url_of_the_web_is_refused(url):
    assert refused(fetcher(Network({})), url).startswith("it ")


@pytest.mark.threat("H1")
@pytest.mark.parametrize(("redirects", "arrives"), [(1, True), (3, True), (4, False)])
def test_three_redirects_are_followed_each_to_a_listed_host(serve, redirects, arrives):
    def answer(handler, _):
        left = int(handler.path.rsplit("/", 1)[1])
        if left:
            send(handler, 302, location=f"http://{(HOST, OTHER_HOST)[left % 2]}/{left - 1}")
        else:
            send(handler, 200, b"a file")

    server = serve(answer)
    names = Names([PUBLIC])
    one = fetcher(Network({(PUBLIC, 80): server}), names)
    if arrives:
        assert fetch(one, f"http://{HOST}/{redirects}") == b"a file"
    else:
        assert refused(one, f"http://{HOST}/{redirects}") == "more than 3 redirects"
    assert len(names.asked) == min(redirects, 3) + 1
    assert all("cookie" not in headers for _, headers in server.asked)


@pytest.mark.parametrize("status", [204, 206, 304, 403, 404, 500])
def test_an_answer_without_a_file_is_said_with_its_status(serve, status):
    server = serve(lambda handler, _: send(handler, status))
    assert refused(fetcher(Network({(PUBLIC, 80): server}))) == f"the answer has status {status}"


def dripping(head, drop, pause_s):
    """An answer that never ends."""

    def answer(handler, _):
        handler.wfile.write(head)
        for _ in range(int(20 / pause_s)):
            handler.wfile.write(drop)
            time.sleep(pause_s)

    return answer


@pytest.mark.threat("H1")
@pytest.mark.parametrize(
    "head", [OK + b"\r\n", OK + b"content-length: 90000\r\n\r\n", OK + b"x: ", b""],
    ids=["body", "announced body", "header", "status"],
)  # fmt: skip
def test_a_server_that_drips_is_given_so_many_seconds_and_no_more(serve, head):
    server = serve(dripping(head, b"H", 0.05))
    began = time.monotonic()
    assert refused(fetcher(Network({(PUBLIC, 80): server}), seconds=0.5)) == "it took longer than 0.5 s"
    assert time.monotonic() - began < 3


@pytest.mark.threat("H1")
def test_redirects_share_the_seconds(serve):
    def answer(handler, _):
        time.sleep(0.3)
        send(handler, 302, location="/")

    server = serve(answer)
    assert refused(fetcher(Network({(PUBLIC, 80): server}), seconds=0.5)) == "it took longer than 0.5 s"


@pytest.mark.threat("H1")
def test_a_name_server_that_does_not_answer_is_not_waited_for():
    async def never(*_):
        await asyncio.sleep(60)

    assert refused(fetcher(Network({}), never, seconds=0.2)) == "it took longer than 0.2 s"


@pytest.mark.threat("H1")
@pytest.mark.parametrize(
    ("head", "drop"),
    [
        (OK + b"\r\n", bytes(10_000)),
        (OK + b"transfer-encoding: chunked\r\n\r\n", b"2710\r\n" + bytes(10_000) + b"\r\n"),
        (OK + b"content-length: 100001\r\n\r\n", b""),
    ],
    ids=["endless", "endless chunks", "announced"],
)
def test_a_body_that_is_too_large_or_has_no_end_is_left(serve, head, drop):
    server = serve(dripping(head, drop, 0.01))
    said = refused(fetcher(Network({(PUBLIC, 80): server}), seconds=20))
    assert said == "it has more than 100,000 bytes, the most that is taken"


def test_the_largest_file_there_may_be_is_taken(serve):
    server = serve(lambda handler, _: send(handler, 200, bytes(100_000)))
    assert fetch(fetcher(Network({(PUBLIC, 80): server}))) == bytes(100_000)


def test_headers_without_an_end_and_nonsense_are_no_answer(serve):
    for answer in (
        dripping(OK, b"x: " + b"y" * 10_000 + b"\r\n", 0.001),
        dripping(b"", b"\0" * 9, 0.1),
    ):
        server = serve(answer)
        said = refused(fetcher(Network({(PUBLIC, 80): server}), seconds=20))
        assert said == "it cannot be reached (RemoteProtocolError)"


def test_a_host_without_an_address_or_a_server():
    async def nowhere(*_):
        raise socket.gaierror(socket.EAI_NONAME)

    assert refused(fetcher(Network({}), nowhere)) == "its host has no address"
    assert refused(fetcher(Network({}))) == "it cannot be reached (ConnectError)"


@pytest.mark.threat("H1")
def test_files_that_are_fetched_take_half_of_the_room_at_most(serve):
    server = serve(dripping(OK + b"\r\n", b"", 1))
    network = Network({(PUBLIC, 80): server})

    async def story():
        room, one = Room(LIMITS.memory_bytes), fetcher(network, seconds=1.0)

        async def slow():
            async with one.fetched(URL, room, KEY):
                raise AssertionError

        tasks = [asyncio.create_task(slow()) for _ in range(5)]
        await asyncio.sleep(0.5)
        assert len(network.connected) == 2
        with room.for_upload(KEY) as take:
            take(200_000)  # what is sent still finds room
        ended = await asyncio.gather(*tasks, return_exceptions=True)
        assert all(isinstance(each, FetchError) for each in ended)
        with room.for_upload(KEY) as take, room.for_upload(OTHER_KEY) as take_other:
            take(200_000)  # all of it is free again
            take_other(100_000)

    asyncio.run(story())


def test_where_there_is_no_room_nothing_is_kept_of_what_is_fetched(serve):
    network = Network({(PUBLIC, 80): serve(lambda handler, _: send(handler, 200, bytes(10_000)))})

    async def story():
        room = Room(100_000)
        with room.for_upload(KEY) as take:
            take(45_000)
            with pytest.raises(Problem) as problem:
                async with fetcher(network).fetched(URL, room, KEY):
                    raise AssertionError
            assert problem.value.retry_after_s == 2
            async with fetcher(network).fetched(URL, room, OTHER_KEY) as data:
                assert len(data) == 10_000

    asyncio.run(story())


@pytest.fixture(scope="module")
def authority(tmp_path_factory):
    """Who vouches for hosts of the test's: gives a server's side for a name, and what trusts it."""
    folder, key, now = tmp_path_factory.mktemp("tls"), ec.generate_private_key(ec.SECP256R1()), datetime.now(UTC)
    issuer = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "a test")])

    def certificate(subject, public, *extensions):
        builder = (
            x509.CertificateBuilder()
            .subject_name(subject)
            .issuer_name(issuer)
            .public_key(public)
            .serial_number(x509.random_serial_number())
            .not_valid_before(now - timedelta(days=1))
            .not_valid_after(now + timedelta(days=1))
        )
        for extension in extensions:
            builder = builder.add_extension(extension, critical=False)
        return builder.sign(key, hashes.SHA256()).public_bytes(serialization.Encoding.PEM)

    root = certificate(issuer, key.public_key(), x509.BasicConstraints(ca=True, path_length=None))
    trusting = ssl.create_default_context(cadata=root.decode())

    def serving_as(name):
        own = ec.generate_private_key(ec.SECP256R1())
        file = folder / f"{name}.pem"
        file.write_bytes(
            own.private_bytes(
                serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
            )
            + certificate(x509.Name([]), own.public_key(), x509.SubjectAlternativeName([x509.DNSName(name)]))
        )
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(file)
        return context

    return serving_as, trusting


@pytest.mark.threat("H1")
def test_tls_holds_the_other_side_to_the_name_and_not_to_the_address(serve, authority):
    serving_as, trusting = authority
    right = serve(lambda handler, _: send(handler, 200, b"a file"), tls=serving_as(HOST))
    wrong = serve(lambda handler, _: send(handler, 200, b"a file"), tls=serving_as("evil.example"))
    url = URL.replace("http:", "https:")
    assert fetch(fetcher(Network({(PUBLIC, 443): right}), tls=trusting), url) == b"a file"
    assert refused(fetcher(Network({(PUBLIC, 443): wrong}), tls=trusting), url) == "it cannot be reached (ConnectError)"
    assert refused(fetcher(Network({(PUBLIC, 443): right})), url) == "it cannot be reached (ConnectError)"
    assert wrong.asked == []


@pytest.mark.threat("H1")
def test_no_url_reaches_a_log(serve, caplog):
    caplog.set_level(logging.INFO)
    server = serve(lambda handler, _: send(handler, 302, location="http://secret.example/"))
    refused(fetcher(Network({(PUBLIC, 80): server})))
    refused(fetcher(Network({})))
    assert "secret" not in caplog.text
    assert "example" not in caplog.text
