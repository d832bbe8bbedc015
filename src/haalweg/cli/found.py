"""What was found, as people read it: a table, what was looked at, and what to mind."""

from __future__ import annotations

import sys
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

import typer

from haalweg.cli.language import _, ngettext
from haalweg.cli.turns import in_words
from haalweg.plain_text import shown
from haalweg.scan.rows import Kind, as_json
from haalweg.signals import Orientation

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from pathlib import Path

    from haalweg.scan.parts import Counts
    from haalweg.scan.rows import Row

_LEVELS = {"probable": _("probable"), "possible": _("possible")}
_WIDTH = 1000  # where no terminal says how wide it is


def print_json(rows: Iterable[Row]) -> None:
    """One row a line."""
    for row in rows:
        typer.echo(as_json(row))


def print_table(rows: Iterable[Row], *, most: int | None = None) -> None:
    """Matches as a table, at most so many; what was not readable is for `print_summary` to count."""
    how = (_Column(_("matches"), entry_in_words), _Column(_("how close"), closeness))
    _print_table((row for row in rows if row.kind is Kind.MATCH), how, most)


def print_leads(rows: Iterable[Row], *, most: int | None = None) -> None:
    """Leads as a table of their own, at most so many: they are no matches."""
    how = (_Column(_("worth a person's look"), entry_in_words), _Column(_("how sure"), sureness))
    _print_table((row for row in rows if row.kind is Kind.LEAD), how, most)


def _print_table(rows: Iterator[Row], how: Sequence[_Column], most: int | None) -> None:
    first = list(islice(rows, most))
    if not first:
        return
    from rich.console import Console  # noqa: PLC0415 - a tenth of a second that scripts need not pay
    from rich.table import Table  # noqa: PLC0415 - as above
    from rich.text import Text  # noqa: PLC0415 - as above

    console = Console(width=None if sys.stdout.isatty() else _WIDTH)
    columns, chats = _columns(first, how), {_chat(row) for row in first}
    if len(chats) == 1 and chats != {""}:
        typer.echo(_("All of them in chat {chat}.").format(chat=chats.pop()))
        columns = [column for column in columns if column.cell is not _chat]
    table = Table(box=None, pad_edge=False, header_style="bold")
    for column in columns:
        table.add_column(column.heading, overflow="fold", no_wrap=column.is_short)
    for row in first:
        # Text, not strings: what comes from outside is no markup.
        table.add_row(*(Text(column.cell(row)) for column in columns))
    console.print(table)
    left = sum(1 for _row in rows)
    if left:
        typer.echo(ngettext("{n} more row.", "{n} more rows.", left).format(n=left))


def print_unreadable(rows: Iterable[Row], *, most: int) -> None:
    """Say on standard error what was not looked at, and why; at most so many."""
    unreadable = (row for row in rows if row.kind is Kind.UNREADABLE)
    for row in islice(unreadable, most):
        typer.echo(f"{shown(row.item)}: {row.reason}", err=True)
    if left := sum(1 for _row in unreadable):
        typer.echo(ngettext("{n} more row.", "{n} more rows.", left).format(n=left), err=True)


def print_summary(counts: Counts, out: Path | None) -> None:
    """Say on standard error what was looked at, what was not, and what to mind about the rows."""
    for sentence in _sentences(counts, out):
        typer.echo(sentence, err=True)


def _sentences(counts: Counts, out: Path | None) -> Iterator[str]:
    yield _("Looked at {what}.").format(what=", ".join(_looked_at(counts)))
    if counts.too_flat:
        yield ngettext(
            "{n} of them holds too little detail to be recognised by its looks.",
            "{n} of them hold too little detail to be recognised by their looks.",
            counts.too_flat,
        ).format(n=f"{counts.too_flat:,}")
    if counts.unreadable:
        yield ngettext(
            "{n} more could not be read: nothing is known of it.",
            "{n} more could not be read: nothing is known of them.",
            counts.unreadable,
        ).format(n=f"{counts.unreadable:,}")
    if counts.incomplete:
        yield _("A source could not be read to its end: there may be more in it than was looked at.")
    yield ngettext("{n} item matches.", "{n} items match.", counts.matched).format(n=f"{counts.matched:,}")
    if counts.leads:
        yield ngettext(
            "{n} item is a lead: worth a person's look.",
            "{n} items are leads: worth a person's look.",
            counts.leads,
        ).format(n=f"{counts.leads:,}")
    if out is not None:
        yield _(
            "Rows: {out}, which only you can read. It says who posted what; keep it as you keep a case file."
        ).format(out=shown(str(out)))


def _looked_at(counts: Counts) -> Iterator[str]:
    yield ngettext("{n} picture", "{n} pictures", counts.pictures).format(n=f"{counts.pictures:,}")
    if counts.videos:
        yield ngettext("{n} video", "{n} videos", counts.videos).format(n=f"{counts.videos:,}")
    if counts.others:
        yield ngettext("{n} file that is neither", "{n} files that are neither", counts.others).format(
            n=f"{counts.others:,}"
        )


class _Column(NamedTuple):
    heading: str
    cell: Callable[[Row], str]
    is_short: bool = False  # and is not broken over lines


def _columns(rows: list[Row], how: Sequence[_Column]) -> list[_Column]:
    """Columns in which any row has something."""
    columns = [
        _Column(_("item"), lambda row: shown(row.item)),
        *how,
        _Column(
            _("posted (UTC)"), lambda row: f"{row.posted_at:%Y-%m-%d %H:%M}" if row.posted_at else "", is_short=True
        ),
        _Column(_("chat"), _chat),
        _Column(_("message"), lambda row: shown(row.message_id or ""), is_short=True),
        _Column(_("sender"), lambda row: shown(row.sender_id or ""), is_short=True),
    ]
    return [column for column in columns if any(map(column.cell, rows))]


def entry_in_words(row: Row) -> str:
    """Name what was recognised."""
    return _("{bank}, entry {entry}").format(bank=row.bank, entry=row.entry)


def _chat(row: Row) -> str:
    return " ".join(shown(part) for part in (row.chat_id, row.chat_name) if part)


def closeness(row: Row) -> str:
    """Say what makes it a match: which signal, how many bits, how turned, where in it."""
    words = [row.signal_type or ""]
    if row.distance_bits is not None:
        words.append(ngettext("{n} bit", "{n} bits", row.distance_bits).format(n=row.distance_bits))
    if row.orientation and (turned := in_words(Orientation(row.orientation))):
        words.append(turned)
    if row.inner is not None:
        box = row.inner
        size, corner = f"{box.right - box.left} x {box.bottom - box.top}", f"{box.left}, {box.top}"
        words.append(_("the picture inside, {size} at {corner}").format(size=size, corner=corner))
    if row.frame_s is not None:
        words.append(_("at {seconds} s").format(seconds=f"{row.frame_s:g}"))
    return ", ".join(words)


def sureness(row: Row) -> str:
    """Say how sure a lead is, how much of the photo is altered, and where in a video."""
    words = [how_sure(row.level or "", row.altered_percent)]
    if row.frame_s is not None:
        words.append(_("at {seconds} s").format(seconds=f"{row.frame_s:g}"))
    return ", ".join(word for word in words if word)


def how_sure(level: str, altered_percent: float | None) -> str:
    """Say a level, and how much of the photo is altered."""
    words = [_LEVELS.get(level, "")]
    if altered_percent:
        words.append(_("{percent} % of the photo altered").format(percent=f"{altered_percent:g}"))
    return ", ".join(word for word in words if word)
