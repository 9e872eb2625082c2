"""What the host and the guests of an activity are told when staff call it off."""

from django.utils.translation import gettext_lazy as _

from campus.notices.kinds import Kind
from campus.notices.models import Topic

KINDS = (
    # Not by its title: that is a person's, and is emptied when they leave.
    Kind(
        code="ACTIVITY_CALLED_OFF",
        topic=Topic.GENERAL,
        title=_("An activity was called off"),
        sentences=(_("It was planned for %(day)s."), _("The dorm says: %(reason)s")),
        link="#/activities/%(uid)s",
    ),
)
