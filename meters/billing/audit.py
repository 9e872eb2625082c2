"""Acts on bills, as this room keeps them."""

from django.utils.translation import gettext_lazy as _

from campus.audit.sources import Source
from meters.billing.models import Adjustment, Balance, BillObjection, Tariff

SOURCES = [
    Source(
        code="billing.adjustment_posted",
        says=_("Put the correction of room %(room)s from %(day)s on the bill"),
        rows=lambda home: Adjustment.objects.filter(room__residence=home, state="POSTED"),
        by="decided_by",
        at="decided_at",
        facts={"room": "room__number", "day": "cycle_starts_on"},
    ),
    Source(
        code="billing.adjustment_declined",
        says=_("Declined the correction of room %(room)s from %(day)s"),
        rows=lambda home: Adjustment.objects.filter(room__residence=home, state="DECLINED"),
        by="decided_by",
        at="decided_at",
        facts={"room": "room__number", "day": "cycle_starts_on"},
    ),
    Source(
        code="billing.answer",
        says=_("Answered room %(room)s about its bill of %(day)s"),
        rows=lambda home: BillObjection.objects.filter(charge__room__residence=home),
        by="answered_by",
        at="answered_at",
        facts={"room": "charge__room__number", "day": "charge__day"},
    ),
    Source(
        code="billing.balance",
        says=_("Entered the official balance of room %(room)s"),
        rows=lambda home: Balance.objects.filter(room__residence=home),
        by="entered_by",
        at="kept_at",
        facts={"room": "room__number"},
    ),
    Source(
        code="billing.tariff",
        says=_("Published a tariff from %(day)s: %(plan)s"),
        rows=lambda home: Tariff.objects.filter(plan__campus=home.campus_id),
        by="published_by",
        at="published_at",
        facts={"day": "valid_from", "plan": "plan__name"},
    ),
]
