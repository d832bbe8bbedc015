#!/usr/bin/env python3
"""Build the browser's part into src/haalweg/data/web_hasher, byte for byte the same every time.

The C++ core becomes hasher.wasm, and tracer.wasm for the traces of source photos, each once more without SIMD
(compiler: the `ziglang` package); hasher.nosimd.wasm becomes hasher.wasm.js, for browsers without WebAssembly, and
web-hasher/src plain JavaScript modules (compilers: web-hasher/node_modules, from `npm ci`). The wheel ships the
result, so that installing needs neither. With --check nothing is written: everything is built again elsewhere and
compared.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
SHIPPED = ROOT / "src/haalweg/data/web_hasher"
SCRIPTS = ROOT / "web-hasher"
SUMS = "SHA256SUMS"
MODULES = {
    "hasher": [
        *["native/bindings/wasm.cpp", "native/bindings/wasm_memory.cpp"],
        *["native/src/digest.cpp", "native/src/inner.cpp", "native/src/isa.cpp", "native/src/pdq.cpp"],
        "native/src/pdq_kernels.cpp",
    ],
    "tracer": [
        *["native/bindings/wasm_trace.cpp", "native/bindings/wasm_memory.cpp"],
        *["native/src/face_kernels.cpp", "native/src/faces.cpp", "native/src/inner.cpp", "native/src/isa.cpp"],
        *["native/src/pdq.cpp", "native/src/pdq_kernels.cpp", "native/src/trace.cpp", "native/src/trace_drawn.cpp"],
        *["native/src/trace_kernels.cpp", "native/src/trace_pyramid.cpp"],
    ],
}
# A trace is made from small copies of the photo: nothing of them stays in memory.
MODULE_FLAGS = {"hasher": [], "tracer": ["-DHAALWEG_WIPE"]}
IN_JAVASCRIPT = ("hasher.nosimd.wasm", "hasher.wasm.js")  # the same bits where there is no WebAssembly
LICENCES = {"face_cascades.LICENCE.txt": "native/src/face_cascades.LICENCE.txt"}  # of tables inside tracer.wasm
FLAGS = [
    *["-target", "wasm32-freestanding", "-std=c++20", "-O3", "-DNDEBUG", "-DHAALWEG_ISA=baseline"],
    *["-Inative/include", "-Inative/src", "-Wall", "-Wextra", "-Werror", "-fvisibility=hidden"],
    "-Wno-missing-braces",  # the tables of traces are flat lists
    # Every build must give the same bits from the same pixels.
    *["-ffp-contract=off", "-fno-fast-math"],
    # There is no C++ library, one thread, and nothing runs when the page goes away.
    *["-nostdlib", "-fno-exceptions", "-fno-rtti", "-fno-threadsafe-statics", "-fno-c++-static-destructors"],
    *["-fno-sanitize=all", "-g0", "-Wl,--no-entry", "-Wl,--strip-all", "-Wl,-z,stack-size=262144"],
]
VARIANTS = {
    ".wasm": "-mcpu=mvp+simd128+bulk_memory+sign_ext+nontrapping_fptoint",
    ".nosimd.wasm": "-mcpu=mvp",
}


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument(
        "--check", action="store_true", help="build into a temporary folder and compare with what is there"
    )
    if parser.parse_args().check:
        with tempfile.TemporaryDirectory() as folder:
            built = build(Path(folder))
            return compare(built, SHIPPED)
    SHIPPED.mkdir(parents=True, exist_ok=True)
    for old in SHIPPED.iterdir():
        old.unlink()
    sys.stdout.write(build(SHIPPED).joinpath(SUMS).read_text())
    return 0


def build(folder: Path) -> Path:
    for module, sources in MODULES.items():
        for ending, processor in VARIANTS.items():
            wasm = folder / f"{module}{ending}"
            flags = [*FLAGS, *MODULE_FLAGS[module], processor]
            run([sys.executable, "-m", "ziglang", "c++", *flags, "-o", str(wasm), *sources])
            wasm.chmod(0o644)  # a page runs it, no shell does
    wasm, script = (str(folder / name) for name in IN_JAVASCRIPT)
    run(["node", str(SCRIPTS / "node_modules/binaryen/bin/wasm2js"), wasm, "-O3", "--output", script])
    for name, source in LICENCES.items():
        (folder / name).write_bytes((ROOT / source).read_bytes())
    compiler = str(SCRIPTS / "node_modules/typescript/bin/tsc")
    run(["node", compiler, "-p", str(SCRIPTS / "tsconfig.json"), "--outDir", str(folder)])
    sums = "".join(f"{digest(path)}  {path.name}\n" for path in sorted(folder.iterdir()) if path.name != SUMS)
    (folder / SUMS).write_text(sums)
    return folder


def compare(built: Path, shipped: Path) -> int:
    sys.stdout.write((built / SUMS).read_text())
    names = {path.name for path in built.iterdir()} | {path.name for path in shipped.iterdir()}
    differing = sorted(name for name in names if content(built / name) != content(shipped / name))
    if not differing:
        return 0
    sys.stderr.write(f"Not what the sources give: {', '.join(differing)} in {shipped.relative_to(ROOT)}.\n")
    sys.stderr.write("Build it anew with `make wasm` and commit the result.\n")
    return 1


def content(path: Path) -> bytes | None:
    return path.read_bytes() if path.is_file() else None


def digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def run(command: list[str]) -> None:
    # Paths relative to the root, so that no folder's name can end up in the result.
    subprocess.run(command, check=True, cwd=ROOT, env={**os.environ, "SOURCE_DATE_EPOCH": "0"})


if __name__ == "__main__":
    sys.exit(main())
