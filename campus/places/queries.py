"""Reading where things are."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from campus.places.models import Campus, Enrolment, Room, Term


def campuses() -> list[Campus]:
    """Every campus of the deployment, by id."""
    return list(Campus.objects.order_by("pk"))


def term_on(*, campus: Campus, day: date) -> Term | None:
    """The term whose [starts_on, ends_on) holds `day`."""
    return campus.terms.filter(starts_on__lte=day, ends_on__gt=day).order_by("-starts_on").first()


def parts_of(*, term: Term) -> Mapping[int, str]:
    """Room id -> Enrolment.Part of every room that takes part in the term."""
    return dict(Enrolment.objects.filter(term=term).values_list("room_id", "part"))


def part_of(*, room: Room, term: Term) -> str | None:
    """ENROLLED, COMPARISON, or None for a room outside the programme."""
    return Enrolment.objects.filter(room=room, term=term).values_list("part", flat=True).first()


@dataclass(frozen=True, slots=True)
class RoomFact:
    """What other rooms of the house need to know of a room."""

    room_id: int
    uid: str
    number: str
    residence_id: int
    residence_uid: str
    floor_id: int
    type_id: int
    type_code: str
    capacity: int


def rooms_of(*, campus: Campus) -> list[RoomFact]:
    """Every room of the campus in the order of residence and number."""
    rows = Room.objects.filter(residence__campus=campus).order_by("residence_id", "number")
    # Asked several times a night: columns cost a fifth of whole rooms, residences and types.
    columns = rows.values_list(
        *("pk", "uid", "number", "residence_id", "residence__uid", "floor_id"),
        *("type_id", "type__code", "type__capacity"),
    )
    return [
        RoomFact(
            room_id=room,
            uid=str(uid),
            number=number,
            residence_id=residence,
            residence_uid=str(residence_uid),
            floor_id=floor,
            type_id=kind,
            type_code=code,
            capacity=capacity,
        )
        for room, uid, number, residence, residence_uid, floor, kind, code, capacity in columns
    ]
