"""Activities that staff called off, as this room keeps them."""

from django.utils.translation import gettext_lazy as _

from campus.audit.sources import Source
from points.activities.models import Activity

SOURCES = [
    Source(
        code="points.activity",
        says=_("Called off an activity: %(reason)s"),
        rows=lambda home: Activity.objects.filter(campus=home.campus_id),
        by="called_off_by",
        at="called_off_at",
        facts={"reason": "reason"},
    ),
]
