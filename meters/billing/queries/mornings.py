"""What this room adds to a student's morning."""

from collections.abc import Mapping
from datetime import date

from campus.places.models import BillMode, Campus
from meters.billing.models import DailyCharge, Share
from meters.billing.queries.bills import newest


def news(*, campus: Campus, day: date) -> Mapping[int, Mapping[str, object]]:
    """Holder id -> their part of the day's bill, or of what it would have cost."""
    charges = newest(DailyCharge.objects.filter(room__residence__campus=campus, day=day))
    rows = Share.objects.filter(charge__in=charges, present=True, holder__isnull=False)
    told = rows.values_list("holder_id", "charge__mode", "amount")
    return {holder: {_name(mode): amount} for holder, mode, amount in told if holder}


def _name(mode: str) -> str:
    return "shadow_share_minor" if mode == BillMode.SHADOW else "share_minor"
