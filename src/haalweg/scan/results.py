"""The results file: JSON lines, CSV or Parquet, by its name; for its owner's eyes only."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING, BinaryIO

from haalweg.scan.parts import ScanError, written
from haalweg.scan.rows import COLUMNS, as_json, csv_cells, plain

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

    from haalweg.scan.rows import Row

    Write = Callable[[Iterable[Row], BinaryIO], None]

_PARQUET_ROWS = 8_192  # at a time


def writer_for(path: Path) -> Write:
    """Choose by the name's ending. Raises ScanError where it names none of the three, or a part is not installed."""
    ending = path.suffix.lower()
    if ending == ".parquet":
        try:
            import pyarrow  # noqa: F401, ICN001, PLC0415 - asked for before hours of work, not after
        except ImportError:
            raise ScanError(
                f"{path.name}: Parquet needs `pip install haalweg[parquet]`. Or name it .jsonl or .csv."
            ) from None
    if ending not in _WRITERS:
        raise ScanError(
            f"{path.name}: results are written as .jsonl, .csv or .parquet; give --out one of these endings."
        )
    return _WRITERS[ending]


def write_results(path: Path, rows: Iterable[Row]) -> None:
    """Write all rows: the file is whole or as it was, mode 0600. Raises ScanError."""
    write = writer_for(path)
    written(path, lambda out: write(rows, out))


def _write_json_lines(rows: Iterable[Row], out: BinaryIO) -> None:
    out.writelines(as_json(row).encode() + b"\n" for row in rows)


def _write_csv(rows: Iterable[Row], out: BinaryIO) -> None:
    text = io.TextIOWrapper(out, "utf-8", newline="", write_through=True)
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(COLUMNS)
    writer.writerows(map(csv_cells, rows))
    text.detach()


def _write_parquet(rows: Iterable[Row], out: BinaryIO) -> None:
    import pyarrow as pa  # noqa: PLC0415 - an extra
    from pyarrow import parquet  # noqa: PLC0415 - an extra

    kinds = {
        "entry": pa.int64(),
        "distance_bits": pa.int32(),
        "inner": pa.list_(pa.int32()),
        "quality": pa.int32(),
        "frame_s": pa.float64(),
        "altered_percent": pa.float64(),
        "posted_at": pa.timestamp("us", tz="UTC"),
    }
    schema = pa.schema([(name, kinds.get(name, pa.string())) for name in COLUMNS])
    with parquet.ParquetWriter(out, schema) as writer:
        for some in _in_groups(rows):
            writer.write_table(pa.Table.from_pylist([plain(row) for row in some], schema=schema))


def _in_groups(rows: Iterable[Row]) -> Iterable[list[Row]]:
    group: list[Row] = []
    for row in rows:
        group.append(row)
        if len(group) == _PARQUET_ROWS:
            yield group
            group = []
    if group:
        yield group


_WRITERS: dict[str, Write] = {".jsonl": _write_json_lines, ".csv": _write_csv, ".parquet": _write_parquet}
