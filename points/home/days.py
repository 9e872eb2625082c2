"""The days of a room as bars: use, expected use, money. Reading only."""

from dataclasses import asdict, dataclass
from datetime import date
from typing import TypedDict

from campus.places.models import Room
from meters.billing import queries as billing
from meters.readings import queries as readings
from meters.savings import queries as savings
from meters.savings.facts import AWAY, WARNED


@dataclass(frozen=True, slots=True)
class Day:
    """One closed day of a room; what is not known, or not shown to this room, is None."""

    day: date
    wh: int | None
    status: str
    hours_known: bool
    expected_wh: int | None
    verdict: str | None
    amount: int | None


class Period(TypedDict):
    """What the other rooms are asked about."""

    room: Room
    starts_on: date
    ends_on: date


def days_of_room(*, room: Room, starts_on: date, ends_on: date, compared: bool) -> list[Day]:
    """
    The closed days of [starts_on, ends_on) in order.

    `compared` is False for comparison rooms: they see use and bill, but no expectation.
    """
    period = Period(room=room, starts_on=starts_on, ends_on=ends_on)
    expected = {e.day: e for e in savings.days_of_room(**period)} if compared else {}
    charges = billing.amounts_of_room(**period)
    return [
        Day(
            day=fact.day,
            wh=fact.wh,
            status=fact.status,
            hours_known=fact.hours_known,
            expected_wh=expected[fact.day].expected_wh if fact.day in expected else None,
            verdict=expected[fact.day].verdict if fact.day in expected else None,
            amount=charges[fact.day].amount if fact.day in charges else None,
        )
        for fact in readings.days_of_room(**period)
    ]


def percent_under(day: Day) -> int | None:
    """
    How many percent below expectation; negative above it.

    None where either is not known, and on days that are not compared: nobody was home, or a weather
    warning was in force.
    """
    if not day.expected_wh or day.wh is None or day.verdict in (AWAY, WARNED):
        return None
    return round(100 * (day.expected_wh - day.wh) / day.expected_wh)


def bars(days: list[Day]) -> list[dict[str, object]]:
    """Days as the API tells them: with `away` beside the verdict."""
    return [{**asdict(day), "away": _away(day)} for day in days]


def _away(day: Day) -> bool | None:
    return None if day.verdict is None else day.verdict == AWAY
