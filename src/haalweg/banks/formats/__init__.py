"""Hash lists as the field writes them: plain text, CSV, `threatexchange`'s local files, vPDQ's JSON."""

from haalweg.banks.formats.kinds import Format
from haalweg.banks.formats.reading import BadLine, Batch, ListError, Terms, moment_from, read_list
from haalweg.banks.formats.writing import HEADER, line_of

__all__ = ["HEADER", "BadLine", "Batch", "Format", "ListError", "Terms", "line_of", "moment_from", "read_list"]
