"""What this room adds to a student's morning."""

from collections.abc import Mapping
from datetime import date

from campus.places.models import BillMode, Campus
from meters.billing.models import DailyCharge, Share
from meters.billing.queries.standings import among


def news(*, campus: Campus, day: date) -> Mapping[int, Mapping[str, object]]:
    """Holder id -> their part of the day's bill, or of what it would have cost."""
    told = DailyCharge.objects.filter(room__residence__campus=campus, day=day)
    charges = told.order_by("revision").values_list("room_id", "pk", "mode")
    modes = dict({room: (pk, mode) for room, pk, mode in charges}.values())
    if not modes:
        return {}
    rows = Share.objects.filter(among("charge_id", list(modes)), present=True, holder__isnull=False)
    return {
        holder: {_name(modes[charge]): amount}
        for charge, holder, amount in rows.values_list("charge_id", "holder_id", "amount")
        if charge in modes and holder
    }


def _name(mode: str) -> str:
    return "shadow_share_minor" if mode == BillMode.SHADOW else "share_minor"
