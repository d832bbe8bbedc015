"""The golden vectors, read by Python; by C++ for this processor and for ARM; and held to Meta's reference."""

from __future__ import annotations

import hashlib
import shutil
import subprocess
import sys
from pathlib import Path

import numpy as np
import pdqhash
import pytest

import haalweg
from tests.vectors import golden

PICTURES, FILES = golden.read()
ROOT = Path(__file__).resolve().parents[2]
READER = "native/tests/read_vectors.cpp"
CORE = ["digest", "inner", "isa", "pdq", "pdq_kernels"]
FLAGS = ["-std=c++20", "-O2", "-Wall", "-Wextra", "-Werror", "-Wno-psabi", "-ffp-contract=off", "-fno-fast-math"]
FLAGS += ["-Inative/include", "-Inative/src", "-DHAALWEG_ISA=baseline"]
FLAGS += ["-Wno-missing-braces"]  # the tables of traces are flat lists
# Without the C++ library, which takes minutes to build: the core needs none of it.
ARM = [sys.executable, "-m", "ziglang", "c++", "-target", "aarch64-linux-musl", "-nostdlib++", "-fno-exceptions"]
ARM += ["-fno-c++-static-destructors", "-fno-sanitize=all"]
ALL_OF_IT = f"{len(PICTURES)} pictures and {len(FILES)} files are as they should be.\n"


@pytest.mark.parametrize("picture", PICTURES, ids=lambda picture: picture.name)
def test_python_reads_the_same(picture):
    rgb = picture.draw()
    assert golden.signature(rgb) == picture.whole
    boxes = haalweg.inner_pictures(rgb)
    assert [[box.left, box.top, box.right, box.bottom] for box in boxes] == [box for box, _ in picture.inner]
    for (left, top, right, bottom), signature in picture.inner:
        assert golden.signature(np.ascontiguousarray(rgb[top:bottom, left:right])) == signature


@pytest.mark.parametrize("picture", [p for p in PICTURES if int(p.whole[0]) >= 50], ids=lambda picture: picture.name)
def test_the_hash_is_the_references(picture):
    bits, quality = pdqhash.compute(picture.draw())
    assert [str(quality), np.packbits(bits).tobytes().hex()] == picture.whole[:2]


def test_the_screenshots_hold_inner_pictures():
    framed = {picture.name for picture in PICTURES if picture.inner}
    assert framed >= {"screenshot-dark", "screenshot-light", "letterbox", "border"}


@pytest.mark.parametrize(("count", "seed", "sha256", "md5"), FILES)
def test_the_digests_are_the_librarys(count, seed, sha256, md5):
    data = golden.random_bytes(count, seed)
    assert hashlib.sha256(data).hexdigest() == sha256
    assert hashlib.md5(data, usedforsecurity=False).hexdigest() == md5


def build(compiler, flags, folder):
    program = folder / "read_vectors"
    sources = [READER, *(f"native/src/{name}.cpp" for name in CORE)]
    subprocess.run([*compiler, *FLAGS, *flags, "-o", program, *sources], check=True, cwd=ROOT)
    return program


def test_cpp_reads_the_same(tmp_path):
    program = build(["c++"], [], tmp_path)
    done = subprocess.run([program, golden.GOLDEN], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (0, ALL_OF_IT), done.stdout


def test_cpp_notices_one_wrong_bit(tmp_path):
    program = build(["c++"], [], tmp_path)
    wrong = tmp_path / "golden.txt"
    text = golden.GOLDEN.read_text()
    at = text.index("pdq ") + len("pdq 100 ") + 3
    wrong.write_text(text[:at] + ("0" if text[at] != "0" else "1") + text[at + 1 :])
    assert subprocess.run([program, wrong], capture_output=True, check=False).returncode == 1


def test_arm_reads_the_same(tmp_path):
    program = build(ARM, [], tmp_path)
    emulator = shutil.which("qemu-aarch64") or shutil.which("qemu-aarch64-static")
    if emulator is None:
        pytest.skip("compiled for ARM, not run: needs qemu-aarch64 (Debian package qemu-user)")
    done = subprocess.run([emulator, program, golden.GOLDEN], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (0, ALL_OF_IT), done.stdout


def test_the_rest_of_the_core_compiles_for_arm(tmp_path):
    rest = sorted(path for path in (ROOT / "native/src").glob("*.cpp") if path.stem not in CORE)
    assert rest
    compiler = [sys.executable, "-m", "ziglang", "c++", "-target", "aarch64-linux-gnu"]
    for source in rest:
        command = [*compiler, *FLAGS, "-c", "-o", tmp_path / f"{source.stem}.o", source.relative_to(ROOT)]
        subprocess.run(command, check=True, cwd=ROOT)
