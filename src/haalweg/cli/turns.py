"""The eight orientations, as people say them."""

from __future__ import annotations

from haalweg.cli.language import _
from haalweg.signals import Orientation

_WORDS = {
    Orientation.ROTATE90: _("turned a quarter to the left"),
    Orientation.ROTATE180: _("turned upside down"),
    Orientation.ROTATE270: _("turned a quarter to the right"),
    Orientation.FLIP_X: _("mirrored top to bottom"),
    Orientation.FLIP_Y: _("mirrored left to right"),
    Orientation.TRANSPOSE: _("mirrored over the diagonal from the top left"),
    Orientation.ANTITRANSPOSE: _("mirrored over the diagonal from the top right"),
}


def in_words(orientation: Orientation) -> str:
    """Say how a picture has to be turned; nothing where it stands as it is."""
    return _WORDS.get(orientation, "")
