"""The picture inside a screenshot, a letterbox or a frame."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle inside a picture, in pixels from its top left corner; right and bottom are not part of it."""

    left: int
    top: int
    right: int
    bottom: int
