"""Names as archives write them: data, never a way to a file."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from haalweg.adapters.sources.limits import SourceLimits


def shown(name: str, limits: SourceLimits) -> str:
    """Cut a name that is longer than any file system takes."""
    return name if len(name) <= limits.name_length else name[: limits.name_length - 1] + "…"
