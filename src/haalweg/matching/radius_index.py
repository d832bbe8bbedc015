"""Every code within 31 bits of a query, always: the exact index over PDQ hashes."""

from __future__ import annotations

import mmap
import os
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from haalweg import _native
from haalweg.errors import HaalwegError
from haalweg.whole_file import write_whole

if TYPE_CHECKING:
    from numpy.typing import NDArray

_MOST_BITS = 31
_CODE_BYTES = 32
_MATCH = np.dtype([("query", np.int64), ("id", np.uint64), ("distance", np.int32), ("", np.int32)])
_FAULTS = (
    "",
    "too short to be a saved index",
    "not a saved index",
    "a saved index of another version: save it again with this one",
    "damaged in its header",
    "not as long as its header says, so a part is missing or was added",
    "damaged: its checksum differs",
)


_forks = 0  # from the first process to this one; to ask for the process number each time is a call to the system


def _forked() -> None:
    global _forks  # noqa: PLW0603 - it is of the process
    _forks += 1


os.register_at_fork(after_in_child=_forked)


class RadiusIndexError(HaalwegError, ValueError):
    """A question or an entry that the index cannot take."""


class IndexFileError(HaalwegError):
    """A file that is not a whole saved index."""


class Found:
    """What a search found: three arrays of one length, sorted by query, distance and id."""

    __slots__ = ("_matches",)

    def __init__(self, matches: bytes) -> None:
        self._matches = matches  # most searches find nothing, so arrays are made when they are asked for

    @property
    def query(self) -> NDArray[np.int64]:
        """Rows of the queries."""
        column: NDArray[np.int64] = np.frombuffer(self._matches, _MATCH)["query"]
        return column

    @property
    def id(self) -> NDArray[np.uint64]:
        """The entries' ids."""
        column: NDArray[np.uint64] = np.frombuffer(self._matches, _MATCH)["id"]
        return column

    @property
    def distance(self) -> NDArray[np.int32]:
        """Bits that differ."""
        column: NDArray[np.int32] = np.frombuffer(self._matches, _MATCH)["distance"]
        return column

    def __len__(self) -> int:
        return len(self._matches) // _MATCH.itemsize


class RadiusIndex:
    """Finds every code within 0 to 31 bits of a query: exact, never an estimate.

    Several threads may search beside one that adds and removes; what is added or removed is seen by every search that
    begins afterwards. In a forked child it refuses to work: open or build it there.
    """

    def __init__(self, codes: NDArray[np.uint8], ids: NDArray[np.uint64] | None = None) -> None:
        """Index codes, uint8 (n, 32), under ids, uint64 (n,); without ids under their row. Raises RadiusIndexError."""
        self._hold(_native.RadiusIndex(), "The index")
        self.add(codes, np.arange(len(codes), dtype=np.uint64) if ids is None else ids)

    def search(self, queries: NDArray[np.uint8], radius: int = _MOST_BITS, threads: int = 1) -> Found:
        """Every entry within radius bits of each query, uint8 (m, 32).

        An entry is found once for each time it was added. Raises RadiusIndexError for a radius outside 0..31,
        IndexFileError when the opened file has turned out to be damaged.
        """
        if not 0 <= radius <= _MOST_BITS:
            raise RadiusIndexError(f"A radius of {radius} bits: the index is exact for 0 to {_MOST_BITS} only.")
        if threads < 1:
            raise RadiusIndexError(f"{threads} threads: a search needs at least one.")
        return Found(self._usable().search(_codes(queries), radius, threads))

    def add(self, codes: NDArray[np.uint8], ids: NDArray[np.uint64]) -> None:
        """Add codes, uint8 (n, 32), under ids, uint64 (n,); an id may stand for several codes."""
        codes, ids = _codes(codes), _ids(ids)
        if len(codes) != len(ids):
            raise RadiusIndexError(f"{len(codes)} codes with {len(ids)} ids: each code needs one.")
        self._usable().add(codes, ids)

    def remove(self, ids: NDArray[np.uint64]) -> int:
        """Drop every code of these ids; return how many there were. An id that is not there is no error.

        It looks through all ids of the index once, so remove many in one call.
        """
        return self._usable().remove(_ids(ids))

    def save(self, path: str | os.PathLike[str]) -> None:
        """Write a file that `open` maps. For plain banks: whoever has it reads the codes.

        The file is whole or not there: written beside its place, readable by its owner only, then moved.
        """
        image = self._usable().image()
        write_whole(Path(path), lambda out: out.write(image.data))

    @classmethod
    def open(cls, path: str | os.PathLike[str]) -> RadiusIndex:
        """Map a saved file, in a millisecond whatever its size. Raises IndexFileError when it is not whole.

        Up to 8 MB are checked at once; of a larger file the header and length, the rest beside the first searches:
        `verify` waits for that. A damaged file is refused or may miss entries until then, but crashes nothing.
        Replace a saved file, as `save` does; who cuts it short while it is open ends this process (SIGBUS).
        """
        name = Path(path).name
        with Path(path).open("rb") as file:
            if os.fstat(file.fileno()).st_size == 0:
                raise IndexFileError(f"{name} is {_FAULTS[1]}.")
            mapped = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
        native = _native.RadiusIndex()
        fault = native.take(np.frombuffer(mapped, np.uint8))
        if fault:
            raise IndexFileError(f"{name} is {_FAULTS[fault]}.")
        index = cls.__new__(cls)
        index._hold(native, name)  # noqa: SLF001 - an instance of our own, without its codes
        return index

    def verify(self) -> None:
        """Wait until the opened file's checksum is known. Raises IndexFileError when it differs."""
        self._usable().await_verdict()
        self._usable()

    @property
    def nbytes(self) -> int:
        """Memory of the index, or of the file where it is mapped: everything included."""
        return self._usable().nbytes

    def __len__(self) -> int:
        return self._usable().size

    def _hold(self, native: _native.RadiusIndex, name: str) -> None:
        self._native = native
        self._forks = _forks
        self._name = name

    def _usable(self) -> _native.RadiusIndex:
        if self._forks != _forks:
            raise RadiusIndexError("An index made before a fork: open or build it in the process that searches.")
        if self._native.damaged:
            raise IndexFileError(f"{self._name} is {_FAULTS[-1]}.")
        return self._native


def _codes(codes: NDArray[np.uint8]) -> NDArray[np.uint8]:
    if codes.dtype != np.uint8 or codes.ndim != 2 or codes.shape[1] != _CODE_BYTES:
        raise RadiusIndexError(f"An array of {codes.dtype} with shape {codes.shape} where codes are uint8 (n, 32).")
    return np.ascontiguousarray(codes)


def _ids(ids: NDArray[np.uint64]) -> NDArray[np.uint64]:
    if ids.dtype != np.uint64 or ids.ndim != 1:
        raise RadiusIndexError(f"An array of {ids.dtype} with shape {ids.shape} where ids are uint64 (n,).")
    return np.ascontiguousarray(ids)
