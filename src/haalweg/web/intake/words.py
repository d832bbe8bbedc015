"""Sentences that the page's script says, in the reader's language."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

if TYPE_CHECKING:
    from collections.abc import Mapping


def of_the_path(*, talk: Mapping[str, str]) -> dict[str, str]:
    """What the path says. A {name} in it is filled in there; a name with an s at its end is for more than one."""
    return _of_steps() | _of_files() | _of_places() | _of_the_last_step() | {"tooMany": too_many(talk)}


def _of_steps() -> dict[str, str]:
    return {
        "step": _("Step {number} of 6"),
        "title": _("Step {number} of 6: {name}"),
        "problem": _("Look at this."),
        "chooseAge": _("Choose an answer. ‘I do not know’ is fine too."),
        "choose": _("Choose what fits best."),
        "continue": _("Continue"),
        "ordinaryPhoto": _("Ordinary photo"),
        "noLanguage": _("The other language could not be fetched. Your answers are still here. Try again."),
        "mailWrong": _("Something is missing in your e-mail address. It looks like name@example.org."),
        "purposeMissing": _("Choose what we may mail you for."),
        "shareWith": _("Share with {name}"),
        "laterPartners": _("Later partners of this kind too: {kind}"),
        "laterPartnersMore": _("Without this tick a later partner gets nothing."),
        "kind_forum": _("forums"),
        "kind_chat": _("chat apps"),
        "kind_platform": _("websites and apps"),
        "kind_helpline": _("helplines"),
    }


def _of_files() -> dict[str, str]:
    return {
        "noFile": _("Choose a photo or video first. Don't have one? Go one step back."),
        "stillWorking": _("One moment. 1 file is still being read. You can also go on without it."),
        "stillWorkings": _("One moment. {count} files are still being read. You can also go on without them."),
        "onlyWorking": _("One moment. 1 file is still being read."),
        "onlyWorkings": _("One moment. {count} files are still being read."),
        "mostFiles": _("At most {most} files fit."),
        "chooseFirst": _("Choose"),
        "chooseMore": _("Choose more"),
        "photo": _("Photo {number}"),
        "video": _("Video {number}"),
        "waits": _("Waits"),
        "works": _("Working: {percent} percent read"),
        "tracing": _("Working: the trace is being made"),
        "fingerprintReady": _("Fingerprint ready."),
        "cutShort": _("This video is long. The fingerprint is of the first part, we did not read the rest."),
        "traceReady": _("Trace ready. 1 face is left out."),
        "traceReadys": _("Trace ready. {count} faces are left out."),
        "tooLittle": _("There is too little in it."),
        "tooLittleMore": _(
            "This photo is too blurred or too empty for a good fingerprint. Do you have a sharper copy? Choose that "
            "one. Do not go looking for it."
        ),
        "tooLittleTrace": _("There is too little in it to recognise. Choose another photo."),
        "tooSmallTrace": _("Too little is left to recognise. Put a square back, or choose another photo."),
        "unreadable": _("We cannot read this file. Is it a photo or a video?"),
        "unreadableVideo": _("We cannot read this video. Give a link, or call us."),
        "noVideoHere": _("This is a video. Choose a photo, or go back and choose ‘The picture itself’."),
        "heic": _(
            "This browser cannot read this kind of photo (HEIC). Save it as JPEG, or use the phone that took it."
        ),
        "tooBig": _("This file is too big for this phone. A computer may manage."),
        "altered": _("This browser changes what we read. Use another browser, or call us."),
        "again": _("Something went wrong here. Choose this file once more, give a link, or call us."),
        "noScript": _("This phone cannot make a fingerprint. Give a link, or call us. We are glad to help."),
        "hold": _("Hold to look"),
        "leaveOut": _("Leave out"),
        "stop": _("Stop"),
        "dropped": _("{name} is left out."),
        "filesWorking": _("{ready} ready, {count} working."),
        "outline": _("Empty outline of the photo. The filled area is a face that is left out."),
        "outlines": _("Empty outline of the photo. The {count} filled areas are faces that are left out."),
        "face": _("face"),
        "keyFace": _("Face: always left out"),
        "keyOut": _("You leave out too: 1 square"),
        "keyOuts": _("You leave out too: {count} squares"),
        "somethingElse": _("Is there something else that you do not want to share? A tattoo, or your house number?"),
        "tapIt": _("Tap that square."),
        "faceMissed": _("Is a face missing? Then tap it too. We do not show your photo itself here."),
        "mark": _("Mark a part"),
        "markWhat": _(
            "Is the picture only a part of this, in a screenshot for example? Mark that part. Often we find it "
            "ourselves."
        ),
        "markHow": _(
            "Tap where a corner should be, or move the edges. ‘Hold to look’ shows it here, grey and blurred."
        ),
        "markEdges": _("Edges of the part"),
        "edge_left": _("Left edge"),
        "edge_right": _("Right edge"),
        "edge_top": _("Top edge"),
        "edge_bottom": _("Bottom edge"),
        "fromLeft": _("{percent} percent from the left"),
        "fromTop": _("{percent} percent from the top"),
        "markFrame": _(
            "Empty outline with the part: {left} to {right} percent from the left, {top} to {bottom} percent from the "
            "top."
        ),
        "markUse": _("Use this part"),
        "markDrop": _("Do not use this part"),
        "markWorks": _("Working: the part is being read"),
        "markReady": _("Fingerprint of the part ready."),
        "markTooLittle": _("There is too little in this part. Make it larger."),
        "tapSquares": _("Tap a square to leave it out too"),
        "square": _("Square {number}, {place}"),
        "out": _("out"),
        "rows3": _("top,middle,bottom"),
        "rows4": _("top,above the middle,below the middle,bottom"),
        "columns3": _("left,middle,right"),
        "columns4": _("left,left of the middle,right of the middle,right"),
    }


def _of_places() -> dict[str, str]:
    return {
        "website": _("A website. 1 page."),
        "wholeSite": _("A website, without a page. Do you know the page? Then add it."),
        "telegram": _("A link that opens Telegram."),
        "telegramChat": _("A group, channel or account on Telegram. Do you have the link of a message? Then add it."),
        "telegramGroup": _("Closed group {chat}, message {message}."),
        "telegramChannel": _("Channel {chat}, message {message}."),
        "known": _("Understood"),
        "notWhole": _("Not a whole link"),
        "workerReads": _("That is fine, a helpline worker reads it."),
        "tooLong": _("A line is longer than {most} characters. Split it, or leave it out."),
        "tooManyPlaces": _("At most {most} lines fit."),
        "noLink": _("Give a link, or tell where it is. Don't know? Call us, then we look together."),
        "encoded": _("There is a long piece here that is no plain text. Take it out: a photo does not belong here."),
    }


def _of_the_last_step() -> dict[str, str]:
    return {
        "sumFingerprints": _("Fingerprints"),
        "sumFile": _("1 photo: only the row of numbers"),
        "sumFiles": _("{count} photos: only the rows of numbers"),
        "sumVideo": _("1 video: only the rows of numbers of {frames} frames"),
        "sumVideos": _("{count} videos: only the rows of numbers of {frames} frames"),
        "sumPart": _("1 part that you marked: only the row of numbers"),
        "sumParts": _("{count} parts that you marked: only the rows of numbers"),
        "sumTrace": _("1 ordinary photo: only the trace"),
        "sumTraces": _("{count} ordinary photos: only the traces"),
        "sumFakeTrace": _("1 trace of the picture"),
        "sumFakeTraces": _("{count} traces of the pictures"),
        "sumPlaces": _("Places"),
        "sumStory": _("What you told"),
        "sumMay": _("What we may do"),
        "sumReach": _("Reaching you"),
        "none": _("None"),
        "nothing": _("Nothing"),
        "reachNo": _("Not"),
        "reachMail": _("By e-mail: {mail}"),
        "change": _("Change"),
        "tracingFakes": _("One moment: the trace is being made"),
        "send": _("Send"),
        "sending": _("Sending"),
        "notSent": _("It was not sent. Your choices are still here. Try again."),
        "pageClosed": _(
            "Your page was closed after a while. Open it with your 8 words in another tab, and press ‘Send’ here "
            "again. Your choices are still here."
        ),
        "ended": _(
            "Nothing can be added to this report any more: it was taken back or stopped. Look at your own page, or "
            "make a new report."
        ),
        "copied": _("Copied."),
        "notCopied": _("This browser does not copy. The words are selected: copy them yourself, or write them down."),
        "saved": _("Saved as {file}."),
    }


def too_many(talk: Mapping[str, str]) -> str:
    """When too much comes in: whom to call instead."""
    return _("Too much comes in at this moment. Try again in a while, or call %(name)s: %(number)s.") % {
        "name": talk["name"],
        "number": talk["number"],
    }
