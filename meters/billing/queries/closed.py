"""Which bills are closed for good: until then late readings revise them, later they adjust."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from django.db.models import Max

from campus import clock
from campus.places.models import Campus
from meters.billing.cycles import Cycle
from meters.billing.models import DailyCharge
from meters.billing.queries.standings import among

# A day is revised by itself until a week after it (decision 5 of the architecture).
OPEN_FOR = timedelta(days=7)
# For how long a closed bill may still ask for more; later it can only give back.
ADJUSTED_FOR = timedelta(days=90)


def closes_at(cycle_end: date, *, campus: Campus) -> datetime:
    """The instant from which a cycle with this first day after it is no longer revised."""
    return clock.day_starts(cycle_end + OPEN_FOR, zone=campus.zone)


def closed_rooms(
    cycle: Cycle, *, campus: Campus, room_ids: Sequence[int], at: datetime
) -> frozenset[int]:
    """The rooms whose bill of a cycle is closed: a week after its last day and its last charge."""
    if at < closes_at(cycle.end, campus=campus):
        return frozenset()
    rows = DailyCharge.objects.filter(
        among("room_id", room_ids), cycle_starts_on=cycle.first_day, revision=1
    )
    last = rows.values_list("room_id").annotate(last=Max("charged_at"))
    shut = (room for room, charged_at in last if charged_at + OPEN_FOR <= at)
    return frozenset(shut).intersection(room_ids)


def only_credits(cycle_end: date, *, campus: Campus, at: datetime) -> bool:
    """Whether so much time has passed since a cycle that a correction may only give back."""
    return at >= clock.day_starts(cycle_end + ADJUSTED_FOR, zone=campus.zone)
