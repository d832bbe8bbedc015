"""A gate over HTTP: signatures one by one and by the thousand, beside threatexchange's index behind Flask; and pictures.

Run: python benchmarks/bench_gate.py [MILLIONS]; 1 unless said. Needs wrk (Debian package wrk). Every server has core 0 for
itself and wrk has core 1. Every second signature lies within 31 bits of an entry.
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
from served import SERVER_CORE, AGate, ask, flooded, free_port, on_core, other_load, until
from timing import Row, table

from haalweg.adapters.bank_file import BankFile
from haalweg.adapters.media import MediaPool
from haalweg.banks import NewEntries
from haalweg.gate.keys import Scope
from haalweg.signals import SignalType

if TYPE_CHECKING:
    from collections.abc import Iterator

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
    together = [hashes[at : at + BATCH] for at in range(0, len(hashes), BATCH)]
    bodies = {
        "gate one": [{"items": [{"pdq": each}]} for each in hashes],
        "gate many": [{"items": [{"pdq": each} for each in part]} for part in together],
        "peer one": [{"pdq": each} for each in hashes],
        "peer many": [{"items": part} for part in together],
    }
    files = {what: _lines(folder / what, each) for what, each in bodies.items()}
    with _gate(folder / "gate", bank) as (gate, process):
        url, key = f"{gate.url}/api/v1/check", {"authorization": f"Bearer {gate.uploads}"}
        our_one = ask(url, files["gate one"], process, content_type=JSON, headers=key)
        our_many = ask(url, files["gate many"], process, content_type=JSON, headers=key, connections=2)
    with _peer(folder, bank) as (url, process):
        their_one = ask(f"{url}/one", files["peer one"], process, content_type=JSON)
        their_many = ask(f"{url}/many", files["peer many"], process, content_type=JSON, connections=2)
    one, many = f"gate, one signature a request, {name}", f"gate, {BATCH:,} signatures a request, {name}"
    return [
        (
            one,
            f"{our_one.a_second:,.0f} a second",
            f"PDQIndex behind Flask {their_one.a_second:,.0f} a second",
            f"{our_one.a_second / their_one.a_second:.1f}x",
            "",
        ),
        (
            f"{one}, p50 / p99 of 32 at once",
            f"{our_one.p50_ms:.1f} / {our_one.p99_ms:.1f} ms",
            f"{their_one.p50_ms:.1f} / {their_one.p99_ms:.1f} ms",
            "",
            "",
        ),
        (
            f"{one}, server",
            f"{our_one.server_us:.0f} us",
            f"{their_one.server_us:.0f} us",
            f"{their_one.server_us / our_one.server_us:.1f}x",
            "120 us at 1 M",
        ),
        (
            many,
            f"{BATCH * our_many.a_second:,.0f} a second",
            f"PDQIndex behind Flask {BATCH * their_many.a_second:,.0f} a second",
            f"{our_many.a_second / their_many.a_second:.1f}x",
            "20,000 a second at 10 M",
        ),
        (
            f"{many}, p50 / p99 of 2 at once",
            f"{our_many.p50_ms:.0f} / {our_many.p99_ms:.0f} ms",
            f"{their_many.p50_ms:.0f} / {their_many.p99_ms:.0f} ms",
            "",
            "",
        ),
        (
            f"{many}, server, a signature",
            f"{our_many.server_us / BATCH:.1f} us",
            f"{their_many.server_us / BATCH:.1f} us",
            f"{their_many.server_us / our_many.server_us:.1f}x",
            "",
        ),
    ]


def _picture_rows(folder: Path) -> list[Row]:
    """Through the gate against the core alone, each with one worker, and with all of it on one core."""
    found: list[Row] = []
    with _gate(folder / "pictures", balanced(1_000, np.random.default_rng(1)), "[limits]\nworkers = 1\n") as started:
        gate, process = started
        key = {"authorization": f"Bearer {gate.uploads}"}
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
    """Signature checks of one key while another sends a thousand broken pictures at once, again and again."""
    small = _lines(folder / "few", [{"items": [{"pdq": each}]} for each in hashes[:1_000]])
    broken = folder / "broken"
    broken.write_bytes(jpeg(512, 512)[:20_000])
    with _gate(folder / "flood", balanced(1_000, np.random.default_rng(1)), core=None) as (gate, process):
        url, key = f"{gate.url}/api/v1/check", {"authorization": f"Bearer {gate.uploads}"}

        def p99() -> float:
            return ask(
                url, small, process, content_type=JSON, headers=key, connections=1, seconds=10, core=None
            ).p99_ms

        quiet = p99()
        flooding = {"authorization": f"Bearer {gate.key(Scope.CHECK)}"}
        with flooded(url, broken, content_type=JPEG, headers=flooding, at_once=FLOOD):
            during = p99()
    return [
        (
            f"gate, a signature check's p99 while another key sends {FLOOD:,} broken pictures at once",
            f"{during:.1f} ms",
            f"without them {quiet:.1f} ms",
            f"{during / quiet:.1f}x",
            "2x at most",
        )
    ]


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


def _lines(path: Path, bodies: list[dict[str, object]]) -> Path:
    path.write_text("".join(f"{json.dumps(body)}\n" for body in bodies))
    return path


if __name__ == "__main__":
    print(f"Others keep {other_load():.1f} of {os.cpu_count()} cores busy; figures taken above 0.2 are to be taken again.")
    print(table(rows(int(sys.argv[1]) if len(sys.argv) > 1 else 1)))
