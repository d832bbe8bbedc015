"""How full the index's fullest buckets are, on real hashes: PDQ's own order of bits against the index's.

Run: python benchmarks/bucket_sizes.py
A bucket holds the codes that share 16 bits. Full ones cost time, never answers. Needs ../shared/data/photos.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from codes import balanced, has_photos, hashes_of_photos

if TYPE_CHECKING:
    from numpy.typing import NDArray


def main() -> None:
    if not has_photos():
        raise SystemExit("SKIPPED: needs ../shared/data/photos, which is not part of the project")
    photos, copies = list(hashes_of_photos(altered=False)), list(hashes_of_photos())
    random = balanced(8 * len(photos), np.random.default_rng(1))
    banks = {
        "photos": photos,
        "photos and six altered copies": copies,
        "random codes": [random[i : i + 8] for i in range(0, len(random), 8)],
    }
    print("| eight orientations of | codes | order of bits | fullest bucket | fullest a table, mean | a query reads |")
    print("|---|---|---|---|---|---|")
    for name, parts in banks.items():
        bank, asked = np.concatenate(parts[::2]), np.concatenate(parts[1::2])  # every second photo asks for the others
        for order, chunks_of in {"PDQ's": rows_of, "the index's": tables_of}.items():
            chunks = chunks_of(bank)
            sizes = [np.bincount(chunks[:, table], minlength=65536) for table in range(16)]
            fullest = [int(each.max()) for each in sizes]
            read = np.mean([reads(sizes, code) for code in chunks_of(asked[:: max(len(asked) // 1000, 1)])]) / len(bank)
            print(
                f"| {name} | {len(bank)} | {order} | {max(fullest)} = {max(fullest) / len(bank):.2%} |"
                f" {np.mean(fullest):.0f} = {np.mean(fullest) / len(bank):.2%} | {read:.2%} of the codes |"
            )


def reads(sizes: list[NDArray[np.int64]], code: NDArray[np.uint16]) -> int:
    """How many sketches a query with that code compares."""
    flips = np.concatenate([[0], 1 << np.arange(16)])
    return sum(int(sizes[table][code[table] ^ flips].sum()) for table in range(16))


def rows_of(codes: NDArray[np.uint8]) -> NDArray[np.uint16]:
    return np.ascontiguousarray(codes).view("<u2")


def tables_of(codes: NDArray[np.uint8]) -> NDArray[np.uint16]:
    """Table t takes from row r of PDQ's 16 x 16 bits the one in column (t + 5 r) mod 16."""
    rows = rows_of(codes)
    tables = np.zeros_like(rows)
    for table in range(16):
        for row in range(16):
            tables[:, table] |= (rows[:, row] >> ((table + 5 * row) % 16) & 1) << row
    return tables


if __name__ == "__main__":
    main()
