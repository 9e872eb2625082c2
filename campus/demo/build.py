"""Building the demo campus: places first, then people."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from itertools import islice

from django.db import transaction

from campus.demo.accounts import ACCOUNTS, PASSWORD
from campus.demo.calendar import Calendar, calendar
from campus.demo.names import nicknames
from campus.people.models import Holder, Language, Occupancy, Profile, Residency, StaffRole, User
from campus.places.models import (
    BillMode,
    Campus,
    Enrolment,
    Orientation,
    Residence,
    Room,
    RoomType,
    Term,
    Zone,
    ZoneKind,
)

TITLE = "Places and people"
SLUG = "lakeside"
FLOORS = 6
ROOMS_A_FLOOR = 25
HOLIDAYS_BETWEEN = timedelta(days=56)  # one term and the next
# The demo student lives here: an enrolled room whose stand-in household really used less, week
# after week, so that its saving is settled and earns.
STUDENT_RESIDENCE, STUDENT_ROOM = "willow", "102"
STUDENT_NICKNAME = "버들잎"

RESIDENCES = (
    ("ginkgo", {"ko": "은행나무관", "en": "Ginkgo House", "zh-Hans": "银杏楼"}, BillMode.SHADOW),
    ("willow", {"ko": "버드나무관", "en": "Willow House", "zh-Hans": "垂柳楼"}, BillMode.CHARGED),
)
ROOM_TYPES = (
    ("single", {"ko": "1인실", "en": "Single room", "zh-Hans": "单人间"}, 1, "14.0"),
    ("double", {"ko": "2인실", "en": "Double room", "zh-Hans": "双人间"}, 2, "21.5"),
    ("triple", {"ko": "3인실", "en": "Triple room", "zh-Hans": "三人间"}, 3, "29.0"),
)


@transaction.atomic
def build(*, today: date, at: datetime) -> None:
    """Places, term, people and sign-ins of the demo campus, in the local calendar of `today`."""
    when = calendar(today=today)
    campus = _campus()
    term = _term(campus, when)
    for code, name, mode in RESIDENCES:
        residence = Residence.objects.create(campus=campus, code=code, name=name, bill_mode=mode)
        _rooms(residence, term)
    _people(campus, when)
    _manager(campus)


def _campus() -> Campus:
    campus = Campus.objects.create(
        slug=SLUG,
        name={"ko": "호숫가 예술 캠퍼스", "en": "Lakeside Art Campus", "zh-Hans": "湖畔艺术校区"},
        time_zone="Asia/Seoul",
        currency="KRW",
        minor_digits=0,
        latitude="37.55000",
        longitude="126.99000",
        factor_region="KR",
        is_demo=True,
    )
    for code, name, capacity, area in ROOM_TYPES:
        RoomType.objects.create(
            campus=campus,
            code=code,
            name=name,
            capacity=capacity,
            area_m2=area,
            fittings=["desk", "fridge"],
        )
    return campus


def _term(campus: Campus, when: Calendar) -> Term:
    """The term that is lived in; and the next one, for which comparison rooms can be drawn."""
    Term.objects.create(
        campus=campus,
        name={"ko": "봄 학기", "en": "Spring term", "zh-Hans": "春季学期"},
        starts_on=when.after + HOLIDAYS_BETWEEN,
        ends_on=when.after + HOLIDAYS_BETWEEN + (when.after - when.term_start),
    )
    return Term.objects.create(
        campus=campus,
        name={"ko": "가을 학기", "en": "Autumn term", "zh-Hans": "秋季学期"},
        starts_on=when.term_start,
        ends_on=when.after,
        holidays=[day.isoformat() for day in when.holidays],
    )


def _rooms(residence: Residence, term: Term) -> None:
    types = {kind.capacity: kind for kind in residence.campus.room_types.all()}
    Zone.objects.create(
        residence=residence,
        kind=ZoneKind.ROOF,
        code="roof",
        name={"ko": "옥상", "en": "Roof", "zh-Hans": "屋顶"},
    )
    for level in range(1, FLOORS + 1):
        floor = Zone.objects.create(
            residence=residence,
            kind=ZoneKind.FLOOR,
            code=f"f{level}",
            name={"ko": f"{level}층", "en": f"Floor {level}", "zh-Hans": f"{level}层"},
        )
        rooms = Room.objects.bulk_create(
            Room(
                residence=residence,
                floor=floor,
                type=types[beds(number)],
                number=f"{level}{number:02d}",
                orientation=side(number),
            )
            for number in range(1, ROOMS_A_FLOOR + 1)
        )
        Enrolment.objects.bulk_create(
            Enrolment(room=room, term=term, part=part(int(room.number) % 100)) for room in rooms
        )


def beds(number: int) -> int:
    """How many live behind the `number`-th door of a floor: mostly two."""
    return 3 if number % 6 == 0 else 1 if number % 11 == 0 else 2


def side(number: int) -> str:
    """A corridor with the lake to the south: odd doors look at it."""
    return Orientation.SOUTH if number % 2 else Orientation.NORTH


def part(number: int) -> str:
    """Every fifth room is a comparison room, as if by lottery."""
    return Enrolment.Part.COMPARISON if number % 5 == 0 else Enrolment.Part.ENROLLED


def _people(campus: Campus, when: Calendar) -> None:
    rooms = list(Room.objects.filter(residence__campus=campus).select_related("type", "residence"))
    seats = [room for room in rooms for _bed in range(room.type.capacity)]
    holders = Holder.objects.bulk_create(
        Holder(kind=Holder.Kind.PERSON, campus=campus) for _seat in seats
    )
    users = User.objects.bulk_create(_users(len(seats), seats))
    names = islice(nicknames(), len(seats))
    Profile.objects.bulk_create(
        Profile(user=user, holder=holder, nickname=name, language=_language(turn))
        for turn, (user, holder, name) in enumerate(zip(users, holders, names, strict=True))
    )
    Residency.objects.bulk_create(
        Residency(holder=holder, room=room, starts_on=when.first)
        for holder, room in zip(holders, seats, strict=True)
    )
    Profile.objects.filter(user__username="student").update(
        nickname=STUDENT_NICKNAME, language=Language.KO
    )
    _occupancies(rooms, when)


def _language(turn: int) -> str:
    return (Language.KO, Language.EN, Language.ZH)[turn % 3]


def _users(count: int, seats: list[Room]) -> Iterator[User]:
    """One sign-in a bed; only the demo student's has a password."""
    taken = False
    for turn in range(count):
        room = seats[turn]
        mine = (room.residence.code, room.number) == (STUDENT_RESIDENCE, STUDENT_ROOM)
        user = User(username="student" if mine and not taken else f"resident{turn + 1:03d}")
        if mine and not taken:
            user.set_password(PASSWORD)
            taken = True
        else:
            user.set_unusable_password()
        yield user


def _occupancies(rooms: list[Room], when: Calendar) -> None:
    occupancies = Occupancy.objects.bulk_create(
        Occupancy(room=room, people=room.type.capacity, starts_on=when.first) for room in rooms
    )
    by_room = {occupancy.room_id: occupancy for occupancy in occupancies}
    through = Occupancy.residents.through
    through.objects.bulk_create(
        through(occupancy_id=by_room[stay.room_id].pk, holder_id=stay.holder_id)
        for stay in Residency.objects.filter(room__in=rooms)
    )


def _manager(campus: Campus) -> None:
    name = next(account.username for account in ACCOUNTS if account.kind == "manager")
    user = User.objects.create_user(username=name, password=PASSWORD)
    for residence in campus.residences.all():
        StaffRole.objects.create(user=user, kind=StaffRole.Kind.MANAGER, residence=residence)
