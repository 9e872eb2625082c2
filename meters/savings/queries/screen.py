"""Composing what a student sees of their room's savings."""

from dataclasses import replace
from datetime import date, timedelta

from django.db.models import Q

from campus.people.models import Holder, Occupancy
from campus.places import queries as places
from campus.places.models import Enrolment, Room, Term
from meters.savings.facts import SavingsScreen
from meters.savings.queries.coming import projection_of
from meters.savings.queries.days import days_of_room
from meters.savings.queries.opened import so_far_of
from meters.savings.queries.settled import baseline_of, factor_of, placebo, settlements_of
from meters.savings.rule import OBSERVATION, SETTLE_EVERY

RECENT = 14  # days back in which the newest estimate is looked for


def screen_of(*, holder: Holder, room: Room, day: date) -> SavingsScreen:
    """What a holder who lives in `room` may know after the close of `day`."""
    campus = room.residence.campus
    term = places.term_on(campus=campus, day=day)
    part = places.part_of(room=room, term=term) if term else None
    plain = SavingsScreen(
        part=part,
        factor=factor_of(campus=campus, day=day),
        placebo=placebo(campus=campus, day=day),
    )
    if term is None or part == Enrolment.Part.COMPARISON:
        return plain
    after = day + timedelta(days=1)
    recent = days_of_room(room=room, starts_on=day - timedelta(days=RECENT), ends_on=after)
    baseline = baseline_of(room=room, term=term, day=day)
    return replace(
        plain,
        latest=recent[-1] if recent else None,
        settlements=tuple(settlements_of(holder=holder)),
        projection=projection_of(room=room, term=term, day=day),
        baseline=baseline,
        so_far=so_far_of(holder=holder),
        observed_until=None if baseline or not part else _observed_until(room, term, day),
    )


def _observed_until(room: Room, term: Term, day: date) -> date | None:
    """When the observation weeks of the room's people end, if all goes well."""
    stay = Occupancy.objects.filter(
        Q(ends_on__isnull=True) | Q(ends_on__gt=day), room=room, starts_on__lte=day
    ).first()
    if stay is None:
        return None
    first = max(stay.starts_on, term.starts_on)
    weeks = -(-(first - term.starts_on).days // SETTLE_EVERY)
    end = term.starts_on + timedelta(days=weeks * SETTLE_EVERY + OBSERVATION)
    while end <= day:  # too little was measured: the weeks are taken anew
        end += timedelta(days=SETTLE_EVERY)
    return end
