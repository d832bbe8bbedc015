"""What became of a store since somebody last asked, in an order that leaves nothing out."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from haalweg.banks.entries import MOST_ENTRIES
from haalweg.banks.errors import BankError

if TYPE_CHECKING:
    from haalweg.banks.entries import Block, EntryId
    from haalweg.banks.feedback import Feedback

EPOCH_BYTES = 8

_COUNT = r"\.(0|[1-9][0-9]{0,12})"
_CURSOR = re.compile(rf"([1-9][0-9]{{0,12}}){_COUNT}{_COUNT}")


class CursorAheadError(BankError):
    """A cursor that this store never gave out in this epoch: whoever has it has to take everything in anew."""


@dataclass(frozen=True, slots=True)
class Cursor:
    """How far somebody has followed a store, within one epoch of it."""

    next_entry: int  # the first number they have not heard of
    withdrawals: int  # that they have heard of
    feedback: int = 0  # the same

    @classmethod
    def parse(cls, text: str) -> Cursor:
        """Read what `str` wrote. Raises BankError."""
        found = _CURSOR.fullmatch(text)
        if found is None or int(found[1]) > MOST_ENTRIES + 1 or max(int(found[2]), int(found[3])) > MOST_ENTRIES:
            raise BankError(f"{len(text)} characters that are no cursor. Good: 1048.3.7.")
        return cls(int(found[1]), int(found[2]), int(found[3]))

    def __str__(self) -> str:
        return f"{self.next_entry}.{self.withdrawals}.{self.feedback}"


@dataclass(frozen=True, slots=True, repr=False)
class Changes:
    """What is new since a cursor: first what is gone, then what came."""

    epoch: bytes  # EPOCH_BYTES; when it is another one, the store was put back, and what was held of it is replaced
    cursor: Cursor  # to ask with the next time
    withdrawn: tuple[EntryId, ...]  # all of them since the cursor; without a cursor none, for nothing is held yet
    blocks: tuple[Block, ...]  # live entries only
    feedback: tuple[
        Feedback, ...
    ]  # of each entry of which something new was said all that is; none while there is more
    more: bool  # whether there are further entries to ask for

    def __repr__(self) -> str:
        came = sum(len(block) for block in self.blocks)
        return f"Changes(up to {self.cursor}: <{len(self.withdrawn)} withdrawn, {came} came>)"
