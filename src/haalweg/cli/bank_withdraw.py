"""`haalweg bank withdraw`: signatures taken back, for good."""

from __future__ import annotations

import sys
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Annotated

import numpy as np
import typer

from haalweg.adapters.bank_file import opened
from haalweg.adapters.media import MediaPool
from haalweg.banks import EntryId, WithdrawalReason
from haalweg.banks.formats import BadLine, ListError, read_list
from haalweg.cli.bank_files import Signature, signatures_of_files
from haalweg.cli.bank_options import BankCommandError, File, say
from haalweg.cli.exits import ERROR
from haalweg.cli.language import _, ngettext
from haalweg.cli.questions import is_yes
from haalweg.cli.traces import Tracing
from haalweg.plain_text import shown
from haalweg.signals import MATCH_THRESHOLD_BITS, SignalType, Trace, TraceKind

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from haalweg.adapters.bank_file import BankFile


def withdraw_command(
    file: File,
    entries: Annotated[list[int] | None, typer.Argument(metavar="[ENTRY]...", help=_("Numbers of entries."))] = None,
    *,
    value_of: Annotated[
        list[str] | None,
        typer.Option(metavar="PHOTO", help=_("Every entry that is this very picture, video or file. More than once.")),
    ] = None,
    value: Annotated[
        str | None, typer.Option(metavar="-", help=_("Read values in hexadecimal, a line each, from standard input."))
    ] = None,
    signal: Annotated[SignalType | None, typer.Option(help=_("What the values are."))] = None,
    reason: Annotated[WithdrawalReason, typer.Option(help=_("Why."))] = WithdrawalReason.ASKED,
    yes: Annotated[bool, typer.Option("--yes", help=_("Do not ask."))] = False,
) -> None:
    if sum((bool(entries), bool(value_of), value is not None)) != 1:
        raise BankCommandError(_("Give one of the three: numbers of entries, --value-of PHOTO, or --value -."))
    if value not in (None, "-"):
        raise BankCommandError(
            _(
                "Values are read from standard input only: other users can see what stands on the command line. Give "
                "--value - and write them there."
            )
        )
    if entries:
        _withdraw_entries(file, entries, reason, yes=yes)
    elif value_of:
        _withdraw_files(file, value_of, reason)
    else:
        _withdraw_values(file, signal, reason)


withdraw_command.__doc__ = _("""\
Take signatures back. Their values are destroyed at once, in every bank of the file, and can never be added again.

\b
Examples:
  haalweg bank withdraw case.bank 17 18
  haalweg bank withdraw case.bank --value-of photo.jpg --reason mistake
  haalweg bank withdraw case.bank --value - --signal pdq < values.txt

\b
Exit code: 0 withdrawn, 2 an error, or a file that could not be read.
""")


def _withdraw_entries(file: Path, entries: Sequence[int], reason: WithdrawalReason, *, yes: bool) -> None:
    if not yes and sys.stdin.isatty():
        question = ngettext(
            "Destroy the value of {count} entry, in every bank of {file}? It can never come back. y/n: ",
            "Destroy the values of {count} entries, in every bank of {file}? They can never come back. y/n: ",
            len(set(entries)),
        ).format(count=len(set(entries)), file=shown(str(file)))
        if not is_yes(question):
            raise BankCommandError(_("Nothing was withdrawn."))
    with opened(file) as store:
        gone = store.withdraw([EntryId(entry) for entry in entries], reason=reason, now=datetime.now(UTC))
    _say_gone(gone, _("Withdrawn before: there was nothing left to destroy."))


def _withdraw_files(file: Path, paths: Sequence[str], reason: WithdrawalReason) -> None:
    signals = (SignalType.PDQ, SignalType.SHA256, SignalType.MD5)
    tracings = tuple(Tracing(kind) for kind in TraceKind)
    failed = False
    with MediaPool(min(MediaPool.sensible_workers(), len(paths))) as pool, opened(file) as store:
        for each in signatures_of_files(paths, signals, pool, inner=False, tiff=True, tracings=tracings):
            if each.error is not None:
                say(each.error)
                failed = True
                continue
            gone = 0
            for kind in SignalType:
                values = [signature.value for signature in each.signatures if signature.signal_type is kind]
                if kind is SignalType.TRACE:
                    values += _traces_of_the_same_photo(store, values)
                gone += store.withdraw_values(kind, values, reason=reason, now=datetime.now(UTC))
            typer.echo(f"{each.name}: ", nl=False)
            _say_gone(gone, _("no entry had its signatures. They cannot be added from now on."))
            for entry, bank, distance in _near(store, each.signatures):
                say(
                    _(
                        "  Entry {entry} of bank {bank} lies {bits} bits away and stays. If it is the same picture: "
                        "haalweg bank withdraw {file} {entry}"
                    ).format(entry=entry, bank=bank, bits=distance, file=shown(str(file)))
                )
    if failed:
        raise typer.Exit(ERROR)


def _traces_of_the_same_photo(store: BankFile, values: Sequence[bytes]) -> Iterator[bytes]:
    """Traces that were made of the very photo with other places left out."""
    photos = {Trace.from_bytes(value).whole.hash for value in values}
    for block in store.blocks((SignalType.TRACE,), now=datetime.now(UTC)):
        yield from (value for value in block.uneven if Trace.from_bytes(value).whole.hash in photos)


def _near(store: BankFile, signatures: Sequence[Signature]) -> Iterator[tuple[int, str, int]]:
    """Entries of near copies, or traces of such: their numbers, banks and distances."""
    turns = [turn for signature in signatures for turn in signature.turns]
    if not turns:
        return
    banks = {bank.id: bank for bank in store.banks()}
    for block in store.blocks((SignalType.PDQ, SignalType.TRACE), now=datetime.now(UTC)):
        photos = [bytes(Trace.from_bytes(value).whole.hash) for value in block.uneven]
        values = np.frombuffer(b"".join(photos), np.uint8).reshape(-1, 32) if photos else block.values
        bits = np.full(len(block), MATCH_THRESHOLD_BITS + 1, np.int64)
        for turn in turns:
            differing = np.bitwise_count(values ^ np.frombuffer(turn, np.uint8)).sum(axis=1, dtype=np.int64)
            bits = np.minimum(bits, differing)
        for row in np.flatnonzero(bits <= banks[block.bank].threshold_bits).tolist():
            yield int(block.ids[row]), banks[block.bank].name, int(bits[row])


def _withdraw_values(file: Path, signal: SignalType | None, reason: WithdrawalReason) -> None:
    place = _("standard input")
    values: dict[SignalType, list[bytes]] = {}
    try:
        for item in read_list(sys.stdin.buffer, signal_type=signal):
            if isinstance(item, BadLine):
                raise ListError(
                    _("{list} line {line}: {reason} Nothing was withdrawn.").format(
                        list=place, line=item.line, reason=item.reason
                    )
                )
            values.setdefault(item.signal_type, []).extend(bytes(value) for value in item.values)
    except OSError as error:
        raise BankCommandError(_("{list}: it cannot be read.").format(list=place)) from error
    with opened(file) as store:
        gone = sum(
            store.withdraw_values(kind, each, reason=reason, now=datetime.now(UTC)) for kind, each in values.items()
        )
    _say_gone(gone, _("No entry had these values. They cannot be added from now on."))


def _say_gone(gone: int, otherwise: str) -> None:
    typer.echo(
        ngettext("{count} entry withdrawn.", "{count} entries withdrawn.", gone).format(count=f"{gone:,}")
        if gone
        else otherwise
    )
