"""Who lives where, and who may do what."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet

from campus.people.models import Holder, Occupancy, Profile, Residency, StaffRole, User
from campus.places.models import Campus, Residence, Room


def _on(day: date) -> Q:
    """Half-open periods that hold `day`."""
    return Q(starts_on__lte=day) & (Q(ends_on__isnull=True) | Q(ends_on__gt=day))


def residents_on(*, campus: Campus, day: date) -> Mapping[int, Sequence[int]]:
    """Room id -> holder ids who live there in the night of `day`, each sorted by holder id."""
    rows = Residency.objects.filter(_on(day), room__residence__campus=campus)
    rooms: dict[int, list[int]] = defaultdict(list)
    for room_id, holder_id in rows.order_by("holder_id").values_list("room_id", "holder_id"):
        rooms[room_id].append(holder_id)
    return rooms


def holders_in(*, residence: Residence, day: date) -> QuerySet[Residency, int]:
    """Ids of the holders who live in a residence in the night of `day`."""
    rows = Residency.objects.filter(_on(day), room__residence=residence)
    return rows.values_list("holder_id", flat=True)


def nights_between(
    *, campus: Campus, starts_on: date, ends_on: date
) -> Mapping[int, Mapping[int, int]]:
    """Room id -> holder id -> nights lived there in [starts_on, ends_on)."""
    rows = Residency.objects.filter(
        Q(ends_on__isnull=True) | Q(ends_on__gt=starts_on),
        starts_on__lt=ends_on,
        room__residence__campus=campus,
    ).order_by("holder_id")
    nights: dict[int, dict[int, int]] = defaultdict(dict)
    # Asked every night: columns cost a fifth of whole residencies.
    for room, holder, since, until in rows.values_list("room", "holder", "starts_on", "ends_on"):
        lived = min(until or ends_on, ends_on) - max(since, starts_on)
        nights[room][holder] = nights[room].get(holder, 0) + lived.days
    return nights


@dataclass(frozen=True, slots=True)
class OccupancyFact:
    """A set of residents of a room through [starts_on, ends_on)."""

    occupancy_id: int
    room_id: int
    people: int
    starts_on: date
    ends_on: date | None


def occupancies_on(*, campus: Campus, day: date) -> Mapping[int, OccupancyFact]:
    """Room id -> the occupancy that holds the night of `day`; empty rooms have none."""
    rows = Occupancy.objects.filter(_on(day), room__residence__campus=campus)
    return {
        row.room_id: OccupancyFact(
            occupancy_id=row.pk,
            room_id=row.room_id,
            people=row.people,
            starts_on=row.starts_on,
            ends_on=row.ends_on,
        )
        for row in rows
    }


def room_of(*, holder: Holder, day: date) -> Room | None:
    """Where a holder lives in the night of `day`."""
    stay = (
        Residency.objects.filter(_on(day), holder=holder)
        .select_related("room__residence__campus", "room__type")
        .first()
    )
    return stay.room if stay else None


def profile_of(*, user: User) -> Profile | None:
    """The profile of a signed-in person; staff without one, and the erased, have none."""
    return Profile.objects.filter(user=user).select_related("holder__campus").first()


def managed_residences(*, user: User) -> QuerySet[Residence]:
    """The residences a user manages."""
    return Residence.objects.filter(
        staffrole__user=user, staffrole__kind=StaffRole.Kind.MANAGER
    ).select_related("campus")


def till_cafe(*, user: User) -> Holder | None:
    """The café (as a holder) whose till this user is."""
    role = StaffRole.objects.filter(user=user, kind=StaffRole.Kind.TILL).select_related("cafe")
    return next((found.cafe for found in role), None)


def organises(*, user: User, campus: Campus) -> bool:
    """Whether the user is staff who hosts activities on this campus."""
    kind = StaffRole.Kind.ORGANISER
    return StaffRole.objects.filter(user=user, kind=kind, campus=campus).exists()


def nicknames(*, holders: Sequence[int]) -> Mapping[int, str]:
    """Holder id -> chosen nickname; the erased are absent."""
    rows = Profile.objects.filter(holder_id__in=holders)
    return dict(rows.values_list("holder_id", "nickname"))


def erased(*, campus: Campus) -> frozenset[int]:
    """Ids of the holders behind whom nobody is any more: they earn nothing."""
    rows = Holder.objects.filter(campus=campus, erased_at__isnull=False)
    return frozenset(rows.values_list("pk", flat=True))


@dataclass(frozen=True, slots=True)
class RoleFact:
    """A staff role and the public id of the residence, café or campus it is for."""

    kind: str
    place_uid: str


def roles_of(*, user: User) -> list[RoleFact]:
    """Every staff role of a user."""
    rows = StaffRole.objects.filter(user=user).select_related("residence", "cafe", "campus")
    places = [(row.kind, row.residence or row.cafe or row.campus) for row in rows]
    return [RoleFact(kind=kind, place_uid=str(place.uid)) for kind, place in places if place]


def staff_campus(*, user: User) -> Campus | None:
    """The campus where a user works."""
    rows = StaffRole.objects.filter(user=user).select_related(
        "residence__campus", "cafe__campus", "campus"
    )
    role = rows.first()
    if role is None:
        return None
    place = role.residence or role.cafe
    return place.campus if place else role.campus
