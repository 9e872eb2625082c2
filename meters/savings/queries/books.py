"""Reading what a settlement stands on: expected and measured use since a cohort's first day."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np

from campus.places.models import Campus, Term
from meters.readings import queries as readings
from meters.savings.calendar import Bools, Floats
from meters.savings.matrix import use_matrix
from meters.savings.models import SavingSettlement
from meters.savings.queries.agreed import warned_days
from meters.savings.queries.cohorts import CohortRows, calendar_of, cohorts_of, index_of
from meters.savings.rule import FIRST_AFTER, Rule
from meters.savings.settlement import Standing, sums


@dataclass(frozen=True, slots=True)
class Book:
    """
    A cohort's rooms x days [counts_from, ends_on): `use` and `expected` Wh float[n, d].

    `warned` bool[d] are days of a weather warning. `home` bool[n] tells whose first cohort this is:
    an occupancy is settled in that one only.
    """

    rows: CohortRows
    ends_on: date
    use: Floats
    expected: Floats
    there: Bools
    home: Bools
    warned: Bools

    def until(self, ends_on: date) -> "Book":
        """The same rooms as they stood when `ends_on` was settled."""
        days = slice(0, (ends_on - self.rows.cohort.counts_from).days)
        there, use, expected = self.there[:, days], self.use[:, days], self.expected[:, days]
        return Book(self.rows, ends_on, use, expected, there, self.home, self.warned[days])

    def standing(self, *, rule: Rule) -> Standing:
        """The rooms of this book, ready to be judged."""
        rows = self.rows
        below = rows.baselines.away_below
        return Standing(
            sums=sums(
                self.use,
                expected=self.expected,
                away_below=below,
                rule=rule,
                people=rows.people,
                warned=self.warned,
            ),
            shape=rows.baselines.shape,
            pools=rows.floor_id,
            prior_scale=rule.prior(observed=rows.observed, days=self.use.shape[1]),
        )

    def present(self, *, since: date) -> Bools:
        """Who can be judged, bool[n]: three weeks lived, and some night since the last time."""
        lived = self.there.sum(axis=1) >= FIRST_AFTER
        return np.asarray(lived & (self.rows.after > since.toordinal()))


def books_of(*, campus: Campus, term: Term, ends_on: date) -> list[Book]:
    """The books of every cohort with enough creditable days before `ends_on`, the oldest first."""
    cohorts = cohorts_of(term=term, counting_by=ends_on - timedelta(days=FIRST_AFTER))
    if not cohorts:
        return []
    batch = readings.proving_uses(
        room_ids=np.unique(np.concatenate([rows.room_id for rows in cohorts])).tolist(),
        starts_on=min(rows.cohort.counts_from for rows in cohorts),
        ends_on=ends_on,
    )
    books: list[Book] = []
    seen = np.array([], dtype=np.int64)
    for rows in cohorts:
        first = rows.cohort.counts_from
        use = use_matrix(batch, room_ids=rows.room_id, starts_on=first, ends_on=ends_on)
        there = rows.lived(starts_on=first, ends_on=ends_on)
        books.append(
            Book(
                rows=rows,
                ends_on=ends_on,
                use=np.where(there, use, np.nan),
                expected=_expected(campus, rows, ends_on),
                there=there,
                home=~np.isin(rows.occupancy_id, seen),
                warned=warned_days(campus=campus, starts_on=first, ends_on=ends_on),
            )
        )
        seen = np.union1d(seen, rows.occupancy_id)
    return books


def _expected(campus: Campus, rows: CohortRows, ends_on: date) -> Floats:
    first = rows.cohort.counts_from
    return rows.baselines.expected(
        index=index_of(cohort=rows.cohort, starts_on=first, ends_on=ends_on),
        calendar=calendar_of(campus=campus, starts_on=first, ends_on=ends_on),
    )


@dataclass(frozen=True, slots=True)
class Past:
    """Where an occupancy stands after its newest settlement."""

    ends_on: date
    booked_wh: int
    placebo_wh: int


def settled_before(*, term: Term, ends_on: date) -> Mapping[int, Past]:
    """Occupancy id -> its standing after the newest settlement that ended before `ends_on`."""
    rows = SavingSettlement.objects.filter(term=term, ends_on__lt=ends_on)
    values = rows.order_by("ends_on", "revision").values_list(
        "occupancy_id", "ends_on", "booked_wh", "facts__placebo_wh"
    )
    return {pk: Past(ended, booked, placebo or 0) for pk, ended, booked, placebo in values}
