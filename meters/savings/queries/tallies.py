"""The estimates of a stretch of days, summed room by room in the database."""

from dataclasses import dataclass
from datetime import date

import numpy as np
from django.db.models import Count, Exists, F, Max, OuterRef, Q, Sum
from numpy.typing import NDArray

from campus.places.models import Campus, Enrolment
from meters.savings.models import SavingEstimate

Ints = NDArray[np.int64]
Verdict = SavingEstimate.Verdict


@dataclass(frozen=True, slots=True, eq=False)
class TallyBatch:
    """
    The enrolled occupancies that still lived in their room on the last day, int64[n] each.

    `days` have an estimate, `counted` of them count and `missing` have no reading; `saved_wh` and
    `expected_wh` sum over the counted ones.
    """

    room_id: Ints
    people: Ints
    days: Ints
    counted: Ints
    missing: Ints
    saved_wh: Ints
    expected_wh: Ints

    def __len__(self) -> int:
        return len(self.room_id)


def tallies_between(*, campus: Campus, starts_on: date, ends_on: date) -> TallyBatch:
    """Each enrolled occupancy's days of [starts_on, ends_on), newest revisions, by room."""
    later = SavingEstimate.objects.filter(
        occupancy=OuterRef("occupancy"), day=OuterRef("day"), revision__gt=OuterRef("revision")
    )
    rows = SavingEstimate.objects.filter(
        ~Exists(later),
        baseline__cohort__campus=campus,
        baseline__part=Enrolment.Part.ENROLLED,
        day__gte=starts_on,
        day__lt=ends_on,
    )
    counted = Q(verdict=Verdict.COUNTED)
    told = (
        rows.values("occupancy_id", "occupancy__room_id", "occupancy__people")
        .annotate(
            days=Count("day", distinct=True),
            counted=Count("pk", filter=counted),
            missing=Count("pk", filter=Q(verdict=Verdict.NO_DATA)),
            expected=Sum("expected_wh", filter=counted, default=0),
            used=Sum("actual_wh", filter=counted, default=0),
            last=Max("day"),
        )
        .order_by("occupancy__room_id", "last")
        .annotate(room=F("occupancy__room_id"), people=F("occupancy__people"))
        .values_list("room", "people", "days", "counted", "missing", "expected", "used", "last")
    )
    last = max((row[-1] for row in told), default=None)
    columns = np.array(
        [row[:-1] for row in told if row[-1] == last], dtype=np.int64
    ).reshape(-1, 7).T  # fmt: skip
    room, people, days, counted_days, missing, expected, used = columns
    return TallyBatch(room, people, days, counted_days, missing, expected - used, expected)
