"""A gate whose bank was put back from a backup: it knows what was withdrawn since before it answers anybody."""

from __future__ import annotations

import shutil
from datetime import UTC, datetime

import pytest

from haalweg.adapters.bank_file import BankFile
from haalweg.banks import EntryId, WithdrawalReason
from tests.gate.gates import AGate
from tests.matching.videos import code

VALUE, OTHER = code(1), code(2)


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
