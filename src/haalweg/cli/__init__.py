"""The command `haalweg`: for operators and investigators, at a terminal or from a script."""

from haalweg.cli.main import main

__all__ = ["main"]
