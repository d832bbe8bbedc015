"""Files that commands write for their user."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from haalweg.cli.language import _
from haalweg.errors import HaalwegError
from haalweg.plain_text import shown
from haalweg.whole_file import write_whole

if TYPE_CHECKING:
    from pathlib import Path


class WritingError(HaalwegError):
    """A file that cannot be written where it was asked for."""


def write_bytes(place: Path, data: bytes) -> None:
    """Raise WritingError where it cannot be written; then nothing of it stays."""
    try:
        write_whole(place, lambda out: out.write(data))
    except OSError as error:
        raise WritingError(
            _("{place}: cannot be written ({reason}).").format(place=shown(os.fspath(place)), reason=error.strerror)
        ) from error
