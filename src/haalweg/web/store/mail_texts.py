"""What mails say: nothing of why, or of whom. Each in the language of the page that it is about."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import override

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime


class Text(NamedTuple):
    """One mail."""

    subject: str
    body: str


class Words(NamedTuple):
    """Words that open one page."""

    received_at: datetime  # of its report
    words: str


def notice(language: str) -> Text:
    """There is news."""
    with override(language):
        return Text(_("News"), f"{_('There is news on your page.')}\n")


def recovery(language: str, pages: Sequence[Words], *, until: datetime) -> Text:
    """Words, and where they are typed. More than one page: each with its day, as nothing else tells them apart."""
    with override(language):
        parts = [_("You asked for new words.")]
        if len(pages) == 1:
            parts += [_("These are 8 words:"), pages[0].words]
        for each in pages if len(pages) > 1 else ():
            day = date_format(timezone.localtime(each.received_at), "j F Y")
            parts += [_("For your page of %(day)s:") % {"day": day}, each.words]
        parts += [
            _("Type them where you always type your words. They work once, until %(time)s.")
            % {"time": date_format(timezone.localtime(until), "H:i")},
            _("You get 8 new words there. Do you have a PIN? Then you need it too."),
            _("Did you not ask for this? Then you do not have to do anything. Nothing changes."),
        ]
        return Text(_("News"), "\n\n".join(parts) + "\n")
