"""Recall against false alarms as an SVG: one panel a question, one line a recogniser."""

from __future__ import annotations

import math
from dataclasses import dataclass
from html import escape

COLOURS = ("#0b6e4f", "#c8553d", "#3d5a99", "#8a6d1d", "#7b3f8c", "#444444")
DASHES = ("", "7 3", "2 3", "9 3 2 3", "5 5", "1 4")
PANEL, HEIGHT, LEFT, TOP, GAP = 300, 240, 56, 56, 34
LEAST = 1e-3  # no false alarm at all is drawn at this place


@dataclass(frozen=True, slots=True)
class Curve:
    """Points (share of the queries with a false alarm, recall), from strict to lax."""

    name: str
    points: list[tuple[float, float]]


def drawing(panels: dict[str, list[Curve]], note: str) -> str:
    """One SVG with the panels side by side; readable on light and dark pages."""
    names = list(dict.fromkeys(curve.name for curves in panels.values() for curve in curves))
    width, height = LEFT + len(panels) * (PANEL + GAP), TOP + HEIGHT + 96
    lines = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}"',
        '  font-family="sans-serif" font-size="12">',
        f"<title>{escape(note)}</title>",
        f'<rect width="{width}" height="{height}" fill="#ffffff"/>',
    ]
    for number, (title, curves) in enumerate(panels.items()):
        lines += panel(LEFT + number * (PANEL + GAP), title, curves, names)
    for number, name in enumerate(names):
        x, y = LEFT + (number % 3) * 230, TOP + HEIGHT + 62 + 20 * (number // 3)
        lines.append(f'<path d="M{x} {y - 4}h30" {stroke(number)}/><text x="{x + 38}" y="{y}">{escape(name)}</text>')
    return "\n".join([*lines, "</svg>", ""])


def panel(left: int, title: str, curves: list[Curve], names: list[str]) -> list[str]:
    lines = [f'<text x="{left}" y="{TOP - 14}" font-weight="bold">{escape(title)}</text>']
    for recall in (0, 0.25, 0.5, 0.75, 1):
        y = TOP + HEIGHT * (1 - recall)
        lines.append(f'<path d="M{left} {y:.1f}h{PANEL}" stroke="#dddddd"/>')
        lines.append(f'<text x="{left - 6}" y="{y + 4:.1f}" text-anchor="end">{recall:g}</text>')
    for share in (1e-3, 1e-2, 1e-1, 1):
        x = left + across(share)
        label = "none" if share == LEAST else f"{share:.0%}"
        lines.append(f'<path d="M{x:.1f} {TOP}v{HEIGHT}" stroke="#dddddd"/>')
        lines.append(f'<text x="{x:.1f}" y="{TOP + HEIGHT + 18}" text-anchor="middle">{label}</text>')
    lines.append(
        f'<text x="{left + PANEL / 2}" y="{TOP + HEIGHT + 38}" text-anchor="middle">queries with a false alarm</text>'
    )
    for curve in curves:
        path, before = [], None
        for share, recall in curve.points:
            x, y = left + across(share), TOP + HEIGHT * (1 - recall)
            path.append(f"M{x:.1f} {y:.1f}" if before is None else f"H{x:.1f}V{y:.1f}")
            before = x
        lines.append(f'<path d="{"".join(path)}" {stroke(names.index(curve.name))}/>')
    return lines


def across(share: float) -> float:
    return PANEL * (math.log10(max(LEAST, share)) - math.log10(LEAST)) / -math.log10(LEAST)


def stroke(number: int) -> str:
    dash = DASHES[number % len(DASHES)]
    return f'fill="none" stroke="{COLOURS[number % len(COLOURS)]}" stroke-width="2"' + (
        f' stroke-dasharray="{dash}"' if dash else ""
    )
