"""Why the passbook refuses, each named for what happened."""

from django.utils.translation import gettext_lazy as _

from campus.errors import CampusError


class AlreadyObjected(CampusError):
    """The entry waits for the answer to an earlier objection."""

    code, status = "already_objected", 409
    detail = _("You have objected to this entry already. An answer is on its way.")


class AlreadyAnswered(CampusError):
    """Somebody answered this objection before."""

    code, status = "already_answered", 409
    detail = _("This objection has been answered already.")
