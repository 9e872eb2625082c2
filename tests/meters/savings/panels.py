"""A made-up campus whose truth is known: every room is its level x the common course x noise."""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from math import isnan

import numpy as np
from django.db import transaction
from numpy.typing import NDArray

from campus import bulk
from campus.people.models import Occupancy
from campus.places.models import Campus, Enrolment, Room, Term
from meters.readings.models import DailyUse, Status
from meters.savings import operations
from meters.savings.calendar import Calendar
from meters.savings.rehearsal import Panel
from tests import factories

STARTS_ON = date(2026, 3, 2)  # a Monday
AT = datetime(2026, 8, 1, tzinfo=UTC)
COLUMNS = ("room", "day", "revision", "generated_wh", "wh", "status", "closed_at")
Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Made:
    """Wh float[n, d]: the comparison rooms first, then the enrolled ones."""

    use: Floats
    comparison: int
    history: int
    pools: int = 2
    since: NDArray[np.int64] = field(default_factory=lambda: np.array([], dtype=np.int64))

    @property
    def enrolled(self) -> slice:
        return slice(self.comparison, None)

    @property
    def calendar(self) -> Calendar:
        days = self.use.shape[1]
        first = STARTS_ON - timedelta(days=self.history)
        return Calendar.between(starts_on=first, ends_on=first + timedelta(days=days), holidays=())

    def panel(self) -> Panel:
        rooms = len(self.use)
        peers = np.arange(rooms) < self.comparison
        since = self.since if len(self.since) else np.zeros(rooms, dtype=np.int64)
        pools = np.where(peers, -1, np.arange(rooms) % self.pools)
        return Panel(self.use, self.calendar, self.history, peers, pools, since)


def make(
    *,
    comparison: int = 24,
    enrolled: int = 16,
    history: int = 196,
    days: int = 56,
    noise: float = 0.08,
    seed: int = 7,
    pools: int = 2,
) -> Made:
    """Rooms that do nothing about their use: weeks, a season, and noise of their own."""
    chance = np.random.default_rng(seed)
    rooms, span = comparison + enrolled, history + days
    turn = np.arange(span)
    course = 1 + 0.15 * np.sin(turn / 40) + 0.1 * (turn % 7 >= 5)
    level = chance.uniform(2500, 6000, size=rooms)
    use = level[:, None] * course * np.exp(chance.normal(0, noise, size=(rooms, span)))
    return Made(np.round(use), comparison, history, pools)


def new_people(made: Made) -> Made:
    """The same rooms with everybody moved in on the first day of the term."""
    since = np.full(len(made.use), made.history, dtype=np.int64)
    return Made(made.use, made.comparison, made.history, made.pools, since)


@dataclass(frozen=True)
class Planted:
    """The same campus in the database."""

    campus: Campus
    term: Term
    rooms: list[Room]
    occupancies: list[Occupancy]


def plant(made: Made, *, people: int = 2, slug: str = "north") -> Planted:
    """Rooms, stays and closed days of a made campus; enrolled rooms stand on `pools` floors."""
    days = made.use.shape[1] - made.history
    campus = factories.a_campus(slug=slug)
    term = factories.a_term(
        campus=campus, starts_on=STARTS_ON, ends_on=STARTS_ON + timedelta(days=days)
    )
    panel, kind = made.panel(), factories.a_room_type(campus=campus, beds=people)
    home = factories.a_residence(campus=campus)
    rooms = Room.objects.bulk_create(
        Room(
            residence=home,
            type=kind,
            floor=factories.a_zone(residence=home, code=f"f{int(pool) + 1}"),
            number=f"{place:04}",
        )
        for place, pool in enumerate(panel.pools)
    )
    first = STARTS_ON - timedelta(days=made.history)
    stays = [
        Occupancy(room=room, people=people, starts_on=first + timedelta(days=int(since)))
        for room, since in zip(rooms, panel.since, strict=True)
    ]
    Occupancy.objects.bulk_create(stays)
    Enrolment.objects.bulk_create(
        Enrolment(room=room, term=term, part="COMPARISON" if peer else "ENROLLED")
        for room, peer in zip(rooms, panel.comparison, strict=True)
    )
    tell(rooms, made.use, starts_on=first)
    return Planted(campus, term, rooms, stays)


def tell(rooms: list[Room], use: Floats, *, starts_on: date, revision: int = 1) -> None:
    """Close days of rooms with these Wh; NaN is missing."""
    rows = (
        (room.pk, starts_on + timedelta(days=n), revision, 0, *_told(wh), AT)
        for room, row in zip(rooms, use.tolist(), strict=True)
        for n, wh in enumerate(row)
    )
    with transaction.atomic():
        bulk.insert(model=DailyUse, columns=COLUMNS, rows=rows)


def close(planted: Planted, days: range) -> None:
    """The nights of the programme days `days`, in order."""
    for n in days:
        day = STARTS_ON + timedelta(days=n)
        operations.estimate_day(campus=planted.campus, day=day, at=AT)
        operations.settle_due(campus=planted.campus, day=day, at=AT)


def day_of(n: int) -> date:
    """The n-th programme day, from 0."""
    return STARTS_ON + timedelta(days=n)


def correct(planted: Planted, *, place: int, n: int, wh: float, revision: int = 2) -> None:
    """Late data tells another use of a room on a programme day."""
    use = np.array([[wh]])
    tell([planted.rooms[place]], use, starts_on=day_of(n), revision=revision)


def _told(wh: float) -> tuple[int | None, str]:
    return (None, Status.MISSING) if isnan(wh) else (int(wh), Status.ACTUAL)
