"""The figures of rooms as the rules look at them, read set by set."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
from django.db.models import Avg, Count, F, Q

from campus.people import queries as people
from campus.places import queries as places
from campus.places.models import Campus, Enrolment, Room
from meters.advice import pattern
from meters.advice.pattern import Ahead, Hours, Pattern
from meters.billing.facts import Outlook
from meters.billing.queries.outlook import outlooks
from meters.readings import queries as readings
from meters.readings.intervals import Packed, unpack
from meters.readings.models import Channel, MeterDay
from meters.savings.models import SavingEstimate

LOOKED_AT = timedelta(days=14)
TURNS = 7  # each room is looked at one night in seven
AT_ONCE = 2000
ONE = timedelta(days=1)
HOURS = 24
WH_BYTES = 4  # as packed


def patterns_of(*, campus: Campus, day: date) -> Mapping[int, Pattern]:
    """
    Room id -> the figures of its last two weeks, of the enrolled rooms whose turn it is.

    Comparison rooms have none: what they are told must not make them save.
    """
    rooms = _enrolled(campus, day)
    turn = [room for room in rooms if (room + day.toordinal()) % TURNS == 0]
    # On a small campus all rooms are read, so that there are peers; on a large one the turn has.
    read = rooms if len(rooms) <= AT_ONCE else turn
    shared = _Shared.of(campus, day, rooms=read)
    going = outlooks(room_ids=turn, today=day + ONE)
    return {room: _pattern(room, shared, going.get(room)) for room in turn}


def _enrolled(campus: Campus, day: date) -> list[int]:
    term = places.term_on(campus=campus, day=day)
    parts = places.parts_of(term=term) if term else {}
    return sorted(room for room, part in parts.items() if part == Enrolment.Part.ENROLLED)


@dataclass(frozen=True, slots=True)
class _Shared:
    """What is read once for all rooms."""

    people: Mapping[int, int]
    kind: Mapping[int, tuple[int, int]]
    hours: Mapping[int, Hours]
    night_w: Mapping[int, int | None]
    away: Mapping[int, tuple[int, int]]
    quarter_away_wh: int | None
    roof_wh: int | None
    nights: Mapping[tuple[int, int], list[int]]

    @classmethod
    def of(cls, campus: Campus, day: date, *, rooms: Sequence[int]) -> "_Shared":
        living = people.occupancies_on(campus=campus, day=day)
        count = {room: living[room].people for room in rooms if room in living}
        types = dict(Room.objects.filter(residence__campus=campus).values_list("pk", "type_id"))
        kind = {room: (types[room], number) for room, number in count.items()}
        starts_on = day + ONE - LOOKED_AT
        hours = _hours(rooms, starts_on=starts_on, ends_on=day + ONE)
        night_w = {room: pattern.night_watts(told) for room, told in hours.items()}
        nights: dict[tuple[int, int], list[int]] = defaultdict(list)
        for room, watts in night_w.items():
            if watts is not None and room in kind:
                nights[kind[room]].append(watts)
        away = _away(campus, starts_on=starts_on, ends_on=day + ONE)
        quarter = pattern.quarter_of([wh for _days, wh in away.values()])
        roof = _roof(campus, starts_on, day + ONE)
        return cls(count, kind, hours, night_w, away, quarter, roof, nights)


def _pattern(room: int, shared: _Shared, going: Outlook | None) -> Pattern:
    hours = shared.hours.get(room)
    night = shared.night_w.get(room)
    peers = shared.nights.get(shared.kind.get(room, (0, 0)), [])
    others = list(peers)
    if night is not None and night in others:
        others.remove(night)
    away_days, away_wh = shared.away.get(room, (0, None))
    return Pattern(
        people=shared.people.get(room, 0),
        night_w=night,
        peers_night_w=pattern.median_of(others),
        peers=len(others),
        evening_wh=pattern.part_of_day(hours, pattern.EVENING) if hours is not None else None,
        sunny_wh=pattern.part_of_day(hours, pattern.SUNNY) if hours is not None else None,
        roof_wh=shared.roof_wh,
        away_days=away_days,
        away_wh=away_wh,
        peers_away_wh=shared.quarter_away_wh,
        tier=going.tier.now if going and going.tier else None,
        next_tier=_tier(going) if going else None,
        quota=_quota(going) if going else None,
        minor_per_kwh=_price(going) if going else None,
    )


def _tier(going: Outlook) -> Ahead | None:
    if going.tier is None or going.tier.kwh_left is None or going.tier_lasts is None:
        return None
    return _ahead(going, left_wh=int(going.tier.kwh_left * 1000), days=going.tier_lasts.days)


def _quota(going: Outlook) -> Ahead | None:
    if going.free_left is None or going.free_lasts is None or going.free_left <= 0:
        return None
    return _ahead(going, left_wh=int(going.free_left * 1000), days=going.free_lasts.days)


def _ahead(going: Outlook, *, left_wh: int, days: int) -> Ahead | None:
    if going.expected_wh is None:
        return None
    coming = going.expected_wh.wh - going.wh
    return Ahead(days, (going.ends_on - going.day).days - 1, max(coming - left_wh, 0))


def _price(going: Outlook) -> int | None:
    """Minor units that the next kWh of the cycle costs, as the bill expects them."""
    wh, money = going.expected_wh, going.expected
    if wh is None or money is None or wh.high <= wh.low:
        return None
    return round(1000 * (money.high - money.low) / (wh.high - wh.low))


def _hours(rooms: Sequence[int], *, starts_on: date, ends_on: date) -> Mapping[int, Hours]:
    """Room id -> Wh float64[days, 24], NaN where missing, of rooms whose meters tell hours."""
    # Rows come by revision, so the last one of a day is the newest; days on which clocks change
    # have other than 24 hours and are left out.
    newest = {(room, day): wh for room, day, wh in _hourly_rows(rooms, starts_on, ends_on)}
    whole = [(*key, wh) for key, wh in newest.items() if len(wh) == HOURS * WH_BYTES]
    place = {room: n for n, room in enumerate(dict.fromkeys(room for room, _day, _wh in whole))}
    told = unpack(b"".join(wh for _room, _day, wh in whole), b"").wh.reshape(-1, HOURS)
    found = np.full((len(place), (ends_on - starts_on).days, HOURS), np.nan)
    rows = [place[room] for room, _day, _wh in whole]
    columns = [(day - starts_on).days for _room, day, _wh in whole]
    found[rows, columns] = np.where(told >= 0, told, np.nan)
    return {room: found[n] for room, n in place.items()}


def _hourly_rows(
    rooms: Sequence[int], starts_on: date, ends_on: date
) -> Iterator[tuple[int, date, Packed]]:
    installed = "channel__meter__installations"
    for first in range(0, len(rooms), AT_ONCE):
        rows = MeterDay.objects.filter(
            Q(**{f"{installed}__ends_on": None}) | Q(**{f"{installed}__ends_on__gt": F("day")}),
            **{
                f"{installed}__room__in": rooms[first : first + AT_ONCE],
                f"{installed}__starts_on__lte": F("day"),
            },
            channel__flow=Channel.Flow.IMPORT,
            interval_minutes=60,
            day__gte=starts_on,
            day__lt=ends_on,
        )
        columns = (f"{installed}__room", "day", "intervals")
        yield from rows.order_by("revision").values_list(*columns)


def _away(campus: Campus, *, starts_on: date, ends_on: date) -> Mapping[int, tuple[int, int]]:
    """Room id -> (days away, mean Wh of them)."""
    rows = SavingEstimate.objects.filter(
        baseline__cohort__campus=campus,
        baseline__part=Enrolment.Part.ENROLLED,
        verdict=SavingEstimate.Verdict.AWAY,
        day__gte=starts_on,
        day__lt=ends_on,
    )
    told = rows.values("occupancy__room_id").annotate(
        days=Count("day", distinct=True), mean=Avg("actual_wh")
    )
    return {row["occupancy__room_id"]: (row["days"], round(row["mean"])) for row in told}


def _roof(campus: Campus, starts_on: date, ends_on: date) -> int | None:
    """Mean Wh of the campus's roofs in the sunny hours of a day."""
    roofs = readings.roof_days(campus=campus, starts_on=starts_on, ends_on=ends_on)
    days = [sum(roof.hours[pattern.SUNNY]) for roof in roofs if roof.hours]
    return round(sum(days) / len(days)) if days else None
