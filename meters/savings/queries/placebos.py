"""Opening the placebo figure: what it came from, settlement by settlement, never a single room."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any

from campus.places.models import Campus
from meters.savings.evidence import drift_told
from meters.savings.facts import PlaceboWeek, YardFact
from meters.savings.models import Cohort, SettlementSnapshot

FEWEST_TOLD = 5  # rooms; what fewer used is not told


def placebo_weeks(*, campus: Campus, day: date) -> list[PlaceboWeek]:
    """
    The placebo figure of each settlement by `day` of the term settled last, newest first.

    Read from the snapshots, whose comparison rooms are added up; settlements that fewer than five
    of them took part in are left out.
    """
    ended = SettlementSnapshot.objects.filter(campus=campus, ends_on__lte=day)
    last = ended.defer("facts").select_related("term").order_by("-ends_on").first()
    if last is None:
        return []
    cohorts = Cohort.objects.filter(term=last.term).in_bulk()
    return list(_weeks(ended.filter(term=last.term).order_by("ends_on"), cohorts))[::-1]


def _weeks(
    snapshots: Iterable[SettlementSnapshot], cohorts: Mapping[int, Cohort]
) -> Iterator[PlaceboWeek]:
    before = 0
    for row in snapshots:
        rooms = _sums(row.facts["inputs"])
        if len(rooms) >= FEWEST_TOLD:
            yield PlaceboWeek(
                ends_on=row.ends_on,
                rooms=len(rooms),
                expected_wh=round(sum(expected for expected, _used in rooms.values())),
                used_wh=round(sum(used for _expected, used in rooms.values())),
                placebo_wh=row.placebo_wh,
                added_wh=row.placebo_wh - before,
                comparison_wh=row.comparison_wh,
                yards=tuple(_yards(row.facts["cohorts"], cohorts)),
            )
        before = row.placebo_wh


def _yards(
    told: Mapping[str, Mapping[str, Any]], cohorts: Mapping[int, Cohort]
) -> Iterator[YardFact]:
    for pk in sorted(told, key=int):
        cohort, yard = cohorts[int(pk)], told[pk]
        if yard["rooms"] < FEWEST_TOLD:
            continue
        yield YardFact(
            kind=cohort.kind,
            counts_from=cohort.counts_from,
            rooms=yard["rooms"],
            drift=drift_told(yard),
            scale=yard["scale"],
        )


def _sums(inputs: Mapping[str, Any]) -> dict[int, tuple[float, float]]:
    """Occupancy -> Wh expected and used; who stands in several cohorts counts in the first."""
    told: dict[int, tuple[float, float]] = {}
    for cohort in sorted(inputs, key=int):
        columns = (inputs[cohort][name] for name in ("occupancy", "expected_wh", "used_wh"))
        for occupancy, expected, used in zip(*columns, strict=True):
            told.setdefault(occupancy, (expected, used))
    return told
