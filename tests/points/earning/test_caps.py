"""A day and a week give only so much sunlight."""

import pytest

from points.earning.caps import Caps, Given, granted


@pytest.mark.parametrize(
    ("amount", "day", "week", "left"),
    [
        (76, 0, 0, 76),
        (76, 120, 120, 60),
        (76, 180, 180, 0),
        (76, 300, 300, 0),
        (76, 0, 950, 50),
        (76, 150, 990, 10),
    ],
)
def test_granted_is_what_day_and_week_leave(amount: int, day: int, week: int, left: int) -> None:
    assert granted(amount, given=Given(day=day, week=week), caps=Caps()) == left
