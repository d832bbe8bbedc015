"""The sample proxy configuration before a real gate: it passes on what a gate is asked, and writes none of it down."""

from __future__ import annotations

import os
import shutil
import socket
import ssl
import subprocess
import time
from contextlib import suppress
from pathlib import Path

import httpx
import pytest

from haalweg.gate.keys import Scope
from tests.certificates import self_signed
from tests.gate.gates import ASocketGate, bearer, free_port, until
from tests.gate.test_gate import COPY, HASH, SOON_S
from tests.processes import children_of

SAMPLE = Path(__file__).resolve().parents[2] / "examples/proxy/nginx.conf"
NGINX = shutil.which("nginx", path=f"{os.environ['PATH']}:/usr/sbin")  # Debian keeps it where only root looks

pytestmark = pytest.mark.skipif(NGINX is None, reason="needs nginx (Debian package nginx)")

MAIN = """
daemon off;
pid nginx.pid;
error_log start.log notice;
events {}
http {
    client_body_temp_path bodies;
    proxy_temp_path answers;
    fastcgi_temp_path other;
    uwsgi_temp_path other;
    scgi_temp_path other;
    include sample.conf;
}
"""


class AProxy:
    """nginx with the sample configuration, in which places alone are others."""

    def __init__(self, folder: Path, gate: Path) -> None:
        self.folder = folder
        self.port = free_port()
        self.url = f"https://127.0.0.1:{self.port}"
        folder.mkdir()
        (folder / "bodies").mkdir()
        (folder / "answers").mkdir()
        write_certificate(folder)
        sample = SAMPLE.read_text()
        for place, ours in {
            "listen 443 ssl": f"listen 127.0.0.1:{self.port} ssl",
            "unix:/run/haalweg/gate.sock;\n    keepalive": f"unix:{gate};\n    keepalive",
            "/etc/ssl/certs/gate.example.org.pem": "certificate.pem",
            "/etc/ssl/private/gate.example.org.key": "certificate.key",
            "/var/log/nginx/haalweg.log": "haalweg.log",
        }.items():
            assert sample.count(place) == 1, place
            sample = sample.replace(place, ours)
        (folder / "sample.conf").write_text(sample)
        # Workers give up root for another user, who has to be able to reach the socket.
        user = "user root;\n" if os.geteuid() == 0 else ""
        (folder / "nginx.conf").write_text(user + MAIN)
        self.process: subprocess.Popen[bytes] | None = None

    def command(self, *more: str) -> list[str]:
        assert NGINX is not None
        return [NGINX, "-p", f"{self.folder}/", "-c", f"{self.folder}/nginx.conf", "-e", "start.log", *more]

    def start(self) -> None:
        self.process = subprocess.Popen(self.command(), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        until(self.answers, SOON_S, (self.folder / "start.log").read_text)

    def answers(self) -> bool:
        try:
            return self.ask("GET", "/status/live").is_success
        except httpx.TransportError:
            return False

    @property
    def trusted(self) -> ssl.SSLContext:
        return ssl.create_default_context(cafile=str(self.folder / "certificate.pem"))

    def announce(self, path: str, length: int) -> None:
        """Begin an upload of so many bytes, and hear what it says to that."""
        with (
            socket.create_connection(("127.0.0.1", self.port)) as plain,
            self.trusted.wrap_socket(plain, server_hostname="127.0.0.1") as sealed,
        ):
            sealed.sendall(f"POST {path} HTTP/1.1\r\nhost: x\r\ncontent-length: {length}\r\n\r\n".encode())
            assert sealed.recv(1_000)

    def ask(self, method: str, path: str, **more) -> httpx.Response:
        return httpx.request(method, self.url + path, verify=self.trusted, trust_env=False, timeout=60, **more)

    def log(self) -> list[str]:
        return (self.folder / "haalweg.log").read_text().splitlines()

    def files_open(self) -> set[str]:
        """Files in its folder that its workers hold open, those too that have no name any more."""
        assert self.process is not None
        found, children = set(), children_of(self.process.pid)
        for descriptor in (each for child in children for each in Path(f"/proc/{child}/fd").iterdir()):
            with suppress(FileNotFoundError):  # it was closed just now
                found.add(str(descriptor.readlink()))
        return {path for path in found if path.startswith(str(self.folder))}

    def stop(self) -> None:
        if self.process is not None:
            self.process.terminate()
            self.process.wait()

    def everything_written(self) -> str:
        """All that is in its folder, but what a test put there."""
        ours = {"sample.conf", "nginx.conf", "certificate.pem", "certificate.key"}
        files = [path for path in self.folder.rglob("*") if path.is_file() and path.name not in ours]
        return "\n".join(path.read_text() for path in files)


def write_certificate(folder: Path) -> None:
    shutil.copy(self_signed(folder / "certificate.pem"), folder / "certificate.key")


@pytest.fixture(scope="module")
def gate(tmp_path_factory):
    one = ASocketGate(tmp_path_factory.mktemp("gates") / "one")
    one.entry = one.add(HASH)
    one.start()
    yield one
    one.kill()


@pytest.fixture
def proxy(gate, tmp_path):
    one = AProxy(tmp_path / "proxy", gate.socket)
    one.start()
    yield one
    one.stop()


def test_the_sample_is_in_order(gate, tmp_path):
    one = AProxy(tmp_path / "proxy", gate.socket)
    done = subprocess.run(one.command("-t"), capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert "warn" not in done.stderr


@pytest.mark.threat("G4")
def test_neither_query_nor_key_nor_who_asks_is_written_down(gate, proxy):
    key = gate.key(Scope.CHECK)
    said = {"user-agent": "a browser of theirs", "referer": "https://forum.example/members/anna"}
    proxy.ask("GET", f"/m/lookup?signal={HASH.hex()}&signal_type=pdq", headers=bearer(key) | said)
    proxy.ask("POST", f"/t/{key}/api/v1/check", content=COPY, headers=said)
    proxy.ask("GET", f"/t/{key}/m/lookup?signal={HASH.hex()}&signal_type=pdq", headers=said)
    proxy.ask("GET", f"/T/{key}/x", headers=said)
    proxy.ask("GET", f"/{key}", headers=said)
    proxy.ask("GET", f"//t//{key}/%2e%2e/{key}/api/v1/{key}", headers=said)
    proxy.announce(f"/t/{key}/api/v1/check", 200_000_000)
    until(lambda: len(proxy.log()) >= 8, SOON_S, proxy.log)
    written = proxy.everything_written()
    for secret in (key, HASH.hex(), "browser", "anna", "127.0.0.1", "?"):
        assert secret not in written
    logged = [line.split(" ", 1)[1] for line in proxy.log()[-7:]]
    assert [line.rsplit(" ", 2)[0] for line in logged] == [
        "GET /m/lookup 200",
        "POST /api/v1/check 200",
        "GET /m/lookup 200",
        "GET another path 404",
        "GET another path 404",
        "GET another path 404",
        "POST /api/v1/check 413",
    ]


@pytest.mark.threat("G4")
def test_a_gate_that_is_gone_writes_no_key_down_either(tmp_path):
    one = AProxy(tmp_path / "proxy", tmp_path / "nobody.sock")
    one.process = subprocess.Popen(one.command(), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        until(lambda: _status(one, "/t/hwk_secret/api/v1/check?signal=abc") == httpx.codes.BAD_GATEWAY, SOON_S)
        until(lambda: len(one.log()) > 0, SOON_S)
        assert " GET /api/v1/check 502 " in one.log()[0]
        assert "hwk_secret" not in one.everything_written()
        assert "abc" not in one.everything_written()
    finally:
        one.stop()


def _status(proxy: AProxy, path: str) -> int | None:
    try:
        return proxy.ask("GET", path).status_code
    except httpx.TransportError:
        return None


@pytest.mark.threat("G3")
def test_a_large_upload_goes_through_and_is_in_no_file(gate, proxy):
    key = gate.key(Scope.CHECK)
    seen: set[str] = set()

    def slowly():
        yield COPY
        for _ in range(20):
            yield os.urandom(1_000_000)
            seen.update(proxy.files_open())

    answer = proxy.ask("POST", "/api/v1/check", content=slowly(), headers=bearer(key))
    assert answer.json()["items"][0]["verdict"] == "match"
    assert {Path(path).name for path in seen} == {"haalweg.log", "start.log"}


def test_a_subscriber_may_wait_for_news(gate, proxy):
    key = gate.key(Scope.FEED, tier="hashes", banks=("NL",))
    page = proxy.ask("GET", "/api/v1/feed", headers=bearer(key)).json()
    begun = time.monotonic()
    nothing = proxy.ask("GET", f"/api/v1/feed?wait=3&cursor={page['cursor']}", headers=bearer(key))
    assert nothing.is_success
    assert time.monotonic() - begun > 2


def test_nobody_is_served_in_the_clear(proxy):
    assert httpx.get(f"http://127.0.0.1:{proxy.port}/status/live", trust_env=False).status_code == 400
