"""
A small campus for tests: each function makes one thing and whatever it must stand on.

Everything is keyword-only and has a default, so a test names only what it is about. Things that
may exist once (campus, residence, floor, room type) are found again by their name, so that
`a_room(number="301")` and `a_room(number="302")` are neighbours. `SINCE` lies before every day
that tests speak of; `TERM` is the term made by `a_term`.
"""

from datetime import date
from itertools import count

from campus.people import operations as people
from campus.people.models import Holder, Profile, StaffRole, User
from campus.places.models import (
    BillMode,
    Campus,
    Enrolment,
    Residence,
    Room,
    RoomType,
    Term,
    Zone,
    ZoneKind,
)
from meters.readings.models import Channel, Meter, MeterInstallation

SINCE = date(2026, 1, 1)
TERM = (date(2026, 3, 2), date(2026, 6, 22))
PASSWORD = "sunlight"
_number = count(1)


def a_campus(
    *, slug: str = "north", time_zone: str = "Asia/Seoul", currency: str = "KRW", digits: int = 0
) -> Campus:
    """A campus: in Seoul, in won, unless told otherwise."""
    campus, _new = Campus.objects.get_or_create(
        slug=slug,
        defaults={
            "name": {"en": f"{slug.title()} Campus", "ko": "북캠퍼스", "zh-Hans": "北校区"},
            "time_zone": time_zone,
            "currency": currency,
            "minor_digits": digits,
            "latitude": "37.56500",
            "longitude": "126.97800",
            "factor_region": "KR",
        },
    )
    return campus


def a_residence(
    *, campus: Campus | None = None, code: str = "alder", mode: str = BillMode.CHARGED
) -> Residence:
    """A dormitory whose students pay their bill."""
    residence, _new = Residence.objects.get_or_create(
        campus=campus or a_campus(),
        code=code,
        defaults={"name": {"en": code.title(), "ko": code, "zh-Hans": code}, "bill_mode": mode},
    )
    return residence


def a_zone(
    *, residence: Residence | None = None, code: str = "3f", kind: str = ZoneKind.FLOOR
) -> Zone:
    """A floor, or another part of a residence that is not a room."""
    zone, _new = Zone.objects.get_or_create(
        residence=residence or a_residence(),
        code=code,
        defaults={"kind": kind, "name": {"en": code, "ko": code, "zh-Hans": code}},
    )
    return zone


def a_room_type(*, campus: Campus | None = None, code: str = "twin", beds: int = 2) -> RoomType:
    """A kind of room with two beds."""
    kind, _new = RoomType.objects.get_or_create(
        campus=campus or a_campus(), code=code, defaults={"capacity": beds, "area_m2": "18.0"}
    )
    return kind


def a_room(
    *,
    residence: Residence | None = None,
    number: str | None = None,
    kind: RoomType | None = None,
) -> Room:
    """A room on the third floor; a new number unless one is named."""
    home = residence or a_residence()
    room, _new = Room.objects.get_or_create(
        residence=home,
        number=number or f"3{next(_number):03}",
        defaults={
            "floor": a_zone(residence=home),
            "type": kind or a_room_type(campus=home.campus),
        },
    )
    return room


def a_term(
    *, campus: Campus | None = None, starts_on: date = TERM[0], ends_on: date = TERM[1]
) -> Term:
    """A term of sixteen weeks without vacations."""
    term, _new = Term.objects.get_or_create(
        campus=campus or a_campus(),
        starts_on=starts_on,
        defaults={"ends_on": ends_on, "name": {"en": "Spring", "ko": "봄", "zh-Hans": "春季"}},
    )
    return term


def an_enrolment(
    *, room: Room, term: Term | None = None, part: str = Enrolment.Part.ENROLLED
) -> Enrolment:
    """A room's part in a term."""
    term = term or a_term(campus=room.residence.campus)
    return Enrolment.objects.create(room=room, term=term, part=part)


def a_user(*, username: str | None = None) -> User:
    """A sign-in that is nobody yet; its password is PASSWORD."""
    return User.objects.create_user(username or f"person{next(_number)}", password=PASSWORD)


def a_student(
    *,
    room: Room | None = None,
    campus: Campus | None = None,
    since: date = SINCE,
    username: str | None = None,
    nickname: str = "Willow",
) -> Profile:
    """A student with a holder; lives in `room` from `since`, or nowhere. `.user` signs in."""
    home = campus or (room.residence.campus if room else a_campus())
    user = a_user(username=username)
    profile = people.register(user=user, campus=home, nickname=nickname, language="en")
    if room:
        people.move_in(holder=profile.holder, room=room, on=since)
    return profile


def a_manager(*, residence: Residence | None = None, username: str | None = None) -> User:
    """A user who manages a residence."""
    user = a_user(username=username)
    StaffRole.objects.create(
        user=user, kind=StaffRole.Kind.MANAGER, residence=residence or a_residence()
    )
    return user


def a_cafe(*, campus: Campus | None = None) -> Holder:
    """A café as the books know it; its name stands in points.coupons."""
    return Holder.objects.create(kind=Holder.Kind.CAFE, campus=campus or a_campus())


def a_till(*, cafe: Holder | None = None, username: str | None = None) -> User:
    """A user who works the till of a café."""
    user = a_user(username=username)
    StaffRole.objects.create(user=user, kind=StaffRole.Kind.TILL, cafe=cafe or a_cafe())
    return user


def a_meter(
    *,
    room: Room | None = None,
    zone: Zone | None = None,
    serial: str | None = None,
    since: date = SINCE,
    until: date | None = None,
    flow: str = Channel.Flow.IMPORT,
) -> Meter:
    """A meter with one channel that serves a room or a zone in [since, until)."""
    if zone is None:
        room = room or a_room()
    place = room or zone
    meter, _new = Meter.objects.get_or_create(
        campus=place.residence.campus, serial=serial or f"M-{next(_number):05}"
    )
    Channel.objects.get_or_create(meter=meter, flow=flow)
    MeterInstallation.objects.create(
        meter=meter, room=room, zone=zone, starts_on=since, ends_on=until
    )
    return meter
