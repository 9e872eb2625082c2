"""What a person asks of meters and days, and the state of things does not allow."""

from django.utils.translation import gettext_lazy as _

from campus.errors import CampusError


class AlreadyDecided(CampusError):
    """Somebody decided first, or the day was told anew meanwhile."""

    code, status = "already_decided", 409
    detail = _("This was decided already, or newer data arrived; look at it again.")


class DayNotClosed(CampusError):
    """Only a closed day can be edited. Facts: `day`."""

    code, status = "day_not_closed", 409
    detail = _("%(day)s is not closed for this room yet; edit it after its night.")


class NothingEdited(CampusError):
    """The day says so already."""

    code, status = "nothing_edited", 409
    detail = _("The day already says that; nothing was changed.")


class MeterTaken(CampusError):
    """A meter serves one space at a time. Facts: `meter`."""

    code, status = "meter_taken", 409
    detail = _("Meter %(meter)s already serves a room or an area in that time.")


class MeterIdle(CampusError):
    """The meter serves nothing at that time. Facts: `meter`."""

    code, status = "meter_idle", 409
    detail = _("Meter %(meter)s serves nothing at that time.")


class EventRefused(CampusError):
    """The readings of an event contradict what the meter told. Facts: `reason`."""

    code, status = "event_refused", 422
    detail = _("These readings could not be taken in: %(reason)s")


class PeriodWrong(CampusError):
    """A planned period is over, or too long."""

    code, status = "period_wrong", 422
    detail = _("Plan a switch-off of 5 to 60 minutes that has not begun yet.")
