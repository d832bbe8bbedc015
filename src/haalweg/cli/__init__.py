"""The command `haalweg`: for operators and investigators, at a terminal or from a script."""

import sys

try:
    from haalweg.cli.main import main
except KeyboardInterrupt:  # while it is loaded: nothing was done yet
    sys.exit(130)

__all__ = ["main"]
