"""Sentences that the page's script says, in the reader's language."""

from __future__ import annotations

from django.utils.translation import gettext as _


def of_the_path() -> dict[str, str]:
    """What report.ts says. A {name} in it is filled in there."""
    return {
        "step": _("Step {number} of 6"),
        "title": _("Step {number} of 6: {name}"),
        "problem": _("Look at this."),
        "chooseAge": _("Choose an answer. ‘I do not know’ is fine too."),
        "choose": _("Choose what fits best."),
        "noFile": _("Choose a photo first. Don't have one? Go one step back."),
        "stillWorking": _("One moment. {count} file is still being read. You can also go on without it."),
        "photo": _("Photo {number}"),
        "waits": _("Waits"),
        "works": _("Working: {percent} percent read"),
        "fingerprintReady": _("Fingerprint ready."),
        "traceReady": _("Trace ready. {faces} faces are left out."),
        "tooLittle": _("There is too little in it."),
        "tooLittleMore": _(
            "This photo is too blurred or too empty for a good fingerprint. Do you have a sharper copy? Choose that "
            "one. Do not go looking for it."
        ),
        "unreadable": _("We cannot read this file. Is it a photo?"),
        "tooBig": _("This file is too big for this phone. A computer may manage."),
        "altered": _("This browser changes what we read. Use another browser, or call us."),
        "noScript": _("This phone cannot make a fingerprint. Give a link, or call us. We are glad to help."),
        "tooSmallTrace": _("Too little is left to recognise. Put a square back, or choose another photo."),
        "hold": _("Hold to look"),
        "leaveOut": _("Leave out"),
        "filesSaid": _("{ready} ready, {working} working."),
        "outline": _("Empty outline of the photo. Filled in black is what is left out: {faces} faces."),
        "tapSquares": _("Tap a square to leave it out too"),
        "square": _("Square {number}, {place}"),
        "out": _("out"),
        "rows": _("top,middle,bottom,at the very bottom"),
        "columns": _("left,left of the middle,right of the middle,right"),
        "website": _("A website. 1 page."),
        "telegram": _("A Telegram message."),
        "known": _("Understood"),
        "notWhole": _("Not a whole link"),
        "workerReads": _("That is fine, a helpline worker reads it."),
        "tooLong": _("A line is longer than {most} characters. Split it, or leave it out."),
        "encoded": _("There is a long piece here that is no plain text. Take it out: a photo does not belong here."),
        "mailWrong": _("Something is missing in your e-mail address. It looks like name@example.org."),
        "purposeMissing": _("Choose what we may mail you for."),
        "sumFingerprints": _("Fingerprints"),
        "sumPlaces": _("Places"),
        "sumMay": _("What we may do"),
        "sumReach": _("Reaching you"),
        "sumFile": _("{count} photo: only the row of numbers"),
        "sumTrace": _("{count} ordinary photo: only the trace"),
        "sumFiles": _("{count} photos: only the rows of numbers"),
        "sumTraces": _("{count} ordinary photos: only the traces"),
        "none": _("None"),
        "nothing": _("Nothing"),
        "reachNo": _("Not"),
        "reachMail": _("By e-mail"),
        "change": _("Change"),
        "continue": _("Continue"),
        "send": _("Send"),
        "sending": _("Sending"),
        "notSent": _("It was not sent. Your choices are still here. Try again."),
        "tooMany": _("Too much comes in at this moment. Try again in a while, or call us."),
        "copied": _("Copied"),
        "wordsTitle": _("Your 8 words"),
        "youngTitle": _("Help for you"),
    }
