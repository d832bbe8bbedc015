"""A gate over HTTP, beside threatexchange's index behind Flask: signatures one by one and by the thousand; pictures.

Run: python benchmarks/bench_gate.py [MILLIONS]; 1 unless said. Needs wrk (Debian package wrk). Every server has core 0
for itself and wrk has core 1.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import httpx
import numpy as np
from codes import balanced, queries
from samples import PICTURE_SIZES, jpeg
from served import SERVER_CORE, AGate, Asked, ask, flooded, free_port, on_core, other_load, until
from timing import Row, table

from haalweg.adapters.bank_file import BankFile
from haalweg.adapters.media import MediaPool
from haalweg.banks import NewEntries
from haalweg.gate.keys import Scope
from haalweg.signals import SignalType

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

ASKED, BATCH = 20_000, 1_000
JSON, JPEG = "application/json", "image/jpeg"
FLOOD = 1_000
PEER_START_S = 600.0


def rows(millions: int = 1) -> list[Row]:
    """Return (work, ours, peer, ratio, goal)."""
    if shutil.which("wrk") is None:
        return [(f"gate, {millions} M", "SKIPPED: needs wrk (Debian package wrk)", "", "", "")]
    rng = np.random.default_rng(7)
    bank = balanced(millions * 1_000_000, rng)
    asked, _ = queries(bank, ASKED, rng)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        hashes = [code.tobytes().hex() for code in asked]
        found = _signature_rows(folder, f"{millions} M", bank, hashes)
        if millions == 1:
            found += [*_picture_rows(folder), *_flood_rows(folder, hashes)]
        return found


def _signature_rows(folder: Path, name: str, bank: NDArray[np.uint8], hashes: list[str]) -> list[Row]:
    """Every second hash matches, as in the index's own benchmark; of what is uploaded, nearly none does."""
    asked = {"none matches": hashes[1::2], "half match": hashes}
    ours: dict[tuple[str, bool], Asked] = {}
    theirs: dict[tuple[str, bool], Asked] = {}
    with _gate(folder / "gate", bank) as (gate, process):
        url, key = f"{gate.url}/api/v1/check", _headers(gate.uploads)
        for what, each in asked.items():
            one = _lines(folder / "asked", [{"items": [{"pdq": value}]} for value in each])
            ours[what, False] = ask(url, one, process, content_type=JSON, headers=key)
            many = _lines(folder / "asked", [{"items": [{"pdq": value} for value in part]} for part in _batches(each)])
            ours[what, True] = ask(url, many, process, content_type=JSON, headers=key, connections=2)
    with _peer(folder, bank) as (url, process):
        for what, each in asked.items():
            one = _lines(folder / "asked", [{"pdq": value} for value in each])
            theirs[what, False] = ask(f"{url}/one", one, process, content_type=JSON)
        for what, each in asked.items():  # last, since what is asked last is worked on after we are gone
            many = _lines(folder / "asked", [{"items": part} for part in _batches(each)])
            theirs[what, True] = ask(
                f"{url}/many", many, process, content_type=JSON, connections=2, seconds=60, warm=False
            )
    return [
        row
        for what, is_many in ours
        for row in _rows_of(
            f"gate, {name}, {f'{BATCH:,} signatures' if is_many else 'one signature'} a request, {what}",
            ours[what, is_many],
            theirs[what, is_many],
            BATCH if is_many else 1,
        )
    ]


def _rows_of(name: str, ours: Asked, theirs: Asked, signatures: int) -> list[Row]:
    many = signatures > 1
    our_us, their_us = ours.server_us / signatures, theirs.server_us / signatures
    return [
        (
            name,
            f"{ours.a_second * signatures:,.0f} a second",
            f"PDQIndex behind Flask {theirs.a_second * signatures:,.0f} a second",
            f"{ours.a_second / theirs.a_second:.1f}x",
            "20,000 a second at 10 M" if many else "",
        ),
        (
            f"{name}, the server's processor time for a signature",
            f"{our_us:.0f} us",
            f"{their_us:.0f} us",
            f"{their_us / our_us:.1f}x",
            "" if many else "120 us at 1 M",
        ),
        (
            f"{name}, p50 / p99 of {2 if many else 32} requests at once",
            f"{ours.p50_ms:.1f} / {ours.p99_ms:.1f} ms",
            f"{theirs.p50_ms:.1f} / {theirs.p99_ms:.1f} ms",
            f"{theirs.p50_ms / ours.p50_ms:.1f}x",
            "",
        ),
    ]


def _batches(hashes: list[str]) -> list[list[str]]:
    return [hashes[at : at + BATCH] for at in range(0, len(hashes), BATCH)]


def _picture_rows(folder: Path) -> list[Row]:
    """Through the gate against the core alone, each with one worker, and with all of it on one core."""
    found: list[Row] = []
    with _gate(folder / "pictures", balanced(1_000, np.random.default_rng(1)), "[limits]\nworkers = 1\n") as started:
        gate, process = started
        key = _headers(gate.uploads)
        for megapixels, size in PICTURE_SIZES.items():
            picture = jpeg(*size)
            file = folder / "picture"
            file.write_bytes(picture)
            with on_core(SERVER_CORE), MediaPool(1) as pool:
                alone = _pictures_a_second(pool, picture)
            through = ask(
                f"{gate.url}/api/v1/check", file, process, content_type=JPEG, headers=key, whole=True, connections=4
            ).a_second
            found.append(
                (
                    f"gate, JPEG uploads of {megapixels:g} MP",
                    f"{through:,.0f} a second",
                    f"the core's pool alone {alone:,.0f} a second",
                    f"{through / alone:.0%}",
                    "70%",
                )
            )
    return found


def _pictures_a_second(pool: MediaPool, picture: bytes, seconds: float = 3.0) -> float:
    pool.signatures_of(picture)
    begun, count = time.perf_counter(), 0
    while time.perf_counter() - begun < seconds:
        pool.signatures_of(picture)
        count += 1
    return count / (time.perf_counter() - begun)


def _flood_rows(folder: Path, hashes: list[str]) -> list[Row]:
    """Signature checks of one key while another sends a thousand broken pictures at once, again and again.

    The same flood at another gate of this machine shows what of it is the gate's: two cores are shared in both.
    """
    small = _lines(folder / "few", [{"items": [{"pdq": each}]} for each in hashes[:1_000]])
    broken = folder / "broken"
    broken.write_bytes(jpeg(512, 512)[:20_000])
    bank = balanced(1_000, np.random.default_rng(1))
    with _gate(folder / "flood", bank, core=None) as (gate, process), _gate(folder / "other", bank, core=None) as other:
        url, key = f"{gate.url}/api/v1/check", _headers(gate.uploads)

        def p99s() -> dict[int, float]:
            return {
                at_once: ask(
                    url, small, process, content_type=JSON, headers=key, connections=at_once, seconds=10, core=None
                ).p99_ms
                for at_once in (32, 1)
            }

        quiet = p99s()
        during: list[dict[int, float]] = []
        for flooded_gate in (gate, other[0]):
            flooding = _headers(flooded_gate.key(Scope.CHECK))
            target = f"{flooded_gate.url}/api/v1/check"
            with flooded(target, broken, content_type=JPEG, headers=flooding, at_once=FLOOD):
                during.append(p99s())
    here, elsewhere = during
    return [
        (
            f"gate, p99 of {at_once} checks at once while another key sends {FLOOD:,} broken pictures at once",
            f"{here[at_once]:.1f} ms",
            f"without them {quiet[at_once]:.1f} ms; with them at another gate of this machine {elsewhere[at_once]:.1f}",
            f"{here[at_once] / quiet[at_once]:.1f}x",
            "2x at most",
        )
        for at_once in quiet
    ]


def _headers(key: str) -> dict[str, str]:
    return {"authorization": f"Bearer {key}", "haalweg-uploader": "account-1"}


@contextmanager
def _gate(
    folder: Path, bank: NDArray[np.uint8], settings: str = "", core: int | None = SERVER_CORE
) -> Iterator[tuple[AGate, int]]:
    gate = AGate(folder, settings=settings)
    with BankFile.open(gate.bank, gate.ring) as store:
        made = store.make_bank("NL", now=datetime.now(UTC))
        store.add(NewEntries(made.id, SignalType.PDQ, bank), now=datetime.now(UTC))
    with ExitStack() as ends:
        ends.callback(gate.kill)
        with ExitStack() as pinned:
            if core is not None:
                pinned.enter_context(on_core(core))
            gate.start()
        assert gate.process is not None
        yield gate, gate.process.pid


@contextmanager
def _peer(folder: Path, bank: NDArray[np.uint8]) -> Iterator[tuple[str, int]]:
    np.save(folder / "codes.npy", bank)
    port = free_port()
    command = [
        sys.executable, "-m", "gunicorn", "--bind", f"127.0.0.1:{port}", "--chdir", str(Path(__file__).parent),
        "--workers", "1", "--threads", "1", "--worker-class", "gthread", "--keep-alive", "60", "--timeout", "900",
        "--log-level", "error", "flask_peer:app",
    ]  # fmt: skip
    url = f"http://127.0.0.1:{port}"
    with on_core(SERVER_CORE), subprocess.Popen(command, env=os.environ | {"CODES": str(folder / "codes.npy")}) as peer:
        try:
            until(lambda: _answers(f"{url}/one"), PEER_START_S)
            yield url, peer.pid
        finally:
            peer.terminate()


def _answers(url: str) -> bool:
    try:
        return httpx.post(url, json={"pdq": "0" * 64}, trust_env=False, timeout=60).status_code == httpx.codes.OK
    except httpx.TransportError:
        return False


def _lines(path: Path, bodies: Sequence[object]) -> Path:
    path.write_text("".join(f"{json.dumps(body)}\n" for body in bodies))
    return path


if __name__ == "__main__":
    print(
        f"Others keep {other_load():.1f} of {os.cpu_count()} cores busy; figures taken above 0.2 are to be taken again."
    )
    print(table(rows(int(sys.argv[1]) if len(sys.argv) > 1 else 1)))
