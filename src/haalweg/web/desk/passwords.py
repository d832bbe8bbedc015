"""How long a password of staff is at least, said in words of ours: Django's own of this version are English alone."""

from __future__ import annotations

from django.contrib.auth.password_validation import MinimumLengthValidator
from django.utils.translation import gettext as _


class LongEnough(MinimumLengthValidator):
    """As Django's."""

    def get_error_message(self) -> str:
        """Say how long it has to be."""
        return _("This password is too short: at least %(most)s characters.") % {"most": self.min_length}
