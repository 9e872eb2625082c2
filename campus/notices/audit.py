"""Announcements, as this room keeps them."""

from django.utils.translation import gettext_lazy as _

from campus.audit.sources import Source
from campus.notices.models import Announcement

SOURCES = [
    Source(
        code="people.announcement",
        says=_("Announced to the house: %(title)s"),
        rows=lambda home: Announcement.objects.filter(residence=home),
        by="by",
        at="told_at",
        facts={"title": "title"},
    ),
    Source(
        code="people.withdrawal",
        says=_("Took back an announcement: %(title)s"),
        rows=lambda home: Announcement.objects.filter(residence=home),
        by="withdrawn_by",
        at="withdrawn_at",
        facts={"title": "title"},
    ),
]
