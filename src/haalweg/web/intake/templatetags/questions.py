"""The questions of the age gate, as the path and the plain form both ask them."""

from __future__ import annotations

from django import template

from haalweg.web.questions import Question, questions_of

register = template.Library()


@register.simple_tag
def question(name: str) -> Question:
    """The one of that name, with nothing answered."""
    return next(each for each in questions_of({}) if each.name == name)
