#!/usr/bin/env python3
"""Build the scripts of the pages, web-pages/src, into src/haalweg/web/static/haalweg: the same every time.

The compiler is that of web-hasher/node_modules, from `npm ci`. The wheel ships the result, so that installing needs
neither. With --check nothing is written: everything is built again elsewhere and compared.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
SHIPPED = ROOT / "src/haalweg/web/static/haalweg"
COMPILER = ROOT / "web-hasher/node_modules/typescript/bin/tsc"


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument(
        "--check", action="store_true", help="build into a temporary folder and compare with what is there"
    )
    is_check = parser.parse_args().check
    with tempfile.TemporaryDirectory() as folder:
        built = build(Path(folder))
    shipped = {path.name: path.read_bytes() for path in SHIPPED.glob("*.js")}
    differing = sorted(name for name in built.keys() | shipped.keys() if built.get(name) != shipped.get(name))
    if is_check and differing:
        sys.stderr.write(f"Not what the sources give: {', '.join(differing)} in {SHIPPED.relative_to(ROOT)}.\n")
        sys.stderr.write("Build it anew with `make pages` and commit the result.\n")
        return 1
    for name in differing:
        if name in built:
            (SHIPPED / name).write_bytes(built[name])
        else:
            (SHIPPED / name).unlink()
    return 0


def build(folder: Path) -> dict[str, bytes]:
    """Compile. Types are read from web-hasher/src too, whose own scripts are shipped by native/build_wasm.py."""
    command = ["node", str(COMPILER), "-p", "web-pages/tsconfig.json", "--noEmit", "false", "--outDir", str(folder)]
    subprocess.run(command, check=True, cwd=ROOT)  # noqa: S603 - nothing of it comes from outside
    return {path.name: path.read_bytes() for path in (folder / "web-pages/src").glob("*.js")}


if __name__ == "__main__":
    sys.exit(main())
