"""Meters in every room, history taken in, days to come laid into the inbox, tariffs chosen."""

import io
import json
from collections import defaultdict
from collections.abc import Iterator, Mapping
from datetime import date, datetime, timedelta
from pathlib import Path

from django.conf import settings

from campus import clock
from campus.demo.build import SLUG, STUDENT_RESIDENCE
from campus.demo.calendar import Calendar, calendar
from campus.places.models import Campus, Enrolment, Room, Zone, ZoneKind
from meters.billing import operations as billing
from meters.demo import panel, profiles
from meters.readings import intake
from meters.readings import operations as readings
from meters.readings.models import Channel, Delivery, Meter, MeterInstallation
from meters.savings import operations as savings

TITLE = "Meters, a year of readings and the days to come"
# One floor tells hours, and the roof above it has panels: the demo student lives there.
HOURLY_FLOOR = "f1"
ROOF_METER = "PV-willow"
TARIFF = Path(__file__).parent / "data" / "kr-kepco-res-lv-2025-07.json"


def build(*, today: date, at: datetime) -> None:
    """Everything the demo campus measures and by what it prices, up to four weeks from now."""
    campus, when = Campus.objects.get(slug=SLUG), calendar(today=today)
    hourly = _install(campus, when)
    days = panel.readings(shift=when.shift)
    _take_in_history(campus, when, days)
    _fill_inbox(campus, when, days, hourly)
    _choose_tariff(campus, when)
    savings.load_factors()


def _install(campus: Campus, when: Calendar) -> set[str]:
    """A panel meter in each room and one on a roof; returns the serials that report hours."""
    groups: dict[str, list[str]] = defaultdict(list)
    for meter in panel.meters():
        groups["comparison" if meter.comparison else meter.group].append(meter.serial)
    comparison, enrolled = iter(groups.pop("comparison")), iter(sorted(groups))
    hourly: set[str] = set()
    for floor in Zone.objects.filter(residence__campus=campus, kind=ZoneKind.FLOOR).order_by("pk"):
        serials = _floor(floor, iter(groups[next(enrolled)]), comparison, when)
        if (floor.residence.code, floor.code) == (STUDENT_RESIDENCE, HOURLY_FLOOR):
            hourly = serials
    Meter.objects.filter(serial__in=hourly).update(simulated=True)
    _roof(campus, when)
    return hourly


def _floor(
    floor: Zone, enrolled: Iterator[str], comparison: Iterator[str], when: Calendar
) -> set[str]:
    parts = dict(Enrolment.objects.filter(room__floor=floor).values_list("room_id", "part"))
    rooms = list(Room.objects.filter(floor=floor).order_by("number"))
    source: dict[str, Iterator[str]] = {
        Enrolment.Part.COMPARISON: comparison,
        Enrolment.Part.ENROLLED: enrolled,
    }
    meters = Meter.objects.bulk_create(
        Meter(campus=floor.residence.campus, serial=next(source[parts[room.pk]])) for room in rooms
    )
    Channel.objects.bulk_create(Channel(meter=meter) for meter in meters)
    MeterInstallation.objects.bulk_create(
        MeterInstallation(meter=meter, room=room, starts_on=when.first)
        for meter, room in zip(meters, rooms, strict=True)
    )
    return {meter.serial for meter in meters}


def _roof(campus: Campus, when: Calendar) -> None:
    roof = Zone.objects.get(
        residence__campus=campus, residence__code=STUDENT_RESIDENCE, kind=ZoneKind.ROOF
    )
    meter = Meter.objects.create(campus=campus, serial=ROOF_METER, simulated=True)
    Channel.objects.create(meter=meter, flow=Channel.Flow.EXPORT)
    MeterInstallation.objects.create(meter=meter, zone=roof, starts_on=when.term_start)


Days = Mapping[date, Mapping[str, int]]


def _take_in_history(campus: Campus, when: Calendar, days: Days) -> None:
    """What was measured before the term, one delivery a month, closed without bills."""
    months: dict[date, list[date]] = defaultdict(list)
    for day in sorted(days):
        if day < when.term_start:
            months[day.replace(day=1)].append(day)
    for month, within in months.items():
        told_at = clock.day_starts(within[-1] + timedelta(days=1), zone=campus.zone)
        _deliver(campus, f"{month:%Y-%m}-rooms.csv", daily_csv(within, days), told_at)
    readings.close_history(campus=campus, starts_on=when.first, ends_on=when.term_start, at=told_at)


def _deliver(campus: Campus, name: str, text: str, at: datetime) -> None:
    intake.take_in(
        campus=campus,
        name=name,
        stream=io.BytesIO(text.encode()),
        way=Delivery.Way.FEED,
        by=None,
        at=at,
        limit_bytes=None,
    )


def daily_csv(within: list[date], days: Days) -> str:
    """Rows `meter_id,date,kwh` of some days."""
    rows = [f"{serial},{day},{wh / 1000:.3f}" for day in within for serial, wh in days[day].items()]
    return "\n".join(["meter_id,date,kwh", *rows, ""])


def _fill_inbox(campus: Campus, when: Calendar, days: Days, hourly: set[str]) -> None:
    """One file of daily and one of hourly rows for each day of the term, past and to come."""
    inbox = settings.INBOX_DIR / campus.slug
    inbox.mkdir(parents=True, exist_ok=True)
    latitude = float(campus.latitude)
    for day in sorted(days):
        if day >= when.term_start:
            daily = {day: {s: wh for s, wh in days[day].items() if s not in hourly}}
            (inbox / f"{day}-rooms.csv").write_text(daily_csv([day], daily))
            known = {s: wh for s, wh in days[day].items() if s in hourly}
            (inbox / f"{day}-hours.csv").write_text(hourly_csv(day, known, latitude=latitude))


def hourly_csv(day: date, known: Mapping[str, int], *, latitude: float) -> str:
    """Rows `meter_id,ts_start,kwh` of a day: rooms whose hours sum to their day, and the roof."""
    profile = {
        serial: profiles.hours_of_room(serial=serial, day=day, wh=wh)
        for serial, wh in known.items()
    }
    profile[ROOF_METER] = profiles.hours_of_roof(roof=ROOF_METER, day=day, latitude=latitude)
    rows = [
        f"{serial},{day} {hour:02d}:00,{wh / 1000:.3f}"
        for serial, hours in profile.items()
        for hour, wh in enumerate(hours)
    ]
    return "\n".join(["meter_id,ts_start,kwh", *rows, ""])


def _choose_tariff(campus: Campus, when: Calendar) -> None:
    """Both residences are priced by the Korean residential tariff from the first full month on."""
    first = (when.term_start + timedelta(days=31)).replace(day=1)
    plan = billing.open_plan(
        campus=campus,
        code="residential-lv",
        name={"ko": "주택용 저압", "en": "Residential, low voltage", "zh-Hans": "居民用电（低压）"},
    )
    billing.publish_tariff(plan=plan, document=json.loads(TARIFF.read_text()))
    for residence in campus.residences.all():
        billing.choose_plan(residence=residence, plan=plan, starts_on=first)
