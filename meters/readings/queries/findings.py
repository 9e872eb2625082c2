"""Reading what was found about the quality of data."""

from collections.abc import Iterator, Mapping
from itertools import islice

from django.db.models import Count, F, Q, QuerySet

from campus.places.models import Campus, Residence, Room
from meters.readings import words
from meters.readings.facts import IssueFact
from meters.readings.models import Issue, MeterInstallation
from meters.readings.queries.serving import rooms_served

LOOKED_THROUGH = 500  # findings among which the newest of each kind are looked for


def issues(
    *, campus: Campus, residence: Residence | None = None, room: Room | None = None, limit: int = 10
) -> list[IssueFact]:
    """The newest findings, unsettled ones first; beyond a room one of each kind about a meter."""
    rows = Issue.objects.filter(campus=campus).select_related("meter")
    if residence or room:
        here = Q(room=room) if room else Q(room__residence=residence) | Q(zone__residence=residence)
        served = MeterInstallation.objects.filter(here)
        rows = rows.filter(meter_id__in=served.values("meter_id"))
    rows = rows.order_by(F("settled_at").desc(nulls_first=True), "-found_at", "-pk")
    found = list(rows[:limit] if room else islice(_newest_of_each(rows), limit))
    places = rooms_served({row.meter_id for row in found if row.meter_id})
    return [_issue(row, places.get(row.meter_id or 0)) for row in found]


def _newest_of_each(rows: QuerySet[Issue]) -> Iterator[Issue]:
    seen: set[tuple[int | None, str]] = set()
    for row in rows[:LOOKED_THROUGH]:
        kind = (row.meter_id, row.code)
        if kind not in seen:
            yield row
        seen.add(kind)


def open_issues_by_room(*, residence: Residence) -> Mapping[int, int]:
    """Room id -> how many findings about its meter still wait; rooms without any are absent."""
    rows = (
        MeterInstallation.objects.filter(room__residence=residence, ends_on=None)
        .values_list("room_id")
        .annotate(count=Count("meter__issues", filter=Q(meter__issues__settled_at=None)))
        .filter(count__gt=0)
    )
    return {room_id: count for room_id, count in rows if room_id is not None}


def _issue(row: Issue, room: Room | None) -> IssueFact:
    facts = {**row.facts, "meter": row.meter.serial if row.meter else None, "day": row.day}
    return IssueFact(
        code=row.code,
        day=row.day,
        serial=row.meter.serial if row.meter else None,
        room_id=room.pk if room else None,
        room_number=room.number if room else None,
        facts=dict(row.facts),
        message=words.issue(code=row.code, facts=facts),
        found_at=row.found_at,
        settled=row.settled_at is not None,
    )
