from datetime import date

import pytest

from campus.people import operations, queries
from campus.people.models import Occupancy, Residency
from tests import factories as make

pytestmark = pytest.mark.django_db
MARCH_1, MARCH_10, MARCH_20 = date(2026, 3, 1), date(2026, 3, 10), date(2026, 3, 20)


def test_move_in_opens_an_occupancy_for_each_set_of_residents() -> None:
    room = make.a_room()
    first = make.a_student(room=room, since=MARCH_1)
    second = make.a_student(room=room, since=MARCH_10)
    rows = Occupancy.objects.filter(room=room).order_by("starts_on")
    assert [(o.starts_on, o.ends_on, o.people) for o in rows] == [
        (MARCH_1, MARCH_10, 1),
        (MARCH_10, None, 2),
    ]
    assert set(rows[1].residents.all()) == {first.holder, second.holder}


def test_move_in_refuses_a_full_room_and_leaves_no_trace() -> None:
    room = make.a_room()
    make.a_student(room=room)
    make.a_student(room=room)
    third = make.a_student()
    with pytest.raises(operations.RoomIsFull):
        operations.move_in(holder=third.holder, room=room, on=MARCH_10)
    assert not Residency.objects.filter(holder=third.holder).exists()


def test_move_in_ends_the_stay_elsewhere() -> None:
    old, new = make.a_room(), make.a_room()
    student = make.a_student(room=old, since=MARCH_1)
    operations.move_in(holder=student.holder, room=new, on=MARCH_20)
    assert queries.room_of(holder=student.holder, day=date(2026, 3, 19)) == old
    assert queries.room_of(holder=student.holder, day=MARCH_20) == new


def test_an_empty_room_has_no_occupancy_after_the_last_one_left() -> None:
    room = make.a_room()
    student = make.a_student(room=room, since=MARCH_1)
    operations.move_out(residency=student.holder.residencies.get(), on=MARCH_10)
    campus = room.residence.campus
    assert room.pk in queries.occupancies_on(campus=campus, day=date(2026, 3, 9))
    assert room.pk not in queries.occupancies_on(campus=campus, day=MARCH_10)
