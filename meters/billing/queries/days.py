"""One closed day of a campus as it is about to be charged."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

from campus.people import queries as people
from campus.places import queries as places
from campus.places.models import Campus
from meters.billing.charging import RoomDay, Standing
from meters.billing.cycles import Cycle, window_start
from meters.billing.facts import Deal
from meters.billing.plans import Version
from meters.billing.queries import deals, standings
from meters.billing.queries.hours import by_period
from meters.readings import queries as readings


@dataclass(frozen=True, slots=True)
class Day:
    """One day of a campus: use by room, who was there, and what is charged already."""

    campus: Campus
    day: date
    use: Mapping[int, tuple[int | None, int]]
    present: Mapping[int, Sequence[int]]
    stored: Mapping[int, standings.Stored]
    nights: Callable[[date], Mapping[int, Mapping[int, int]]]

    @classmethod
    def of(cls, campus: Campus, day: date, *, only: Sequence[int] | None = None) -> "Day":
        batch = readings.use_of_day(campus=campus, day=day)
        columns = zip(
            batch.room_id.tolist(), batch.wh.tolist(), batch.revision.tolist(), strict=True
        )
        wanted = None if only is None else set(only)
        use = {
            room: (None if wh < 0 else wh, revision)
            for room, wh, revision in columns
            if wanted is None or room in wanted
        }
        present = people.residents_on(campus=campus, day=day)
        # Asked once for each first day of billing, however many residences share it.
        nights = cache(
            lambda first: people.nights_between(
                campus=campus, starts_on=first, ends_on=day + timedelta(days=1)
            )
        )
        stored = standings.stored_on(day, room_ids=list(use))
        return cls(campus, day, use, present, stored, nights)

    def differs(self, room_id: int) -> bool:
        """Whether use or residents are other than they were when the day was charged."""
        known, (_, revision) = self.stored.get(room_id), self.use[room_id]
        present = frozenset(self.present.get(room_id, ()))
        return known is None or known.use_revision != revision or known.present != present

    def to_charge(self, room_id: int) -> bool:
        """A missing day is nothing to charge, unless it was charged and then withdrawn."""
        return self.use[room_id][0] is not None or room_id in self.stored


def by_deal(day: Day) -> Iterator[tuple[Deal, list[int]]]:
    """The rooms to charge, residence by residence; those without a tariff plan are left out."""
    rooms: dict[int, list[int]] = defaultdict(list)
    for fact in places.rooms_of(campus=day.campus):
        if fact.room_id in day.use and day.to_charge(fact.room_id):
            rooms[fact.residence_id].append(fact.room_id)
    known = deals.deals_of(campus_id=day.campus.pk)
    return ((known[home], some) for home, some in rooms.items() if home in known)


def room_days(
    day: Day, *, deal: Deal, version: Version, cycle: Cycle, room_ids: Sequence[int]
) -> list[RoomDay]:
    """What a day of a cycle brings to some rooms, and where each of them stood before it."""
    past = standings.stored_before(day.day, since=cycle.first_day, room_ids=room_ids)
    fresh = [room for room in room_ids if room not in past]
    opened = _billed_from(day.day, deal, cycle, fresh)
    before = _before(cycle, deal, fresh)
    stood = {room: row.standing for room, row in past.items()} | {
        room: Standing(first, 0, 0, {}) for room, first in opened.items()
    }
    nights = _nights(day, cycle, {standing.billed_from for standing in stood.values()})
    hours = hours_of(day, version=version, room_ids=room_ids)
    return [
        RoomDay(
            room_id=room,
            wh=day.use[room][0],
            present=day.present.get(room, ()),
            nights=nights[stood[room].billed_from].get(room, 0),
            before_wh=past[room].before_wh if room in past else before.get(room, 0),
            standing=stood[room],
            by_period=hours.get(room, {}),
        )
        for room in room_ids
    ]


def _billed_from(
    day: date, deal: Deal, cycle: Cycle, room_ids: Sequence[int]
) -> Mapping[int, date]:
    """
    The first day of the cycle for which a room pays: the first that was closed for it, and not
    before its residence had a tariff. A day whose reading is missing was closed, too.
    """
    since = deals.billed_since(cycle, deal=deal)
    opened = dict.fromkeys(room_ids, day)
    if since < day:
        batch = readings.daily_uses(room_ids=room_ids, starts_on=since, ends_on=day)
        pairs = zip(batch.room_id.tolist(), batch.day_ordinal.tolist(), strict=True)
        for room, ordinal in pairs:
            opened[room] = min(opened[room], date.fromordinal(ordinal))
    return opened


def _before(cycle: Cycle, deal: Deal, room_ids: Sequence[int]) -> Mapping[int, int]:
    """Wh used in the yearly tier window before the cycle; nothing where tiers are per cycle."""
    version = deals.version_on(cycle.first_day, deal=deal)
    used: dict[int, int] = defaultdict(int)
    if version is None or not version.tariff.cycle.yearly_tiers or not room_ids:
        return used
    starts_on = window_start(cycle.first_day, terms=version.tariff.cycle)
    batch = readings.daily_uses(room_ids=room_ids, starts_on=starts_on, ends_on=cycle.first_day)
    for room, wh in zip(batch.room_id.tolist(), batch.wh.tolist(), strict=True):
        used[room] += max(wh, 0)
    return used


def _nights(day: Day, cycle: Cycle, since: set[date]) -> Mapping[date, Mapping[int, int]]:
    """First billed day -> room -> person-nights of the cycle, if nobody moves after today."""
    to_come = (cycle.end - day.day).days - 1
    return {
        first: {
            room: sum(nights.values()) + to_come * len(day.present.get(room, ()))
            for room, nights in day.nights(first).items()
        }
        for first in since
    }


def hours_of(
    day: Day, *, version: Version, room_ids: Sequence[int]
) -> Mapping[int, Mapping[str, int]]:
    """Room id -> Wh by period, for a tariff by time of use; nothing for every other."""
    if not version.tariff.hourly:
        return {}
    used = {room: wh for room in room_ids if (wh := day.use[room][0]) is not None}
    return by_period(campus=day.campus, day=day.day, tariff=version.tariff, used=used)
