"""A progress bar for long work, where someone is watching."""

from __future__ import annotations

import sys
import time
from typing import TYPE_CHECKING, Self, TypeVar

from haalweg.cli.language import _

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from rich.progress import Progress

    from haalweg.scan.parts import Counts

T = TypeVar("T")
_WORTH_A_BAR = 20


def progress(work: Iterable[T], total: int) -> Iterator[T]:
    """Pass the work on, with a bar on standard error where that is a terminal and there is much to do."""
    if total < _WORTH_A_BAR or not sys.stderr.isatty():
        yield from work
        return
    from rich.console import Console  # noqa: PLC0415 - a tenth of a second that scripts need not pay
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TimeRemainingColumn  # noqa: PLC0415

    columns = (BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("", total=total)
        for done in work:
            yield done
            bar.advance(task)


class ScanProgress:
    """How far a scan is, on standard error where that is a terminal."""

    def __init__(self) -> None:
        """Nothing is shown before it is entered."""
        self._bar: Progress | None = None

    def __enter__(self) -> Self:
        if not sys.stderr.isatty():
            return self
        from rich.console import Console  # noqa: PLC0415 - a tenth of a second that scripts need not pay
        from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeElapsedColumn  # noqa: PLC0415

        columns = (TextColumn("{task.description}"), BarColumn(), TaskProgressColumn(), TimeElapsedColumn())
        self._bar = Progress(*columns, console=Console(stderr=True), transient=True)
        self._bar.start()
        self._task = self._bar.add_task(_("Opening the bank"), total=1.0)
        self._begun_at = time.monotonic()
        return self

    def __exit__(self, *_exception: object) -> None:
        self.stop()

    def stop(self) -> None:
        """Take the bar away."""
        if self._bar is not None:
            self._bar.stop()
            self._bar = None

    def loaded(self, entries: int, of: int) -> None:
        """Show how much of the bank is in memory."""
        if self._bar is not None:
            self._bar.update(self._task, completed=entries / max(of, 1))
            self._begun_at = time.monotonic()

    def looked(self, counts: Counts, fraction: float) -> None:
        """Show what was looked at."""
        if self._bar is None:
            return
        passed_s = max(time.monotonic() - self._begun_at, 1e-3)
        words = _("{items} items, {rate} a second, {matched} match").format(
            items=f"{counts.items:,}", rate=f"{counts.items / passed_s:,.0f}", matched=f"{counts.matched:,}"
        )
        self._bar.update(self._task, description=words, completed=fraction)
