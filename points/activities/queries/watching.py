"""Activities as those see them who answer for the campus: who came, and what looks arranged."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from django.db.models import QuerySet

from campus.errors import NotFound
from campus.people import queries as people
from campus.people.models import User
from campus.places.models import Campus
from points.activities.models import Activity, Participation

REGULAR = 3  # confirmed by the same host at least so often before
Doing = Participation.State


@dataclass(slots=True)
class Attendance:
    """
    Of one activity: how many came and how many did not, and two signs to look at.

    `housemates` of those who came live in the host's room, `regulars` were confirmed by the same
    host three times before. Neither is wrong by itself; both together with nobody else may be.
    """

    came: set[int] = field(default_factory=set)
    absent: int = 0
    housemates: int = 0
    regulars: int = 0

    @property
    def among_themselves(self) -> bool:
        """Nobody came but those who share the host's room, or always come."""
        return bool(self.came) and len(self.came) in {self.housemates, self.regulars}


def of_campus(*, campus: Campus) -> QuerySet[Activity]:
    """Everything that was ever hosted on a campus."""
    return Activity.objects.filter(campus=campus).select_related("campus", "called_off_by")


def activity(*, manager: User, uid: UUID) -> Activity:
    """
    An activity of a campus on which the asker manages a house.

    :raises NotFound: if there is none
    """
    managed = people.managed_residences(user=manager).values("campus")
    found = Activity.objects.filter(campus__in=managed, uid=uid).first()
    if found is None:
        raise NotFound
    return found


def attendance(*, activities: Sequence[Activity]) -> dict[int, Attendance]:
    """Activity id -> who came; in two queries, and one for each day of theirs."""
    told = {row.pk: Attendance() for row in activities}
    states = Participation.objects.filter(activity__in=activities)
    for pk, holder, state in states.values_list("activity", "holder", "state"):
        if state == Doing.CONFIRMED:
            told[pk].came.add(holder)
        told[pk].absent += state == Doing.ABSENT
    before = _confirmed_before(activities, set().union(*(each.came for each in told.values())))
    rooms = _RoomsByDay()
    for row in activities:
        its = told[row.pk]
        its.regulars = sum(before[row.pk, holder] >= REGULAR for holder in its.came)
        its.housemates = len(its.came & rooms.mates(row)) if its.came else 0
    return told


def _confirmed_before(activities: Sequence[Activity], guests: set[int]) -> Counter[tuple[int, int]]:
    """(activity, guest) -> in how many earlier ones of its host they were confirmed."""
    rows = Participation.objects.filter(
        state=Doing.CONFIRMED, holder__in=guests, activity__host__in=[a.host_id for a in activities]
    ).values_list("activity__host", "holder", "activity")
    earlier: Counter[tuple[int, int]] = Counter()
    for host, guest, pk in rows:
        earlier.update((a.pk, guest) for a in activities if a.host_id == host and pk < a.pk)
    return earlier


class _RoomsByDay:
    """Who lives together on a day, asked once a day."""

    def __init__(self) -> None:
        self._known: dict[tuple[int, date], dict[int, set[int]]] = {}

    def mates(self, activity: Activity) -> set[int]:
        """Those who share the host's room on the day of an activity."""
        campus = activity.campus
        day = activity.starts_at.astimezone(campus.zone).date()
        if (campus.pk, day) not in self._known:
            rooms = people.residents_on(campus=campus, day=day).values()
            self._known[campus.pk, day] = {one: set(room) for room in rooms for one in room}
        return self._known[campus.pk, day].get(activity.host_id, set()) - {activity.host_id}
