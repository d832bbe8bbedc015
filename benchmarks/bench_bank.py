"""A sealed bank of many PDQ hashes: how long importing a list takes, and how long until it can be searched.

Run: python benchmarks/bench_bank.py [MILLIONS] [csv]; 10 unless said, and a plain list unless it is to be a CSV with
qualities. Everything lies in a temporary folder, the list in clear and deleted afterwards.
"""

from __future__ import annotations

import os
import resource
import subprocess
import sys
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from codes import balanced
from timing import Row, table

from haalweg.adapters.bank_file import BankFile
from haalweg.banks import EntryId, NewEntries, WithdrawalReason
from haalweg.keeping import KeyRing
from haalweg.matching import BankIndex
from haalweg.signals import SignalType

if TYPE_CHECKING:
    from collections.abc import Callable

HAALWEG = Path(sys.executable).with_name("haalweg")
PART = 1 << 17


def rows(millions: int = 10, *, as_csv: bool = False) -> list[Row]:
    """Return (work, ours, peer, ratio, goal)."""
    with tempfile.TemporaryDirectory() as folder:
        return _rows(Path(folder), millions, as_csv=as_csv)


def _rows(folder: Path, millions: int, *, as_csv: bool) -> list[Row]:
    now = datetime.now(UTC)
    ring = KeyRing.make(now)
    ring.write_new(folder / "keys")
    os.environ["HAALWEG_KEY_FILE"] = str(folder / "keys")
    bank, hashes = folder / "case.bank", folder / "hashes.txt"
    _write_list(hashes, millions * 1_000_000, as_csv=as_csv)
    name = f"{millions} M sealed"
    command = [str(HAALWEG), "bank", "import", str(bank), str(hashes), "--bank", "BENCH", "--signal", "pdq", "--adults"]
    subprocess.run([str(HAALWEG), "bank", "new", str(bank)], check=True, stderr=subprocess.DEVNULL)
    _, importing = timed(lambda: subprocess.run(command, check=True, stderr=subprocess.DEVNULL))
    memory = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss >> 10
    _, again = timed(lambda: subprocess.run(command, check=True, stderr=subprocess.DEVNULL))
    hashes.unlink()
    _, checking = timed(
        lambda: subprocess.run([str(HAALWEG), "bank", "check", str(bank)], check=True, stdout=subprocess.DEVNULL)
    )
    found: list[Row] = [
        (f"{name}, import of a {'CSV' if as_csv else 'list'}", f"{importing:.1f} s, {memory:,} MiB", "", "", "120 s"),
        (f"{name}, the same list again", f"{again:.1f} s", "", "", ""),
        (f"{name}, check", f"{checking:.1f} s", "", "", ""),
        (f"{name}, file", f"{bank.stat().st_size / (millions * 1e6):.1f} bytes an entry", "", "", ""),
    ]
    with BankFile.open(bank, ring) as store:
        (_, reading) = timed(lambda: sum(len(block) for block in store.blocks((SignalType.PDQ,), now=now)))
        (_, ready) = timed(lambda: BankIndex.of(store, now=now))
        one = NewEntries(store.banks()[0].id, SignalType.PDQ, balanced(1, np.random.default_rng(1)))
        (_, adding) = timed(lambda: store.add(one, now=now))
        (_, going) = timed(lambda: store.withdraw([EntryId(1)], reason=WithdrawalReason.ASKED, now=now))
    return [
        *found,
        (f"{name}, all read and opened", f"{reading:.1f} s", "", "", ""),
        (f"{name}, ready to be searched", f"{ready:.1f} s", "", "", "30 s"),
        (f"{name}, add one", f"{adding:.2f} s", "", "", ""),
        (f"{name}, withdraw one", f"{going:.2f} s", "", "", ""),
    ]


def _write_list(path: Path, count: int, *, as_csv: bool) -> None:
    rng = np.random.default_rng(7)
    with path.open("wb") as file:
        file.write(b"value,quality\n" if as_csv else b"")
        for start in range(0, count, PART):
            codes = balanced(min(PART, count - start), rng)
            lines = codes.tobytes().hex("\n", 32).encode() + b"\n"
            file.write(lines.replace(b"\n", b",100\n") if as_csv else lines)


def timed(work: Callable[[], Any]) -> tuple[Any, float]:
    begun = time.perf_counter()
    made = work()
    return made, time.perf_counter() - begun


if __name__ == "__main__":
    print(table(rows(int(sys.argv[1]) if len(sys.argv) > 1 else 10, as_csv="csv" in sys.argv)))
