from datetime import date

import pytest

from campus.people import operations, queries
from tests import factories as make

pytestmark = pytest.mark.django_db
MARCH_1, MARCH_10, APRIL_1 = date(2026, 3, 1), date(2026, 3, 10), date(2026, 4, 1)


def test_the_night_of_the_move_belongs_to_the_new_room() -> None:
    old, new = make.a_room(), make.a_room()
    student = make.a_student(room=old, since=MARCH_1)
    operations.move_in(holder=student.holder, room=new, on=MARCH_10)
    night = queries.residents_on(campus=old.residence.campus, day=MARCH_10)
    assert night[new.pk] == [student.holder.pk]
    assert old.pk not in night


def test_nights_between_counts_each_night_once() -> None:
    old, new = make.a_room(), make.a_room()
    student = make.a_student(room=old, since=MARCH_1)
    operations.move_in(holder=student.holder, room=new, on=MARCH_10)
    nights = queries.nights_between(campus=old.residence.campus, starts_on=MARCH_1, ends_on=APRIL_1)
    assert nights[old.pk] == {student.holder.pk: 9}
    assert nights[new.pk] == {student.holder.pk: 22}


def test_the_till_of_a_cafe_is_known_by_its_role_alone() -> None:
    cafe = make.a_cafe()
    assert queries.till_cafe(user=make.a_till(cafe=cafe)) == cafe
    assert queries.till_cafe(user=make.a_manager()) is None
