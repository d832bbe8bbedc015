"""From an add or a withdrawal in another process to the answer that shows it: `bench_live.py [MILLIONS]`."""

from __future__ import annotations

import subprocess
import sys
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path

import numpy as np

from haalweg.adapters.bank_file import BankFile
from haalweg.banks import NewEntries
from haalweg.keeping import KeyRing
from haalweg.matching import LiveBank
from haalweg.signals import HashedPart, Orientation, PdqHash, SignalType
from haalweg.signals.pdq import Hashed

EVERY_S = 0.1
ROUNDS = 40

# The other process: for each line it reads it adds one entry or takes it back, and says when that was begun and done.
WRITER = """
import sys, time
from datetime import UTC, datetime
import numpy as np
from haalweg.adapters.bank_file import BankFile
from haalweg.banks import NewEntries, WithdrawalReason
from haalweg.keeping import KeyRing
from haalweg.signals import SignalType
with BankFile.open(sys.argv[1], KeyRing.read(sys.argv[2])) as store:
    bank = store.banks()[0].id
    for line in sys.stdin:
        act, value = line.split()
        begun = time.time()
        if act == "add":
            last = store.add(NewEntries(bank, SignalType.PDQ, [bytes.fromhex(value)]), now=datetime.now(UTC)).first_id
        else:
            store.withdraw([last], reason=WithdrawalReason.ASKED, now=datetime.now(UTC))
        print(begun, time.time(), flush=True)
"""


def main() -> None:
    millions = float(sys.argv[1]) if len(sys.argv) > 1 else 1
    rng = np.random.default_rng(1)
    with tempfile.TemporaryDirectory() as folder:
        bank, keys = Path(folder) / "case.bank", Path(folder) / "keys"
        ring = KeyRing.make(datetime.now(UTC))
        ring.write_new(keys)
        with BankFile.new(bank, ring, now=datetime.now(UTC)) as store:
            made = store.make_bank("one", now=datetime.now(UTC))
            values = rng.integers(0, 256, (int(millions * 1e6), 32), np.uint8)
            store.add(NewEntries(made.id, SignalType.PDQ, values), now=datetime.now(UTC))
            begun = time.perf_counter()
            live = LiveBank(store, now=datetime.now(UTC))
            print(f"{len(live.index):,} entries ready in {time.perf_counter() - begun:.2f} s")
            begun = time.perf_counter()
            for _ in range(10_000):
                live.refresh(now=datetime.now(UTC))
            print(f"a refresh with nothing new: {(time.perf_counter() - begun) * 100:.1f} us")
            command = [sys.executable, "-c", WRITER, str(bank), str(keys)]
            with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as writer:
                assert writer.stdin is not None
                assert writer.stdout is not None
                seen: dict[str, list[tuple[float, float]]] = {"add": [], "withdraw": []}
                for _ in range(ROUNDS):
                    value = rng.integers(0, 256, 32, np.uint8).tobytes()
                    for act, times in seen.items():
                        writer.stdin.write(f"{act} {value.hex()}\n")
                        writer.stdin.flush()
                        shows = until(live, value, there=act == "add")
                        begun_at, done_at = map(float, writer.stdout.readline().split())
                        times.append((shows - begun_at, shows - done_at))
                writer.stdin.close()
            for act, times in seen.items():
                begun_ms, done_ms = (np.sort(column) * 1000 for column in np.array(times).T)
                print(
                    f"{act}: shows {np.median(begun_ms):.0f} ms after it was begun (slowest of {ROUNDS}: "
                    f"{begun_ms[-1]:.0f}), {np.median(done_ms):.0f} ms after it was done (slowest: {done_ms[-1]:.0f})"
                )


def until(live: LiveBank, value: bytes, *, there: bool) -> float:
    """Refresh ten times a second until the value is found, or found no more; the time of day then."""
    asking = Hashed(PdqHash(value), 100)
    part = HashedPart(0, None, (asking,) * len(Orientation))
    while bool(live.index.match_picture([part])) is not there:
        time.sleep(EVERY_S)
        live.refresh(now=datetime.now(UTC))
    return time.time()


if __name__ == "__main__":
    main()
