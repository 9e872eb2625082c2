"""The first screen of a student: yesterday, the wallet, and what waits to be collected."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from campus import clock
from campus.nights import queries as nights
from campus.people.models import Holder
from campus.places import queries as places
from campus.places.models import Campus, Enrolment, Room
from meters.billing import queries as billing
from meters.rankings import queries as rankings
from meters.savings import queries as savings
from meters.savings.facts import ProjectionFact
from points.coupons import queries as coupons
from points.game import queries as game
from points.home.days import Day, days_of_room, percent_under
from points.ledger import queries as ledger

COMPARISON = Enrolment.Part.COMPARISON


@dataclass(frozen=True, slots=True)
class Yesterday:
    """The newest closed day of the room, money in minor units."""

    day: Day
    my_share: int | None
    percent_under: int | None


@dataclass(frozen=True, slots=True)
class FirstScreen:
    """All that the first screen shows; `closes_at` is when the next day will be told."""

    day: date | None
    closes_at: datetime
    part: str | None
    mode: str | None
    yesterday: Yesterday | None
    cp: int
    sun: int
    drops_ripe: int
    coupons_ready: int
    rank: int | None
    rooms: int | None
    projection: ProjectionFact | None


def first_screen(*, holder: Holder, room: Room | None, at: datetime) -> FirstScreen:
    """What a holder sees at `at`; without a room only the wallet is told."""
    campus = holder.campus
    day = nights.last_closed(campus=campus)
    part = part_of(room=room, day=day)
    balances = ledger.balances(holder=holder)
    place = rankings.place_of(room=room, day=day) if room and day else None
    return FirstScreen(
        day=day,
        closes_at=closes_at(campus=campus, at=at),
        part=part,
        mode=room.residence.bill_mode if room else None,
        yesterday=_yesterday(room, day, holder, compared=part != COMPARISON) if room else None,
        cp=balances["CP"],
        sun=balances["SUN"],
        drops_ripe=game.drops_ripe(holder=holder),
        coupons_ready=coupons.usable_by(holder=holder, at=at),
        rank=place.rank if place else None,
        rooms=place.ranked if place else None,
        projection=_projection(room, day) if room and day else None,
    )


def _projection(room: Room, day: date) -> ProjectionFact | None:
    term = places.term_on(campus=room.residence.campus, day=day)
    return savings.projection_of(room=room, term=term, day=day) if term else None


def part_of(*, room: Room | None, day: date | None) -> str | None:
    """Whether a room is enrolled or a comparison room on a day; None outside the programme."""
    if room is None or day is None:
        return None
    term = places.term_on(campus=room.residence.campus, day=day)
    return places.part_of(room=room, term=term) if term else None


def closes_at(*, campus: Campus, at: datetime) -> datetime:
    """The next instant at which a day of this campus closes."""
    local = at.astimezone(campus.zone)
    hours = timedelta(hours=campus.close_hour)
    today = clock.day_starts(local.date(), zone=campus.zone) + hours
    if at < today:
        return today
    return clock.day_starts(local.date() + timedelta(days=1), zone=campus.zone) + hours


def _yesterday(room: Room, day: date | None, holder: Holder, *, compared: bool) -> Yesterday | None:
    if day is None:
        return None
    after = day + timedelta(days=1)
    found = days_of_room(room=room, starts_on=day, ends_on=after, compared=compared)
    if not found:
        return None
    shares = {share.holder_id: share.amount for share in billing.shares_of_day(room=room, day=day)}
    return Yesterday(
        day=found[0],
        my_share=shares.get(holder.pk),
        percent_under=percent_under(found[0]),
    )
