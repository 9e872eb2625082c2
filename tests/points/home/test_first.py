from datetime import UTC, date, datetime

import pytest

from points.home.first import closes_at, first_screen, part_of
from tests import factories as make

pytestmark = pytest.mark.django_db


def test_the_next_close_is_this_morning_before_six_and_tomorrow_after() -> None:
    campus = make.a_campus()  # Seoul: six in the morning is 21:00 UTC of the day before
    before = datetime(2026, 3, 1, 20, 59, tzinfo=UTC)
    after = datetime(2026, 3, 1, 21, 0, tzinfo=UTC)
    assert closes_at(campus=campus, at=before) == datetime(2026, 3, 1, 21, tzinfo=UTC)
    assert closes_at(campus=campus, at=after) == datetime(2026, 3, 2, 21, tzinfo=UTC)


def test_somebody_without_a_room_sees_their_wallet_alone() -> None:
    student = make.a_student()
    screen = first_screen(holder=student.holder, room=None, at=datetime(2026, 3, 1, tzinfo=UTC))
    assert (screen.yesterday, screen.part, screen.cp, screen.sun) == (None, None, 0, 0)


def test_a_room_outside_the_term_has_no_part() -> None:
    room = make.a_room()
    make.an_enrolment(room=room)
    assert part_of(room=room, day=date(2026, 3, 5)) == "ENROLLED"
    assert part_of(room=room, day=date(2026, 12, 24)) is None
