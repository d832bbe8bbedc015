"""Counts for Prometheus, of which none tells of one person."""

from __future__ import annotations

import httpx
import pytest

from haalweg.banks import BankKind
from haalweg.gate.keys import Scope
from tests.gate.gates import AGate, bearer, until
from tests.matching.videos import code


@pytest.mark.threat("L2")
def test_a_bank_is_named_from_ten_entries_up_and_nothing_else_is_told(tmp_path):
    one = AGate(tmp_path / "one")
    watch = one.key(Scope.STATUS)

    def metrics():
        return httpx.get(f"{one.url}/metrics", headers=bearer(watch), trust_env=False).text

    def verdict(seed=1):
        return one.ask(one.uploads, json={"items": [{"pdq": code(seed).hex()}]}).json()["items"][0]["verdict"]

    one.start()
    try:
        for seed in range(9):
            one.add(code(seed), bank="SMALL")
        for seed in range(10):
            one.add(code(seed), bank="LARGE")
            one.add(code(seed + 100), bank="HOTLINE", kind=BankKind.REPORT_BY_LAW)
        until(lambda: verdict() == "match", 20)
        until(lambda: verdict(100) == "report_by_law", 20)
        until(lambda: 'haalweg_bank_entries{bank="LARGE"} 10.0' in metrics(), 20)
        text = metrics()
        assert "SMALL" not in text
        assert "HOTLINE" not in text
        assert "report_by_law" not in text
        assert 'haalweg_checks_total{action="block",verdict="match"}' in text
        assert code(1).hex() not in text
        assert one.uploads not in text
    finally:
        one.kill()
