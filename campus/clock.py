"""The only place that reads the time of day. Everything else is given its time."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.utils import timezone


def now() -> datetime:
    """The present instant, aware, in UTC."""
    return timezone.now()


def today(*, zone: ZoneInfo) -> date:
    """The local calendar day of a campus at this instant."""
    return now().astimezone(zone).date()


def day_starts(day: date, *, zone: ZoneInfo) -> datetime:
    """The instant of local 00:00 that opens `day`, in UTC."""
    return datetime.combine(day, time(), tzinfo=zone).astimezone(UTC)


def hours_of(day: date, *, zone: ZoneInfo) -> int:
    """How many hours the local day [00:00, 24:00) has: 23, 24 or 25."""
    length = day_starts(day + timedelta(days=1), zone=zone) - day_starts(day, zone=zone)
    return round(length / timedelta(hours=1))


def last_closed_day(*, at: datetime, zone: ZoneInfo, close_hour: int) -> date:
    """The newest local day that may be closed at `at`: day d closes at d+1, `close_hour`:00."""
    local = at.astimezone(zone)
    return local.date() - timedelta(days=1 if local.hour >= close_hour else 2)
