"""Acts on the terms of savings, as this room keeps them."""

from django.utils.translation import gettext_lazy as _

from campus.audit.sources import Source
from meters.savings.models import Lottery, SavingTerms, TermRehearsal, WeatherWarning, WelfareNote

SOURCES = [
    Source(
        code="savings.lottery",
        says=_("Drew %(comparison)s of %(candidates)s rooms for comparison: %(term)s"),
        rows=lambda home: Lottery.objects.filter(term__campus=home.campus_id),
        by="drawn_by",
        at="drawn_at",
        facts={"comparison": "comparison", "candidates": "candidates", "term": "term__name"},
    ),
    Source(
        code="savings.terms",
        says=_("Announced saving terms from %(day)s"),
        rows=lambda home: SavingTerms.objects.filter(campus=home.campus_id),
        by="announced_by",
        at="announced_at",
        facts={"day": "valid_from"},
    ),
    Source(
        code="savings.warning",
        says=_("Entered a weather warning from %(day)s"),
        rows=lambda home: WeatherWarning.objects.filter(campus=home.campus_id),
        by="told_by",
        at="told_at",
        facts={"day": "starts_on"},
    ),
    Source(
        code="savings.welfare",
        says=_("Looked after room %(room)s"),
        rows=lambda home: WelfareNote.objects.filter(occupancy__room__residence=home),
        by="seen_by",
        at="seen_at",
        facts={"room": "occupancy__room__number"},
    ),
    Source(
        code="savings.rehearsal",
        says=_("Rehearsed %(term)s under other terms"),
        rows=lambda home: TermRehearsal.objects.filter(term__campus=home.campus_id),
        by="asked_by",
        at="asked_at",
        facts={"term": "term__name"},
    ),
]
