"""What HMA calls content: the signatures of one thing, which here are as many entries.

A content has the number of its first entry, and every entry's number names the content that it is of. Only what has
several entries is noted, in the state file.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from haalweg.banks import EntryId

if TYPE_CHECKING:
    from collections.abc import Sequence

    from haalweg.gate.state import StateFile


class Contents:
    """Which entries of one bank file are of one content. For any number of threads."""

    def __init__(self, state: StateFile, store: str) -> None:
        """store: the id of the bank file."""
        self._state = state
        self._store = store

    def of(self, entry: EntryId) -> EntryId:
        """The content that an entry is of."""
        rows = self._state.rows("SELECT content FROM content WHERE store = ? AND entry = ?", (self._store, entry))
        return EntryId(rows[0][0]) if rows else entry

    def entries(self, content: EntryId) -> list[EntryId]:
        """The entries that are or were of a content, or of that of which one has this number."""
        content = self.of(content)
        rows = self._state.rows(
            "SELECT entry FROM content WHERE store = ? AND content = ? ORDER BY entry", (self._store, content)
        )
        return [EntryId(entry) for (entry,) in rows] or [content]

    def join(self, entries: Sequence[EntryId]) -> EntryId:
        """Note that these are of one thing, with all that one of them was of one with before; give its number."""
        together = sorted({each for entry in entries for each in self.entries(entry)})
        if len(together) > 1:
            with self._state.writing() as file:
                file.executemany(
                    "INSERT INTO content VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET content = excluded.content",
                    [(self._store, entry, together[0]) for entry in together],
                )
        return together[0]
