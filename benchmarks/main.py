"""Every speed that is measured, in one table: ours, the peer in the same run, the ratio.

Run: make bench
"""

from __future__ import annotations

import bench_bank
import bench_index
import bench_jpeg
import bench_pdq
import bench_scan
from timing import table

if __name__ == "__main__":
    print(table([*bench_pdq.rows(), *bench_jpeg.rows(), *bench_index.rows(), *bench_bank.rows(1), *bench_scan.rows()]))
