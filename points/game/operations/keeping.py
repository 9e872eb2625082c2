"""Sunlight for staying low, and the chest for a week of good days; judged with the night."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta

from django.db.models import QuerySet
from django.db.models.fields.json import KT

from campus.places import queries as places
from campus.places.models import Campus, Room
from meters.savings import queries as savings
from meters.savings.facts import AWAY, EstimateFact
from points.earning import operations as earning
from points.earning import queries as terms
from points.earning.models import Award
from points.earning.operations import Grant
from points.earning.rules import chest, hold
from points.earning.terms import read

WEEK = timedelta(days=7)
ENROLLED = "ENROLLED"
GOOD = {"saving", "hold", "average"}  # kinds of sunlight that make a day a good one


def keep(*, campus: Campus, day: date, at: datetime) -> None:
    """The hold of `day`; on a Sunday also the chest of its week, and what came late to the last."""
    _award(campus, "hold", day, at, list(_holds(campus, day)))
    if day.weekday() == 6:
        for sunday in (day - WEEK, day):
            _award(campus, "chest", sunday, at, list(_chests(campus, sunday)))


def _award(campus: Campus, rule: str, day: date, at: datetime, grants: Sequence[Grant]) -> None:
    row = terms.dated_terms(campus=campus).on(rule=rule, day=day)
    if row is not None and grants:
        earning.award_sunlight(campus=campus, rule=rule, terms=row, day=day, at=at, grants=grants)


def _holds(campus: Campus, day: date) -> Iterator[Grant]:
    """What is missing to the hold, for each resident of a room in the lowest third of its peers."""
    row = terms.dated_terms(campus=campus).on(rule="hold", day=day)
    if row is None:
        return
    own = read(row.parameters, shape=hold.Terms)
    given = _given(campus, day)
    for peers in _peers(campus, day).values():
        for position, fact in enumerate(sorted(peers, key=_use), start=1):
            facts = {"position": position, "rooms": len(peers), "room": fact.room_id}
            for holder in fact.holders:
                held = hold.Held(
                    position, len(peers), fact.expected_wh, _use(fact), given.get(holder, 0)
                )
                if amount := hold.hold(held, own):
                    yield Grant(holder, f"{fact.occupancy_id}:{day}", amount, facts)


def _use(fact: EstimateFact) -> int:
    return fact.actual_wh or 0


def _peers(campus: Campus, day: date) -> dict[tuple[int, int], list[EstimateFact]]:
    """Rooms of one type and number of people whose day counts."""
    rooms = Room.objects.filter(residence__campus=campus)
    types = dict(rooms.values_list("pk", "type_id"))
    peers: dict[tuple[int, int], list[EstimateFact]] = defaultdict(list)
    for fact in savings.estimates_of_day(campus=campus, day=day):
        if fact.counts and fact.part == ENROLLED and fact.actual_wh is not None:
            peers[types[fact.room_id], fact.people].append(fact)
    return peers


def _given(campus: Campus, day: date) -> dict[int, int]:
    rows = _newest(campus, day, day + timedelta(days=1), rules=("daily_saving",))
    return dict(rows.values_list("holder_id", "amount"))


def _chests(campus: Campus, sunday: date) -> Iterator[Grant]:
    """Who had enough good days from Monday to this Sunday; outside a term nobody."""
    row = terms.dated_terms(campus=campus).on(rule="chest", day=sunday)
    if row is None or places.term_on(campus=campus, day=sunday) is None:
        return
    own, monday = read(row.parameters, shape=chest.Terms), sunday - WEEK + timedelta(days=1)
    rows = _newest(campus, monday, sunday + timedelta(days=1), rules=("daily_saving", "hold"))
    good: dict[int, set[date]] = defaultdict(set)
    paid = rows.filter(amount__gt=0).values_list("holder_id", "effective_on", KT("facts__kind"))
    for holder, on, kind in paid:
        if kind in GOOD:
            good[holder].add(on)
    away = _away(campus, monday)
    for holder, days in sorted(good.items()):
        week = chest.Week(good=len(days), away=away[holder])
        facts = {"good": week.good, "away": week.away, "monday": monday.isoformat()}
        yield Grant(holder, f"week:{monday}", chest.chest(week, own), facts)


def _away(campus: Campus, monday: date) -> Counter[int]:
    """Holder id -> days of the week on which their room was empty."""
    facts = savings.estimates_between(campus=campus, starts_on=monday, ends_on=monday + WEEK)
    return Counter(holder for fact in facts if fact.verdict == AWAY for holder in fact.holders)


def _newest(
    campus: Campus, starts_on: date, ends_on: date, *, rules: Sequence[str]
) -> QuerySet[Award]:
    return terms.newest().filter(
        holder__campus=campus,
        rule__in=rules,
        asset="SUN",
        effective_on__gte=starts_on,
        effective_on__lt=ends_on,
    )
