"""The process that writes a source's bank in the soak, to be killed at any moment: `bank_writer.py BANK KEYS JOURNAL`.

It reads a line `add HEX...` or `withdraw HEX...`, and answers with a line when it is done for good: how many of them
the bank had before, or had not.
"""

from __future__ import annotations

import sys
from datetime import UTC, datetime

from haalweg.adapters.bank_file import BankFile
from haalweg.banks import Assurance, NewEntries, WithdrawalReason
from haalweg.keeping import KeyRing
from haalweg.signals import SignalType

if __name__ == "__main__":
    bank_path, keys, journal = sys.argv[1:]
    with BankFile.open(bank_path, KeyRing.read(keys), journal=journal) as store:
        bank = store.banks()[0].id
        print("ready", flush=True)
        for line in sys.stdin:
            act, *texts = line.split()
            values, now = [bytes.fromhex(text) for text in texts], datetime.now(UTC)
            if act == "add":
                qualities = [100] * len(values)
                entries = NewEntries(bank, SignalType.PDQ, values, qualities, assurance=Assurance.SEEN)
                done = store.add(entries, now=now).new
            else:
                done = store.withdraw_values(SignalType.PDQ, values, reason=WithdrawalReason.ASKED, now=now)
            print(len(values) - done, flush=True)
