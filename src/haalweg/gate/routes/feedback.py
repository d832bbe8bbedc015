"""What a platform says became of an upload that matched."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from haalweg.banks import EntryId
from haalweg.gate.feedback import given_in
from haalweg.gate.http import json_answer
from haalweg.gate.routes.feeding import subscriber_of

if TYPE_CHECKING:
    from haalweg.adapters.bank_file import BankFile
    from haalweg.gate.app import Gate
    from haalweg.gate.feedback import Given
    from haalweg.gate.http import Answer, Asking
    from haalweg.gate.keys import Key

_ACCEPTED = 202


async def give_feedback(gate: Gate, asking: Asking, key: Key) -> Answer:
    """Keep it, and have it passed on to the source of the entry; durably, before the answer."""
    given = given_in(await asking.json())

    def taken(store: BankFile) -> bool:
        entry = _entry(gate, given, key, store)
        facts = gate.keeper.live.facts(entry) if entry is not None else None
        if entry is None or facts is None or (key.banks and facts.bank not in key.banks):
            return False
        return gate.feedback.take(given, entry, key, store, now=datetime.now(UTC))

    return json_answer({"id": given.id, "taken": await gate.keeper.do(taken)}, _ACCEPTED)


def _entry(gate: Gate, given: Given, key: Key, store: BankFile) -> EntryId | None:
    if given.ref is not None:
        return subscriber_of(gate, key, store).entry(given.ref)
    return None if given.entry is None else EntryId(given.entry)
