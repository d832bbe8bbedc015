"""A cluster over TLS: machines that open the bank with keys of their own, and who is not let in."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.certificates import self_signed
from tests.gate.gates import free_port
from tests.scan.conftest import rows_of, run

DASK = Path(sys.executable).with_name("dask")


@pytest.fixture
def certificate(tmp_path):
    return self_signed(tmp_path / "tls.pem")


@pytest.fixture
def cluster(tmp_path, certificate):
    """Start a scheduler, and a machine with this key file; gives the scheduler's address."""
    address = f"tls://127.0.0.1:{free_port()}"
    tls = ("--tls-ca-file", certificate, "--tls-cert", certificate, "--tls-key", certificate)
    started = []

    def start(key_file):
        for command in (
            ["scheduler", "--protocol", "tls", "--host", address, "--no-dashboard", *tls],
            [
                *("worker", address, "--nworkers", "1", "--nthreads", "2", "--no-dashboard", *tls),
                *("--local-directory", tmp_path / "dask"),
            ],
        ):
            environment = os.environ | {"HAALWEG_KEY_FILE": str(key_file), "DASK_TEMPORARY_DIRECTORY": str(tmp_path)}
            log = (tmp_path / f"{command[0]}.log").open("wb")
            started.append(subprocess.Popen([DASK, *command], env=environment, stdout=log, stderr=log))
            log.close()
        deadline = time.monotonic() + 60
        while "Registered to" not in (tmp_path / "worker.log").read_text():
            assert time.monotonic() < deadline, (tmp_path / "worker.log").read_text()
            time.sleep(0.1)
        return address

    yield start
    for process in reversed(started):
        process.terminate()
        process.wait(timeout=30)


@pytest.fixture
def shown(certificate, monkeypatch):
    """What Dask's own settings show of us."""
    for name in ("CA_FILE", "CLIENT__CERT", "CLIENT__KEY"):
        monkeypatch.setenv(f"DASK_DISTRIBUTED__COMM__TLS__{name}", str(certificate))


@pytest.mark.usefixtures("shown")
@pytest.mark.threat("N2")
@pytest.mark.threat("K5")
def test_machines_over_tls_find_the_same_rows(folder, key_file, cluster):
    address = cluster(key_file)
    arguments = ("scan", "export", "--bank", "case.bank", "--yes")
    there = run(*arguments, "--out", "there.jsonl", "--cluster", address, folder=folder)
    assert there.returncode == 1, there.stderr
    here = run(*arguments, "--out", "here.jsonl", folder=folder)
    assert here.returncode == 1
    assert rows_of(folder / "there.jsonl") == rows_of(folder / "here.jsonl")
    assert len(rows_of(folder / "there.jsonl")) == 12


@pytest.mark.usefixtures("shown")
@pytest.mark.threat("K5")
def test_a_machine_without_the_key_cannot_open_the_snapshot(folder, tmp_path, cluster):
    address = cluster(tmp_path / "no such key")
    done = run(
        "scan", "export", "--bank", "case.bank", "--yes", "--out", "found.jsonl", "--cluster", address, folder=folder
    )
    assert done.returncode == 2
    assert "There is no key file at" in done.stderr
    assert "Traceback" not in done.stderr
    assert not (folder / "found.jsonl").exists()


@pytest.mark.threat("N2")
def test_a_scheduler_that_does_not_answer_is_said(folder, shown):
    done = run(
        *("scan", "export", "--bank", "case.bank", "--yes", "--out", "found.jsonl"),
        *("--cluster", "tls://127.0.0.1:1"),
        folder=folder,
    )
    assert shown is None
    assert done.returncode == 2
    assert done.stderr.endswith("tls://127.0.0.1:1: no Dask scheduler answers there.\n")
