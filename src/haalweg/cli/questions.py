"""Questions at the terminal that one letter answers."""

from __future__ import annotations

import sys

import typer

_YES = "yj"  # in either language


def letter_for(question: str, allowed: str) -> str:
    """Ask until one of the allowed letters comes. Raises typer.Abort where nobody answers any more."""
    while True:
        sys.stderr.write(question)
        sys.stderr.flush()
        answer = sys.stdin.readline()
        if not answer:
            raise typer.Abort
        letter = answer.strip().lower()[:1]
        if letter and letter in allowed:
            return letter


def is_yes(question: str) -> bool:
    """Ask for y (or j) or n."""
    return letter_for(question, f"{_YES}n") in _YES
