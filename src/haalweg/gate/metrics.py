"""What is counted, for Prometheus: how much was asked and answered, and nothing of any entry, key or upload."""

from __future__ import annotations

from typing import TYPE_CHECKING

from prometheus_client import CollectorRegistry, Counter, Gauge, generate_latest

from haalweg.banks import BankKind
from haalweg.matching.check import Verdict
from haalweg.matching.policy import Failure

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import datetime

    from haalweg.banks import BankStore
    from haalweg.matching.check import Checked
    from haalweg.matching.policy import Action

FEWEST = 10  # entries of a bank that is named: of fewer, a count would tell of single people


class Metrics:
    """Counters of one gate, since it was started."""

    def __init__(self) -> None:
        self._registry = CollectorRegistry()
        self._checks = Counter(
            "haalweg_checks",
            "Uploads and signatures that were checked.",
            ["verdict", "action"],
            registry=self._registry,
        )
        self._leads = Counter("haalweg_leads", "Uploads that gave a lead and no match.", registry=self._registry)
        self._failures = Counter(
            "haalweg_failures",
            "Uploads of which a failure decided, or made what a bank decided milder; of what was sent while too much "
            "waited, requests.",
            ["failure"],
            registry=self._registry,
        )
        for failure in Failure:
            self._failures.labels(failure.value)  # at 0 until there is one, so that the first one shows
        self._counters: dict[tuple[Verdict, Action, Failure | None], list[Counter]] = {}
        self.felt_out = Counter(
            "haalweg_lookups_felt_out", "Look-ups refused since they feel an entry out.", registry=self._registry
        )
        self.store_trouble = Gauge(
            "haalweg_store_trouble", "1 while the bank or the state file cannot be written.", registry=self._registry
        )
        self._entries = Gauge("haalweg_bank_entries", "Live entries of a bank.", ["bank"], registry=self._registry)
        self._ages = Gauge(
            "haalweg_source_age_seconds", "Since a source was heard last.", ["source"], registry=self._registry
        )

    def count(self, answers: Iterable[Checked]) -> None:
        """Count answers."""
        for answer in answers:
            key = (answer.verdict, answer.action, answer.failure)
            counters = self._counters.get(key)
            if counters is None:
                counters = self._counters[key] = self._counters_of(*key)
            for counter in counters:
                counter.inc()

    def count_refused(self) -> None:
        """Count a request that was not looked at since too much waits."""
        self._failures.labels(Failure.OVERLOADED.value).inc()

    def _counters_of(self, verdict: Verdict, action: Action, failure: Failure | None) -> list[Counter]:
        # What is reported by law is counted as a match: who draws the curves has no need to know of it.
        told = Verdict.MATCH if verdict is Verdict.REPORT_BY_LAW else verdict
        counters = [self._checks.labels(told.value, action.value)]
        if verdict is Verdict.LEAD:
            counters.append(self._leads)
        if failure is not None:
            counters.append(self._failures.labels(failure.value))
        return counters

    def text(self, entries: Mapping[str, int], ages: Mapping[str, float]) -> bytes:
        """Write all of it, with what banks hold and how old what sources said is."""
        self._entries.clear()
        for bank, count in entries.items():
            self._entries.labels(bank).set(count)
        for source, age in ages.items():
            self._ages.labels(source).set(age)
        return generate_latest(self._registry)


def banks_that_may_be_named(store: BankStore, *, now: datetime) -> dict[str, int]:
    """Live entries of the banks that hold enough of them, and are not of those whose matches are reported by law."""
    names = {bank.id: bank.name for bank in store.banks() if bank.kind is not BankKind.REPORT_BY_LAW}
    live: dict[str, int] = {}
    for count in (count for count in store.counts(now=now) if count.bank in names):
        live[names[count.bank]] = live.get(names[count.bank], 0) + count.live
    return {name: count for name, count in live.items() if count >= FEWEST}
