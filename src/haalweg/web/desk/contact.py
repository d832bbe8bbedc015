"""How a person may be reached, if they want to be: opened by who needs it, which stands in the timeline."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.http import require_POST

from haalweg.web.door import DoorError, letters_of
from haalweg.web.running import door
from haalweg.web.store.models import Contact
from haalweg.web.store.timeline import note

if TYPE_CHECKING:
    from django.http import HttpResponse

    from haalweg.web.desk.staff import StaffRequest
    from haalweg.web.store.models import Case

_UNAVAILABLE = 503


@require_POST
def open_contact(request: StaffRequest, case: Case) -> HttpResponse:
    """Show the address, what it may be used for, and the words to send, which say nothing of why."""
    contact = get_object_or_404(Contact, case=case)
    try:
        (email,) = door().read_back(letters_of([contact]), who=request.user.pk, why="contact")
    except DoorError:
        return render(request, "desk/contact.html", {"case": case}, status=_UNAVAILABLE)
    if email is None:
        return redirect("desk:case", number=case.number)
    note(case, "opened", timezone.now(), staff=request.user)
    with override(case.language):
        words = _("There is news on your page.")
    shown = {"case": case, "email": email, "purposes": contact.purposes.split(), "words": words}
    return render(request, "desk/contact.html", shown)
