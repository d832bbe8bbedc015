"""`python -m haalweg`: the same as `haalweg`."""

from haalweg.cli import main

main()
