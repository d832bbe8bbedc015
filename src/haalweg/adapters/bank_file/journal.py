"""The withdrawal journal: what was taken back, kept apart from the bank, so that no restored copy brings it back."""

from __future__ import annotations

import json
import os
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from haalweg.adapters.bank_file.errors import BankFileError
from haalweg.banks import EntryId, WithdrawalReason
from haalweg.keeping.sealing import LOOKUP_BYTES
from haalweg.plain_text import shown
from haalweg.signals import SignalType

if TYPE_CHECKING:
    from collections.abc import Iterator

    from haalweg.keeping import Sealing

_VERSION = 1
_TIE = "journal"  # the kind of look-up by which each line is tied to all before it
_TIE_HEX = 2 * LOOKUP_BYTES


class JournalError(BankFileError):
    """A withdrawal journal that cannot be used as it is. The text names the file and the way out."""


@dataclass(frozen=True, slots=True)
class Gone:
    """One thing that was taken back: of a withdrawal a value wherever it is, of a release one entry."""

    signal_type: SignalType
    lookup: bytes  # of the value, as on its tombstone; never the value
    entries: tuple[EntryId, ...]  # that held it


@dataclass(frozen=True, slots=True)
class Record:
    """One withdrawal, or one release."""

    number: int  # in this store's journal, from 1
    at: datetime
    reason: WithdrawalReason | None  # None: released, because the source took it back
    epoch: bytes
    sequence: int  # of the last entry that went
    gone: tuple[Gone, ...]


class Journal:
    """A file of lines, each tied to all before it with the store's key. It is written under the store's write lock."""

    def __init__(self, path: Path, store: bytes, sealing: Sealing) -> None:
        """For a file that is there. Nothing is read yet."""
        self.name = shown(os.fspath(path))
        self.starts_after = 0  # the last withdrawal that came before this file
        self.last = 0  # the number of its last record that was read
        self._path = path
        self._store = store
        self._sealing = sealing
        self._tie = b""
        self._size = 0  # bytes that were read
        self._lines = 0

    @classmethod
    def new(cls, path: Path, store: bytes, sealing: Sealing, *, after: int) -> Journal:
        """Make the file where there is none. Raises JournalError."""
        journal = cls(path, store, sealing)
        if not path.parent.is_dir():
            raise JournalError(f"{journal.name}: there is no such folder. Make it first, for this user only.")
        with journal._said():
            os.close(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600))
            try:
                journal._append({"journal": _VERSION, "store": store.hex(), "after": after})
                folder = os.open(path.parent, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
                try:
                    os.fsync(folder)
                finally:
                    os.close(folder)
            except BaseException:
                path.unlink()
                raise
        journal.starts_after = journal.last = after
        return journal

    def news(self) -> list[Record]:
        """Records since the last call, the first time all of them. Raises JournalError."""
        with self._said():
            size = self._path.stat().st_size
            if size < self._size:
                raise JournalError(f"{self.name}: shorter than it was a moment ago. {_BRING_BACK}")
            if size == self._size and self._size:
                return []
            with self._path.open("rb") as file:
                file.seek(self._size)
                data = file.read()
        whole, _, rest = data.rpartition(b"\n")
        if rest:
            raise JournalError(
                f"{self.name}: it ends in the middle of line {self._lines + data.count(10) + 1}: a withdrawal "
                "was being written when the machine stopped, and nobody was told that it was done. Take the "
                "rest of that line out of the file, then give the withdrawal again."
            )
        records = [self._read(line) for line in whole.split(b"\n")] if data else []
        if not self._lines:
            raise JournalError(f"{self.name}: empty, so no withdrawal journal. {_BRING_BACK}")
        return [record for record in records if record is not None]

    def add(self, record: Record) -> None:
        """Write a record down; it is on the disk when this returns. Raises JournalError, and then nothing was added."""
        with self._said():
            self._append(
                {
                    "number": record.number,
                    "at": record.at.isoformat(),
                    "reason": record.reason,
                    "epoch": record.epoch.hex(),
                    "sequence": record.sequence,
                    "gone": [[each.signal_type, each.lookup.hex(), list(each.entries)] for each in record.gone],
                }
            )
        self.last = record.number

    # What follows is for the methods above.

    def _append(self, content: dict[str, object]) -> None:
        text = json.dumps(content, separators=(",", ":")).encode()
        tie = self._sealing.lookup(_TIE, self._tie + text)
        line = text + b" " + tie.hex().encode() + b"\n"
        file = os.open(self._path, os.O_WRONLY | os.O_APPEND | os.O_CLOEXEC)
        try:
            if os.fstat(file).st_size != self._size:
                raise JournalError(f"{self.name}: another program has written to it. Nothing was withdrawn.")
            try:
                left = line
                while left:
                    left = left[os.write(file, left) :]
                os.fsync(file)
            except BaseException:
                os.ftruncate(file, self._size)
                raise
        finally:
            os.close(file)
        self._tie, self._size, self._lines = tie, self._size + len(line), self._lines + 1

    def _read(self, line: bytes) -> Record | None:
        text, tied = line[: -_TIE_HEX - 1], line[-_TIE_HEX:]
        tie = self._sealing.lookup(_TIE, self._tie + text)
        content = _json_of(text)
        if not self._lines:
            self._read_head(content)
        if tie.hex().encode() != tied or content is None:
            raise JournalError(
                f"{self.name}: line {self._lines + 1} was changed, or one before it is missing. {_BRING_BACK}"
            )
        self._tie, self._size, self._lines = tie, self._size + len(line) + 1, self._lines + 1
        if self._lines == 1:
            return None
        record = _record_of(content)
        self.last = record.number
        return record

    def _read_head(self, content: dict[str, object] | None) -> None:
        if content is None or content.get("journal") != _VERSION:
            raise JournalError(f"{self.name}: not a withdrawal journal of this version. {_BRING_BACK}")
        if content.get("store") != self._store.hex():
            raise JournalError(f"{self.name}: the withdrawal journal of another bank. Name this bank's own.")
        after = content.get("after")
        assert isinstance(after, int)
        self.starts_after = self.last = after

    @contextmanager
    def _said(self) -> Iterator[None]:
        try:
            yield
        except FileNotFoundError as error:
            raise JournalError(
                f"{self.name}: the withdrawal journal is not there. {_BRING_BACK} If this bank never had one, begin it "
                "with `haalweg bank journal`."
            ) from error
        except FileExistsError as error:
            raise JournalError(f"{self.name}: there is a file of this name already. Nothing was changed.") from error
        except OSError as error:
            why = error.strerror or "the disk gave an error"
            raise JournalError(
                f"{self.name}: the withdrawal journal cannot be read or written: {why}. Nothing was withdrawn."
            ) from error


_BRING_BACK = "Bring back the one that belongs to this bank: without it, what was withdrawn after a backup could match."


def _json_of(text: bytes) -> dict[str, object] | None:
    try:
        content = json.loads(text)
    except ValueError:
        return None
    return content if isinstance(content, dict) else None


def _record_of(content: dict[str, object]) -> Record:
    # Its tie was right, so this is what was written.
    number, at, reason, epoch, sequence, gone = (content[name] for name in _FIELDS)
    assert isinstance(number, int)
    assert isinstance(sequence, int)
    assert isinstance(gone, list)
    return Record(
        number,
        datetime.fromisoformat(str(at)),
        None if reason is None else WithdrawalReason(str(reason)),
        bytes.fromhex(str(epoch)),
        sequence,
        tuple(
            Gone(SignalType(signal_type), bytes.fromhex(lookup), tuple(map(EntryId, entries)))
            for signal_type, lookup, entries in gone
        ),
    )


_FIELDS = ("number", "at", "reason", "epoch", "sequence", "gone")
