"""What the desk decided, told to the machine door, and what the door has of it then."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.utils import timezone

from haalweg.web.running import door
from haalweg.web.store import cases
from haalweg.web.store.tasks import work_off
from tests.web.reporting import hashed

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.contrib.auth.models import User

    from haalweg.web.store.models import Case
    from tests.gate.gates import AGate


def confirmed(case: Case, team: Sequence[User]) -> None:
    """Have the first of them confirm it."""
    cases.confirm(case, staff=team[0], assurance="self_reported", now=timezone.now())


def told(*, after: timedelta = timedelta()) -> int:
    """Tell the door all that is due by then; how much was."""
    return work_off(door(), now=timezone.now() + after)


def banks(machine_door: AGate, seed: int) -> list[str]:
    """Give the names of the door's banks that know a drawing."""
    (item,) = machine_door.ask(machine_door.uploads, json={"items": [{"pdq": hashed(seed).hash.hex}]}).json()["items"]
    return sorted({each["bank"] for each in item["matches"]})
