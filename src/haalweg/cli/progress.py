"""A progress bar for long work, where someone is watching."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

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
