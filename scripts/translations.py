"""Brings the Dutch catalogue up to date with the code, and compiles it.

Run: make translations. What is new stands in the .po file with an empty msgstr; a test refuses it as long as it does.
"""

from __future__ import annotations

import io
import sys
from datetime import UTC, datetime
from pathlib import Path
from string import Formatter
from typing import TYPE_CHECKING

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

if TYPE_CHECKING:
    from collections.abc import Sequence

ROOT = Path(__file__).resolve().parents[1]
CODE = ROOT / "src" / "haalweg"
PO = CODE / "data" / "locale" / "nl" / "LC_MESSAGES" / "haalweg.po"
_WRITTEN = datetime(2026, 11, 25, tzinfo=UTC)  # the same in every build
_KEYWORDS = {"_": None, "ngettext": (1, 2)}


def template() -> Catalog:
    """Every text that the code asks for, with the file it stands in."""
    found = Catalog(project="haalweg")
    # The pages have a catalogue of their own: scripts/web_translations.sh.
    texts = extract_from_dir(CODE, method_map=[("web/**", "ignore"), ("**.py", "python")], keywords=_KEYWORDS)
    for name, _line, message, _comments, _context in texts:
        found.add(message, locations=[(name, 0)])
    return found


def catalogue() -> Catalog:
    """What the catalogue says now."""
    with PO.open("rb") as file:
        return read_po(file, locale="nl")


def written(texts: Catalog) -> tuple[bytes, bytes]:
    """The .po and the .mo file of a catalogue: the same bytes for the same texts."""
    po, mo = io.BytesIO(), io.BytesIO()
    write_po(po, texts, width=120, sort_output=True, ignore_obsolete=True, include_lineno=False)
    write_mo(mo, texts)
    return po.getvalue(), mo.getvalue()


def brought_up_to_date() -> Catalog:
    """The catalogue with every text of the code, and no other; a new one is not translated."""
    texts = Catalog(
        locale="nl",
        project="haalweg",
        version="0",
        header_comment="# What haalweg says at the terminal, in Dutch. See scripts/translations.py.",
        creation_date=_WRITTEN,
        revision_date=_WRITTEN,
        last_translator="the haalweg developers",
        language_team="nl",
        msgid_bugs_address="",
        fuzzy=False,
    )
    if PO.exists():
        for message in catalogue():
            if message.id:
                texts.add(message.id, message.string, locations=message.locations, flags=message.flags)
    texts.update(template(), no_fuzzy_matching=True, update_creation_date=False)
    return texts


def faults(texts: Catalog) -> list[str]:
    """What keeps the catalogue from being shipped: texts without Dutch, and places in them that differ."""
    found = []
    for message in texts:
        if not message.id:
            continue
        ids, strings = _forms(message.id), _forms(message.string)
        if not all(strings):
            found.append(f"not translated: {ids[0][:80]!r}")
        elif {_places(text) for text in strings} != {_places(text) for text in ids}:
            found.append(f"other places to fill in: {ids[0][:80]!r}")
    return found


def _forms(text: str | Sequence[str] | None) -> tuple[str, ...]:
    return (text or "",) if text is None or isinstance(text, str) else tuple(text)


def _places(text: str) -> tuple[str, ...]:
    return tuple(sorted(name for _, name, _, _ in Formatter().parse(text) if name is not None))


def main(arguments: list[str]) -> int:
    """Write both files anew, or see whether they are what they would be."""
    texts = brought_up_to_date()
    po, mo = written(texts)
    if "--check" not in arguments:
        PO.parent.mkdir(parents=True, exist_ok=True)
        PO.write_bytes(po)
        PO.with_suffix(".mo").write_bytes(mo)
        return 0
    wrong = faults(texts)
    if PO.read_bytes() != po or PO.with_suffix(".mo").read_bytes() != mo:
        wrong.append("the catalogue is not in step with the code: run make translations.")
    for fault in wrong:
        print(f"Dutch: {fault}", file=sys.stderr)
    return int(bool(wrong))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
