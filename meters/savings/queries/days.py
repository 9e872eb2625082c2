"""Reading the nightly estimates, newest revisions only. Periods are half-open."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date, timedelta

from django.db.models import QuerySet

from campus.people.models import Occupancy
from campus.places.models import Campus, Enrolment, Room
from meters.savings.facts import DayOfRoom, EstimateFact
from meters.savings.models import SavingEstimate

_COLUMNS = (
    "occupancy_id",
    "occupancy__room_id",
    "day",
    "occupancy__people",
    "baseline__part",
    "expected_wh",
    "actual_wh",
    "verdict",
    "revision",
)


def estimates_of_day(*, campus: Campus, day: date) -> list[EstimateFact]:
    """The estimates of every occupancy of a campus for one day, comparison rooms included."""
    return estimates_between(campus=campus, starts_on=day, ends_on=day + timedelta(days=1))


def estimates_between(*, campus: Campus, starts_on: date, ends_on: date) -> list[EstimateFact]:
    """The estimates of [starts_on, ends_on) by day and occupancy."""
    rows = SavingEstimate.objects.filter(
        baseline__cohort__campus=campus, day__gte=starts_on, day__lt=ends_on
    )
    ordered = rows.order_by("day", "occupancy_id", "revision").values_list(*_COLUMNS)
    newest = {(row[2], row[0]): row for row in ordered}
    holders = residents_of(occupancy_ids={row[0] for row in newest.values()})
    return [
        EstimateFact(occupancy, room, on, holders.get(occupancy, ()), *told)
        for occupancy, room, on, *told in newest.values()
    ]


def days_of_room(*, room: Room, starts_on: date, ends_on: date) -> list[DayOfRoom]:
    """
    The estimated days of an enrolled room in [starts_on, ends_on), in order.

    Comparison rooms have none: feedback would make them save, and then nobody's saving could be
    told from theirs.
    """
    return _days(
        SavingEstimate.objects.filter(
            occupancy__room=room,
            baseline__part=Enrolment.Part.ENROLLED,
            day__gte=starts_on,
            day__lt=ends_on,
        )
    )


def days_of_occupancy(*, occupancy_id: int, starts_on: date, ends_on: date) -> list[DayOfRoom]:
    """The estimated days of an occupancy in [starts_on, ends_on), in order."""
    return _days(
        SavingEstimate.objects.filter(
            occupancy_id=occupancy_id, day__gte=starts_on, day__lt=ends_on
        )
    )


def residents_of(*, occupancy_ids: Iterable[int]) -> Mapping[int, tuple[int, ...]]:
    """Occupancy id -> the holders who live there, sorted."""
    wanted = set(occupancy_ids)
    if not wanted:
        return {}
    through = Occupancy.residents.through.objects
    # A span of ids, not a list of them: the number of parameters stays small on any engine.
    rows = through.filter(occupancy_id__gte=min(wanted), occupancy_id__lte=max(wanted))
    found: dict[int, list[int]] = defaultdict(list)
    for occupancy, holder in rows.order_by("holder_id").values_list("occupancy_id", "holder_id"):
        if occupancy in wanted:
            found[occupancy].append(holder)
    return {occupancy: tuple(holders) for occupancy, holders in found.items()}


def _days(rows: QuerySet[SavingEstimate]) -> list[DayOfRoom]:
    columns = ("day", "expected_wh", "actual_wh", "verdict")
    newest = {row[0]: row for row in rows.order_by("day", "revision").values_list(*columns)}
    return [DayOfRoom(*row) for row in newest.values()]
