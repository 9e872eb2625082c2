"""The nightly estimate: the campus index, every room's expected use, and whether a day counts."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

import numpy as np
from django.db import transaction
from numpy.typing import NDArray

from campus.places.models import Campus, Term
from campus.places.queries import term_on
from meters.readings import queries as readings
from meters.readings.facts import UseBatch
from meters.savings.calendar import Floats
from meters.savings.evidence import drift_told
from meters.savings.index import peer_index, rooms_told
from meters.savings.matrix import use_matrix
from meters.savings.models import CampusIndex, SavingEstimate
from meters.savings.operations.freezing import freeze_baselines, freeze_observed
from meters.savings.queries.agreed import warned_days
from meters.savings.queries.cohorts import (
    PPM,
    CohortRows,
    calendar_of,
    cohorts_of,
    drifts_before,
    index_of,
)
from meters.savings.rule import MIN_COMPARISON
from meters.savings.verdicts import WINDOW, revised, verdicts

_CHUNK = 2000
# In the order of the codes of `verdicts`.
CODES = (
    SavingEstimate.Verdict.NO_DATA,
    SavingEstimate.Verdict.COUNTED,
    SavingEstimate.Verdict.POSSIBLY_AWAY,
    SavingEstimate.Verdict.AWAY,
    SavingEstimate.Verdict.WARNED,
)
_TOLD = (
    "baseline_id", "baseline_wh", "expected_wh", "actual_wh", "verdict", "use_revision",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Lines:
    """Tonight's estimates as columns: one line for each occupancy at home in its first cohort."""

    occupancy: NDArray[np.int64]
    baseline: NDArray[np.int64]
    expected_raw: Floats
    expected: Floats
    below: Floats
    room: NDArray[np.int64]


@transaction.atomic
def estimate_day(*, campus: Campus, day: date, at: datetime) -> int:
    """
    Estimate what each occupancy saved on a closed day; returns how many rows are new.

    Baselines are frozen on the way where they are due. Where nothing changed since the last close
    nothing is written; where something did (also the verdict of a neighbouring day) a new revision
    is. Before baselines stand, and on a day without a campus index, there is no estimate.
    """
    term = term_on(campus=campus, day=day)
    if term is None:
        return 0
    freeze_baselines(campus=campus, term=term, at=at)
    cohorts = cohorts_of(term=term, counting_by=day)
    batch = readings.proving_use_of_day(campus=campus, day=day)
    lines = list(_lines(campus, term, cohorts, batch, day=day))
    written = _write(_joined(lines), batch, term=term, day=day) if lines else 0
    # Tomorrow's newcomers: their third week of observation ends with this day.
    freeze_observed(campus=campus, term=term, day=day, at=at)
    return written


def _lines(
    campus: Campus, term: Term, cohorts: Sequence[CohortRows], batch: UseBatch, *, day: date
) -> Iterator[_Lines]:
    drifts = drifts_before(term=term, day=day)
    seen: set[int] = set()
    after = day + timedelta(days=1)
    calendar = calendar_of(campus=campus, starts_on=day, ends_on=after)
    for rows in cohorts:
        at_home = rows.lived(starts_on=day, ends_on=after)[:, 0]
        index = _index(rows, batch, day=day, at_home=at_home)
        own = at_home & ~np.isin(rows.occupancy_id, list(seen))
        seen.update(rows.occupancy_id[own].tolist())
        if np.isnan(index) or not own.any():
            continue
        raw = rows.baselines.expected(index=np.array([index]), calendar=calendar)[:, 0]
        drift = drifts.get(rows.cohort.pk, drift_told(rows.cohort.inputs))
        yield _Lines(
            occupancy=rows.occupancy_id[own],
            baseline=rows.baseline_id[own],
            expected_raw=raw[own],
            expected=raw[own] * (1 - drift),
            below=rows.baselines.away_below[own],
            room=rows.room_id[own],
        )


def _index(rows: CohortRows, batch: UseBatch, *, day: date, at_home: NDArray[np.bool_]) -> float:
    """
    The index of a day as it was frozen, or frozen now; NaN while too few comparison rooms told.

    A half of those that still live there must have told: else the night waits for its late data.
    """
    after = day + timedelta(days=1)
    known = float(index_of(cohort=rows.cohort, starts_on=day, ends_on=after)[0])
    if not np.isnan(known):
        return known
    peers = rows.comparison & at_home
    use = use_matrix(batch, room_ids=rows.room_id[peers], starts_on=day, ends_on=after)
    told = rooms_told(use[:, 0], usual_use=rows.usual[peers])
    index = float(peer_index(use, usual_use=rows.usual[peers])[0])
    if told < max(MIN_COMPARISON, peers.sum() / 2) or not index > 0:
        return float("nan")
    ppm = round(index * PPM)
    CampusIndex.objects.create(cohort=rows.cohort, day=day, ppm=ppm, rooms=told)
    return ppm / PPM


def _joined(lines: Sequence[_Lines]) -> _Lines:
    def column(name: str) -> NDArray[np.float64]:
        return np.concatenate([getattr(part, name) for part in lines])

    return _Lines(
        occupancy=column("occupancy").astype(np.int64),
        baseline=column("baseline").astype(np.int64),
        expected_raw=column("expected_raw"),
        expected=column("expected"),
        below=column("below"),
        room=column("room").astype(np.int64),
    )


@dataclass(frozen=True, slots=True)
class _Stored:
    """The newest revision of a stored estimate."""

    revision: int
    told: tuple[Any, ...]  # in the order of _TOLD


@dataclass(frozen=True, slots=True)
class _Around:
    """What is stored of the days around a night: [n, d] by place, and each row by its place."""

    use: Floats
    expected: Floats
    verdict: NDArray[np.int64]  # -1 where there is no estimate
    rows: dict[tuple[int, int], _Stored]


def _write(lines: _Lines, batch: UseBatch, *, term: Term, day: date) -> int:
    """Store tonight's lines, and what they say of the days around."""
    around = _around(lines, term=term, day=day)
    tonight = use_matrix(batch, room_ids=lines.room, starts_on=day, ends_on=day + timedelta(days=1))
    around.use[:, WINDOW] = tonight[:, 0]
    around.expected[:, WINDOW] = np.round(lines.expected_raw)
    warned = warned_days(
        campus=term.campus,
        starts_on=day - timedelta(days=WINDOW),
        ends_on=day + timedelta(days=WINDOW + 1),
    )
    verdict = verdicts(around.use, expected=around.expected, below=lines.below, warned=warned)
    changed = revised(around.verdict, verdict, measured=~np.isnan(around.use), night=WINDOW)
    new = list(_tonight(lines, batch, tonight[:, 0], verdict[:, WINDOW], around, day=day))
    for row, place in np.argwhere(changed).tolist():
        on = day + timedelta(days=place - WINDOW)
        told = {**dict(zip(_TOLD, around.rows[row, place].told, strict=True))}
        told["verdict"] = CODES[int(verdict[row, place])]
        occupancy = int(lines.occupancy[row])
        new.append(_estimate(occupancy, on, told, around.rows[row, place]))
    SavingEstimate.objects.bulk_create(new, batch_size=_CHUNK)
    return len(new)


def _around(lines: _Lines, *, term: Term, day: date) -> _Around:
    size = (len(lines.occupancy), 2 * WINDOW + 1)
    row_of = {pk: row for row, pk in enumerate(lines.occupancy.tolist())}
    use, expected = np.full(size, np.nan), np.full(size, np.nan)
    verdict = np.full(size, -1)
    rows: dict[tuple[int, int], _Stored] = {}
    stored = SavingEstimate.objects.filter(
        baseline__cohort__term=term,
        day__gte=day - timedelta(days=WINDOW),
        day__lte=day + timedelta(days=WINDOW),
    ).order_by("revision")
    for occupancy, on, revision, *told in stored.values_list(
        "occupancy_id", "day", "revision", *_TOLD
    ):
        row = row_of.get(occupancy)
        if row is None:
            continue
        place = (on - day).days + WINDOW
        found = _Stored(revision, tuple(told))
        rows[row, place] = found
        _baseline, baseline_wh, _expected, actual_wh, code, _use_revision = told
        use[row, place] = np.nan if actual_wh is None else actual_wh
        expected[row, place] = baseline_wh
        verdict[row, place] = CODES.index(code)
    return _Around(use, expected, verdict, rows)


def _tonight(
    lines: _Lines,
    batch: UseBatch,
    use: Floats,
    verdict: NDArray[np.int64],
    around: _Around,
    *,
    day: date,
) -> Iterator[SavingEstimate]:
    revision_of = dict(zip(batch.room_id.tolist(), batch.revision.tolist(), strict=True))
    for row, occupancy in enumerate(lines.occupancy.tolist()):
        told = {
            "baseline_id": int(lines.baseline[row]),
            "baseline_wh": round(lines.expected_raw[row]),
            "expected_wh": round(lines.expected[row]),
            "actual_wh": None if np.isnan(use[row]) else int(use[row]),
            "verdict": CODES[int(verdict[row])],
            "use_revision": revision_of.get(int(lines.room[row]), 0),
        }
        found = around.rows.get((row, WINDOW))
        if found is None or found.told != tuple(told.values()):
            yield _estimate(occupancy, day, told, found)


def _estimate(
    occupancy: int, day: date, told: Mapping[str, Any], found: _Stored | None
) -> SavingEstimate:
    """The next revision of an estimate."""
    revision = found.revision + 1 if found else 1
    return SavingEstimate(occupancy_id=occupancy, day=day, revision=revision, **told)
