"""A residence as its manager sees it: today, its rooms, one room. Reading only."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from campus.api.texts import told
from campus.people import queries as people
from campus.places import queries as places
from campus.places.models import Residence, Room
from meters.billing import queries as billing
from meters.billing.facts import ChargeFact
from meters.readings import queries as readings
from meters.readings.facts import IssueFact, MeterFact
from meters.savings import queries as savings
from points.home.days import Day, days_of_room

DAYS_SHOWN = 35


@dataclass(frozen=True, slots=True)
class RoomRow:
    """One room of the table; what is not known is None."""

    uid: str
    number: str
    floor: str
    type: str
    people: int
    part: str | None
    wh: int | None
    status: str
    expected_wh: int | None
    amount: int | None
    meter_serial: str | None
    last_reading_day: date | None
    issues: int


@dataclass(frozen=True, slots=True)
class Known:
    """What all rooms of a residence have in common to be read once."""

    use: Mapping[int, tuple[int | None, str]]
    expected: Mapping[int, int]
    charges: Mapping[int, ChargeFact]
    people: Mapping[int, Sequence[int]]
    parts: Mapping[int, str]
    meters: Mapping[int, MeterFact]
    issues: Mapping[int, int]


def rooms_of(*, residence: Residence, day: date) -> list[RoomRow]:
    """Every room of a residence on a closed day, by number; a fixed number of statements."""
    rooms = list(
        Room.objects.filter(residence=residence).select_related("floor", "type").order_by("number")
    )
    known = _known(residence, day, rooms)
    return [_row(room, known) for room in rooms]


def _known(residence: Residence, day: date, rooms: Sequence[Room]) -> Known:
    campus, ids = residence.campus, [room.pk for room in rooms]
    use = readings.daily_uses(room_ids=ids, starts_on=day, ends_on=day + timedelta(days=1))
    term = places.term_on(campus=campus, day=day)
    return Known(
        use={
            int(room): (int(wh) if wh >= 0 else None, status)
            for room, wh, status in zip(use.room_id, use.wh, use.status_names(), strict=True)
        },
        expected={
            fact.room_id: fact.expected_wh
            for fact in savings.estimates_of_day(campus=campus, day=day)
        },
        charges=billing.charge_batch(campus=campus, day=day),
        people=people.residents_on(campus=campus, day=day),
        parts=places.parts_of(term=term) if term else {},
        meters=readings.meters_of_rooms(room_ids=ids, day=day),
        issues=readings.open_issues_by_room(residence=residence),
    )


def _row(room: Room, known: Known) -> RoomRow:
    wh, status = known.use.get(room.pk, (None, "MISSING"))
    charge, meter = known.charges.get(room.pk), known.meters.get(room.pk)
    return RoomRow(
        uid=str(room.uid),
        number=room.number,
        floor=told(room.floor.name),
        type=told(room.type.name) or room.type.code,
        people=len(known.people.get(room.pk, ())),
        part=known.parts.get(room.pk),
        wh=wh,
        status=status,
        expected_wh=known.expected.get(room.pk),
        amount=charge.amount if charge else None,
        meter_serial=meter.serial if meter else None,
        last_reading_day=meter.last_day if meter else None,
        issues=known.issues.get(room.pk, 0),
    )


@dataclass(frozen=True, slots=True)
class Totals:
    """A closed day of a residence in figures; energy in Wh."""

    rooms: int
    actual: int
    missing: int
    suspect: int
    wh: int
    expected_wh: int
    pv_wh: int | None


def totals_of(*, residence: Residence, day: date) -> Totals:
    """The sums of a residence on a closed day; `expected_wh` covers the rooms that have both."""
    rows = rooms_of(residence=residence, day=day)
    both = [row for row in rows if row.wh is not None and row.expected_wh is not None]
    return Totals(
        rooms=len(rows),
        actual=sum(row.status == "ACTUAL" for row in rows),
        missing=sum(row.status == "MISSING" for row in rows),
        suspect=sum(row.status == "SUSPECT" for row in rows),
        wh=sum(row.wh or 0 for row in rows),
        expected_wh=sum(row.expected_wh or 0 for row in both),
        pv_wh=readings.generated_of_day(residence=residence, day=day),
    )


@dataclass(frozen=True, slots=True)
class RoomDrawer:
    """One room beside the table."""

    row: RoomRow
    days: list[Day]
    meter: MeterFact | None
    issues: list[IssueFact]


def drawer_of(*, room: Room, day: date) -> RoomDrawer:
    """A room with its last 35 closed days up to `day`, its meter and its findings."""
    known = _known(room.residence, day, [room])
    after = day + timedelta(days=1)
    return RoomDrawer(
        row=_row(room, known),
        meter=known.meters.get(room.pk),
        days=days_of_room(
            room=room,
            starts_on=after - timedelta(days=DAYS_SHOWN),
            ends_on=after,
            compared=True,
        ),
        issues=readings.issues(room=room),
    )
