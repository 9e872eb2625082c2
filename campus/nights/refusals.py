"""Why a night is not closed now."""

from celery.exceptions import Ignore
from django.utils.translation import gettext_lazy as _

from campus.errors import CampusError


class NightBusy(CampusError):
    """Another process is closing nights of this campus."""

    code, status = "night_busy", 409
    detail = _("Nights of this campus are being closed just now.")


class ClaimLost(NightBusy):
    """This process was silent for longer than its lease, and another has taken over."""

    code = "claim_lost"


class NotYet(Ignore):
    """A task cannot be done now and is not at fault: its message stays, and is sent again."""
