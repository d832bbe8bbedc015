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
from haalweg.cli.age_questions import pass_age_gate
from haalweg.cli.bank_files import FileSignatures, signatures_of_files
from haalweg.cli.bank_options import (
    Adults,
    BankName,
    Expires,
    File,
    Note,
    Source,
    bank_made_where_missing,
    count_added,
    moment_in_future,
    say,
    sum_of,
)
from haalweg.cli.exits import ERROR
from haalweg.cli.language import _
from haalweg.cli.progress import WORTH_A_BAR, Bar
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
    signals = tuple(SignalType.PDQ if kind is SignalType.VPDQ else kind for kind in signal or [SignalType.PDQ])
    name, expires_at = checked_name(bank), moment_in_future(expires)
    pass_age_gate(adults=adults)
    terms = _Terms(name, source, note, assurance, expires_at)
    failed = False
    total: Counter[str] = Counter()
    # The workers first, before any key is read: they inherit nothing.
    with MediaPool(min(workers or MediaPool.sensible_workers(), len(photos))) as pool, opened(file) as store:
        store.forget_expired(now=datetime.now(UTC))
        with Bar(len(photos), least=WORTH_A_BAR) as bar:
            for start in range(0, len(photos), _FILES_AT_ONCE):
                files = []
                for each in signatures_of_files(
                    photos[start : start + _FILES_AT_ONCE], signals, pool, inner=inner, tiff=tiff
                ):
                    files.append(each)
                    bar.advance(1)
                failed |= _add_files(store, files, terms, total)
    say(sum_of(total))
    if failed:
        raise typer.Exit(ERROR)


add_command.__doc__ = _("""\
Hash pictures and videos and keep their signatures. The pictures themselves are not kept.

Two questions about age come first; nothing is opened before they are answered.

\b
Examples:
  haalweg bank add case.bank photo.jpg --bank HELPLINE
  haalweg bank add case.bank *.jpg clip.mp4 --bank HELPLINE --note "report 17" --expires 2027-12-31
  haalweg bank add case.bank screenshot.png --bank HELPLINE --inner
  haalweg bank add case.bank wall.png --bank HELPLINE --signal sha256

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
        failed |= not file.signatures
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
