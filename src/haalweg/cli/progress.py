"""Progress bars for long work, where someone is watching."""

from __future__ import annotations

import sys
import time
from typing import TYPE_CHECKING, Self

from haalweg.cli.language import _, ngettext

if TYPE_CHECKING:
    from rich.progress import Progress

    from haalweg.scan.parts import Counts

WORTH_A_BAR = 20  # files


class Bar:
    """On standard error where that is a terminal; total is None where nobody knows it."""

    def __init__(self, total: float | None, words: str = "", *, least: float = 0) -> None:
        """Nothing is shown before it is entered. words: beside the bar. least: below so much work there is no bar."""
        self._total = total
        self._words = words
        self._is_worth_it = total is None or total >= least
        self._bar: Progress | None = None

    def __enter__(self) -> Self:
        if not (self._is_worth_it and sys.stderr.isatty()):
            return self
        from rich.console import Console  # noqa: PLC0415 - a tenth of a second that scripts need not pay
        from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeRemainingColumn  # noqa: PLC0415 - as above

        columns = (TextColumn("{task.description}"), BarColumn(), TaskProgressColumn(), TimeRemainingColumn())
        self._bar = Progress(*columns, console=Console(stderr=True), transient=True)
        self._bar.start()
        self._task = self._bar.add_task(self._words, total=self._total)
        return self

    def __exit__(self, *_: object) -> None:
        if self._bar is not None:
            self._bar.stop()

    def advance(self, more: float = 1) -> None:
        """So much more is done."""
        if self._bar is not None:
            self._bar.advance(self._task, more)

    def reach(self, done: float, words: str | None = None) -> None:
        """So much is done in all; with other words beside the bar where they are given."""
        if self._bar is not None:
            self._bar.update(self._task, completed=done, description=words)


class ScanProgress(Bar):
    """How far a scan is, how fast, and how much it found."""

    def __init__(self) -> None:
        """Begin with the bank, which is loaded first."""
        super().__init__(1.0, _("Opening the bank"))
        self._begun_at = time.monotonic()

    def loaded(self, entries: int, of: int) -> None:
        """Show how much of the bank is in memory."""
        self.reach(entries / max(of, 1))
        self._begun_at = time.monotonic()

    def looked(self, counts: Counts, fraction: float) -> None:
        """Show what was looked at."""
        passed_s = max(time.monotonic() - self._begun_at, 1e-3)
        words = _("{items} items, {rate} a second, {matched} match").format(
            items=f"{counts.items:,}", rate=f"{counts.items / passed_s:,.0f}", matched=f"{counts.matched:,}"
        )
        if counts.leads:
            words += ngettext(", {n} lead", ", {n} leads", counts.leads).format(n=f"{counts.leads:,}")
        self.reach(fraction, words)
