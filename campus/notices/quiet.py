"""When a bell may ring. Pure."""

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

QUIET_FROM, QUIET_UNTIL = time(22), time(8)


def next_ring(*, at: datetime, zone: ZoneInfo) -> datetime:
    """`at`, or where that lies between 22:00 and 08:00 of the campus, the end of those hours."""
    local = at.astimezone(zone)
    if QUIET_UNTIL <= local.time() < QUIET_FROM:
        return at
    day = local.date() + timedelta(days=local.time() >= QUIET_FROM)
    return datetime.combine(day, QUIET_UNTIL, tzinfo=zone).astimezone(at.tzinfo)
