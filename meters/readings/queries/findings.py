"""Reading what was found about the quality of data."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from itertools import islice

from django.db.models import Count, F, Q, QuerySet

from campus.places.models import Residence, Room
from meters.readings import words
from meters.readings.facts import IssueFact
from meters.readings.models import Issue, MeterInstallation
from meters.readings.queries.serving import rooms_served
from meters.readings.queries.silence import SILENT

LOOKED_THROUGH = 500  # findings among which the newest of each kind are looked for
_WAITING_FIRST = (F("settled_at").desc(nulls_first=True), "-found_at", "-pk")


def issues(*, room: Room, limit: int = 10) -> list[IssueFact]:
    """The newest findings about a room's meters, unsettled ones first."""
    rows = Issue.objects.filter(_about(room)).select_related("meter")
    return _told(rows.order_by(*_WAITING_FIRST)[:limit])


def issues_within(*, residence: Residence, day: date | None, limit: int = 10) -> list[IssueFact]:
    """The newest findings up to a closed day, unsettled ones first, one of each kind a meter."""
    rows = Issue.objects.filter(_within(residence), _up_to(day))
    return _told(islice(_newest_of_each(rows.order_by(*_WAITING_FIRST)), limit))


def open_findings(*, residence: Residence, day: date | None, limit: int = 100) -> list[IssueFact]:
    """
    What still waits up to a closed day, the newest first, one of each kind a meter; but for meters
    that are silent, of which `silent_meters` tells more.
    """
    rows = Issue.objects.filter(_within(residence), _up_to(day), settled_at=None)
    rows = rows.exclude(code=SILENT).order_by("-found_at", "-pk")
    return _told(islice(_newest_of_each(rows), limit))


def _up_to(day: date | None) -> Q:
    """A day that still runs lacks hours: that is no finding yet."""
    return Q(day=None) | Q(day__lte=day) if day else Q()


def _about(room: Room) -> Q:
    return Q(meter_id__in=MeterInstallation.objects.filter(room=room).values("meter_id"))


def _within(residence: Residence) -> Q:
    """What concerns a residence: its rooms, its areas, or the whole of it."""
    here = Q(room__residence=residence) | Q(zone__residence=residence)
    served = MeterInstallation.objects.filter(here)
    concerned = Q(meter_id__in=served.values("meter_id")) | Q(residence=residence)
    return concerned & Q(campus=residence.campus_id)


def _told(rows: Iterable[Issue]) -> list[IssueFact]:
    found = list(rows)
    places = rooms_served({row.meter_id for row in found if row.meter_id})
    return [_issue(row, places.get(row.meter_id or 0)) for row in found]


def _newest_of_each(rows: QuerySet[Issue]) -> Iterator[Issue]:
    seen: set[tuple[int | None, str]] = set()
    for row in rows.select_related("meter")[:LOOKED_THROUGH]:
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
