"""Why an activity cannot be hosted, joined, left, cancelled or confirmed."""

from django.utils.translation import gettext_lazy as _

from campus.errors import CampusError


class TimesDoNotFit(CampusError):
    """It would begin in the past, end before it begins, or last longer than a day."""

    code, status = "times_do_not_fit", 400
    detail = _("Choose a start in the future and an end on the same or the next day.")


class TooManyHosted(CampusError):
    """The host has as many open activities as one person may. Facts: limit."""

    code, status = "too_many_hosted", 409
    detail = _("You can have %(limit)s open activities at a time.")


class OwnActivity(CampusError):
    """Hosts are there anyway: they do not join what they host."""

    code, status, detail = "own_activity", 409, _("You host this yourself.")


class NotOpen(CampusError):
    """It was cancelled, or attendance was confirmed."""

    code, status, detail = "activity_not_open", 409, _("This activity is not open any more.")


class HasBegun(CampusError):
    """Joining, leaving and cancelling end when it begins."""

    code, status, detail = "activity_has_begun", 409, _("This activity has begun already.")


class Full(CampusError):
    """Every seat is taken."""

    code, status, detail = "activity_full", 409, _("Every place is taken.")


class NotBegun(CampusError):
    """Attendance is confirmed once it has begun."""

    code, status = "activity_not_begun", 409
    detail = _("Attendance can be confirmed once the activity has begun.")


class TooLateToConfirm(CampusError):
    """Attendance is confirmed within a week. Facts: days."""

    code, status = "too_late_to_confirm", 409
    detail = _("Attendance can be confirmed for %(days)s days after the activity.")


class NotAParticipant(CampusError):
    """Somebody is called present who did not join."""

    code, status = "not_a_participant", 400
    detail = _("Only people who joined can be present. Load the list again.")
