"""A campus of any size with all that a night touches: places, people, history, files, a price."""

import json
from collections.abc import Iterator
from datetime import date, timedelta

import numpy as np
from django.conf import settings
from numpy.typing import NDArray

from campus.people.models import Holder, Occupancy, Profile, Residency, User
from campus.places.models import Campus, Enrolment, Residence, Room
from meters.billing import operations as billing
from meters.demo.build import TARIFF
from meters.readings.models import Channel, Meter, MeterInstallation
from meters.savings import operations as savings
from points.earning import operations as earning
from tests import factories
from tests.meters.savings import panels

STARTS = date(2026, 3, 2)  # of the term, a Monday
HISTORY = 190  # days that were measured before it
A_RESIDENCE = 250  # rooms
PEOPLE = 2  # in each room
HOURS = 24
SAVED = 0.8  # of their usual is what enrolled rooms use


def a_campus(*, rooms: int, nights: int) -> Campus:
    """A campus whose term began on STARTS, with a file of hourly readings for each night of it."""
    campus = factories.a_campus(slug=f"campus{rooms}")
    apart = max(rooms // 10, min(60, rooms // 2))  # as the product draws comparison rooms
    made = panels.make(comparison=apart, enrolled=rooms - apart, history=HISTORY, days=nights)
    made.use[made.enrolled, HISTORY:] *= SAVED
    homes = list(_rooms(campus, rooms))
    _enrol(campus, homes, comparison=made.comparison)
    _meter(campus, homes)
    _people(campus, homes)
    panels.tell(homes, made.use[:, :HISTORY], starts_on=STARTS - timedelta(days=HISTORY))
    _fill_inbox(campus, homes, made.use[:, HISTORY:])
    _price(campus)
    savings.load_factors()
    earning.install_default_terms(campus=campus, valid_from=STARTS)
    return campus


def _rooms(campus: Campus, many: int) -> Iterator[Room]:
    kind = factories.a_room_type(campus=campus, beds=PEOPLE)
    for first in range(0, many, A_RESIDENCE):
        home = factories.a_residence(campus=campus, code=f"house{first // A_RESIDENCE}")
        floor = factories.a_zone(residence=home)
        yield from Room.objects.bulk_create(
            Room(residence=home, floor=floor, type=kind, number=f"{n:05}")
            for n in range(first, min(first + A_RESIDENCE, many))
        )


def _enrol(campus: Campus, rooms: list[Room], *, comparison: int) -> None:
    term = factories.a_term(campus=campus, starts_on=STARTS)
    # Comparison rooms come first in a made panel.
    Enrolment.objects.bulk_create(
        Enrolment(room=room, term=term, part="COMPARISON" if n < comparison else "ENROLLED")
        for n, room in enumerate(rooms)
    )


def _meter(campus: Campus, rooms: list[Room]) -> None:
    meters = Meter.objects.bulk_create(Meter(campus=campus, serial=_serial(room)) for room in rooms)
    Channel.objects.bulk_create(Channel(meter=meter, flow=Channel.Flow.IMPORT) for meter in meters)
    MeterInstallation.objects.bulk_create(
        MeterInstallation(meter=meter, room=room, starts_on=_since())
        for meter, room in zip(meters, rooms, strict=True)
    )


def _people(campus: Campus, rooms: list[Room]) -> None:
    beds = [room for room in rooms for _bed in range(PEOPLE)]
    names = [f"{campus.slug}-{n}" for n in range(len(beds))]
    users = User.objects.bulk_create(User(username=name, password="!") for name in names)
    holders = Holder.objects.bulk_create(
        Holder(kind=Holder.Kind.PERSON, campus=campus) for _bed in beds
    )
    Profile.objects.bulk_create(
        Profile(user=user, holder=holder, nickname=user.username, language="en")
        for user, holder in zip(users, holders, strict=True)
    )
    Residency.objects.bulk_create(
        Residency(holder=holder, room=room, starts_on=_since())
        for holder, room in zip(holders, beds, strict=True)
    )
    taken = Occupancy.objects.bulk_create(
        Occupancy(room=room, people=PEOPLE, starts_on=_since()) for room in rooms
    )
    link = Occupancy.residents.through
    link.objects.bulk_create(
        link(occupancy=taken[n // PEOPLE], holder=holder) for n, holder in enumerate(holders)
    )


def _fill_inbox(campus: Campus, rooms: list[Room], use: NDArray[np.float64]) -> None:
    """A file a night: what a room used is spread over its hours, more of it in the evening."""
    inbox = settings.INBOX_DIR / campus.slug
    inbox.mkdir(parents=True)
    course = 1 + 0.6 * (np.arange(HOURS) >= 18)
    for n in range(use.shape[1]):
        hours = np.round(use[:, n, None] * course / course.sum())
        path = inbox / f"{STARTS + timedelta(days=n)}-rooms.csv"
        path.write_text("\n".join(_lines(rooms, STARTS + timedelta(days=n), hours)))


def _lines(rooms: list[Room], day: date, hours: NDArray[np.float64]) -> Iterator[str]:
    yield "meter_id,ts_start,kwh"
    stamps = [f"{day} {hour:02}:00" for hour in range(HOURS)]
    for room, told in zip(rooms, hours.tolist(), strict=True):
        for stamp, wh in zip(stamps, told, strict=True):
            yield f"{_serial(room)},{stamp},{wh / 1000:.3f}"
    yield ""


def _price(campus: Campus) -> None:
    plan = billing.open_plan(campus=campus, code="low-voltage", name={"en": "Low voltage"})
    billing.publish_tariff(plan=plan, document=json.loads(TARIFF.read_text()))
    for residence in Residence.objects.filter(campus=campus):
        billing.choose_plan(residence=residence, plan=plan, starts_on=STARTS.replace(day=1))


def _serial(room: Room) -> str:
    return f"M-{room.pk:07}"


def _since() -> date:
    return STARTS - timedelta(days=HISTORY)
