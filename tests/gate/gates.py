"""Real gates, each a process with a folder of its own, for tests to talk to."""

from __future__ import annotations

import os
import random
import signal
import socket
import subprocess
import sys
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import httpx

from haalweg.adapters.bank_file import BankFile
from haalweg.banks import Assurance, BankKind, EntryId, NewEntries, WithdrawalReason
from haalweg.gate.keys import Keys, Scope
from haalweg.gate.state import StateFile
from haalweg.keeping import KeyRing
from haalweg.signals import SignalType

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

HAALWEG = Path(sys.executable).with_name("haalweg")
_START_S, _STOP_S = 30.0, 30.0
_CLAIMS: list[socket.socket] = []
# One for all, since making one reads every certificate there is. No connection outlives its answer, since gates end.
HTTP = httpx.Client(trust_env=False, verify=False, timeout=60, limits=httpx.Limits(max_keepalive_connections=0))  # noqa: S501 - of this machine, without TLS


HEADERS = {"content-type": "image/jpeg", "haalweg-uploader": "one-person"}  # who asks again and again is no crowd


class AGate:
    """A gate with a sealed bank, that can be started, killed and started again."""

    def __init__(self, folder: Path, *, settings: str = "", environment: Mapping[str, str] | None = None) -> None:
        folder.mkdir(parents=True)
        self.folder = folder
        self.port = free_port()
        self.config = folder / "gate.toml"
        self.bank = folder / "gate.bank"
        self.write_settings(settings)
        self.ring = KeyRing.make(datetime.now(UTC))
        self.ring.write_new(folder / "keys")
        BankFile.new(self.bank, self.ring, now=datetime.now(UTC)).close()
        self.environment = os.environ | {"HAALWEG_KEY_FILE": str(folder / "keys")} | dict(environment or {})
        self.process: subprocess.Popen[bytes] | None = None
        self.uploads = self.key(Scope.CHECK)
        self.entry = 0  # what a test put in first

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def write_settings(self, settings: str) -> None:
        self.config.write_text(f'bank = "{self.bank}"\nlisten = "127.0.0.1:{self.port}"\n{settings}')

    def key(self, *scopes: Scope, **more: Any) -> str:
        more.setdefault("adults_only", Scope.CURATE in scopes)
        more.setdefault("banks", ("NL",) if {Scope.FEED, Scope.LOOKUP} & set(scopes) else ())
        with StateFile.open(self.folder / "gate.state") as state:
            return Keys(state).new(more.pop("name", "a test"), frozenset(scopes), now=datetime.now(UTC), **more)

    def start(self) -> None:
        with (self.folder / "log").open("ab") as log:
            self.process = subprocess.Popen(
                [HAALWEG, "gate", "run", "--config", self.config], env=self.environment, stdout=log, stderr=log
            )
        until(lambda: self.answers("/status/ready"), _START_S, self.log)

    def answers(self, path: str) -> bool:
        assert self.process is not None
        assert self.process.poll() is None, self.log()
        try:
            return HTTP.get(f"{self.url}{path}").status_code == httpx.codes.OK
        except httpx.TransportError:
            return False

    def log(self) -> str:
        return (self.folder / "log").read_text()

    def stop(self) -> int:
        """Ask it to end, as systemd does; its exit code."""
        assert self.process is not None
        self.process.send_signal(signal.SIGTERM)
        return self.process.wait(_STOP_S)

    def kill(self) -> None:
        if self.process is not None and self.process.poll() is None:
            self.process.kill()
            self.process.wait()

    def ask(self, key: str, **request: Any) -> httpx.Response:
        return HTTP.post(f"{self.url}/api/v1/check", headers=request.pop("headers", {}) | bearer(key), **request)

    def check(self, key: str, picture: bytes) -> dict[str, Any]:
        (item,) = self.ask(key, content=picture, headers=HEADERS).json()["items"]
        return dict(item)

    def add(
        self,
        value: bytes,
        *,
        bank: str = "NL",
        assurance: Assurance = Assurance.SEEN,
        kind: BankKind = BankKind.POSITIVE,
    ) -> int:
        """Put a PDQ hash into the bank, as another process does."""
        with BankFile.open(self.bank, self.ring) as store:
            known = store.bank(bank) or store.make_bank(bank, now=datetime.now(UTC), kind=kind)
            entries = NewEntries(known.id, SignalType.PDQ, [value], [100], assurance=assurance)
            entry = store.add(entries, now=datetime.now(UTC)).first_id
        assert entry is not None
        return entry

    def withdraw(self, entry: int) -> None:
        with BankFile.open(self.bank, self.ring) as store:
            store.withdraw([EntryId(entry)], reason=WithdrawalReason.ASKED, now=datetime.now(UTC))


def follower_of(
    source: AGate,
    folder: Path,
    *scopes: Scope,
    name: str = "a test",
    banks: tuple[str, ...] = ("NL",),
    more: str = "",
) -> AGate:
    """Make a gate that follows banks of another one, which it calls S; more: settings that come after that."""
    key = source.key(Scope.FEED, *scopes, name=name, tier="hashes", banks=banks)
    feed = f'[[sources]]\nname = "S"\nurl = "{source.url}"\nkey_env = "S_KEY"\nmost_assurance = "seen"\n'
    return AGate(folder, settings=feed + more, environment={"S_KEY": key})


def bearer(key: str) -> dict[str, str]:
    return {"authorization": f"Bearer {key}"}


def until(holds: Callable[[], bool], seconds: float, what: Callable[[], object] = lambda: "it did not come") -> None:
    """Wait until something holds, which is to be soon."""
    end = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < end, what()
        time.sleep(0.02)


def free_port() -> int:
    """Of this process alone while it lives, as the one before it is.

    It is none that the system gives to a connection, and no other process of these tests takes it: each is claimed by
    a socket without a file, which goes with the process.
    """
    while True:
        port = 2 * random.randrange(5_000, 16_000)
        claim = socket.socket(socket.AF_UNIX)
        try:
            claim.bind(f"\0haalweg test port {port}")
            for each in (port - 1, port):
                socket.create_server(("127.0.0.1", each)).close()
        except OSError:  # somebody has it
            claim.close()
        else:
            _CLAIMS.append(claim)
            return port


class ASocketGate(AGate):
    """One that listens at a socket file."""

    @property
    def socket(self) -> Path:
        return self.folder / "gate.sock"

    def write_settings(self, settings: str) -> None:
        self.config.write_text(f'bank = "gate.bank"\nlisten = "unix:gate.sock"\n{settings}')

    def answers(self, _: str) -> bool:
        assert self.process is not None
        assert self.process.poll() is None, self.log()
        return self.socket.exists()
