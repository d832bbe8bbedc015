"""What plain forms ask first, in the language of who reads: who it is about, and whether everybody was 18 or older."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True, slots=True)
class Choice:
    """One answer."""

    value: str
    text: str
    more: str = ""
    is_apart: bool = False  # an answer of another kind than those before it
    is_chosen: bool = False


@dataclass(frozen=True, slots=True)
class Question:
    """One to be answered with one of its choices."""

    name: str
    title: str
    hint: str
    choices: tuple[Choice, ...]
    trouble: str

    @property
    def is_answered(self) -> bool:
        """Whether one of the choices was made."""
        return any(each.is_chosen for each in self.choices)

    @property
    def first(self) -> str:
        """The id of its first choice: where who missed it is led."""
        return f"{self.name}-{self.choices[0].value}"

    @property
    def missing(self) -> str:
        """What is said where it has no answer."""
        if any(each.value == "unknown" for each in self.choices):
            return _("Choose an answer. ‘I do not know’ is fine too.")
        return _("Choose what fits best.")


def questions_of(told: Mapping[str, str], troubles: Mapping[str, str] | None = None) -> tuple[Question, ...]:
    """The questions with what was answered, and what is wrong with an answer."""
    return tuple(
        Question(name, title, hint, _with(choices, told.get(name, "")), (troubles or {}).get(name, ""))
        for name, title, hint, choices in _asked()
    )


def _with(choices: tuple[Choice, ...], chosen: str) -> tuple[Choice, ...]:
    return tuple(replace(each, is_chosen=each.value == chosen) for each in choices)


def _asked() -> tuple[tuple[str, str, str, tuple[Choice, ...]], ...]:
    return (
        ("whom", _("Who is it about?"), "", _whom()),
        ("age", _("How old was the person in the picture?"), _("We mean the age back then, not now."), _ages()),
        (
            "source",
            _("And in the ordinary photo?"),
            _(
                "A fake is made from an ordinary photo, a holiday photo for example. How old was the person in that "
                "photo?"
            ),
            (
                *_ages(),
                Choice(
                    "no_such_picture",
                    _("There is no ordinary photo"),
                    _("The picture is real. It was not made from another photo."),
                    is_apart=True,
                ),
            ),
        ),
        (
            "others",
            _("Are there other people in it?"),
            _("Think of everybody who can be seen, also in the background and in the ordinary photo."),
            (
                Choice("nobody", _("No, nobody")),
                Choice("yes", _("Yes, and they were all 18 or older")),
                Choice("no", _("Yes, and someone was under 18")),
                Choice("unknown", _("I do not know")),
            ),
        ),
    )


def _whom() -> tuple[Choice, ...]:
    return (
        Choice("self", _("Me")),
        Choice("asked", _("Someone who asked me to"), _("Tell them what you fill in here.")),
        Choice(
            "lawyer_or_helper",
            _("Someone whom I help in my work"),
            _("And the other person agrees. You are a lawyer or social worker, for example."),
        ),
        Choice(
            "parent_or_guardian_of_adult",
            _("Someone for whom a judge appointed me"),
            _("As a mentor or guardian of an adult, for example."),
        ),
    )


def _ages() -> tuple[Choice, ...]:
    return (
        Choice("yes", _("18 or older")),
        Choice("no", _("Under 18")),
        Choice("unknown", _("I do not know")),
    )
