"""Seeds for fuzz_index.cpp: parts of a file to damage, a short life: python native/fuzz/seeds_index.py FOLDER."""

import struct
import sys
from pathlib import Path

FOLDER = Path(sys.argv[1])
TABLES, BUCKETS, COUNT = 16, 65536, 64
OFFSETS = 4096 + COUNT * 40
OFFSET_TABLE = (BUCKETS + 1) * 2 + 62
SLOTS = OFFSETS + TABLES * (OFFSET_TABLE + COUNT * 2) + 64

places = {
    "header": 12,
    "count": 16,
    "codes": 4096,
    "offsets": OFFSETS,
    "late_offsets": OFFSETS + 0x0303 * 2,
    "slots": SLOTS,
}
for name, at in places.items():
    for number, value in enumerate((b"\xff" * 64, b"\x00" * 64, struct.pack("<32H", *range(60, 92)))):
        for signed in (0, 1, 5):
            (FOLDER / f"{name}-{number}-{signed}").write_bytes(struct.pack("<BI", signed, at) + value)
steps = [
    (0, 200, 3),
    (3, 31, 3),
    (1, 250, 7),
    (2, 0, 3),
    (3, 20, 2),
    (0, 255, 1),
    (0, 255, 9),
    (3, 31, 1),
    (2, 0, 5),
    (3, 9, 4),
]
(FOLDER / "life").write_bytes(struct.pack("<BI", 3, 0) + bytes(value for step in steps for value in step))
