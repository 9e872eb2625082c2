"""Opening the placebo figure: what it came from, settlement by settlement, never a single room."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from campus.places.models import Term
from meters.savings.facts import PlaceboWeek
from meters.savings.models import SettlementSnapshot

FEWEST_TOLD = 5  # rooms; what fewer used is not told


def placebo_weeks(*, term: Term, day: date) -> list[PlaceboWeek]:
    """
    The placebo figure of each settlement of a term that ended by `day`, newest first.

    Read from the snapshots, whose comparison rooms are added up; settlements that fewer than five
    of them took part in are left out.
    """
    rows = term.snapshots.filter(ends_on__lte=day).order_by("ends_on")
    return list(_weeks(list(rows)))[::-1]


def _weeks(snapshots: list[SettlementSnapshot]) -> Iterator[PlaceboWeek]:
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
            )
        before = row.placebo_wh


def _sums(inputs: Mapping[str, Any]) -> dict[int, tuple[float, float]]:
    """Occupancy -> Wh expected and used; who stands in several cohorts counts in the first."""
    told: dict[int, tuple[float, float]] = {}
    for cohort in sorted(inputs, key=int):
        columns = (inputs[cohort][name] for name in ("occupancy", "expected_wh", "used_wh"))
        for occupancy, expected, used in zip(*columns, strict=True):
            told.setdefault(occupancy, (expected, used))
    return told
