"""Reading frozen cohorts as arrays, for the nights and the settlements."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
from numpy.typing import NDArray

from campus.places.models import Campus, Enrolment, Term
from meters.readings import queries as readings
from meters.savings.calendar import Bools, Calendar, Floats
from meters.savings.evidence import drift_told
from meters.savings.frozen import Baselines, baselines_from
from meters.savings.matrix import lived, ordinals
from meters.savings.models import Baseline, CampusIndex, Cohort, SettlementSnapshot

PPM = 1_000_000


@dataclass(frozen=True, slots=True)
class CohortRows:
    """
    A cohort and its n baselines, column by column, in the order of occupancy.

    `baseline_id`, `occupancy_id`, `room_id`, `floor_id` int64[n]; `first`, `after` the ordinals of
    each stay; `people` int64[n]; `comparison` bool[n]; `usual` Wh float[n] by which the index is
    taken.
    """

    cohort: Cohort
    baselines: Baselines
    usual: Floats
    baseline_id: NDArray[np.int64]
    occupancy_id: NDArray[np.int64]
    room_id: NDArray[np.int64]
    floor_id: NDArray[np.int64]
    first: NDArray[np.int64]
    after: NDArray[np.int64]
    people: NDArray[np.int64]
    comparison: Bools

    def __len__(self) -> int:
        return len(self.baseline_id)

    @property
    def observed(self) -> bool:
        return self.cohort.kind == Cohort.Kind.OBSERVED

    def lived(self, *, starts_on: date, ends_on: date) -> Bools:
        """Which days lie in each stay, bool[n, d]."""
        return lived(first=self.first, after=self.after, starts_on=starts_on, ends_on=ends_on)


_COLUMNS = (
    "pk",
    "occupancy_id",
    "occupancy__room_id",
    "occupancy__room__floor_id",
    "occupancy__starts_on",
    "occupancy__ends_on",
    "occupancy__people",
    "part",
    "history_days",
    "inputs",
    "cohort_id",
)
_ROOM, _DAYS = _COLUMNS.index("occupancy__room_id"), _COLUMNS.index("history_days")
# What was learnt from a meter, and goes with it.
_LEARNT = frozenset(_COLUMNS.index(name) for name in ("pk", "history_days", "inputs"))


def cohorts_of(*, term: Term, counting_by: date) -> list[CohortRows]:
    """The cohorts of a term that earn by a day, the earliest first; empty ones are left out."""
    cohorts = list(term.cohorts.filter(counts_from__lte=counting_by).order_by("counts_from", "pk"))
    values = Baseline.objects.filter(cohort__in=cohorts).order_by("occupancy_id")
    rows = list(values.values_list(*_COLUMNS))
    crossed = readings.exchanges(campus=term.campus)
    found = [(c, [row for row in rows if row[-1] == c.pk]) for c in cohorts]
    return [_cohort(cohort, _uncrossed(own, cohort, crossed)) for cohort, own in found if own]


def _uncrossed(
    rows: Sequence[tuple[Any, ...]], cohort: Cohort, exchanges: Sequence[readings.Exchange]
) -> list[tuple[Any, ...]]:
    """
    Baselines are frozen; but what was learnt from a neighbour's meter is the neighbour's. Where two
    rooms' meters are exchanged since before the middle of what both baselines learnt from, each
    room goes on with the other's.
    """
    found = list(rows)
    place = {row[_ROOM]: n for n, row in enumerate(rows)}
    for each in exchanges:
        pair = [place[room] for room in each.room_ids if room in place]
        if len(pair) == 2 and each.decided_at > cohort.frozen_at:
            one, two = (found[n] for n in pair)
            if 2 * (cohort.counts_from - each.since).days >= max(one[_DAYS], two[_DAYS]):
                found[pair[0]], found[pair[1]] = _learning(one, two), _learning(two, one)
    return found


def _learning(row: tuple[Any, ...], other: tuple[Any, ...]) -> tuple[Any, ...]:
    """An occupancy with what another's baseline learnt."""
    return tuple(other[n] if n in _LEARNT else value for n, value in enumerate(row))


def _cohort(cohort: Cohort, rows: Sequence[tuple[object, ...]]) -> CohortRows:
    columns = zip(*rows, strict=True)
    pk, occupancy, room, floor, first, after, people, part, _days, inputs, _cohort_id = columns
    return CohortRows(
        cohort=cohort,
        baselines=baselines_from(shared=cohort.inputs, rows=inputs),
        usual=np.array([row["usual"] for row in inputs], dtype=np.float64),
        baseline_id=np.array(pk, dtype=np.int64),
        occupancy_id=np.array(occupancy, dtype=np.int64),
        room_id=np.array(room, dtype=np.int64),
        floor_id=np.array(floor, dtype=np.int64),
        first=ordinals(first),
        after=ordinals(after),
        people=np.array(people, dtype=np.int64),
        comparison=np.array([name == Enrolment.Part.COMPARISON for name in part]),
    )


def index_of(*, cohort: Cohort, starts_on: date, ends_on: date) -> Floats:
    """The frozen index float[d] of the days [starts_on, ends_on); NaN where none was told."""
    index = np.full((ends_on - starts_on).days, np.nan)
    rows = CampusIndex.objects.filter(cohort=cohort, day__gte=starts_on, day__lt=ends_on)
    for day, ppm in rows.values_list("day", "ppm"):
        index[(day - starts_on).days] = ppm / PPM
    return index


def calendar_of(*, campus: Campus, starts_on: date, ends_on: date) -> Calendar:
    """The days [starts_on, ends_on) with the holidays of every term of the campus."""
    told = campus.terms.values_list("holidays", flat=True)
    holidays = {date.fromisoformat(day) for days in told for day in days}
    return Calendar.between(starts_on=starts_on, ends_on=ends_on, holidays=holidays)


def drifts_before(*, term: Term, day: date) -> Mapping[int, float]:
    """Cohort id -> the comparison rooms' drift by the newest settlement that ended by `day`."""
    rows = SettlementSnapshot.objects.filter(term=term, ends_on__lte=day)
    newest = rows.order_by("-ends_on").values_list("facts", flat=True).first()
    told = newest["cohorts"] if newest else {}
    return {int(pk): drift_told(facts) for pk, facts in told.items()}
