"""Freezing baselines: from the year before a term, and from observation weeks within it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

import numpy as np
from django.db import transaction
from django.db.models import Q
from numpy.typing import NDArray

from campus.people.models import Occupancy
from campus.places.models import Campus, Enrolment, Term
from campus.places.queries import parts_of
from meters.readings import queries as readings
from meters.savings import frozen
from meters.savings.calendar import Bools, Floats
from meters.savings.history import learn
from meters.savings.index import peer_index, usual
from meters.savings.level_weeks import levelled
from meters.savings.matrix import lived, ordinals, use_matrix
from meters.savings.models import Baseline, Cohort
from meters.savings.observation import observe
from meters.savings.predecessors import believed
from meters.savings.queries.cohorts import calendar_of
from meters.savings.rule import (
    ENOUGH_OBSERVED,
    FIRST_AFTER,
    HISTORY,
    MIN_COMPARISON,
    MIN_HISTORY,
    OBSERVATION,
    SETTLE_EVERY,
    Rule,
)
from meters.savings.settlement import sums


@dataclass(frozen=True, slots=True)
class _Candidates:
    """Occupancies that may enter a cohort, with their measured use of the learning days."""

    occupancies: Sequence[Occupancy]
    parts: Sequence[str]
    use: Floats
    starts_on: date
    ends_on: date

    @property
    def comparison(self) -> Bools:
        return np.array([part == Enrolment.Part.COMPARISON for part in self.parts], dtype=np.bool_)

    @property
    def floors(self) -> NDArray[np.int64]:
        return np.array([row.room.floor_id for row in self.occupancies], dtype=np.int64)

    @property
    def days(self) -> NDArray[np.int64]:
        return np.asarray((~np.isnan(self.use)).sum(axis=1))

    def only(self, kept: Bools) -> "_Candidates":
        places = np.flatnonzero(kept).tolist()
        return _Candidates(
            occupancies=[self.occupancies[n] for n in places],
            parts=[self.parts[n] for n in places],
            use=self.use[places],
            starts_on=self.starts_on,
            ends_on=self.ends_on,
        )


@transaction.atomic
def freeze_baselines(*, campus: Campus, term: Term, at: datetime) -> Cohort:
    """
    Freeze the baselines of the occupancies that bring their own history into the term.

    Asked again, it answers the cohort that stands. Where fewer than MIN_COMPARISON comparison rooms
    bring a history the cohort stays empty, and everybody is observed first.
    """
    known = term.cohorts.filter(kind=Cohort.Kind.HISTORY).first()
    if known is not None:
        return known
    starts_on = term.starts_on - timedelta(days=HISTORY)
    found = _candidates(campus, term, starts_on=starts_on, ends_on=term.starts_on)
    found = found.only(found.days >= MIN_HISTORY)
    if found.comparison.sum() < MIN_COMPARISON:
        found = found.only(np.zeros(len(found.parts), dtype=np.bool_))
    return _freeze(campus, term, found, kind=Cohort.Kind.HISTORY, at=at)


@transaction.atomic
def freeze_observed(*, campus: Campus, term: Term, day: date, at: datetime) -> Cohort | None:
    """
    At the end of a week of the term, freeze the new occupancies that were observed for three.

    Comparison rooms are measured in the same days in the same way. Without an enrolled newcomer,
    or with too few comparison rooms, nothing is frozen and they are asked again next week.
    """
    weeks, rest = divmod((day - term.starts_on).days + 1, SETTLE_EVERY)
    if rest or weeks * SETTLE_EVERY < FIRST_AFTER:
        return None
    ends_on = day + timedelta(days=1)
    standing = Baseline.objects.filter(cohort__term=term, cohort__counts_from__lte=ends_on)
    known = set(standing.values_list("occupancy_id", flat=True))
    starts_on = ends_on - timedelta(days=OBSERVATION)
    if not _newcomers(campus, term, starts_on, known):
        return None
    found = _candidates(campus, term, starts_on=starts_on, ends_on=ends_on, whole=True)
    new = np.array([row.pk not in known for row in found.occupancies], dtype=np.bool_)
    found = found.only((found.days >= ENOUGH_OBSERVED) & (found.comparison | new))
    enrolled = int((~found.comparison).sum())
    if not enrolled or found.comparison.sum() < MIN_COMPARISON:
        return None
    return _freeze(campus, term, found, kind=Cohort.Kind.OBSERVED, at=at)


def _newcomers(campus: Campus, term: Term, starts_on: date, known: set[int]) -> bool:
    """Whether an enrolled occupancy without a baseline was there all through the weeks."""
    rows = Occupancy.objects.filter(
        Q(ends_on__isnull=True) | Q(ends_on__gt=starts_on + timedelta(days=OBSERVATION)),
        starts_on__lte=starts_on,
        room__residence__campus=campus,
        room__enrolments__term=term,
        room__enrolments__part=Enrolment.Part.ENROLLED,
    )
    return not set(rows.values_list("pk", flat=True)) <= known


def _candidates(
    campus: Campus, term: Term, *, starts_on: date, ends_on: date, whole: bool = False
) -> _Candidates:
    """
    The occupancies of rooms in the programme that stand on `ends_on`, with their use before it.

    With `whole`, only those that were there all through.
    """
    rows = Occupancy.objects.filter(
        Q(ends_on__isnull=True) | Q(ends_on__gt=ends_on),
        starts_on__lte=starts_on if whole else ends_on,
        room__residence__campus=campus,
    )
    parts = parts_of(term=term)
    stays = [row for row in rows.select_related("room").order_by("pk") if row.room_id in parts]
    room_ids = np.array([row.room_id for row in stays], dtype=np.int64)
    batch = readings.proving_uses(room_ids=room_ids.tolist(), starts_on=starts_on, ends_on=ends_on)
    use = use_matrix(batch, room_ids=room_ids, starts_on=starts_on, ends_on=ends_on)
    there = lived(
        first=ordinals([row.starts_on for row in stays]),
        after=ordinals([row.ends_on for row in stays]),
        starts_on=starts_on,
        ends_on=ends_on,
    )
    return _Candidates(
        occupancies=stays,
        parts=[parts[row.room_id] for row in stays],
        use=np.where(there, use, np.nan),
        starts_on=starts_on,
        ends_on=ends_on,
    )


def _freeze(
    campus: Campus, term: Term, found: _Candidates, *, kind: Cohort.Kind, at: datetime
) -> Cohort:
    usual_use = usual(found.use)
    shared, rows = _learnt(campus, found, kind=kind, usual_use=usual_use)
    cohort, _new = Cohort.objects.get_or_create(
        term=term,
        kind=kind,
        counts_from=found.ends_on,
        defaults={
            "campus": campus,
            "learns_from": found.starts_on,
            "comparison_rooms": int(found.comparison.sum()),
            "inputs": shared,
            "frozen_at": at,
        },
    )
    Baseline.objects.bulk_create(
        Baseline(
            cohort=cohort,
            occupancy=occupancy,
            part=part,
            version=frozen.VERSION,
            level_wh=round(row["level"]),
            history_days=int(days),
            away_permille=round(1000 * row["away_below"]),
            inputs={**row, "usual": float(own)},
        )
        for occupancy, part, row, days, own in zip(
            found.occupancies, found.parts, rows, found.days, usual_use, strict=True
        )
        if np.isfinite(row["level"]) and row["level"] > 0
    )
    return cohort


def _learnt(
    campus: Campus, found: _Candidates, *, kind: Cohort.Kind, usual_use: Floats
) -> tuple[dict[str, object], list[dict[str, float]]]:
    """What the cohort shares, and each baseline's own figures."""
    if not found.parts:
        return {}, []
    peers = found.comparison
    index = peer_index(found.use[peers], usual_use=usual_use[peers])
    calendar = calendar_of(campus=campus, starts_on=found.starts_on, ends_on=found.ends_on)
    baselines: frozen.Baselines
    if kind == Cohort.Kind.OBSERVED:
        seen = levelled(found.use, index=index, comparison=peers, pools=found.floors)
        observed = observe(seen, index=index, calendar=calendar)
        baselines = observed.held(by=_believed(found, seen))
    else:
        baselines = learn(found.use, index=index, calendar=calendar)
    expected = baselines.expected(index=index, calendar=calendar)
    learnt = sums(found.use, expected=expected, away_below=baselines.away_below, rule=Rule())
    shared = {
        **frozen.shared_values(baselines),
        "index": [None if np.isnan(p) else float(p) for p in index],
        # What comparison rooms fall short of their baselines before any settlement tells.
        "drift": float(np.median(learnt.shortfall[peers])),
    }
    return shared, frozen.row_values(baselines)


def _believed(found: _Candidates, seen: Floats) -> Floats:
    """How far each observed level is believed beside what the same rooms used before."""
    room_ids = np.array([row.room_id for row in found.occupancies], dtype=np.int64)
    starts_on = found.starts_on - timedelta(days=HISTORY)
    batch = readings.proving_uses(
        room_ids=room_ids.tolist(), starts_on=starts_on, ends_on=found.starts_on
    )
    return believed(
        use_matrix(batch, room_ids=room_ids, starts_on=starts_on, ends_on=found.starts_on),
        seen,
        comparison=found.comparison,
        pools=found.floors,
    )
