"""Reading what was refused at counters: conflicts for the café, patterns for the manager."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count

from campus.places.models import Campus
from points.coupons.models import Cafe, RefusedScan, Till, Undoing
from points.coupons.patterns import Alert, Refused, Undone, alerts

WEEK, MONTH = timedelta(days=7), timedelta(days=30)
_AT_ONCE = 5000
_SHOWN = 100


def conflicts_of(*, cafe: Cafe, since: datetime) -> list[RefusedScan]:
    """Scans that a till kept while its line was down and that were refused later, newest first."""
    rows = RefusedScan.objects.filter(cafe=cafe, told_at__gte=since, scanned_at__isnull=False)
    return list(rows.select_related("offer", "cafe__campus").order_by("-told_at", "-pk"))


@dataclass(frozen=True, slots=True)
class Seen:
    """A pattern with the names of its café and till, None where there are several."""

    alert: Alert
    cafe: Mapping[str, str] | None
    till: str | None


def alerts_of(*, campus: Campus, at: datetime) -> list[Seen]:
    """What somebody may be trying on a campus, from the week before `at`, newest first."""
    refused = [
        Refused(*row)
        for row in RefusedScan.objects.filter(cafe__campus=campus, told_at__gt=at - WEEK)
        .order_by("-told_at")
        .values_list("told_at", "cafe_id", "till_id", "verdict", "mark")[:_AT_ONCE]
    ]
    undone = [
        Undone(*row)
        for row in Undoing.objects.filter(
            redemption__cafe__campus=campus, how=Undoing.How.PIN, undone_at__gt=at - WEEK
        ).values_list("undone_at", "redemption__cafe_id", "redemption__till_id")[:_AT_ONCE]
    ]
    return _named(campus, alerts(refused=refused, undone=undone))


def _named(campus: Campus, seen: list[Alert]) -> list[Seen]:
    cafes = dict(Cafe.objects.filter(campus=campus).values_list("pk", "name"))
    tills = dict(Till.objects.filter(cafe__campus=campus).values_list("pk", "name"))
    return [
        Seen(
            alert=alert,
            cafe=cafes[alert.cafe] if alert.cafe else None,
            till=tills[alert.till] if alert.till else None,
        )
        for alert in seen
    ]


def refused_scans(*, campus: Campus) -> list[RefusedScan]:
    """The newest refused scans of a campus."""
    rows = RefusedScan.objects.filter(cafe__campus=campus).select_related("cafe", "till")
    return list(rows.order_by("-told_at", "-pk")[:_SHOWN])


def verdicts(*, campus: Campus, at: datetime) -> list[tuple[str, int]]:
    """Code of a refusal and how often it was told in the week before `at`, most often first."""
    rows = RefusedScan.objects.filter(cafe__campus=campus, told_at__gt=at - WEEK)
    counted = rows.values_list("verdict").annotate(times=Count("pk")).order_by("-times", "verdict")
    return [(verdict, times) for verdict, times in counted]
