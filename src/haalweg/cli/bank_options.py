"""What the commands of `haalweg bank` share: options, the way to the file, and how they speak."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from haalweg.banks import BankKind
from haalweg.banks.formats import moment_from
from haalweg.cli.language import _, ngettext
from haalweg.errors import HaalwegError
from haalweg.plain_text import shown
from haalweg.signals import SignatureError

if TYPE_CHECKING:
    from collections import Counter

    from haalweg.adapters.bank_file import BankFile
    from haalweg.banks import Added, Bank


class BankCommandError(HaalwegError):
    """A command that cannot be carried out as it was given."""


File = Annotated[Path, typer.Argument(metavar="FILE", help=_("The bank file."))]
BankName = Annotated[str, typer.Option("--bank", metavar="NAME", help=_("The bank in it; made where it is not there."))]
OneBank = Annotated[
    str | None, typer.Option("--bank", metavar="NAME", help=_("Only this bank; all of them if not given."))
]
Adults = Annotated[
    bool,
    typer.Option(
        "--adults",
        help=_("Everyone was 18 or older, in each picture and in the photo it was made from. For scripts."),
    ),
]
Source = Annotated[str, typer.Option(help=_("Where the signatures come from. Kept sealed."))]
Note = Annotated[str, typer.Option(help=_("A remark. Kept sealed."))]
Expires = Annotated[
    str | None, typer.Option(metavar="DATE", help=_("When the entries are to be forgotten: 2027-12-31, in UTC."))
]
AsJson = Annotated[bool, typer.Option("--json", help=_("JSON lines instead of text. No signature is shown."))]


def bank_made_where_missing(store: BankFile, name: str) -> Bank:
    bank = store.bank(name)
    if bank is None:
        bank = store.make_bank(name, now=datetime.now(UTC))
        say(_("There was no bank {bank}: it is made.").format(bank=name))
    return bank


def known_bank(store: BankFile, name: str, file: Path) -> Bank:
    bank = store.bank(name)
    if bank is None:
        names = ", ".join(each.name for each in store.banks())
        raise BankCommandError(
            _("{file}: there is no bank {bank}; there are {names}.").format(
                file=shown(str(file)), bank=shown(name), names=names or _("none")
            )
        )
    return bank


def refuse_report_by_law(store: BankFile, name: str) -> None:
    """Raise BankCommandError for a bank that takes lists of abuse of children, and nothing else."""
    bank = store.bank(name)
    if bank is not None and bank.kind is BankKind.REPORT_BY_LAW:
        raise BankCommandError(
            _(
                "{bank}: a bank whose matches are reported by law. It takes a list that a hotline or an authority "
                "made, with `haalweg bank import --report-by-law`, and nothing that is hashed here."
            ).format(bank=shown(name))
        )


def count_added(added: Added, total: Counter[str]) -> None:
    total["new"] += added.new
    total["there"] += added.there_already
    total["refused"] += added.withdrawn_before


def sum_of(total: Counter[str]) -> str:
    words = [_("{count} new").format(count=f"{total['new']:,}")]
    if total["there"]:
        words.append(_("{count} there already").format(count=f"{total['there']:,}"))
    if total["refused"]:
        words.append(_("{count} withdrawn before, and refused").format(count=f"{total['refused']:,}"))
    if total["flat"]:
        words.append(_("{count} with too little detail, left out").format(count=f"{total['flat']:,}"))
    if total["expired"]:
        words.append(_("{count} expired, left out").format(count=f"{total['expired']:,}"))
    if total["bad"]:
        words.append(
            ngettext(
                "{count} line without a signature, left out",
                "{count} lines without a signature, left out",
                total["bad"],
            ).format(count=f"{total['bad']:,}")
        )
    if total["no_trace"]:
        words.append(
            ngettext(
                "{count} file that is no trace, left out",
                "{count} files that are no traces, left out",
                total["no_trace"],
            ).format(count=f"{total['no_trace']:,}")
        )
    return ", ".join(words) + "."


def moment_in_future(text: str | None) -> datetime | None:
    try:
        moment = moment_from(text or "")
    except SignatureError as error:
        raise typer.BadParameter(str(error)) from None
    if moment is not None and moment <= datetime.now(UTC):
        raise typer.BadParameter(_("--expires lies in the past."))
    return moment


def say(sentence: str) -> None:
    typer.echo(sentence, err=True)
