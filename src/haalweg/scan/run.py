"""A scan from its sources to its results: begun, interrupted, gone on with, ended."""

from __future__ import annotations

import os
from datetime import UTC, datetime
from functools import partial
from importlib.metadata import version
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, Protocol

from haalweg.adapters.bank_file import opened
from haalweg.adapters.sources import shards_of
from haalweg.banks import can_match
from haalweg.plain_text import shown
from haalweg.scan.local import scan_here
from haalweg.scan.parts import Counts, InMemory, Parts, ScanError
from haalweg.scan.results import write_results, writer_for
from haalweg.scan.scanner import open_scanner, refuse_what_is_for_gates
from haalweg.scan.shards import parts_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from haalweg.adapters.sources import Shard
    from haalweg.scan.rows import Row
    from haalweg.scan.shards import PartStore

_PARTS = ".parts"  # after the name of the results file


class Watch(Protocol):
    """Someone who is told how far a scan is. From several threads, one at a time."""

    def loaded(self, entries: int, of: int) -> None:
        """Say how much of the bank is in memory."""

    def looked(self, counts: Counts, fraction: float) -> None:
        """Say what was looked at so far, and how much of the sources that is, 0..1."""


class Scan:
    """One scan, of which every row is in the results once, however often it was interrupted."""

    def __init__(
        self, sources: Sequence[str], bank: Path, out: Path | None, *, resume: bool, tiff: bool = False
    ) -> None:
        """Check what can be checked before hours of work. Raises ScanError."""
        self.counts = Counts()
        self._sources = tuple(dict.fromkeys(sources))
        self._bank = bank
        self._out = out
        self._resume = resume
        self._tiff = tiff
        self._parts: PartStore = InMemory()
        self._digests: list[str] = []
        self._fraction = 0.0
        self._guard = Lock()
        for source in sources:
            if not os.path.lexists(source):
                raise ScanError(f"{shown(source)}: there is no such file or folder.")
        if out is None:
            if resume:
                raise ScanError("--resume goes on with a results file: name it in --out.")
            return
        writer_for(out)
        if out.exists() and not resume:
            raise ScanError(f"{out.name}: there is such a file already. Give another --out.")

    def here(self, watch: Watch, workers: int | None) -> None:
        """Scan on this machine."""
        with open_scanner(self._bank, workers=workers, tiff=self._tiff, advance=watch.loaded) as scanner:
            self._refuse_unless(scanner.bank.can_match)
            self._parts = self._begun(scanner.bank.digest)
            scan_here(self._shards(), scanner, self._parts, advance=partial(self._advance, watch))

    def on_cluster(self, watch: Watch, address: str, workers: int | None) -> None:
        """Scan on Dask, where every machine sees the results folder and the sources."""
        from haalweg.scan.cluster import Cluster, scan_on  # noqa: PLC0415 - an extra

        if self._out is None:
            raise ScanError("--cluster needs --out: the machines put their parts beside it.")
        cluster = Cluster(address, workers)
        with opened(self._bank, read_only=True) as store:
            refuse_what_is_for_gates(store, self._bank)
            self._refuse_unless(can_match(store, now=datetime.now(UTC)))
            digest = store.digest()
            parts = self._begun(digest)
            assert isinstance(parts, Parts)
            self._parts = parts
            snapshot = parts.folder / f"{digest}.bank"
            if not snapshot.exists():
                store.snapshot(snapshot)
        with cluster.connected(scratch=parts.folder) as client:
            scan_on(
                client,
                self._shards(),
                parts,
                snapshot,
                workers=workers,
                tiff=self._tiff,
                advance=partial(self._advance, watch),
            )

    def found(self) -> Iterator[Row]:
        """Every row found so far, in the order of the sources."""
        for digest in self._digests:
            for part in parts_of(digest, self._parts):
                yield from part.rows

    def put_down(self) -> None:
        """Write the results found so far."""
        if self._out is not None and isinstance(self._parts, Parts):
            write_results(self._out, self.found())

    def end(self) -> None:
        """Forget the parts: the results are whole, and there is nothing to go on with any more."""
        if isinstance(self._parts, Parts):
            self._parts.remove()

    def _refuse_unless(self, can_match: bool) -> None:  # noqa: FBT001 - its only question
        if not can_match:
            raise ScanError(
                f"{shown(str(self._bank))}: nothing in it can match: it is empty, or all of it has expired or was "
                "withdrawn. A scan would take its time and find nothing.",
            )

    def _begun(self, bank_digest: str) -> PartStore:
        if self._out is None:
            return InMemory()
        plan = {
            "version": version("haalweg"),
            "bank": bank_digest,
            "sources": list(self._sources),
            "tiff": self._tiff,
        }
        folder = self._out.with_name(self._out.name + _PARTS)
        return Parts.go_on(folder, plan) if self._resume else Parts.begin(folder, plan)

    def _shards(self) -> Iterator[Shard]:
        for source in self._sources:
            for shard in shards_of(source):
                self._digests.append(shard.digest)
                yield shard

    def _advance(self, watch: Watch, shard: Shard, counts: Counts, until: float) -> None:
        fraction = (self._sources.index(shard.source) + until) / len(self._sources)
        with self._guard:
            self.counts += counts
            self._fraction = max(self._fraction, fraction)
            watch.looked(self.counts, self._fraction)
