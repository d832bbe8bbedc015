"""An explanation as a picture: boxes and points on grey, and words. No pixel of a photo or a picture comes here."""

from __future__ import annotations

import io
from enum import IntEnum
from itertools import cycle
from typing import TYPE_CHECKING, NamedTuple

from PIL import Image, ImageDraw, ImageFont

from haalweg.cli.language import _
from haalweg.signals import Box

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from haalweg.matching import Explanation, Place

_At = tuple[int, int]

_WIDTH, _MARGIN, _GAP = 1200, 32, 32
_PANEL = (_WIDTH - 2 * _MARGIN - _GAP) // 2, 640  # pixels that a panel takes at most
_HEADING, _TEXT, _LABEL = 22, 18, 14  # sizes of letters
_SAMPLE = 44  # pixels across of what a line of the legend shows


class Colour(IntEnum):
    """All there are. Blue and vermilion look different to the colour-blind too, and shapes say the same."""

    PAPER = 0
    INK = 1
    PANEL = 2
    FAINT = 3
    AGREES = 4
    DIFFERS = 5


PALETTE = {
    Colour.PAPER: (255, 255, 255),
    Colour.INK: (34, 34, 34),
    Colour.PANEL: (229, 229, 229),
    Colour.FAINT: (128, 128, 128),
    Colour.AGREES: (0, 114, 178),
    Colour.DIFFERS: (213, 94, 0),
}


class _Stroke(NamedTuple):
    """How a box is drawn."""

    colour: Colour
    width: int
    pattern: tuple[int, ...]  # pixels drawn, left out, drawn, ...
    inset: int = 0  # so that boxes side by side keep apart


class _Point(IntEnum):
    """How a place is drawn: those that agree last, over the others."""

    RING = 0
    CROSS = 1
    DOT = 2


_AGREES = _Stroke(Colour.AGREES, 3, (1,), 3)
_ALTERED = _Stroke(Colour.DIFFERS, 3, (12, 7), 3)
_LEFT_OUT = _Stroke(Colour.INK, 2, (2, 4))
_FRAMED = _Stroke(Colour.INK, 2, (14, 5, 2, 5))


def drawn(explanation: Explanation, sentences: Sequence[str]) -> bytes:
    """A PNG of both outlines side by side: what agrees, what does not, a legend; the sentences stand above.

    Every pixel has a colour of PALETTE, and no other: nothing is smoothed.
    """
    heading = [line for sentence in sentences for line in _wrapped(sentence, _WIDTH - 2 * _MARGIN, _HEADING)]
    titles_at = _MARGIN + len(heading) * _line(_HEADING) + 12
    panels_at = titles_at + _line(_TEXT)
    photo = _Panel(explanation.photo, (_MARGIN, panels_at))
    picture = _Panel(explanation.picture, (_MARGIN + _PANEL[0] + _GAP, panels_at))
    legend, legend_at = _legend(explanation), panels_at + max(photo.height, picture.height) + 24

    sheet = _Sheet(legend_at + (len(legend) + 1) // 2 * _line(_TEXT) + _MARGIN)
    for number, line in enumerate(heading):
        sheet.write((_MARGIN, _MARGIN + number * _line(_HEADING)), line, _HEADING)
    for panel, title in ((photo, _("A: the photo")), (picture, _("B: the picture in question"))):
        sheet.write((panel.corner[0], titles_at), title, _TEXT)
        sheet.fill(panel.box(Box(0, 0, *panel.of)))
    _draw_photo(sheet, photo, explanation)
    _draw_picture(sheet, picture, explanation)
    for number, (mark, words) in enumerate(legend):
        row, column = divmod(number, 2)
        left, top = _MARGIN + column * (_PANEL[0] + _GAP), legend_at + row * _line(_TEXT)
        sheet.sample(mark, (left, top))
        sheet.write((left + _SAMPLE + 12, top), words, _TEXT)
    return sheet.png()


class _Panel(NamedTuple):
    """A rectangle that stands for a picture."""

    of: tuple[int, int]  # its width and height
    corner: _At

    @property
    def scale(self) -> float:
        return min(most / side for most, side in zip(_PANEL, self.of, strict=True))

    @property
    def height(self) -> int:
        return round(self.of[1] * self.scale)

    def at(self, place: tuple[float, float]) -> _At:
        return self.corner[0] + round(place[0] * self.scale), self.corner[1] + round(place[1] * self.scale)

    def box(self, box: Box) -> Box:
        return Box(*self.at((box.left, box.top)), *self.at((box.right, box.bottom)))


def _draw_photo(sheet: _Sheet, panel: _Panel, explanation: Explanation) -> None:
    points = [(_point_of(place, explanation), panel.at(place.at)) for place in explanation.places]
    sheet.points(points)
    sheet.boxes(map(panel.box, explanation.agrees), _AGREES)
    sheet.boxes(map(panel.box, explanation.altered), _ALTERED)
    if explanation.framed is not None:
        sheet.boxes([panel.box(explanation.framed)], _FRAMED)
    sheet.boxes(map(panel.box, explanation.left_out), _LEFT_OUT)
    sheet.labels(map(panel.box, explanation.left_out), _("left out"))


def _draw_picture(sheet: _Sheet, panel: _Panel, explanation: Explanation) -> None:
    if explanation.recognised is None:
        return
    shown = [
        (_point_of(place, explanation), panel.at(place.shown_at)) for place in explanation.places if place.shown_at
    ]
    sheet.points(shown)
    sheet.boxes(map(panel.box, explanation.recognised.agrees), _AGREES)
    sheet.boxes(map(panel.box, explanation.recognised.altered), _ALTERED)


def _point_of(place: Place, explanation: Explanation) -> _Point:
    if place.agrees:
        return _Point.DOT
    return _Point.RING if explanation.recognised and place.shown_at is None else _Point.CROSS


def _legend(explanation: Explanation) -> list[tuple[_Point | _Stroke, str]]:
    """What there is to see, in words."""
    points = {_point_of(place, explanation) for place in explanation.places}
    lines: list[tuple[bool, _Point | _Stroke, str]] = [
        (_Point.DOT in points, _Point.DOT, _("a place of the photo that agrees")),
        (bool(explanation.agrees), _AGREES, _("an area that agrees")),
        (_Point.CROSS in points, _Point.CROSS, _("a place that does not agree")),
        (bool(explanation.altered), _ALTERED, _("an area that shows something else in B")),
        (_Point.RING in points, _Point.RING, _("a place that lies outside B")),
        (bool(explanation.left_out), _LEFT_OUT, _("left out: may be a face; no place is kept in it")),
        (explanation.framed is not None, _FRAMED, _("the photo inside a frame: only this is traced")),
    ]
    return [(mark, words) for is_there, mark, words in lines if is_there]


class _Sheet:
    """White paper, and what is drawn on it."""

    def __init__(self, height: int) -> None:
        self._image = Image.new("P", (_WIDTH, height), Colour.PAPER)
        self._image.putpalette([part for colour in Colour for part in PALETTE[colour]])
        self._draw = ImageDraw.Draw(self._image)
        self._draw.fontmode = "1"  # no shades at the edges of letters

    def write(self, at: _At, words: str, size: int) -> None:
        self._draw.text(at, words, Colour.INK, _font(size))

    def fill(self, box: Box) -> None:
        self._draw.rectangle((box.left, box.top, box.right, box.bottom), Colour.PANEL)

    def points(self, points: Iterable[tuple[_Point, _At]]) -> None:
        for point, at in sorted(points):
            self._point(point, at)

    def boxes(self, boxes: Iterable[Box], stroke: _Stroke) -> None:
        for box in boxes:
            left, top = box.left + stroke.inset, box.top + stroke.inset
            right, bottom = box.right - stroke.inset, box.bottom - stroke.inset
            for from_, to in (
                ((left, top), (right, top)),
                ((right, top), (right, bottom)),
                ((right, bottom), (left, bottom)),
                ((left, bottom), (left, top)),
            ):
                self._line(from_, to, stroke)

    def labels(self, boxes: Iterable[Box], words: str) -> None:
        """Write inside the boxes, where there is room."""
        width, height = round(_font(_LABEL).getlength(words)) + 8, _line(_LABEL)
        taken: list[Box] = []
        for box in boxes:
            label = Box(box.left, box.top, box.left + width, box.top + height)
            fits = label.right <= box.right and label.bottom <= box.bottom
            if fits and not any(_overlap(label, other) for other in taken):
                self.write((box.left + 4, box.top + 2), words, _LABEL)
                taken.append(label)

    def sample(self, mark: _Point | _Stroke, at: _At) -> None:
        left, top = at
        if isinstance(mark, _Point):
            self._point(mark, (left + _SAMPLE // 2, top + _TEXT // 2 + 2))
        else:
            self.boxes([Box(left, top, left + _SAMPLE, top + _TEXT + 3)], mark._replace(inset=1))

    def png(self) -> bytes:
        out = io.BytesIO()
        self._image.save(out, "PNG", optimize=True)
        return out.getvalue()

    def _point(self, point: _Point, at: _At) -> None:
        x, y = at
        if point is _Point.CROSS:
            self._draw.line((x - 4, y - 4, x + 4, y + 4), Colour.DIFFERS, 2)
            self._draw.line((x - 4, y + 4, x + 4, y - 4), Colour.DIFFERS, 2)
        else:
            fill, edge = (Colour.AGREES, Colour.AGREES) if point is _Point.DOT else (None, Colour.FAINT)
            self._draw.ellipse((x - 3, y - 3, x + 3, y + 3), fill, edge)

    def _line(self, from_: _At, to: _At, stroke: _Stroke) -> None:
        """Draw along a side, across or down."""
        length = abs(to[0] - from_[0]) + abs(to[1] - from_[1])
        step = [(b > a) - (b < a) for a, b in zip(from_, to, strict=True)]
        for begin, end in _dashes(length, stroke.pattern):
            along = [from_[axis] + step[axis] * at for at in (begin, end) for axis in (0, 1)]
            self._draw.line(along, stroke.colour, stroke.width)


def _dashes(length: int, pattern: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Begin and end of each."""
    if len(pattern) == 1:
        yield 0, length
        return
    at = 0
    for number, pixels in enumerate(cycle(pattern)):
        if at > length:
            return
        if number % 2 == 0:
            yield at, min(at + pixels - 1, length)
        at += pixels


def _overlap(a: Box, b: Box) -> bool:
    return a.left < b.right and b.left < a.right and a.top < b.bottom and b.top < a.bottom


def _wrapped(sentence: str, width: int, size: int) -> list[str]:
    lines = [""]
    for word in sentence.split():
        longer = f"{lines[-1]} {word}".lstrip()
        if lines[-1] and _font(size).getlength(longer) > width:
            lines.append(word)
        else:
            lines[-1] = longer
    return lines


def _line(size: int) -> int:
    """From one line of text to the next, in pixels."""
    return round(1.45 * size)


def _font(size: int) -> ImageFont.FreeTypeFont | ImageFont.ImageFont:
    return ImageFont.load_default(size)
