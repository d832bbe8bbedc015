"""A progress bar for work that is counted as it is done, where someone is watching."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Self

if TYPE_CHECKING:
    from rich.progress import Progress

_WORTH_A_BAR = 20


class Bar:
    """On standard error where that is a terminal; total is None where nobody knows it."""

    def __init__(self, total: int | None) -> None:
        """Nothing is shown before it is entered."""
        self._total = total
        self._bar: Progress | None = None

    def __enter__(self) -> Self:
        if not sys.stderr.isatty() or (self._total is not None and self._total < _WORTH_A_BAR):
            return self
        from rich.console import Console  # noqa: PLC0415 - a tenth of a second that scripts need not pay
        from rich.progress import BarColumn, Progress, TaskProgressColumn, TimeRemainingColumn  # noqa: PLC0415

        columns = (BarColumn(), TaskProgressColumn(), TimeRemainingColumn())
        self._bar = Progress(*columns, console=Console(stderr=True), transient=True)
        self._bar.start()
        self._task = self._bar.add_task("", total=self._total)
        return self

    def __exit__(self, *_: object) -> None:
        if self._bar is not None:
            self._bar.stop()

    def advance(self, more: int) -> None:
        """So much more is done."""
        if self._bar is not None:
            self._bar.advance(self._task, more)

    def reach(self, done: int) -> None:
        """So much is done in all."""
        if self._bar is not None:
            self._bar.update(self._task, completed=done)
