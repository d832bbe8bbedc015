"""`haalweg bank import --traces`: files of traces into a bank."""

from __future__ import annotations

import os
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from haalweg.adapters.bank_file import opened
from haalweg.banks import Assurance, NewEntries, checked_name
from haalweg.cli.bank_options import (
    BankCommandError,
    bank_made_where_missing,
    count_added,
    refuse_report_by_law,
    say,
    sum_of,
)
from haalweg.cli.language import _
from haalweg.cli.progress import WORTH_A_BAR, Bar
from haalweg.errors import HaalwegError
from haalweg.plain_text import shown
from haalweg.signals import MOST_TRACE_BYTES, SignalType, Trace

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from haalweg.adapters.bank_file import BankFile
    from haalweg.banks.formats import Terms

ENDING = ".trace"

_FILES_AT_ONCE = 544  # are added in one step: four full blocks
_BAD_FILES_SHOWN = 20


class TraceFileError(BankCommandError):
    """A file that holds no trace."""


def import_traces(file: Path, paths: Sequence[str], terms: Terms, bank: str, *, skip_bad: bool) -> None:
    """Add the traces of these files and folders. Raises TraceFileError; what came before it is in the bank."""
    name, places = checked_name(bank), [place for path in paths for place in _files_in(Path(path))]
    with opened(file) as store:
        refuse_report_by_law(store, name)
        store.forget_expired(now=datetime.now(UTC))
        importing = _Importing(store, name, terms)
        try:
            with Bar(len(places), least=WORTH_A_BAR) as bar:
                for start in range(0, len(places), _FILES_AT_ONCE):
                    some = places[start : start + _FILES_AT_ONCE]
                    importing.take(some, skip_bad=skip_bad)
                    bar.advance(len(some))
        except KeyboardInterrupt:
            say(sum_of(importing.total))
            say(_("What was imported stays. To go on, give the same command again: nothing comes in twice."))
            raise
        importing.report()


def trace_in(place: Path) -> Trace:
    """Read a file. Raises TraceFileError for one that holds no trace."""
    try:
        with place.open("rb") as stream:
            data = stream.read(MOST_TRACE_BYTES + 1)
        return Trace.from_bytes(data)
    except OSError as error:
        reason = (error.strerror or _("it cannot be read")).lower() + "."
    except HaalwegError:
        reason = _("no trace that this haalweg reads. Make it again with `haalweg trace`.")
    raise TraceFileError(f"{shown(os.fspath(place))}: {reason}")


class _Importing:
    """Traces on their way into a bank."""

    def __init__(self, store: BankFile, bank: str, terms: Terms) -> None:
        self._store = store
        self._bank = bank
        self._terms = terms
        self._bad: list[str] = []
        self.total: Counter[str] = Counter()

    def take(self, places: Sequence[Path], *, skip_bad: bool) -> None:
        """Add some. A bad file stops it, after those before it, where it may not be left out."""
        values, stopped = [], None
        for place in places:
            try:
                values.append(bytes(trace_in(place)))
            except TraceFileError as error:
                if not skip_bad:
                    stopped = error
                    break
                self.total["no_trace"] += 1
                self._bad.append(str(error))
        if values:
            self._add(values)
        if stopped is not None:
            say(sum_of(self.total))
            raise TraceFileError(
                _(
                    "{reason}\nWhat comes before it is in the bank. Without it, import them again, nothing comes in "
                    "twice; or leave such files out with --skip-bad."
                ).format(reason=stopped)
            )

    def report(self) -> None:
        """Say what became of them."""
        say(sum_of(self.total))
        for bad in self._bad[:_BAD_FILES_SHOWN]:
            say(bad)
        more = len(self._bad) - _BAD_FILES_SHOWN
        if more > 0:
            say(_("... and {count} more.").format(count=f"{more:,}"))

    def _add(self, values: list[bytes]) -> None:
        terms = self._terms
        entries = NewEntries(
            bank_made_where_missing(self._store, self._bank).id,
            SignalType.TRACE,
            values,
            None,
            terms.source or "",
            terms.assurance or Assurance.SELF_REPORTED,
            terms.note or "",
            terms.expires_at,
        )
        count_added(self._store.add(entries, now=datetime.now(UTC), imported=True), self.total)


def _files_in(path: Path) -> Iterator[Path]:
    """The file; of a folder those in it and below that are named as traces are, in the order of their names."""
    if not path.is_dir():
        yield path
        return
    found = [Path(folder, name) for folder, _folders, names in os.walk(path) for name in names if name.endswith(ENDING)]
    if not found:
        raise TraceFileError(
            _("{folder}: no file in it is named *{ending}.").format(folder=shown(os.fspath(path)), ending=ENDING)
        )
    yield from sorted(found)
