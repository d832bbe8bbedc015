"""`haalweg bank`: the files that hold signatures."""

from __future__ import annotations

import json
import os
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Annotated

import typer

from haalweg.adapters.bank_file import JOURNALS, BankFile, journal_of, opened, opened_without_journal
from haalweg.banks import BankKind, BankSettings
from haalweg.cli.bank_add import add_command
from haalweg.cli.bank_lists import export_command, import_command
from haalweg.cli.bank_options import AsJson, BankCommandError, File, OneBank, known_bank, say
from haalweg.cli.bank_withdraw import withdraw_command
from haalweg.cli.exits import ERROR
from haalweg.cli.language import _
from haalweg.cli.progress import Bar
from haalweg.cli.traces import kind_in_words
from haalweg.keeping import KeyRing, key_file
from haalweg.keeping.audit import Witness
from haalweg.plain_text import shown
from haalweg.signals import SignalType, Trace

if TYPE_CHECKING:
    from haalweg.banks import Bank, Count, Entry

bank_app = typer.Typer(
    name="bank",
    help=_("Bank files: make them, fill them, look into them, take entries back."),
    no_args_is_help=True,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def new_command(
    file: File,
    *,
    plain: Annotated[
        bool, typer.Option("--plain", help=_("Not sealed: whoever reads the file reads its signatures."))
    ] = False,
    bank: Annotated[str | None, typer.Option("--bank", metavar="NAME", help=_("Make this bank in it."))] = None,
    negative: Annotated[
        bool, typer.Option("--negative", help=_("What is near an entry of this bank is never a match."))
    ] = False,
    report_by_law: Annotated[
        bool,
        typer.Option(
            "--report-by-law", help=_("For a list of abuse of children: what matches has to be reported. For a gate.")
        ),
    ] = False,
    threshold: Annotated[int, typer.Option(help=_("Bits that may differ, 0 to 31."))] = 31,
    video_query_percent: Annotated[
        int, typer.Option(help=_("Percent of a video's frames that have to be found in an entry."))
    ] = 80,
    video_entry_percent: Annotated[
        int, typer.Option(help=_("Percent of an entry's frames that have to be found in a video."))
    ] = 0,
) -> None:
    settings = BankSettings(threshold, video_query_percent, video_entry_percent)
    kind = _kind_of(bank, negative=negative, report_by_law=report_by_law)
    place, now = shown(str(file)), datetime.now(UTC)
    made = not file.exists()
    if not made:
        if bank is None:
            raise BankCommandError(
                _("{file}: there is a file of this name already. To make a bank in it, give --bank NAME.").format(
                    file=place
                )
            )
        if plain and BankFile.is_sealed(file):
            raise BankCommandError(_("{file} is sealed; --plain is for a new file.").format(file=place))
        store = opened(file)
    else:
        store = BankFile.new(file, None if plain else KeyRing.read(key_file(os.environ)), now=now)
        say(
            _("{file} is made. It is not sealed: whoever reads it reads its signatures.").format(file=place)
            if plain
            else _("{file} is made, sealed under key {key}.").format(file=place, key=store.key_in_use()[0])
        )
    with store:
        if made and (journal := journal_of(store.id)) is not None:
            store.begin_journal(journal)
            say(_("Its withdrawals are also written to {journal}.").format(journal=shown(str(journal))))
        if bank is not None:
            store.make_bank(bank, now=now, kind=kind, settings=settings)
            say(_("Bank {bank} is made.").format(bank=bank))
            if kind is BankKind.REPORT_BY_LAW:
                say(_REPORT_BY_LAW)


def _kind_of(bank: str | None, *, negative: bool, report_by_law: bool) -> BankKind:
    if not report_by_law:
        return BankKind.NEGATIVE if negative else BankKind.POSITIVE
    if negative:
        raise BankCommandError(_("--negative or --report-by-law: what matches is harmless, or has to be reported."))
    if bank is None:
        raise BankCommandError(_("--report-by-law says what kind a bank is: give it a name with --bank."))
    return BankKind.REPORT_BY_LAW


_REPORT_BY_LAW = _("""\
It is for a list of sexual abuse of children that you have from a hotline or an authority under an agreement of your
own, and for the gate of that one platform. What matches is answered `report_by_law`: keep it from being seen, report it
as the law of your country says and as fast as it says, keep what it says you have to keep, and copy, show or look for
nothing else. The uploader is told nothing. The list never leaves this file: no export, no feed, no look-up, no scan.
Fill it with: haalweg bank import FILE LIST --bank NAME --report-by-law""")


new_command.__doc__ = _("""\
Make a bank file, or a bank in a file that is there. One file holds any number of banks.

\b
Examples:
  haalweg bank new case.bank
  haalweg bank new case.bank --bank HELPLINE
  haalweg bank new case.bank --bank SCREENS --negative --threshold 20
  haalweg bank new public.bank --plain --bank LIST
  haalweg bank new gate.bank --bank HOTLINE --report-by-law
""")


def journal_command(
    file: File,
    *,
    lost: Annotated[
        bool, typer.Option("--lost", help=_("The journal that it kept is lost for good: begin another one."))
    ] = False,
) -> None:
    with opened_without_journal(file) as store:
        journal = journal_of(store.id)
        if journal is None:
            raise BankCommandError(
                _(
                    "Name a folder for withdrawal journals in {variable}: one that is not backed up with the bank, "
                    "best on another disk."
                ).format(variable=JOURNALS)
            )
        if store.keeps_journal and not lost:
            raise BankCommandError(
                _(
                    "{file}: it keeps a withdrawal journal already. Name its folder in {variable}. Only where that "
                    "journal is lost for good: --lost. Nothing was changed."
                ).format(file=shown(str(file)), variable=JOURNALS)
            )
        store.begin_journal(journal)
        say(_("From now on withdrawals are also written to {journal}.").format(journal=shown(str(journal))))


journal_command.__doc__ = _("""\
Write withdrawals down outside of the bank too, without any value, from now on. A bank that is put back from a backup
then first carries out what was taken back since.

Where a journal was lost, --lost begins another one: withdrawals that only the lost one knew are given up.

\b
Examples:
  HAALWEG_WITHDRAWAL_JOURNALS=/var/lib/haalweg-journals haalweg bank journal case.bank
  HAALWEG_WITHDRAWAL_JOURNALS=/var/lib/haalweg-journals haalweg bank journal case.bank --lost
""")


def list_command(
    file: File,
    *,
    bank: OneBank = None,
    withdrawn: Annotated[bool, typer.Option("--withdrawn", help=_("Also what was withdrawn."))] = False,
    as_json: AsJson = False,
) -> None:
    with opened(file, read_only=True) as store:
        only = None if bank is None else known_bank(store, bank, file)
        names = {each.id: each.name for each in store.banks()}
        for entry in store.entries(now=datetime.now(UTC), bank=None if only is None else only.id, withdrawn=withdrawn):
            name = names[entry.bank]
            typer.echo(json.dumps(_row(entry, name)) if as_json else _in_words(entry, name))


list_command.__doc__ = _("""\
Show the entries, never their signatures.

\b
Examples:
  haalweg bank list case.bank
  haalweg bank list case.bank --bank HELPLINE --withdrawn --json
""")


def stats_command(file: File, *, as_json: AsJson = False) -> None:
    now = datetime.now(UTC)
    with opened(file, read_only=True) as store:
        counts = store.counts(now=now)
        for bank in store.banks():
            of_bank = [count for count in counts if count.bank == bank.id]
            if as_json:
                typer.echo(json.dumps(_bank_row(bank) | {str(c.signal_type): _count_row(c) for c in of_bank}))
                continue
            typer.echo(_bank_in_words(bank))
            for count in of_bank:
                gone = _(", {expired} expired, {withdrawn} withdrawn").format(
                    expired=f"{count.expired:,}", withdrawn=f"{count.withdrawn:,}"
                )
                typer.echo(
                    f"  {count.signal_type:7} {count.live:>14,}" + (gone if count.expired or count.withdrawn else "")
                )
        key, seals = store.key_in_use()
    if as_json:
        return
    typer.echo(
        _("Sealed under key {key}, which has sealed {count} times in this file.").format(key=key, count=f"{seals:,}")
        if key
        else _("Not sealed: whoever reads the file reads its signatures.")
    )


stats_command.__doc__ = _("""\
Show how much each bank holds.

\b
Examples:
  haalweg bank stats case.bank
  haalweg bank stats case.bank --json
""")


def check_command(
    file: File,
    *,
    witness: Annotated[
        str | None,
        typer.Option(
            metavar="NUMBER:DIGEST", help=_("What an earlier check printed: shows whether the log was cut since.")
        ),
    ] = None,
) -> None:
    seen = None if witness is None else Witness.parse(witness)
    with opened(file, read_only=True) as store:
        total = sum(count.live + count.expired for count in store.counts(now=datetime.now(UTC)))
        with Bar(total) as bar:
            checked = store.check(seen, advance=bar.advance)
    for finding in checked.findings:
        say(f"{shown(str(file))}: {finding}")
    if not checked.is_whole:
        say(_("Do not go on with this file: go back to a copy, and keep this one for those who look into it."))
        raise typer.Exit(ERROR)
    typer.echo(
        _("{file} is whole: {count} entries opened, {rows} rows of the log fit together.").format(
            file=shown(str(file)), count=f"{checked.entries:,}", rows=f"{checked.head.number:,}"
        )
    )
    typer.echo(_("Keep this elsewhere, for the next check: --witness {witness}").format(witness=checked.head))


check_command.__doc__ = _("""\
Open every seal, count everything, and follow the audit log.

Whoever can write the file can cut the end off its log; that shows only against a witness kept elsewhere.

\b
Examples:
  haalweg bank check case.bank
  haalweg bank check case.bank --witness 12:5f0c...

\b
Exit code: 0 the file is whole, 2 it is not.
""")

bank_app.command("new", short_help=_("Make a bank file, or a bank in one."))(new_command)
bank_app.command("add", short_help=_("Hash pictures and videos, keep their signatures."))(add_command)
bank_app.command("import", short_help=_("Take in a list of hashes."))(import_command)
bank_app.command("export", short_help=_("Write signatures as a list."))(export_command)
bank_app.command("list", short_help=_("Show the entries."))(list_command)
bank_app.command("withdraw", short_help=_("Take signatures back, for good."))(withdraw_command)
bank_app.command("journal", short_help=_("Write withdrawals down elsewhere too."))(journal_command)
bank_app.command("stats", short_help=_("Show how much there is."))(stats_command)
bank_app.command("check", short_help=_("Is the file what was written?"))(check_command)


def _row(entry: Entry, bank: str) -> dict[str, object]:
    trace = _trace_of(entry)
    return {
        "entry": entry.id,
        "bank": bank,
        "signal_type": entry.signal_type.value,
        "quality": entry.quality,
        "trace_kind": None if trace is None else trace.kind.name.lower(),
        "assurance": entry.assurance.value,
        "source": entry.source or None,
        "note": entry.note or None,
        "added_at": entry.added_at.isoformat(),
        "expires_at": None if entry.expires_at is None else entry.expires_at.isoformat(),
        "withdrawn_at": None if entry.withdrawn_at is None else entry.withdrawn_at.isoformat(),
    }


def _trace_of(entry: Entry) -> Trace | None:
    if entry.signal_type is not SignalType.TRACE or entry.value is None:
        return None
    return Trace.from_bytes(entry.value)


def _in_words(entry: Entry, bank: str) -> str:
    words = [f"{entry.id:>8}", f"{bank}", f"{entry.signal_type:6}"]
    words.append(_("quality {quality}").format(quality=entry.quality) if entry.quality is not None else "")
    trace = _trace_of(entry)
    words.append("" if trace is None else kind_in_words(trace.kind))
    words.append(entry.assurance.value)
    words.append(_("added {day}").format(day=_day(entry.added_at)))
    if entry.withdrawn_at is not None:
        words.append(_("withdrawn {day}").format(day=_day(entry.withdrawn_at)))
    elif entry.expires_at is not None:
        words.append(_("until {day}").format(day=_day(entry.expires_at)))
    if entry.source:
        words.append(_("from {source}").format(source=shown(entry.source)))
    if entry.note:
        words.append(f"({shown(entry.note)})")
    return "  ".join(word for word in words if word)


def _bank_row(bank: Bank) -> dict[str, object]:
    return {
        "bank": bank.name,
        "kind": bank.kind.value,
        "threshold_bits": bank.threshold_bits,
        "video_query_percent": bank.settings.video_query_percent,
        "video_entry_percent": bank.settings.video_entry_percent,
        "made_at": bank.made_at.isoformat(),
    }


def _bank_in_words(bank: Bank) -> str:
    return _("{bank}  {kind}; up to {bits} bits may differ; made {day}").format(
        bank=bank.name, kind=_KINDS[bank.kind], bits=bank.threshold_bits, day=_day(bank.made_at)
    )


_KINDS = {
    BankKind.POSITIVE: _("matches"),
    BankKind.NEGATIVE: _("what is near an entry is never a match"),
    BankKind.REPORT_BY_LAW: _("what matches is reported by law"),
}


def _count_row(count: Count) -> dict[str, int]:
    return {"live": count.live, "expired": count.expired, "withdrawn": count.withdrawn}


def _day(moment: datetime) -> str:
    return f"{moment:%Y-%m-%d}"
