"""The two questions about age, at the terminal, before a file is opened."""

from __future__ import annotations

import sys

import typer

from haalweg.cli.exits import ERROR
from haalweg.cli.language import _
from haalweg.cli.questions import letter_for
from haalweg.errors import HaalwegError
from haalweg.reports.age_gate import Adults, AgeAnswers, referrals

_KEYS = {"y": Adults.YES, "j": Adults.YES, "n": Adults.NO, "?": Adults.UNKNOWN, "-": Adults.NO_SUCH_PICTURE}


class AgeNotAnsweredError(HaalwegError):
    """No terminal to ask at, and no answer in the command."""


def pass_age_gate(*, adults: bool, of_list: bool = False) -> None:
    """Return when everyone was an adult. Otherwise say where to go, and exit: nothing was opened."""
    if adults:
        return
    if not sys.stdin.isatty():
        raise AgeNotAnsweredError(
            _(
                "Two questions about age come first, and there is no terminal to ask them at. Nothing was opened. If "
                "everyone was 18 or older, in each picture and in the photo it was made from, say so with --adults."
            )
        )
    if not _asked(of_list=of_list).may_be_kept:
        refer()


def refer() -> None:
    """Say who may help, in both languages, and exit."""
    _say(_("Nothing was opened, hashed or kept. Other rules apply when someone was under 18 or may have been."))
    _say(_("Leave the picture where it is: do not look it up, copy it or send it on, not even as evidence."))
    for referral in referrals():
        _say(f"\n{referral.name}: {referral.contact}\n  {referral.english}\n  {referral.dutch}")
    raise typer.Exit(ERROR)


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
