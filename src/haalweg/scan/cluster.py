"""A scan on many machines by Dask: the same shards and parts, on storage that all of them see.

Dask runs what its scheduler is told, by whoever can reach it, so it is used on this machine alone or over TLS. What
travels are places and counts; each machine opens the sealed snapshot itself, with the key of its own environment.
"""

from __future__ import annotations

from collections import deque
from contextlib import ExitStack, contextmanager
from dataclasses import asdict
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from haalweg.adapters.media import MediaPool
from haalweg.adapters.sources import Shard
from haalweg.scan.parts import Counts, Parts, ScanError
from haalweg.scan.scanner import open_scanner
from haalweg.scan.shards import scan_shard

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from distributed import Client, Future

    from haalweg.scan.scanner import Scanner

_LOOPBACK = ("localhost", "127.0.0.1", "::1")
_AHEAD = 4  # shards for each thread that wait at the scheduler, so that no machine waits for this one
_TRIES = 3
_ONE_AT_A_TIME = Lock()


class Cluster:
    """Dask on this machine (`local`), or behind a scheduler."""

    def __init__(self, address: str, workers: int | None) -> None:
        """Check that it is safe to go there. workers: decoding workers of this machine. Raises ScanError."""
        if find_spec("distributed") is None:
            raise ScanError("--cluster needs Dask: pip install 'haalweg[cluster]'.")
        from distributed.security import Security  # noqa: PLC0415 - an extra

        self._address = address
        self._workers = workers or MediaPool.sensible_workers()
        encrypted = address != "local" and _is_encrypted(address)
        self._security = Security(require_encryption=encrypted)
        if encrypted and self._security.get_connection_args("client").get("ssl_context") is None:
            raise ScanError(
                f"{address}: no certificate to show there. Set DASK_DISTRIBUTED__COMM__TLS__CA_FILE, "
                "DASK_DISTRIBUTED__COMM__TLS__CLIENT__CERT and DASK_DISTRIBUTED__COMM__TLS__CLIENT__KEY to the files "
                "that your cluster was given.",
            )

    @contextmanager
    def connected(self, scratch: Path) -> Iterator[Client]:
        """Start it, or go there. scratch: where Dask on this machine keeps its own files. Raises ScanError."""
        import dask.config  # noqa: PLC0415 - an extra
        from distributed import Client, LocalCluster  # noqa: PLC0415 - an extra

        # Its own files too: nothing of a scan goes where it was not told to.
        with ExitStack() as held, dask.config.set({"temporary-directory": str(scratch)}):
            try:
                if self._address == "local":
                    # One process a machine, so that one index serves all its threads; these wait for decoding workers.
                    machine = LocalCluster(
                        n_workers=1,
                        threads_per_worker=self._workers,
                        host="127.0.0.1",
                        dashboard_address=None,
                        local_directory=str(scratch),
                        silence_logs="ERROR",
                    )
                    client = Client(held.enter_context(machine))
                else:
                    client = Client(self._address, security=self._security, timeout="10s")
            except (OSError, ValueError) as error:
                raise ScanError(f"{self._address}: no Dask scheduler answers there.") from error
            yield held.enter_context(client)


def _is_encrypted(address: str) -> bool:
    parts = urlsplit(address)
    if parts.scheme == "tls" and parts.hostname:
        return True
    if parts.scheme == "tcp" and parts.hostname in _LOOPBACK:
        return False
    if parts.scheme == "tcp":
        raise ScanError(
            f"{address}: over plain tcp a Dask scheduler obeys anyone who can reach it, so another host is reached "
            "over tls:// only.",
        )
    raise ScanError(f"{address}: --cluster takes local, or the address of a Dask scheduler such as tls://host:8786.")


def scan_on(
    client: Client,
    shards: Iterable[Shard],
    parts: Parts,
    bank: Path,
    *,
    workers: int | None,
    tiff: bool,
    advance: Callable[[Shard, Counts, float], None],
) -> None:
    """Scan every shard on the cluster.

    bank: a snapshot that every machine sees, as it does the folder of parts and the sources.
    workers: decoding workers a machine; None: as many as it has processors.
    """
    waiting: deque[tuple[Shard, Future[dict[str, Any]]]] = deque()
    room = _AHEAD * max(sum(client.nthreads().values()), 1)
    place, snapshot = str(parts.folder.resolve()), str(bank.resolve())

    def take() -> None:
        shard, answer = waiting.popleft()
        advance(shard, Counts(**answer.result()), shard.until)

    try:
        for shard in shards:
            task = (scan_remotely, shard.to_json(), place, snapshot, workers, tiff)
            waiting.append((shard, client.submit(*task, key=f"haalweg-{shard.digest}", retries=_TRIES)))
            if len(waiting) >= room:
                take()
        while waiting:
            take()
    except BaseException:
        client.cancel([answer for _, answer in waiting])
        raise


def scan_remotely(
    shard: str,
    place: str,
    bank: str,
    workers: int | None,
    tiff: bool,  # noqa: FBT001 - what travels has no names
) -> dict[str, Any]:
    """Scan one shard where Dask runs this; return what was looked at. Twice is harmless: a part overwrites itself."""
    for needed in (place, bank):
        if not Path(needed).exists():
            raise ScanError(
                f"{needed} is not seen by every machine of the cluster. Sources and --out have to lie on storage that "
                "all of them share, under the same path.",
            )
    seen: list[Counts] = []
    with _ONE_AT_A_TIME:  # the first shard loads the index, the others of this machine wait for it
        scanner = _scanner(bank, workers, tiff)
    scan_shard(Shard.from_json(shard), scanner, Parts(Path(place)), advance=lambda counts, _until: seen.append(counts))
    return asdict(sum(seen, Counts()))


@cache
def _scanner(bank: str, workers: int | None, tiff: bool) -> Scanner:  # noqa: FBT001 - a cache wants them by place
    return open_scanner(Path(bank), workers=workers, tiff=tiff)
