"""`haalweg bank import` and `export`: hash lists in and out."""

from __future__ import annotations

import os
import sys
from collections import Counter
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, BinaryIO

import numpy as np
import typer

from haalweg.adapters.bank_file import opened
from haalweg.banks import Assurance, BankKind, NewEntries, checked_name
from haalweg.banks.formats import HEADER, BadLine, Format, ListError, Terms, line_of, read_list
from haalweg.cli.age_questions import About, pass_age_gate
from haalweg.cli.bank_options import (
    Adults,
    BankCommandError,
    BankName,
    Expires,
    File,
    Note,
    OneBank,
    Source,
    bank_made_where_missing,
    count_added,
    known_bank,
    moment_in_future,
    refuse_report_by_law,
    say,
    sum_of,
)
from haalweg.cli.bank_traces import import_traces
from haalweg.cli.language import _, ngettext
from haalweg.cli.progress import Bar
from haalweg.plain_text import shown
from haalweg.signals import MATCH_QUALITY, SignalType

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from numpy.typing import NDArray

    from haalweg.adapters.bank_file import BankFile
    from haalweg.banks import Bank
    from haalweg.banks.formats import Batch

_BAD_LINES_SHOWN = 20
_PDQ_BITS = 128


def import_command(
    file: File,
    lists: Annotated[
        list[str],
        typer.Argument(
            metavar="LIST", help=_("A list of hashes; - is standard input. With --traces files or folders of traces.")
        ),
    ],
    *,
    bank: BankName,
    signal: Annotated[
        SignalType | None, typer.Option(help=_("What the list holds, where it does not say it itself."))
    ] = None,
    format_: Annotated[
        Format | None, typer.Option("--format", help=_("How it is written; told from its first lines if not given."))
    ] = None,
    traces: Annotated[
        bool, typer.Option("--traces", help=_("Take in .trace files, and those in folders, as `haalweg trace` makes."))
    ] = False,
    skip_bad: Annotated[
        bool, typer.Option("--skip-bad", help=_("Leave lines, or files of traces, out that hold no signature."))
    ] = False,
    source: Source = "",
    note: Note = "",
    assurance: Annotated[
        Assurance | None, typer.Option(help=_("How far to trust them; self_reported where the list does not say it."))
    ] = None,
    expires: Expires = None,
    adults: Adults = False,
    report_by_law: Annotated[
        bool,
        typer.Option(
            "--report-by-law",
            help=_(
                "A list of abuse of children, for a bank that was made for one. Instead of the questions about age."
            ),
        ),
    ] = False,
) -> None:
    expires_at = moment_in_future(expires)
    if traces:
        if signal not in (None, SignalType.TRACE) or format_ is not None:
            raise BankCommandError(_("--traces says already what the files hold: leave --signal and --format out."))
        _pass_gate(adults=adults, report_by_law=report_by_law, traces=traces)
        import_traces(file, lists, Terms(source or None, note or None, assurance, expires_at), bank, skip_bad=skip_bad)
        return
    if len(lists) > 1:
        raise BankCommandError(_("One list at a time; only files of traces (--traces) may be several."))
    (hash_list,) = lists
    _pass_gate(adults=adults, report_by_law=report_by_law, traces=traces)
    place = _("standard input") if hash_list == "-" else shown(hash_list)
    with opened(file) as store, _list_opened(hash_list, place) as (stream, size):
        _refuse_other_kind(store, bank, file, report_by_law=report_by_law)
        store.forget_expired(now=datetime.now(UTC))
        terms = Terms(source or None, note or None, assurance, expires_at)
        importing = _Importing(store, checked_name(bank), terms, skip_bad=skip_bad)
        try:
            with Bar(size) as bar:
                for item in read_list(stream, format_=format_, signal_type=signal):
                    if isinstance(item, BadLine):
                        if importing.has_enough_of(item):
                            break
                    else:
                        importing.take(item)
                        bar.reach(item.bytes_read)
        except ListError as error:
            raise ListError(f"{place}: {error}") from None
        except OSError as error:
            raise BankCommandError(_("{list}: it cannot be read.").format(list=place)) from error
        except KeyboardInterrupt:
            say(importing.summary())
            say(_("What was imported stays. To go on, give the same command again: nothing comes in twice."))
            raise
        importing.report(place)


import_command.__doc__ = _("""\
Take in a list of hashes: plain text, CSV, a local file of threatexchange, or vPDQ as JSON.

A list that was imported in part, or before, can be imported again: nothing comes in twice, and nothing that was
withdrawn comes back. CSV columns that are read: signal_type, value (or pdq, md5, sha256), quality, source, note,
assurance, expires_at. A PDQ hash with a quality below 50 is left out.

\b
Examples:
  haalweg bank import case.bank hashes.csv --bank PARTNER
  haalweg bank import case.bank md5.txt --bank PARTNER --signal md5 --adults
  zcat hashes.txt.gz | haalweg bank import case.bank - --bank PARTNER --signal pdq --adults
  haalweg bank import case.bank --traces traces/ another.trace --bank PARTNER
  haalweg bank import gate.bank list.txt --bank HOTLINE --report-by-law

\b
Exit code: 0 all came in or was there, 2 a line held no signature, or another error.
""")


def _pass_gate(*, adults: bool, report_by_law: bool, traces: bool) -> None:
    """Ask about age, but of a list of which it is known that they were children."""
    if not report_by_law:
        pass_age_gate(adults=adults, about=About.LIST)
    elif adults or traces:
        raise BankCommandError(
            _("--report-by-law is about a list of abuse of children: leave --adults and --traces out.")
        )


def _refuse_other_kind(store: BankFile, name: str, file: Path, *, report_by_law: bool) -> None:
    if not report_by_law:
        refuse_report_by_law(store, name)
    elif known_bank(store, name, file).kind is not BankKind.REPORT_BY_LAW:
        raise BankCommandError(
            _(
                "{bank}: this bank was not made for such a list. Make one: haalweg bank new {file} --bank NAME "
                "--report-by-law"
            ).format(bank=shown(name), file=shown(str(file)))
        )


def export_command(
    file: File,
    out: Annotated[Path, typer.Argument(metavar="OUT", help=_("The list to write; it must not be there yet."))],
    *,
    bank: OneBank = None,
    signal: Annotated[SignalType | None, typer.Option(help=_("Only entries of this type."))] = None,
    format_: Annotated[Format, typer.Option("--format", help=_("How to write it."))] = Format.CSV,
) -> None:
    now = datetime.now(UTC)
    with opened(file) as store:
        only = None if bank is None else known_bank(store, bank, file)
        for each in store.banks() if only is None else [only]:
            if each.kind is BankKind.REPORT_BY_LAW:
                raise BankCommandError(
                    _(
                        "{bank}: what is reported by law stays in its file, and nothing was written. To export other "
                        "banks, name one with --bank."
                    ).format(bank=each.name)
                )
        counts = [
            count
            for count in store.counts(now=now)
            if count.live and (only is None or count.bank == only.id) and signal in (None, count.signal_type)
        ]
        left_out = sum(count.live for count in counts if count.signal_type is SignalType.TRACE)
        counts = [count for count in counts if count.signal_type is not SignalType.TRACE]
        if left_out and not counts:
            raise BankCommandError(_("{file}: only traces, and traces stand in no list.").format(file=shown(str(file))))
        if format_ is Format.TEXT and len({count.signal_type for count in counts}) > 1:
            raise BankCommandError(
                _("Plain text does not say what it holds, and there is more than one signal type: add --signal.")
            )
        if format_ is Format.JSON and any(count.signal_type is not SignalType.VPDQ for count in counts):
            raise BankCommandError(_("The JSON format holds vPDQ only: add --signal vpdq."))
        total = sum(count.live for count in counts)
        if not total:
            raise BankCommandError(_("{file}: nothing to export.").format(file=shown(str(file))))
        with _written(out) as write:
            # Before the first value leaves the file, so that no export goes unlogged.
            store.log_export(None if only is None else only.id, total, now=now)
            write(HEADER if format_ is Format.CSV else "")
            with Bar(total) as bar:
                for entry in store.entries(now=now, bank=None if only is None else only.id):
                    if signal in (None, entry.signal_type) and entry.signal_type is not SignalType.TRACE:
                        write(line_of(entry, format_))
                        bar.advance(1)
    say(
        ngettext(
            "{count} entry is in {out}, in clear: whoever reads it reads the signatures. Delete it once it was used.",
            "{count} entries are in {out}, in clear: whoever reads it reads the signatures. "
            "Delete it once it was used.",
            total,
        ).format(count=f"{total:,}", out=shown(str(out)))
    )
    if left_out:
        say(
            ngettext(
                "{count} trace is not in it: traces stand in no list.",
                "{count} traces are not in it: traces stand in no list.",
                left_out,
            ).format(count=f"{left_out:,}")
        )


export_command.__doc__ = _("""\
Write the signatures of a bank as a list. What it writes is in clear; only you can read it.

\b
Examples:
  haalweg bank export case.bank hashes.csv --bank HELPLINE
  haalweg bank export case.bank hashes.txt --format threatexchange
""")


class _Importing:
    """A list on its way into a bank."""

    def __init__(self, store: BankFile, bank: str, given: Terms, *, skip_bad: bool) -> None:
        self._store = store
        self._name = bank
        self._bank: Bank | None = None  # made when there is something for it
        self._given = given  # in the command: comes before what the list says
        self._skip_bad = skip_bad
        self._total: Counter[str] = Counter()
        self._bad: list[BadLine] = []

    def has_enough_of(self, bad: BadLine) -> bool:
        """Remember the line; whether reading on is of no use."""
        self._total["bad"] += 1
        if len(self._bad) < _BAD_LINES_SHOWN:
            self._bad.append(bad)
        return not self._skip_bad and len(self._bad) == _BAD_LINES_SHOWN

    def take(self, batch: Batch) -> None:
        """Add a batch. After a bad line that may not be left out the list is only looked through for others."""
        if self._bad and not self._skip_bad:
            return
        if self._bank is None:
            self._bank = bank_made_where_missing(self._store, self._name)
        values, qualities = batch.values, batch.qualities
        if batch.signal_type is SignalType.PDQ:
            values, qualities = self._detailed(batch)
        given, said = self._given, batch.terms
        entries = NewEntries(
            self._bank.id,
            batch.signal_type,
            values,
            qualities,
            given.source or said.source or "",
            given.assurance or said.assurance or Assurance.SELF_REPORTED,
            given.note or said.note or "",
            given.expires_at or said.expires_at,
        )
        now = datetime.now(UTC)
        if entries.expires_at is not None and entries.expires_at <= now:
            self._total["expired"] += len(values)
            return
        count_added(self._store.add(entries, now=now, imported=True), self._total)

    def summary(self) -> str:
        return sum_of(self._total if self._skip_bad else self._total - Counter(bad=self._total["bad"]))

    def report(self, place: str) -> None:
        """Say what became of the list. Raises ListError where a bad line stopped it."""
        say(self.summary())
        if not self._total and not self._bad:
            say(_("{list} holds no signature. Look whether it came whole.").format(list=place))
        if self._total["odd"]:
            say(
                _(
                    "{odd} of {count} PDQ hashes have not exactly half of their bits set, which a photo's always have: "
                    "look whether the list is what it says."
                ).format(odd=f"{self._total['odd']:,}", count=f"{self._total['pdq']:,}")
            )
        lines = "\n".join(
            _("{list} line {line}: {reason}").format(list=place, line=bad.line, reason=bad.reason) for bad in self._bad
        )
        if self._bad and self._skip_bad:
            say(lines)
            more = self._total["bad"] - len(self._bad)
            if more:
                say(_("... and {count} more.").format(count=f"{more:,}"))
        elif self._bad:
            raise ListError(
                lines
                + "\n"
                + _(
                    "What stands before line {line} is in the bank. Correct the list and import it again, nothing "
                    "comes in twice; or leave such lines out with --skip-bad."
                ).format(line=self._bad[0].line)
            )

    def _detailed(self, batch: Batch) -> tuple[NDArray[np.uint8], NDArray[np.uint8] | None]:
        values = batch.values
        if not isinstance(values, np.ndarray):
            values = np.frombuffer(b"".join(values), np.uint8).reshape(len(values), -1)
        self._total["pdq"] += len(values)
        self._total["odd"] += int((np.bitwise_count(values).sum(axis=1, dtype=np.int64) != _PDQ_BITS).sum())
        if batch.qualities is None:
            return values, None
        qualities = np.asarray(batch.qualities, np.uint8)
        kept = qualities >= MATCH_QUALITY  # 255 where none was given
        self._total["flat"] += int((~kept).sum())
        return values[kept], qualities[kept]


@contextmanager
def _list_opened(name: str, place: str) -> Iterator[tuple[BinaryIO, int | None]]:
    if name == "-":
        yield sys.stdin.buffer, None
        return
    try:
        stream = Path(name).open("rb")  # noqa: SIM115 - closed below; here only opening is answered for
    except (OSError, ValueError) as error:
        reason = (getattr(error, "strerror", None) or _("it cannot be read")).lower()
        raise BankCommandError(f"{place}: {reason}.") from None
    with stream:
        yield stream, os.fstat(stream.fileno()).st_size or None


@contextmanager
def _written(out: Path) -> Iterator[Callable[[str], object]]:
    """A file for its owner only. Where writing it fails, nothing of it stays."""
    place = shown(str(out))
    try:
        descriptor = os.open(out, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600)
    except FileExistsError:
        raise BankCommandError(_("{out}: there is a file of this name already.").format(out=place)) from None
    except OSError as error:
        raise BankCommandError(f"{place}: {(error.strerror or '').lower()}.") from None
    try:
        with os.fdopen(descriptor, "w", encoding="utf-8", errors="replace", newline="") as file:
            yield file.write
            file.flush()
            os.fsync(file.fileno())
    except BaseException as error:
        with suppress(OSError):
            out.unlink()
        if isinstance(error, OSError):
            raise BankCommandError(
                _("{out}: {reason}. Nothing of it was kept.").format(
                    out=place, reason=(error.strerror or _("it cannot be written")).lower()
                )
            ) from error
        raise
