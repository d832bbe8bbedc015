"""`haalweg keys`: the secrets that sealed banks are sealed with, and the way to keep them."""

from __future__ import annotations

import json
import os
import secrets
import stat
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, TextIO

import typer

from haalweg.cli.language import _
from haalweg.errors import HaalwegError
from haalweg.keeping import KeyFileError, KeyRing, SheetError, guard_memory, key_file
from haalweg.keeping.sheet import SheetLine, line_from, ring_from, ring_of, same_letters, sheet_of
from haalweg.plain_text import shown

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_DRILLED_LINES = 2
_MOST_SHEET_BYTES = 1 << 20

keys_app = typer.Typer(
    name="keys",
    help=_("Keys of sealed banks: make them, change them, get them back from paper."),
    no_args_is_help=True,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"]},
)

NoDrill = Annotated[
    bool,
    typer.Option(
        "--no-drill",
        help=_("Do not ask for parts of the sheet. Nobody has tried then whether the keys can be got back from it."),
    ),
]


def new_command(*, no_drill: NoDrill = False) -> None:
    path = key_file(os.environ)
    _terminal_for_drill(no_drill=no_drill)
    ring = KeyRing.make(datetime.now(UTC))
    ring.write_new(path)
    _say(_("The keys are in {path}. Only you can read it.").format(path=shown(str(path))))
    _hand_over(ring, path, no_drill=no_drill)


new_command.__doc__ = _("""\
Make the keys of this installation and print their recovery sheet.

Keep the sheet on paper, apart from the banks. Key file and sheet both lost: every sealed bank is lost.

\b
Examples:
  haalweg keys new
  haalweg keys new --no-drill | lp
  HAALWEG_KEY_FILE=/srv/haalweg/keys haalweg keys new
""")


def rotate_command(
    *,
    bank: Annotated[
        list[Path] | None,
        typer.Option(
            metavar="FILE", help=_("A bank file to seal anew under the newest key. May be given more than once.")
        ),
    ] = None,
    no_new_key: Annotated[
        bool,
        typer.Option("--no-new-key", help=_("Only seal the banks anew under the key that is the newest now.")),
    ] = False,
    no_drill: NoDrill = False,
) -> None:
    path, banks = key_file(os.environ), bank or []
    if no_new_key and not banks:
        raise typer.BadParameter(_("--no-new-key leaves nothing to do without a --bank to seal anew."))
    ring = KeyRing.read(path)
    if banks:
        _open_each(banks)
    if not no_new_key:
        _terminal_for_drill(no_drill=no_drill)
        ring = _with_new_key(ring, path)
        if not ring.sheet_checked:
            _hand_over(ring, path, no_drill=no_drill)
            ring = KeyRing.read(path)
    try:
        for each in banks:
            _reseal(each, ring.active.id)
    except (KeyboardInterrupt, HaalwegError):
        _say(_("Not every bank was sealed anew. Nothing is lost: run the same command again."))
        raise
    if ring.rotation_open and not no_new_key:
        ring.with_rotation_ended().replace(path)
    _say(
        _("Key {key} seals from now on. Older keys stay in the file: they open what they sealed.").format(
            key=ring.active.id
        )
    )


rotate_command.__doc__ = _("""\
Make a new key, print the new recovery sheet, and seal the banks that are given anew.

Do it when someone may have read the key file, or once a year. Interrupted or killed: run it again, and it goes on with
the same key.

\b
Examples:
  haalweg keys rotate --bank case.bank --bank public.bank
  haalweg keys rotate --no-new-key --bank forgotten.bank
""")


def list_command(
    *, as_json: Annotated[bool, typer.Option("--json", help=_("One JSON object instead of text."))] = False
) -> None:
    path = key_file(os.environ)
    ring = KeyRing.read(path)
    if as_json:
        typer.echo(json.dumps(_row(ring, path), ensure_ascii=False))
        return
    typer.echo(_("Key file {path}, made {at}").format(path=shown(str(path)), at=_date(ring.made_at)))
    for key in ring.keys:
        active = _("  seals what is new") if key == ring.active else ""
        typer.echo(_("  key {key}  made {at}").format(key=key.id, at=_date(key.made_at)) + active)
    if ring.rotation_open:
        typer.echo(_("A rotation was begun and not ended. Go on with: haalweg keys rotate, with the same banks."))
    if not ring.sheet_checked:
        typer.echo(_unchecked())


list_command.__doc__ = _("""\
Show which keys there are and whether their recovery sheet was checked. No secret is shown.

\b
Examples:
  haalweg keys list
  haalweg keys list --json
""")


def sheet_command(*, no_drill: NoDrill = False) -> None:
    path = key_file(os.environ)
    ring = KeyRing.read(path)
    _terminal_for_drill(no_drill=no_drill)
    _hand_over(ring, path, no_drill=no_drill)


sheet_command.__doc__ = _("""\
Print the recovery sheet again, and check it.

\b
Examples:
  haalweg keys sheet
  haalweg keys sheet --no-drill | lp
""")


def recover_command(
    sheet: Annotated[
        str | None,
        typer.Argument(
            metavar="SHEET", help=_("A text file with the sheet; - is standard input. Without it: type it.")
        ),
    ] = None,
) -> None:
    guard_memory()
    path = key_file(os.environ)
    ring = _typed_ring() if sheet is None and sys.stdin.isatty() else ring_from(_text_of(sheet or "-"))
    if os.path.lexists(path):
        _compare(ring, path)
        return
    ring.write_new(path)
    _say(_("The sheet is right. Its keys are in {path}:").format(path=shown(str(path))))
    for key in ring.keys:
        _say(_("  key {key}  made {at}").format(key=key.id, at=_date(key.made_at)))
    if sheet not in (None, "-"):
        _say(_("Delete {sheet}: whoever reads it has the keys.").format(sheet=shown(sheet)))


recover_command.__doc__ = _("""\
Write the key file anew from its recovery sheet. Where there is one already, only compare the two.

Typing errors are found line by line. A key file is never written over.

\b
Examples:
  haalweg keys recover
  haalweg keys recover sheet.txt
  HAALWEG_KEY_FILE=/tmp/drill/keys haalweg keys recover sheet.txt
""")

keys_app.command("new", short_help=_("Make keys, print their recovery sheet."))(new_command)
keys_app.command("rotate", short_help=_("Make a new key, seal banks anew."))(rotate_command)
keys_app.command("list", short_help=_("Show which keys there are."))(list_command)
keys_app.command("sheet", short_help=_("Print the recovery sheet again."))(sheet_command)
keys_app.command("recover", short_help=_("Get the keys back from their sheet."))(recover_command)


def _with_new_key(ring: KeyRing, path: Path) -> KeyRing:
    if ring.rotation_open:
        _say(
            _("The rotation of {at} was not ended. Going on with its key {key}.").format(
                at=_date(ring.active.made_at), key=ring.active.id
            )
        )
        return ring
    ring = ring.rotated(datetime.now(UTC))
    # Written before anything is sealed with it, so that a bank never holds what no key file opens.
    ring.replace(path)
    _say(
        _("Key {key} is made. The recovery sheet that you have does not hold it: here is the new one.").format(
            key=ring.active.id
        )
    )
    return ring


def _open_each(banks: Sequence[Path]) -> None:
    """Before anything is changed: a bank that is missing or sealed under other keys stops the command."""
    from haalweg.adapters.bank_file import opened  # noqa: PLC0415 - slow to load, and needed with --bank only

    for bank in banks:
        opened(bank).close()


def _reseal(bank: Path, key: str) -> None:
    from haalweg.adapters.bank_file import BankFile, opened  # noqa: PLC0415 - as above

    place = shown(str(bank))
    if not BankFile.is_sealed(bank):
        _say(_("{bank}: not sealed, by choice. Nothing was done.").format(bank=place))
        return
    with opened(bank) as store:
        count = store.reseal(now=datetime.now(UTC))
    _say(
        _("{bank}: everything in it is sealed under key {key}; {count} seals were made anew.").format(
            bank=place, key=key, count=f"{count:,}"
        )
    )


def _hand_over(ring: KeyRing, path: Path, *, no_drill: bool) -> None:
    lines = sheet_of(ring)
    _close_to_others(sys.stdout)
    _print("".join(text + "\n" for text in _sheet_text(ring, lines)))
    if no_drill:
        _say(_unchecked())
        return
    try:
        _drill(lines)
    except (KeyboardInterrupt, typer.Abort):
        _say("\n" + _unchecked())
        raise
    _note_checked(ring, path)
    _say(_("Right. Clear this screen and what scrolled off it: the sheet is on it."))


def _print(sheet: str) -> None:
    try:
        sys.stdout.write(sheet)
        sys.stdout.flush()
    except OSError as error:
        # What was not taken would be written again when the process ends.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        reason = (error.strerror or "").lower()
        raise SheetError(
            _("The sheet could not be printed ({reason}).").format(reason=reason) + " " + _unchecked()
        ) from None


def _close_to_others(stream: TextIO) -> None:
    """A sheet that goes into a file is as secret as the key file."""
    try:
        status = os.fstat(stream.fileno())
        if stat.S_ISREG(status.st_mode) and status.st_mode & 0o077:
            os.fchmod(stream.fileno(), 0o600)
    except OSError:
        _say(_("The sheet goes into a file that others may read. Delete it once it is printed."))


def _sheet_text(ring: KeyRing, lines: Sequence[SheetLine]) -> Iterator[str]:
    yield ""
    yield _("HAALWEG RECOVERY SHEET")
    yield ""
    yield _("Whoever has this sheet can read every bank sealed with its keys.")
    yield _("Keep it on paper, apart from the banks and their backups.")
    yield _("To get the keys back: haalweg keys recover.")
    yield ""
    yield _("Keys: {keys}").format(keys=", ".join(f"{key.id} ({_date(key.made_at)})" for key in ring.keys))
    yield ""
    yield from map(str, lines)
    yield ""


def _drill(lines: Sequence[SheetLine]) -> None:
    _say(_("Print or copy the sheet now. Then read from the paper:"))
    for line in sorted(secrets.SystemRandom().sample(lines, _DRILLED_LINES)):
        while not same_letters(_ask(_("  the last group of line {number}: ").format(number=line.number)), line.check):
            _say(_("  That is not how line {number} ends. Look again.").format(number=line.number))


def _terminal_for_drill(*, no_drill: bool) -> None:
    if not no_drill and not sys.stdin.isatty():
        raise KeyFileError(
            _(
                "The sheet is checked at a terminal, and there is none here. Nothing was changed. Run this at one, or "
                "with --no-drill: then nobody has tried whether the keys can be got back from paper."
            )
        )


def _typed_ring() -> KeyRing:
    _say(_("Type the sheet line by line, without the numbers. Small letters and blanks do not matter."))
    lines: list[SheetLine] = []
    while not lines or not lines[-1].closing:
        number = len(lines) + 1
        try:
            lines.append(line_from(_ask(_("  line {number}: ").format(number=number)), number))
        except SheetError as error:
            _say(f"  {error}")
    return ring_of(lines)


def _text_of(sheet: str) -> str:
    if sheet == "-":
        data = sys.stdin.buffer.read(_MOST_SHEET_BYTES)
    else:
        try:
            with Path(sheet).open("rb") as stream:
                data = stream.read(_MOST_SHEET_BYTES)
        except OSError as error:
            reason = (error.strerror or "").lower()
            raise SheetError(
                _("{sheet}: the sheet cannot be read ({reason}).").format(sheet=shown(sheet), reason=reason)
            ) from None
    is_utf16 = data.startswith((b"\xff\xfe", b"\xfe\xff"))  # as some editors save it
    return data.decode("utf-16" if is_utf16 else "utf-8-sig", errors="replace")


def _compare(ring: KeyRing, path: Path) -> None:
    there = KeyRing.read(path)
    if not ring.has_all_of(there):
        if there.has_all_of(ring):
            raise SheetError(
                _(
                    "The sheet is older than {path}: key {key} is not on it. Print the new one: haalweg keys sheet."
                ).format(path=shown(str(path)), key=there.active.id)
            )
        raise SheetError(
            _(
                "The sheet holds other keys than {path}, which is never written over. Put that file aside, or name "
                "another place in HAALWEG_KEY_FILE."
            ).format(path=shown(str(path)))
        )
    if ring.keys != there.keys:
        raise SheetError(
            _(
                "The sheet is newer than {path}: key {key} is not in the file. Put that file aside and run this again."
            ).format(path=shown(str(path)), key=ring.active.id)
        )
    if not there.sheet_checked:
        _note_checked(there, path)
    _say(
        _("The sheet is right: it gives back the keys in {path}. Nothing was written over.").format(
            path=shown(str(path))
        )
    )


def _note_checked(ring: KeyRing, path: Path) -> None:
    try:
        ring.with_checked_sheet().replace(path)
    except KeyFileError as error:  # a systemd credential, for one, cannot be written: the sheet is right all the same
        _say(_("That the sheet was checked could not be noted. {error}").format(error=error))


def _row(ring: KeyRing, path: Path) -> dict[str, object]:
    return {
        "path": str(path),
        "made_at": ring.made_at.isoformat(),
        "keys": [{"id": key.id, "made_at": key.made_at.isoformat(), "active": key == ring.active} for key in ring.keys],
        "sheet_checked": ring.sheet_checked,
        "rotation_open": ring.rotation_open,
    }


def _unchecked() -> str:
    return _(
        "The recovery sheet of these keys was not checked. Without one that can be read, a lost key file is the loss "
        "of every sealed bank. Print and check it: haalweg keys sheet."
    )


def _ask(question: str) -> str:
    # Not input(): it would put the question on standard output, into the sheet.
    sys.stderr.write(question)
    sys.stderr.flush()
    answer = sys.stdin.readline()
    if not answer:
        raise typer.Abort
    return answer


def _say(sentence: str) -> None:
    typer.echo(sentence, err=True)


def _date(moment: datetime) -> str:
    return f"{moment:%Y-%m-%d %H:%M} UTC"
