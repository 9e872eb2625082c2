"""What the residents of a room are told when the past of their meter was decided."""

from django.utils.translation import gettext_lazy as _

from campus.notices.kinds import Kind
from campus.notices.models import Topic

KINDS = (
    Kind(
        code="CORRECTION_ACCEPTED",
        topic=Topic.METER,
        title=_("Past readings of your room were corrected"),
        sentences=(
            _("It is about %(day)s."),
            _("It is about %(days)s days, from %(first_on)s to %(last_on)s."),
            _("The use was %(before_wh)s and is now %(after_wh)s."),
            _("Bill, savings and points follow."),
        ),
        link="#/energy",
    ),
    Kind(
        code="CORRECTION_DECLINED",
        topic=Topic.METER,
        title=_("A correction of your room's readings was declined"),
        sentences=(
            _("It is about %(day)s."),
            _("It is about %(days)s days, from %(first_on)s to %(last_on)s."),
            _("Use, bill and points stay as they were."),
        ),
        link="#/energy",
    ),
)
