"""A gate whose bank was put back from a backup: it knows what was withdrawn since before it answers anybody."""

from __future__ import annotations

import shutil
import subprocess
from datetime import UTC, datetime

import pytest

from haalweg.adapters.bank_file import BankFile
from haalweg.banks import EntryId, WithdrawalReason
from haalweg.gate.keys import Scope
from tests.gate.gates import HAALWEG, HTTP, AGate, bearer, until
from tests.matching.videos import code

VALUE, OTHER = code(1), code(2)
SOON_S = 40.0


@pytest.mark.threat("K8")
@pytest.mark.parametrize("has_journal", [True, False])
def test_what_was_withdrawn_after_the_backup_is_not_matched_where_there_is_a_journal(tmp_path, has_journal):
    (tmp_path / "elsewhere").mkdir()
    journal = tmp_path / "elsewhere" / "withdrawals" if has_journal else None
    one = AGate(tmp_path / "one", settings=f'journal = "{journal}"\n' if journal else "")
    entry = one.add(VALUE)
    one.add(OTHER)

    def verdict(value):
        (item,) = one.ask(one.uploads, json={"items": [{"pdq": value.hex()}]}).json()["items"]
        return item["verdict"]

    if journal:
        with BankFile.open(one.bank, one.ring) as store:
            store.begin_journal(journal)
    shutil.copy(one.bank, tmp_path / "backup")
    with BankFile.open(one.bank, one.ring, journal=journal) as store:
        store.withdraw([EntryId(entry)], reason=WithdrawalReason.ASKED, now=datetime.now(UTC))
    shutil.copy(tmp_path / "backup", one.bank)
    one.start()
    try:
        assert verdict(OTHER) == "match"
        assert verdict(VALUE) == ("no_match" if journal else "match")
        assert ('"event": "bank_was_behind", "count": 1' in one.log()) == has_journal
    finally:
        one.kill()


def test_a_gate_does_not_start_without_the_journal_that_its_settings_name(tmp_path):
    one = AGate(tmp_path / "one", settings=f'journal = "{tmp_path / "lost"}"\n')
    with pytest.raises(AssertionError, match="the withdrawal journal is not there"):
        one.start()
    assert one.process is not None
    assert one.process.wait(10) == 2


@pytest.mark.threat("K8")
@pytest.mark.parametrize("command", ["run", "check"])
def test_a_gate_whose_bank_keeps_a_journal_does_not_start_where_none_is_named(tmp_path, command):
    """It could carry out no withdrawal: what a source takes back would go on matching here."""
    one = AGate(tmp_path / "one")
    (tmp_path / "elsewhere").mkdir()
    with BankFile.open(one.bank, one.ring) as store:
        store.begin_journal(tmp_path / "elsewhere" / "withdrawals")
    refused = subprocess.run(
        [HAALWEG, "gate", command, "--config", one.config],
        env=one.environment,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert (refused.returncode, refused.stdout) == (2, "")
    assert refused.stderr.endswith(
        "gate.bank: this bank keeps a withdrawal journal, and none was named. Name its folder in "
        "HAALWEG_WITHDRAWAL_JOURNALS. Nothing was changed.\n"
    )


@pytest.mark.threat("K8")
def test_a_journal_that_is_begun_beside_a_running_gate_is_trouble_that_is_told(tmp_path):
    one = AGate(tmp_path / "one")
    entry = one.add(VALUE)
    key = one.key(Scope.CHECK, Scope.FEEDBACK)
    watch = one.key(Scope.STATUS)
    one.start()
    try:
        (tmp_path / "elsewhere").mkdir()
        with BankFile.open(one.bank, one.ring) as store:
            store.begin_journal(tmp_path / "elsewhere" / "withdrawals")

        def ended():
            said = {"id": "1", "entry": entry, "opinion": "under_18"}
            return HTTP.post(f"{one.url}/api/v1/feedback", json=said, headers=bearer(key))

        def action():
            (item,) = one.ask(key, json={"items": [{"pdq": VALUE.hex()}]}).json()["items"]
            return item["action"]

        until(lambda: action() == "block", SOON_S, one.log)
        answer = ended()
        assert (answer.status_code, answer.headers["retry-after"]) == (503, "60")
        assert answer.json()["detail"].startswith("The withdrawal journal of this gate's bank cannot be written")
        said = HTTP.get(f"{one.url}/api/v1/status", headers=bearer(watch)).json()
        assert "keeps a withdrawal journal, and none was named" in said["store_trouble"]
        assert action() == "hold"  # what is known may be out of date
    finally:
        one.kill()
