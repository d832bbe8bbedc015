"""How a person may be reached, if they want to be: opened by who needs it, which stands in the timeline."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.http import require_POST

from haalweg.web.desk.staff import staff_only
from haalweg.web.door import DoorError, letters_of
from haalweg.web.running import door
from haalweg.web.store.cases import note
from haalweg.web.store.models import Contact

if TYPE_CHECKING:
    from django.http import HttpResponse

    from haalweg.web.desk.staff import StaffRequest

_UNAVAILABLE = 503


@require_POST
@staff_only
def open_contact(request: StaffRequest, number: int) -> HttpResponse:
    """Show the address, what it may be used for, and the words to send, which say nothing of why."""
    contact = get_object_or_404(Contact.objects.select_related("case"), case__number=number)
    try:
        (email,) = door().read_back(letters_of([contact]), who=request.user.pk, why="contact")
    except DoorError:
        return render(request, "desk/contact.html", {"case": contact.case}, status=_UNAVAILABLE)
    if email is None:
        return redirect("desk:case", number=number)
    note(contact.case, "opened", timezone.now(), staff=request.user)
    with override(contact.case.language):
        words = _("There is news on your page.")
    shown = {"case": contact.case, "email": email, "purposes": contact.purposes.split(), "words": words}
    return render(request, "desk/contact.html", shown)
