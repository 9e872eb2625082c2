"""What is estimated, from what, and when nothing is."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from meters.readings.estimation import LIKE, PEERS, estimate

GAP = date(2026, 3, 11)  # a Wednesday


def kind(day: date) -> str:
    return "weekend" if day.weekday() >= 5 else "weekday"


def days_before(*wh: int) -> dict[date, int]:
    return {GAP - timedelta(days=n): value for n, value in enumerate(wh, 1)}


AFTER = {GAP + timedelta(days=1): 4000}


def test_a_gap_is_the_mean_of_the_last_three_days_of_its_kind() -> None:
    # Tue 10, Mon 9, (Sun 8, Sat 7 are no weekdays), Fri 6, Thu 5
    told = {**days_before(3000, 4000, 90_000, 90_000, 5000, 90_000), **AFTER}
    found = estimate(day=GAP, told=told, known_wh=0, kind=kind, peers=())
    assert found is not None
    assert (found.wh, found.method) == (4000, LIKE)
    assert found.facts == {"days": ["2026-03-10", "2026-03-09", "2026-03-06"]}


def test_nothing_is_guessed_after_the_last_reading_or_before_the_first() -> None:
    for told in (days_before(3000, 4000), AFTER, {}):
        assert estimate(day=GAP, told=told, known_wh=0, kind=kind, peers=(5000,) * 9) is None


def test_without_like_days_rooms_of_the_same_size_speak() -> None:
    told = {date(2026, 3, 8): 9000, **AFTER}
    found = estimate(day=GAP, told=told, known_wh=0, kind=kind, peers=(3000, 5000, 7001))
    assert found is not None
    assert (found.wh, found.method) == (5000, PEERS)
    assert estimate(day=GAP, told=told, known_wh=0, kind=kind, peers=(3000, 5000)) is None


@given(
    before=st.lists(st.integers(0, 50_000), min_size=1, max_size=28),
    known=st.integers(0, 90_000),
)
def test_an_estimate_is_never_less_than_what_was_told_of_the_day(
    before: list[int], known: int
) -> None:
    told = {**days_before(*before), **AFTER}
    found = estimate(day=GAP, told=told, known_wh=known, kind=kind, peers=())
    assert found is None or known <= found.wh <= max(known, *before)
