"""A new entry that matches what very many different people upload: likely a picture that everybody shares, not a fake.

Who wants a lawful picture blocked can report it as theirs, and nobody at a helpline sees what they confirm. A fake that
spreads is uploaded by a few in a group; a news photo by everyone. So an entry that finds the uploads of too many
people within a day holds at most from then on, until a moderator of the platform looked and said what it is.
"""

from __future__ import annotations

import hashlib
import secrets
import uuid
from collections import OrderedDict
from datetime import timedelta
from struct import Struct
from typing import TYPE_CHECKING

from haalweg.banks import Opinion
from haalweg.errors import HaalwegError
from haalweg.gate.events import of_crowd
from haalweg.gate.feedback import Given, is_id
from haalweg.gate.logs import LOG
from haalweg.gate.problems import Problem

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import datetime

    from haalweg.adapters.bank_file import BankFile
    from haalweg.banks import EntryId
    from haalweg.gate.feedback import FeedbackBox
    from haalweg.gate.http import Asking
    from haalweg.gate.keeper import Keeper
    from haalweg.gate.keys import Key
    from haalweg.gate.webhooks import Webhooks
    from haalweg.matching.check import Checked, Finding
    from haalweg.matching.policy import Policy

NEW_FOR = timedelta(days=30)  # after which many uploads are no reason for doubt any more
_DAY_S = timedelta(days=1).total_seconds()
_MARK = Struct("<8sd")
_MOST_ENTRIES = 50_000  # that are counted; beyond it the one is forgotten that matched longest ago


def uploader_of(asking: Asking) -> str | None:
    """Who uploads what is checked, where the platform says so. Raises Problem."""
    if asking.uploader is not None and not is_id(asking.uploader):
        raise Problem(
            400, "Haalweg-Uploader: 1 to 200 visible ASCII characters are expected, a keyed hash of the account."
        )
    return asking.uploader


class Crowds:
    """Counts in memory who uploads what an entry matches, by marks that tell of nobody. For one event loop."""

    def __init__(self) -> None:
        self._secret = secrets.token_bytes(32)
        self._seen: OrderedDict[tuple[str, EntryId], bytes] = OrderedDict()  # marks and when, as _MARK packs them

    def over(
        self, checked: Iterable[Checked], uploader: str | None, policy: Policy, *, who: str, now: datetime
    ) -> list[Finding]:
        """Count these uploads; give what was found that matches too many by now, and of which `who` has said nothing.

        uploader: of all of them; None: each is taken for another one's.
        """
        found: dict[EntryId, Finding] = {}
        for one in checked:
            if not one.matches and not one.leads:
                continue
            mark = self._mark(who, uploader)
            for finding in (*one.matches, *one.leads):
                most = 0 if finding.by_law else policy.of(finding.found.bank).most_uploaders
                if not most or now - finding.facts.added_at > NEW_FOR or finding.facts.standing.is_spoken_of_by(who):
                    continue
                if self._count(who, finding.found.entry, mark, most, now.timestamp()):
                    found[finding.found.entry] = finding
        return list(found.values())

    def _count(self, who: str, entry: EntryId, mark: bytes, most: int, now_s: float) -> bool:
        before = _MARK.iter_unpack(self._seen.pop((who, entry), b""))
        others = [(each, at) for each, at in before if each != mark and at > now_s - _DAY_S]
        marks = [*others[-most:], (mark, now_s)]
        self._seen[who, entry] = b"".join(_MARK.pack(*each) for each in marks)
        if len(self._seen) > _MOST_ENTRIES:
            self._seen.popitem(last=False)
        return len(marks) > most

    def _mark(self, who: str, uploader: str | None) -> bytes:
        if uploader is None:
            return secrets.token_bytes(8)
        return hashlib.blake2b(f"{who}\n{uploader}".encode(), key=self._secret, digest_size=8).digest()


async def hold_back(
    findings: Sequence[Finding], key: Key, *, keeper: Keeper, box: FeedbackBox, webhooks: Webhooks, now: datetime
) -> None:
    """Note durably that entries match too many, and tell those who decide: here, and at their sources.

    Where that cannot be written the next upload that matches tries again; the answer to this one stands.
    """

    def said(store: BankFile) -> list[Finding]:
        return [each for each in findings if box.take(_given(each), each.found.entry, key, store, now=now)]

    try:
        noted = await keeper.do(said)
    except HaalwegError as error:
        LOG.warning("crowd_not_noted", error=type(error).__name__)
        return
    if not noted:
        return
    LOG.warning("entry_matches_many", count=len(noted), key=key.id)
    if webhooks.are_there:
        await webhooks.tell([of_crowd(each) for each in noted])


def _given(finding: Finding) -> Given:
    return Given(str(uuid.uuid4()), finding.found.entry, None, Opinion.MATCHES_MANY, None)
