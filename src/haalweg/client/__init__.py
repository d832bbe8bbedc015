"""For those who call a gate, and for those whom a gate calls. It needs httpx, and nothing of the gate itself.

The names here are loaded when first used: what needs no httpx is had without it.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from haalweg.client.answers import Action, Checked, Lead, Match, Statement
    from haalweg.client.async_gate_client import AsyncGateClient
    from haalweg.client.errors import GateClientError, GateRefusedError, GateUnavailableError
    from haalweg.client.gate_client import GateClient
    from haalweg.client.questions import DisputeReason, Opinion, Signatures

_WHERE = {
    "Action": "answers",
    "AsyncGateClient": "async_gate_client",
    "Checked": "answers",
    "DisputeReason": "questions",
    "GateClient": "gate_client",
    "GateClientError": "errors",
    "GateRefusedError": "errors",
    "GateUnavailableError": "errors",
    "Lead": "answers",
    "Match": "answers",
    "Opinion": "questions",
    "Signatures": "questions",
    "Statement": "answers",
}

__all__ = [
    "Action",
    "AsyncGateClient",
    "Checked",
    "DisputeReason",
    "GateClient",
    "GateClientError",
    "GateRefusedError",
    "GateUnavailableError",
    "Lead",
    "Match",
    "Opinion",
    "Signatures",
    "Statement",
]


def __getattr__(name: str) -> object:
    if name not in _WHERE:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"haalweg.client.{_WHERE[name]}"), name)


def __dir__() -> list[str]:
    return sorted(__all__)
