"""A day compressed: `soak.py [--checks N] [--seed N] [--batch N] [--held N]`; a million checks unless said.

One source, whose bank another process writes, and two gates that follow it. While they are asked, entries come and are
withdrawn, the feed stands still, the source and its writer are killed, one of the gates is killed, its disk is full,
and the source's bank is put back from an older copy. At every moment it is known what has to match, what must not, and
what may: an entry that was acknowledged has SETTLED_S to arrive, counted anew from the end of whatever kept it.

Exits with 1 where a verdict was wrong, something acknowledged was lost, a gate did not answer that should have, or the
memory of a gate grew by more than a twentieth between a tenth of the run and its end.
"""

from __future__ import annotations

import argparse
import random
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections import Counter
from contextlib import ExitStack, closing, contextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from asking import Asking, GateError
from served import AGate, follower, until

from haalweg.adapters.bank_file import JOURNALS, BankFile
from haalweg.matching import BankIndex
from haalweg.signals import MATCH_THRESHOLD_BITS, Hashed, HashedPart, PdqHash

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

SETTLED_S = 2.0
LONGEST_PAUSE_S = 31.0  # of a gate whose source was away: as long again as it was away, and never longer than this
DISK_MB = 32
WRITER = Path(__file__).with_name("bank_writer.py")
_GATES = "the gate that is left alone", "the gate that is not"
_SHOWN = 10  # wrong verdicts that are described
_LONG_S = 60.0
_BYTES = 32  # of a PDQ hash
_MOST_ITEMS = 1_000  # in one request
_CHECKS_A_HAPPENING = 10_000
_CHANGES_A_BATCH = 0.3
_BREATH_S = 0.02  # between batches while something lasts
_ENOUGH_CHECKS = 100_000  # to be warmed up at a tenth of them, so that growth says something
_MOST_GROWTH = 1.05


@dataclass(slots=True, eq=False)
class Entry:
    """A value that was given to the source's bank, and what is known of it."""

    value: bytes
    is_in: bool = True  # what was acknowledged last, or is on its way
    holds_from: float | None = None  # from this moment on every gate has to show it; None: not known yet when


@dataclass(slots=True)
class Seen:
    """What came of it."""

    checks: int = 0
    had_to_match: int = 0
    must_not_match: int = 0
    wrong: list[str] = field(default_factory=list)
    lost: list[str] = field(default_factory=list)
    unanswered: list[str] = field(default_factory=list)
    acknowledged: int = 0
    events: Counter[str] = field(default_factory=Counter)
    skipped: set[str] = field(default_factory=set)
    rss_kib: dict[int, int] = field(default_factory=dict)  # of the gate that is never killed, by percent of the run

    @property
    def is_good(self) -> bool:
        return not (self.wrong or self.lost or self.unanswered) and self._is_flat

    @property
    def _is_flat(self) -> bool:
        return self.checks < _ENOUGH_CHECKS or self.rss_kib.get(100, 0) <= _MOST_GROWTH * self.rss_kib.get(10, 0)

    def table(self) -> str:
        first, last = self.rss_kib.get(10, 0), self.rss_kib.get(100, 0)
        growth = f" ({last / first - 1:+.1%})" if first and last else ""
        rows = [
            ("checks", f"{self.checks:,}"),
            ("of entries that had to match", f"{self.had_to_match:,}"),
            ("of entries that were withdrawn", f"{self.must_not_match:,}"),
            ("wrong verdicts", f"{len(self.wrong):,}"),
            ("adds and withdrawals acknowledged", f"{self.acknowledged:,}"),
            ("of these lost", f"{len(self.lost):,}"),
            ("questions without an answer", f"{len(self.unanswered):,}"),
            ("memory of a gate at 10 % and at 100 %", f"{first / 1024:.1f} and {last / 1024:.1f} MiB{growth}"),
            *((f"{what}", f"{times}x") for what, times in sorted(self.events.items())),
            *((what, "SKIPPED") for what in sorted(self.skipped)),
        ]
        lines = ["| what | how much |", "|---|---|", *(f"| {name} | {figure} |" for name, figure in rows)]
        return "\n".join([*lines, *(self.wrong + self.lost + self.unanswered)[:_SHOWN]])


class Writer:
    """The process that writes the source's bank."""

    def __init__(self, source: AGate, journal: Path) -> None:
        self._command = [sys.executable, str(WRITER), str(source.bank), str(source.folder / "keys"), str(journal)]
        self._process: subprocess.Popen[str] | None = None

    def begin(self, act: str, values: Sequence[bytes]) -> None:
        """Give it something to do; the process is started where there is none."""
        process = self._process
        if process is None:
            process = subprocess.Popen(self._command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
            self._process = process
            self._line()
        assert process.stdin is not None
        process.stdin.write(" ".join([act, *(value.hex() for value in values)]) + "\n")
        process.stdin.flush()

    def do(self, act: str, values: Sequence[bytes]) -> None:
        """Have it done, and acknowledged."""
        self.begin(act, values)
        self._line()

    def kill(self) -> None:
        if self._process is not None:
            self._process.kill()
            self._process.communicate()
            self._process = None

    def _line(self) -> str:
        assert self._process is not None
        assert self._process.stdout is not None
        line = self._process.stdout.readline()
        if not line:
            sys.exit("The process that writes the source's bank ended by itself.")
        return line


class Soak:
    """The run. What it knows of an entry is what it was told is done, never what a gate said."""

    def __init__(self, folder: Path, ends: ExitStack, *, checks: int, seed: int, batch: int, held: int) -> None:
        """Start everything; ends: is told how to stop it."""
        self.seen = Seen()
        self._random = random.Random(seed)
        self._checks, self._batch = checks, batch
        self._entries: list[Entry] = []
        self._unsettled: list[Entry] = []
        self._since_copy: list[Entry] = []  # added since the copy was made
        self._held_up = False  # whether something keeps changes from arriving just now
        self._trouble_since = self._noticed_by = 0.0
        self._source, self._journal = _source(folder / "source", folder / "journals")
        self._writer = Writer(self._source, self._journal)
        ends.callback(self._writer.kill)
        self._copy = folder / "copy.bank"
        self._disk = ends.enter_context(_small_disk(folder / "disk"))
        if self._disk is None:
            self.seen.skipped.add("a full disk: it needs to mount a file system, which this machine does not let us")
        self._steady = follower(folder / "steady", self._source)
        self._shaken = follower((self._disk or folder) / "shaken", self._source)
        self._add(held)
        self._withdraw(held // 10)
        self._copy_bank()
        for gate in (self._source, self._steady, self._shaken):
            ends.callback(gate.kill)
            gate.start()
        there = next(each.value for each in self._entries if each.is_in)
        self._asking = [Asking(gate.port, gate.uploads) for gate in (self._steady, self._shaken)]
        for each in self._asking:
            ends.callback(each.close)
            until(partial(each.matches, there), _LONG_S)

    def run(self) -> None:
        """Do it all, and see at the end that every entry is what it was last said to be."""
        happenings = self._happenings()
        for number, happening in enumerate(happenings, 1):
            self._ask_up_to(self._checks * number // (len(happenings) + 1))
            if self._random.random() < 0.3:
                self._copy_bank()
            what = happening()
            self.seen.events[what] += 1
            self._say(what)
            if happening == self._fill_the_disk:
                self._let_arrive()  # before a gate is started anew, which would hide that it has given up
        self._ask_up_to(self._checks)
        self._say("waiting for the last changes to arrive")
        self._let_arrive()
        self._hold_to_all()
        self._note_memory()

    def _happenings(self) -> list[Callable[[], str]]:
        """What happens, in an order that the seed decides: each at least once."""
        kinds = [self._stop_the_feed, self._kill_the_source, self._kill_a_gate, self._put_a_copy_back]
        if self._disk is not None:
            kinds.append(self._fill_the_disk)
        times = max(1, self._checks // (_CHECKS_A_HAPPENING * len(kinds)))
        return [kind for _ in range(times) for kind in self._random.sample(kinds, len(kinds))]

    # What happens.

    def _stop_the_feed(self) -> str:
        assert self._source.process is not None
        with self._trouble():
            self._source.process.send_signal(signal.SIGSTOP)
            self._go_on(1.0)
            self._source.process.send_signal(signal.SIGCONT)
        return "the feed stood still"

    def _kill_the_source(self) -> str:
        with self._trouble():
            act = self._random.choice(["add", "withdraw"])
            entries = self._new(3) if act == "add" else self._some_in(3)
            self._expect(entries, is_in=act == "add")
            self._writer.begin(act, [each.value for each in entries])
            time.sleep(self._random.uniform(0, 0.03))
            self._writer.kill()
            self._source.kill()
            self._tell(act, entries)  # nobody was told that it was done: whoever wanted it asks again
            self._go_on(0.5)
            self._source.start()
        return "source and writer were killed"

    def _kill_a_gate(self) -> str:
        with self._trouble():
            self._shaken.kill()
            self._go_on(0.2, but=self._asking[1])
            self._shaken.start()
        return "a gate was killed"

    def _fill_the_disk(self) -> str:
        assert self._disk is not None
        full = self._disk / "full"
        with self._trouble():
            with full.open("wb", buffering=0) as file, suppress(OSError):
                while True:
                    file.write(bytes(1 << 16))
            self._go_on(1.5)
            full.unlink()
        return "a gate's disk was full"

    def _put_a_copy_back(self) -> str:
        with self._trouble():
            lost = [each for each in self._since_copy if each.is_in]
            self._expect(lost, is_in=True)
            self._writer.kill()
            self._source.kill()
            for path in self._source.folder.glob("gate.bank*"):
                path.unlink()
            shutil.copyfile(self._copy, self._source.bank)
            self._source.start()
            self._go_on(0.5, writes=False)
            if lost:
                self._writer.do("add", [each.value for each in lost])
        return "the source's bank was put back from a copy"

    # Changes.

    def _new(self, count: int) -> list[Entry]:
        entries = [Entry(self._random.randbytes(_BYTES)) for _ in range(count)]
        self._entries += entries
        self._since_copy += entries
        return entries

    def _some_in(self, count: int) -> list[Entry]:
        found = self._random.sample(self._entries, min(len(self._entries), 4 * count))
        return [each for each in found if each.is_in][:count]

    def _add(self, count: int) -> None:
        entries = self._new(count)
        self._expect(entries, is_in=True)
        self._tell("add", entries)

    def _withdraw(self, count: int) -> None:
        entries = self._some_in(count)
        self._expect(entries, is_in=False)
        self._tell("withdraw", entries)

    def _expect(self, entries: Sequence[Entry], *, is_in: bool) -> None:
        """From now on they may be there or not."""
        for each in entries:
            each.is_in, each.holds_from = is_in, None
        self._unsettled += entries

    def _tell(self, act: str, entries: Sequence[Entry]) -> None:
        """Have it written. When it is acknowledged it has so long to arrive, unless something holds it up."""
        if not entries:
            return
        self._writer.do(act, [each.value for each in entries])
        self.seen.acknowledged += len(entries)
        if not self._held_up:
            for each in entries:
                each.holds_from = max(time.monotonic(), self._noticed_by) + SETTLED_S

    @contextmanager
    def _trouble(self) -> Iterator[None]:
        """Until this is over nothing has to arrive; after it all has so long as it takes to notice, and SETTLED_S.

        Where the last one was not noticed yet to be over, a gate has waited since that began.
        """
        now = time.monotonic()
        if now > self._noticed_by:
            self._trouble_since = now
        self._held_up = True
        self._unsettled = [each for each in self._unsettled if each.holds_from is None or each.holds_from > now]
        for each in self._unsettled:
            each.holds_from = None
        yield
        now = time.monotonic()
        self._noticed_by = now + min(now - self._trouble_since + 1, LONGEST_PAUSE_S)
        for each in self._unsettled:
            each.holds_from = self._noticed_by + SETTLED_S
        self._held_up = False

    def _copy_bank(self) -> None:
        self._copy.unlink(missing_ok=True)
        with closing(sqlite3.connect(self._source.bank)) as bank, closing(sqlite3.connect(self._copy)) as copy:
            bank.backup(copy)
        self._since_copy = []

    # Questions.

    def _let_arrive(self) -> None:
        """Go on until nothing is on its way."""
        last = max((each.holds_from or 0.0 for each in self._unsettled), default=0.0)
        self._go_on(last - time.monotonic(), writes=False)

    def _ask_up_to(self, checks: int) -> None:
        while self.seen.checks < checks:
            self._go_on(0)

    def _go_on(self, seconds: float, *, writes: bool = True, but: Asking | None = None) -> None:
        """Ask, and change something now and then, at least once. but: a gate that is not asked."""
        end = time.monotonic() + seconds
        while True:
            if writes and self._random.random() < _CHANGES_A_BATCH:
                self._random.choice([self._add, self._withdraw])(self._random.randrange(1, 6))
            for name, each in zip(_GATES, self._asking, strict=True):
                if each is not but:
                    self._check(name, each)
            if 100 * self.seen.checks >= 10 * self._checks and 10 not in self.seen.rss_kib:
                self._note_memory()
            if time.monotonic() >= end:
                return
            time.sleep(_BREATH_S)

    def _check(self, name: str, gate: Asking) -> None:
        """Ask about entries, near copies of them, and strangers."""
        asked: list[tuple[bytes, Entry | None]] = []
        for entry in self._random.choices(self._entries, k=self._batch):
            stranger = self._random.random() < 0.3
            asked.append((self._random.randbytes(_BYTES), None) if stranger else (self._altered(entry.value), entry))
        now = time.monotonic()
        has_to = [_has_to_match(entry, now) for _, entry in asked]
        try:
            answers = gate.ask([value for value, _ in asked])
        except GateError as error:
            self.seen.unanswered.append(f"{name}: {error}")
            time.sleep(0.1)
            return
        self.seen.checks += len(answers)
        self.seen.had_to_match += has_to.count(True)
        self.seen.must_not_match += sum(
            1 for (_, entry), each in zip(asked, has_to, strict=True) if entry and each is False
        )
        for (_, of), expected, answer in zip(asked, has_to, answers, strict=True):
            if expected is not None and answer is not expected:
                self.seen.wrong.append(f"{name}: {_described(of, now)}")
                if len(self.seen.wrong) <= _SHOWN:
                    self._say(self.seen.wrong[-1])

    def _altered(self, value: bytes) -> bytes:
        mask = sum(
            1 << bit for bit in self._random.sample(range(256), self._random.randrange(MATCH_THRESHOLD_BITS + 1))
        )
        return (int.from_bytes(value) ^ mask).to_bytes(_BYTES)

    def _hold_to_all(self) -> None:
        """Every entry once more: in the source's file, and at every gate."""
        with BankFile.open(self._source.bank, self._source.ring, journal=self._journal) as store:
            index = BankIndex.of(store, now=datetime.now(UTC))
        for each in self._entries:
            part = HashedPart(0, None, (Hashed(PdqHash(each.value), 100),))
            if bool(index.match_picture([part])) is not each.is_in:
                self.seen.lost.append(f"the source's bank: an entry that was {'added' if each.is_in else 'withdrawn'}")
        for name, gate in zip(_GATES, self._asking, strict=True):
            for at in range(0, len(self._entries), _MOST_ITEMS):
                entries = self._entries[at : at + _MOST_ITEMS]
                now = time.monotonic()
                for entry, answer in zip(entries, gate.ask([each.value for each in entries]), strict=True):
                    if answer is not entry.is_in:
                        self.seen.wrong.append(f"{name}, at the end: {_described(entry, now)}")

    # What is said.

    def _note_memory(self) -> None:
        assert self._steady.process is not None
        status = Path(f"/proc/{self._steady.process.pid}/status").read_text()
        percent = 10 if 10 not in self.seen.rss_kib else 100
        self.seen.rss_kib[percent] = int(status.partition("VmRSS:")[2].split()[0])

    def _say(self, what: str) -> None:
        seen = self.seen
        print(
            f"{min(100, 100 * seen.checks // self._checks):3} %  {seen.checks:,} checks, {len(seen.wrong)} wrong, "
            f"{len(seen.unanswered)} unanswered: {what}",
            file=sys.stderr,
            flush=True,
        )


def _has_to_match(entry: Entry | None, now: float) -> bool | None:
    """None: it may or may not."""
    if entry is None:
        return False
    return entry.is_in if entry.holds_from is not None and entry.holds_from <= now else None


def _described(entry: Entry | None, now: float) -> str:
    if entry is None:
        return "a stranger matched"
    since = now - (entry.holds_from or now)
    return (
        f"an entry did not match {since:.1f} s after it had to"
        if entry.is_in
        else (f"a withdrawn entry matched {since:.1f} s after it must not any more")
    )


def _source(folder: Path, journals: Path) -> tuple[AGate, Path]:
    journals.mkdir()
    gate = AGate(folder, environment={JOURNALS: str(journals)})
    journal = journals / f"{BankFile.id_of(gate.bank)}.journal"
    with BankFile.open(gate.bank, gate.ring) as store:
        store.begin_journal(journal)
        store.make_bank("NL", now=datetime.now(UTC))
    return gate, journal


@contextmanager
def _small_disk(place: Path) -> Iterator[Path | None]:
    """A file system that is soon full; None where this machine does not let us mount one."""
    place.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", f"size={DISK_MB}m", "none", str(place)]
    if subprocess.run(mount, capture_output=True, check=False).returncode:
        yield None
        return
    try:
        yield place
    finally:
        subprocess.run(["umount", str(place)], check=False)


def main() -> int:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--checks", type=int, default=1_000_000)
    options.add_argument("--seed", type=int, default=1)
    options.add_argument("--batch", type=int, default=100, help="signatures in a request")
    options.add_argument("--held", type=int, default=2_000, help="entries of the source at the start")
    chosen = options.parse_args()
    for number in (signal.SIGINT, signal.SIGTERM):  # also in the background, where the first would be ignored
        signal.signal(number, signal.default_int_handler)
    with tempfile.TemporaryDirectory() as folder, ExitStack() as ends:
        soak = Soak(Path(folder), ends, **vars(chosen))
        try:
            soak.run()
        except KeyboardInterrupt:
            print("Stopped; seen so far:", file=sys.stderr)
        print(soak.seen.table())
        return 0 if soak.seen.is_good else 1


if __name__ == "__main__":
    sys.exit(main())
