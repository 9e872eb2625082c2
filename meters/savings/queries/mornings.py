"""What this room adds to a student's morning."""

from collections.abc import Mapping
from datetime import date

from campus.places.models import Campus, Enrolment
from meters.savings.queries.days import estimates_of_day

CLEARLY = 2  # percent; less is about as usual


def news(*, campus: Campus, day: date) -> Mapping[int, Mapping[str, object]]:
    """
    Holder id -> by how many percent the room stayed under its usual.

    Of more than usual nothing is said, and comparison rooms are told nothing at all.
    """
    found: dict[int, Mapping[str, object]] = {}
    for fact in estimates_of_day(campus=campus, day=day):
        if fact.part != Enrolment.Part.ENROLLED or not fact.counts or fact.expected_wh <= 0:
            continue
        under = round(100 * (fact.saved_wh or 0) / fact.expected_wh)
        if under >= CLEARLY:
            found |= {holder: {"under": under} for holder in fact.holders}
    return found
