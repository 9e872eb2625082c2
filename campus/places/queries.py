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
    return [
        RoomFact(
            room_id=room.pk,
            uid=str(room.uid),
            number=room.number,
            residence_id=room.residence_id,
            residence_uid=str(room.residence.uid),
            floor_id=room.floor_id,
            type_id=room.type_id,
            type_code=room.type.code,
            capacity=room.type.capacity,
        )
        for room in rows.select_related("residence", "type")
    ]
