"""The two questions about age, at the terminal, before a file is opened."""

from __future__ import annotations

import sys
from enum import Enum

import typer

from haalweg.cli.exits import ERROR
from haalweg.cli.language import _
from haalweg.cli.questions import letter_for
from haalweg.errors import HaalwegError
from haalweg.reports.age_gate import Adults, AgeAnswers, referrals

_KEYS = {"y": Adults.YES, "j": Adults.YES, "n": Adults.NO, "?": Adults.UNKNOWN, "-": Adults.NO_SUCH_PICTURE}


class AgeNotAnsweredError(HaalwegError):
    """No terminal to ask at, and no answer in the command."""


class About(Enum):
    """What is asked about."""

    PICTURES = "pictures"
    LIST = "list"
    SOURCE_PHOTOS = "source_photos"  # ordinary photos that fakes are made from


def pass_age_gate(*, adults: bool, about: About = About.PICTURES) -> None:
    """Return when everyone was an adult. Otherwise say where to go, and exit: nothing was opened."""
    if adults:
        return
    if not sys.stdin.isatty():
        raise AgeNotAnsweredError(
            _(
                "A question about age comes first, and there is no terminal to ask it at. Nothing was opened. If "
                "everyone in each photo was 18 or older when it was taken, say so with --adults."
            )
            if about is About.SOURCE_PHOTOS
            else _(
                "Two questions about age come first, and there is no terminal to ask them at. Nothing was opened. If "
                "everyone was 18 or older, in each picture and in the photo it was made from, say so with --adults."
            )
        )
    answers = _asked_about_photos() if about is About.SOURCE_PHOTOS else _asked(of_list=about is About.LIST)
    if not answers.may_be_kept:
        refer()


def refer() -> None:
    """Say who may help, in both languages, and exit."""
    _say(_("Nothing was opened, hashed or kept. Other rules apply when someone was under 18 or may have been."))
    _say(_("Leave the picture where it is: do not look it up, copy it or send it on, not even as evidence."))
    for referral in referrals():
        _say(f"\n{referral.name}: {referral.contact}\n  {referral.english}\n  {referral.dutch}")
    raise typer.Exit(ERROR)


def _asked_about_photos() -> AgeAnswers:
    _say(_("A question about the people in the photos. Nothing is opened before it is answered."))
    answer = _ask(_("Was everyone in them 18 or older when they were taken? yes (y), no (n), don't know (?): "), "yjn?")
    return AgeAnswers(answer, answer)  # whatever is made from such a photo is made from this one


def _asked(*, of_list: bool) -> AgeAnswers:
    _say(
        _("Two questions about every picture of this list. Nothing is read before they are answered.")
        if of_list
        else _("Two questions about the pictures. Nothing is opened before they are answered.")
    )
    in_picture = _ask(
        _("1. Was everyone in them 18 or older when they were taken? yes (y), no (n), don't know (?): "), "yjn?"
    )
    if in_picture is not Adults.YES:
        return AgeAnswers(in_picture, Adults.UNKNOWN)
    return AgeAnswers(
        in_picture,
        _ask(
            _(
                "2. If they are fakes: was everyone 18 or older in the ordinary photos they were made from?\n"
                "   yes (y), no (n), don't know (?), they are not fakes (-): "
            ),
            "yjn?-",
        ),
    )


def _ask(question: str, allowed: str) -> Adults:
    return _KEYS[letter_for(question, allowed)]


def _say(sentence: str) -> None:
    typer.echo(sentence, err=True)
