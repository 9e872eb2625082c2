"""Answers to objections, as this room keeps them."""

from django.utils.translation import gettext_lazy as _

from campus.audit.sources import Source
from points.passbook.models import Objection

SOURCES = [
    Source(
        code="points.answer",
        says=_("Answered room %(room)s about a line of a passbook"),
        rows=lambda home: Objection.objects.filter(room__residence=home),
        by="answered_by",
        at="answered_at",
        facts={"room": "room__number"},
    ),
]
