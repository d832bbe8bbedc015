"""`haalweg bank add`: pictures and videos into a bank, of which only the signatures stay."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Annotated

import typer

from haalweg.adapters.bank_file import opened
from haalweg.adapters.media import MediaPool
from haalweg.banks import WITHDRAWN_BEFORE, Assurance, NewEntries, checked_name
from haalweg.cli.age_questions import About, pass_age_gate
from haalweg.cli.bank_files import FileSignatures, signatures_of_files
from haalweg.cli.bank_options import (
    Adults,
    BankCommandError,
    BankName,
    Expires,
    File,
    Note,
    Source,
    bank_made_where_missing,
    count_added,
    moment_in_future,
    refuse_report_by_law,
    say,
    sum_of,
)
from haalweg.cli.exits import ERROR
from haalweg.cli.language import _
from haalweg.cli.progress import WORTH_A_BAR, Bar
from haalweg.cli.traces import LeaveOut, tracing
from haalweg.signals import SignalType

if TYPE_CHECKING:
    from collections.abc import Sequence

    from haalweg.adapters.bank_file import BankFile

_FILES_AT_ONCE = 256  # are added in one step; interrupted, the steps before are kept


def add_command(
    file: File,
    photos: Annotated[list[str], typer.Argument(metavar="PHOTO...", help=_("Pictures and videos."))],
    *,
    bank: BankName,
    signal: Annotated[
        list[SignalType] | None,
        typer.Option(help=_("What to add: pdq (default; of a video vpdq), sha256, md5. May be given more than once.")),
    ] = None,
    inner: Annotated[bool, typer.Option("--inner", help=_("Also the pictures framed inside a screenshot."))] = False,
    trace: Annotated[
        bool,
        typer.Option(
            "--trace",
            help=_("The photos are ordinary ones that fakes are made from: keep what these are recognised by."),
        ),
    ] = False,
    fake: Annotated[
        bool, typer.Option("--fake", help=_("With --trace: they are the fakes; keep their hashes and their traces."))
    ] = False,
    leave_out: LeaveOut = None,
    tiff: Annotated[bool, typer.Option("--tiff", help=_("Read TIFF too."))] = False,
    source: Source = "",
    note: Note = "",
    assurance: Annotated[Assurance, typer.Option(help=_("How far the entries are to be trusted."))] = (
        Assurance.SELF_REPORTED
    ),
    expires: Expires = None,
    adults: Adults = False,
    workers: Annotated[int | None, typer.Option(min=1, help=_("Decoding workers; one a processor if not given."))] = (
        None
    ),
) -> None:
    if SignalType.TRACE in (signal or ()):
        raise BankCommandError(_("To add the trace of a photo give --trace, without --signal."))
    if (fake or leave_out) and not trace:
        raise BankCommandError(_("--fake and --leave-out are about a trace: give --trace too."))
    if trace and not fake and (signal or inner):
        raise BankCommandError(
            _("Of a source photo only the trace is kept: leave --signal and --inner out, or say --fake if it is one.")
        )
    signals = tuple(SignalType.PDQ if kind is SignalType.VPDQ else kind for kind in signal or [SignalType.PDQ])
    signals = () if trace and not fake else signals
    tracings = (tracing(fake=fake, leave_out=leave_out, photos=len(photos)),) if trace else ()
    name, expires_at = checked_name(bank), moment_in_future(expires)
    pass_age_gate(adults=adults, about=About.PICTURES if signals else About.SOURCE_PHOTOS)
    terms = _Terms(name, source, note, assurance, expires_at)
    failed = False
    total: Counter[str] = Counter()
    # The workers first, before any key is read: they inherit nothing.
    with MediaPool(min(workers or MediaPool.sensible_workers(), len(photos))) as pool, opened(file) as store:
        refuse_report_by_law(store, name)
        store.forget_expired(now=datetime.now(UTC))
        with Bar(len(photos), least=WORTH_A_BAR) as bar:
            for start in range(0, len(photos), _FILES_AT_ONCE):
                files = []
                for each in signatures_of_files(
                    photos[start : start + _FILES_AT_ONCE], signals, pool, inner=inner, tiff=tiff, tracings=tracings
                ):
                    files.append(each)
                    bar.advance(1)
                failed |= _add_files(store, files, terms, total)
    say(sum_of(total))
    if failed:
        raise typer.Exit(ERROR)


add_command.__doc__ = _("""\
Hash pictures and videos and keep their signatures. The pictures themselves are not kept.

Questions about age come first; nothing is opened before they are answered.

With --trace the photo is an ordinary one that a fake was made from, or may be. It is innocent and may hang on its
owner's own page, so it never becomes a match: only its trace is kept, and what is made from it is a lead.

\b
Examples:
  haalweg bank add case.bank photo.jpg --bank HELPLINE
  haalweg bank add case.bank *.jpg clip.mp4 --bank HELPLINE --note "report 17" --expires 2027-12-31
  haalweg bank add case.bank screenshot.png --bank HELPLINE --inner
  haalweg bank add case.bank wall.png --bank HELPLINE --signal sha256
  haalweg bank add case.bank holiday.jpg --bank HELPLINE --trace --leave-out 120,40,380,300
  haalweg bank add case.bank fake.jpg --bank HELPLINE --trace --fake

\b
Exit code: 0 all were added or are there already, 2 at least one was not.
""")


@dataclass(frozen=True, slots=True)
class _Terms:
    """What all files of a command have in common."""

    bank: str
    source: str
    note: str
    assurance: Assurance
    expires_at: datetime | None


def _add_files(store: BankFile, files: Sequence[FileSignatures], terms: _Terms, total: Counter[str]) -> bool:
    """Add what the files gave and say of each what became of it; whether any gave nothing."""
    fates: dict[int, str] = {}
    failed = False
    for kind in SignalType:
        of_kind = [each for file in files for each in file.signatures if each.signal_type is kind]
        if not of_kind:
            continue
        entries = NewEntries(
            bank_made_where_missing(store, terms.bank).id,
            kind,
            [each.value for each in of_kind],
            [each.quality for each in of_kind],
            terms.source,
            terms.assurance,
            terms.note,
            terms.expires_at,
        )
        added = store.add(entries, now=datetime.now(UTC))
        count_added(added, total)
        for each, id_ in zip(of_kind, added.ids.tolist(), strict=True):
            fates[id(each)] = _fate(id_)
        failed |= bool(added.withdrawn_before)
    for file in files:
        failed |= not file.signatures or file.error is not None
        if file.error is not None:
            say(file.error)
        for signature in file.signatures:
            typer.echo(f"{file.name}  {signature.signal_type}  {fates[id(signature)]}")
        for remark in file.remarks:
            say(f"{file.name}: {remark}")
    return failed


def _fate(id_: int) -> str:
    if id_ > 0:
        return _("entry {id}").format(id=id_)
    return _("withdrawn before, and refused") if id_ == WITHDRAWN_BEFORE else _("there already")
