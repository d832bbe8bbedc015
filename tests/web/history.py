"""What a browser keeps of where it was: the history in the profile that Chromium leaves."""

from __future__ import annotations

import re
import sqlite3
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from pathlib import Path

# What no title and no address may tell (ux/GUIDE.md 6).
TELLTALE = re.compile(r"naakt|nep|foto|slachtoffer|melding|hulplijn|nude|fake|photo|victim|report", re.IGNORECASE)


class Visited(NamedTuple):
    """An address in the history, and the title that stands with it."""

    path: str
    title: str


def visited(profile: Path, base: str) -> list[Visited]:
    """Give all of a site, once for each address."""
    (file,) = profile.glob("*/History")
    with sqlite3.connect(f"file:{file}?mode=ro", uri=True) as history:
        rows = history.execute("SELECT url, title FROM urls ORDER BY url").fetchall()
    assert rows, "Chromium keeps its history elsewhere now"
    return [
        Visited(url.removeprefix(base), title) for url, title in rows if urlsplit(url).netloc == urlsplit(base).netloc
    ]


def assert_neutral(found: list[Visited]) -> None:
    """None tells what the pages are about, or holds more than where they are."""
    for each in found:
        assert re.fullmatch(r"/(en/)?([a-z]+(/[a-z]+)?/?)?", each.path), each
        assert not TELLTALE.search(each.path + each.title), each
