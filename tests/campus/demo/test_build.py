from datetime import UTC, date, datetime
from itertools import islice

import pytest

from campus.demo.build import STUDENT_ROOM, beds, build
from campus.demo.names import nicknames
from campus.people import queries
from campus.people.models import Profile, User
from campus.places.models import Campus, Enrolment, Room

TODAY, AT = date(2026, 11, 22), datetime(2026, 11, 22, tzinfo=UTC)


def test_nicknames_differ_and_fit() -> None:
    names = list(islice(nicknames(), 900))
    assert len(set(names)) == 900
    assert max(map(len, names)) <= 24


@pytest.mark.django_db
def test_build_fills_each_bed_of_two_residences() -> None:
    build(today=TODAY, at=AT)
    assert Room.objects.count() == 300
    assert Profile.objects.count() == 12 * sum(beds(number) for number in range(1, 26))
    assert Enrolment.objects.filter(part="COMPARISON").count() == 60
    residents = queries.residents_on(campus=Campus.objects.get(), day=TODAY)
    assert all(
        len(residents[room.pk]) == room.type.capacity
        for room in Room.objects.select_related("type")
    )


@pytest.mark.django_db
def test_the_demo_student_lives_with_a_room_mate_in_an_enrolled_room() -> None:
    build(today=TODAY, at=AT)
    student = User.objects.get(username="student")
    room = queries.room_of(holder=student.profile.holder, day=TODAY)
    assert room is not None
    assert (room.number, room.residence.code) == (STUDENT_ROOM, "willow")
    assert room.enrolments.get().part == Enrolment.Part.ENROLLED
    assert room.residencies.count() == 2


@pytest.mark.django_db
def test_only_the_demo_sign_ins_have_a_password() -> None:
    build(today=TODAY, at=AT)
    usable = [user.username for user in User.objects.all() if user.has_usable_password()]
    assert sorted(usable) == ["manager", "student"]
