"""Estimates of a week, written directly: what a ranking reads, without the nights before it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from campus.people.models import Occupancy
from campus.places.models import Campus, Residence, Room, Term
from meters.savings.models import Baseline, Cohort, SavingEstimate
from tests import factories

AT = datetime(2026, 4, 1, tzinfo=UTC)
LAST = date(2026, 3, 29)
EXPECTED = 4000


@dataclass(frozen=True)
class House:
    """A campus and the cohort that its rooms are measured in."""

    campus: Campus
    term: Term
    cohort: Cohort


def a_house() -> House:
    campus = factories.a_campus()
    term = factories.a_term(campus=campus)
    cohort = Cohort.objects.create(
        campus=campus,
        term=term,
        kind=Cohort.Kind.HISTORY,
        learns_from=term.starts_on - timedelta(days=365),
        counts_from=term.starts_on,
        comparison_rooms=60,
        inputs={},
        frozen_at=AT,
    )
    return House(campus, term, cohort)


def a_ranked_room(
    house: House,
    saved: int | Sequence[int | str],
    *,
    residence: Residence | None = None,
    part: str = "ENROLLED",
    people: int = 2,
    last: date = LAST,
) -> Room:
    """
    A room that saved so many Wh a day in the week up to `last`.

    A sequence tells each day: Wh, or a verdict (AWAY, POSSIBLY, NO_DATA).
    """
    room = factories.a_room(residence=residence or factories.a_residence(campus=house.campus))
    factories.an_enrolment(room=room, term=house.term, part=part)
    stay = Occupancy.objects.create(room=room, people=people, starts_on=factories.SINCE)
    baseline = Baseline.objects.create(
        cohort=house.cohort,
        occupancy=stay,
        part=part,
        version=1,
        level_wh=EXPECTED,
        history_days=365,
        away_permille=400,
        inputs={},
    )
    days = [saved] * 7 if isinstance(saved, int) else list(saved)
    first = last - timedelta(days=len(days) - 1)
    SavingEstimate.objects.bulk_create(
        SavingEstimate(
            occupancy=stay,
            day=first + timedelta(days=n),
            baseline=baseline,
            baseline_wh=EXPECTED,
            expected_wh=EXPECTED,
            actual_wh=_used(told),
            verdict=told if isinstance(told, str) else "COUNTED",
            use_revision=1,
        )
        for n, told in enumerate(days)
    )
    return room


def _used(told: int | str) -> int | None:
    if isinstance(told, int):
        return EXPECTED - told
    return None if told == "NO_DATA" else 100
