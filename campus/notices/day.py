"""The words of a student's day: each sentence is told where its figures are known."""

from django.utils.translation import gettext_lazy as _

from campus.notices.kinds import Kind
from campus.notices.models import Topic

KINDS = (
    Kind(
        code="DAY",
        topic=Topic.DAY,
        title=_("Your day, %(day)s"),
        sentences=(
            _("The room used %(used_wh)s."),
            _("That is %(under)s%% under your usual."),
            _("Your share of the bill is %(share_minor)s."),
            _("Your share would have cost %(shadow_share_minor)s."),
            _("You are among the efficient rooms: number %(place)s of %(rooms)s. Keep it up."),
            _("%(tips)s tip is waiting under Energy."),
        ),
        link="#/energy",
    ),
)
