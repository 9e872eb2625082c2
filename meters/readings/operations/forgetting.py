"""What hours tell about people is kept for thirteen months; the days' totals stay."""

from datetime import date

from django.db.models import Q

from campus.places.models import Campus
from meters.readings.models import Channel, Delivery, MeterDay

KEPT_MONTHS = 13  # the same month of last year can still be compared, hour by hour


def forget_hours(*, campus: Campus, day: date) -> None:
    """
    Turn intervals older than thirteen months before `day` into daily totals, and let go of files.

    A day's total, status and revision stay, and so do a delivery's digest and report: every figure
    still opens into the file and line that told it, only the file itself is gone. Done twice, it
    changes nothing.
    """
    first_kept = _months_before(day)
    old = MeterDay.objects.filter(
        channel__in=Channel.objects.filter(meter__campus=campus), day__lt=first_kept
    )
    old.exclude(intervals=b"").update(intervals=b"", quality=b"", interval_minutes=24 * 60)
    _let_files_go(campus=campus, first_kept=first_kept)


def _months_before(day: date) -> date:
    """The first day of the month that lies thirteen months before the month of `day`."""
    months = day.year * 12 + day.month - 1 - KEPT_MONTHS
    return date(months // 12, months % 12 + 1, 1)


def _let_files_go(*, campus: Campus, first_kept: date) -> None:
    """A file goes when its every day is old; one that was refused, when its arrival is."""
    is_old = Q(last_day__lt=first_kept) | Q(last_day__isnull=True, received_at__date__lt=first_kept)
    for delivery in Delivery.objects.filter(is_old, campus=campus).exclude(file=""):
        file = delivery.file.name or ""
        # First the row, then the file: what is left if we die in between is a file nobody names.
        Delivery.objects.filter(pk=delivery.pk).update(file="")
        delivery.file.storage.delete(file)
