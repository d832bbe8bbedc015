"""Every speed that is measured, in one table: ours, the peer in the same run, the ratio.

Run: make bench
"""

from __future__ import annotations

import bench_index
import bench_jpeg
import bench_pdq
from timing import table

if __name__ == "__main__":
    print(table([*bench_pdq.rows(), *bench_jpeg.rows(), *bench_index.rows()]))
