"""How much comes from one network: counted under a key that lives in memory for a day, so that no address is kept."""

from __future__ import annotations

import hmac
import ipaddress
import secrets
import threading
from collections import OrderedDict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from haalweg.web.addresses import address_of

if TYPE_CHECKING:
    from django.http import HttpRequest

_DAY_S, _HOUR_S = 86_400.0, 3_600.0
_MOST_PREFIXES = 100_000  # that are remembered; the ones unheard for longest are forgotten first
_FREE_TRIES, _LONGEST_S, _MOST_DOUBLED = 5, 30.0, 5
MOST_REPORTS = 60  # of one network in an hour


@dataclass(slots=True)
class _Slowed:
    count: int = 0  # without an hour in between
    at: float = 0.0
    wait_until: float = 0.0

    def one_more(self, now: float) -> None:
        if now - self.at >= _HOUR_S:
            self.count = 0
        self.count, self.at = self.count + 1, now
        if self.count > _FREE_TRIES:
            self.wait_until = now + min(_LONGEST_S, 2.0 ** min(self.count - _FREE_TRIES - 1, _MOST_DOUBLED))


@dataclass(slots=True)
class _Seen:
    codes: _Slowed = field(default_factory=_Slowed)  # that fitted no case
    mails: _Slowed = field(default_factory=_Slowed)  # that were asked for: who waits for one can type its words
    reports: int = 0
    reports_since: float = 0.0


class Prefixes:
    """For any number of threads. Times are seconds of a clock that only goes forward."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._key, self._key_since = secrets.token_bytes(32), 0.0
        self._seen: OrderedDict[bytes, _Seen] = OrderedDict()

    def seconds_to_wait(self, prefix: str, *, now: float) -> float:
        """How long this network has to wait before it may try another code; 0: not."""
        with self._lock:
            return max(0.0, self._of(prefix, now).codes.wait_until - now)

    def failed(self, prefix: str, *, now: float) -> None:
        """Note a code that fitted no case: each slows this network down, up to half a minute, and never a case.

        One that fits takes nothing of that away: whoever has a case of their own would guess on at full speed.
        """
        with self._lock:
            self._of(prefix, now).codes.one_more(now)

    def seconds_to_wait_for_mail(self, prefix: str, *, now: float) -> float:
        """How long it has to wait before it may ask for another mail; 0: not."""
        with self._lock:
            return max(0.0, self._of(prefix, now).mails.wait_until - now)

    def asked_for_mail(self, prefix: str, *, now: float) -> None:
        """Note that a mail was asked for, with whatever address: that slows down as a code that fits nothing does."""
        with self._lock:
            self._of(prefix, now).mails.one_more(now)

    def may_report(self, prefix: str, *, now: float) -> bool:
        """Whether another report of this network is taken within this hour."""
        with self._lock:
            return self._in_this_hour(prefix, now).reports < MOST_REPORTS

    def reported(self, prefix: str, *, now: float) -> None:
        """Count a report that was taken."""
        with self._lock:
            self._in_this_hour(prefix, now).reports += 1

    def forget(self) -> None:
        """Begin anew, with another key."""
        with self._lock:
            self._key = secrets.token_bytes(32)
            self._seen.clear()

    def _in_this_hour(self, prefix: str, now: float) -> _Seen:
        seen = self._of(prefix, now)
        if now - seen.reports_since >= _HOUR_S:
            seen.reports, seen.reports_since = 0, now
        return seen

    def _of(self, prefix: str, now: float) -> _Seen:
        if now - self._key_since >= _DAY_S:
            self._key, self._key_since = secrets.token_bytes(32), now
            self._seen.clear()  # nobody finds a name under the old key
        name = hmac.digest(self._key, prefix.encode(), "sha256")
        seen = self._seen.setdefault(name, _Seen())
        self._seen.move_to_end(name)
        if len(self._seen) > _MOST_PREFIXES:
            self._seen.popitem(last=False)
        return seen


PREFIXES = Prefixes()


def prefix_of(request: HttpRequest) -> str:
    """The network that a request comes from: /24 of IPv4, /48 of IPv6."""
    try:
        found = ipaddress.ip_address(address_of(request))
    except ValueError:
        return "unknown"
    if isinstance(found, ipaddress.IPv6Address) and found.ipv4_mapped:
        found = found.ipv4_mapped
    return str(ipaddress.ip_network(f"{found}/{24 if found.version == 4 else 48}", strict=False))
