"""A settled term judged again by other terms, from the snapshots and readings it was settled by."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

import numpy as np
from numpy.typing import NDArray

from campus.people.models import Occupancy
from campus.places.models import Enrolment, Term
from meters.savings.emissions import grams
from meters.savings.models import SavingSettlement
from meters.savings.queries.books import Book, books_of
from meters.savings.rule import FIRST_AFTER, Rule
from meters.savings.settlement import credit, judged, measure, pools_of
from meters.savings.timetable import enough_measured
from meters.savings.trial import Trial, compared

Ints = NDArray[np.int64]


def resettled(*, term: Term, trial: Trial) -> dict[str, Any]:
    """
    What the settlements of a term would have paid by other terms, beside what they paid.

    What was paid is taken from the settlements as they stand, at the rate of their time.
    """
    ends = list(term.snapshots.order_by("ends_on").values_list("ends_on", flat=True))
    books = books_of(campus=term.campus, term=term, ends_on=ends[-1])
    rows = SavingSettlement.objects.filter(term=term, baseline__part=Enrolment.Part.ENROLLED)
    values = rows.order_by("revision").values_list(
        "occupancy_id", "ends_on", "settled_wh", "factor__kg_per_kwh"
    )
    newest = {(pk, on): (wh, factor) for pk, on, wh, factor in values}
    place = {pk: n for n, pk in enumerate(sorted({pk for pk, _on in newest}))}
    column = {on: n for n, on in enumerate(ends)}
    paid, other = (np.zeros((len(place), len(ends)), np.int64) for _side in range(2))
    for (pk, on), (wh, _factor) in newest.items():
        paid[place[pk], column[on]] = wh
    booked: dict[int, int] = {}
    for on in ends:
        then = [book.until(on) for book in books if _counts(book, on)]
        for pk, wh in _booked(then, rule=trial.rule).items():
            if (pk, on) in newest:
                other[place[pk], column[on]] = max(wh - booked.get(pk, 0), 0)
                booked[pk] = max(wh, booked.get(pk, 0))
    factor = next((kg for _wh, kg in newest.values()), None)
    people, homes = _who(list(place))
    return compared(
        trial.paid(_grams(paid, kg_per_kwh=factor), people=people),
        trial.points(_grams(other, kg_per_kwh=factor), people=people),
        people=people,
        trial=trial,
        homes=homes,
    )


def _counts(book: Book, ends_on: date) -> bool:
    return (ends_on - book.rows.cohort.counts_from).days >= FIRST_AFTER


def _booked(books: list[Book], *, rule: Rule) -> Mapping[int, int]:
    """Occupancy id -> Wh that the rule makes sure to date, of enrolled rooms."""
    if not books:
        return {}
    standings = [book.standing(rule=rule) for book in books]
    members = [book.home & ~book.rows.comparison for book in books]
    measured = [
        measure(s, yard=judged(s, comparison=b.rows.comparison, enrolled=who, rule=rule))
        for s, b, who in zip(standings, books, members, strict=True)
    ]
    pools = pools_of(measured, members=members, rule=rule)
    found = {}
    for book, side, who in zip(books, measured, members, strict=True):
        wh = credit(side, pools=pools, rule=rule).wh
        settled = who & enough_measured(book.use, there=book.there)
        ids = book.rows.occupancy_id
        found.update({int(ids[row]): round(float(wh[row])) for row in np.flatnonzero(settled)})
    return found


def _grams(wh: Ints, *, kg_per_kwh: Decimal | None) -> Ints:
    if kg_per_kwh is None:
        return np.zeros_like(wh)
    told = [grams(wh=each, kg_per_kwh=kg_per_kwh) for each in wh.ravel().tolist()]
    return np.array(told, np.int64).reshape(wh.shape)


def _who(occupancies: list[int]) -> tuple[Ints, NDArray[np.object_]]:
    """How many people live in each, and in which residence (its code)."""
    rows = Occupancy.objects.filter(pk__in=occupancies).values_list(
        "pk", "people", "room__residence__code"
    )
    told = {pk: (people, home) for pk, people, home in rows}
    people = np.array([told[pk][0] for pk in occupancies], np.int64)
    return people, np.array([told[pk][1] for pk in occupancies], dtype=object)
