"""Which points go first, and until when new ones last."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as some

from points.ledger.fifo import Rest, expires_on, given_back_to, taken

MARCH, APRIL, MAY = date(2027, 3, 31), date(2027, 4, 30), date(2027, 5, 31)
RESTS = [Rest(APRIL, 20), Rest(MARCH, 10), Rest(MAY, 30)]


@pytest.mark.parametrize(
    ("posted", "last"),
    [
        (date(2026, 3, 1), MARCH),
        (date(2026, 3, 31), MARCH),
        (date(2026, 12, 31), date(2027, 12, 31)),
        (date(2027, 2, 1), date(2028, 2, 29)),
        (date(2028, 2, 29), date(2029, 2, 28)),
    ],
)
def test_points_last_to_the_months_end_twelve_months_later(posted: date, last: date) -> None:
    assert expires_on(posted) == last


@given(posted=some.dates(min_value=date(2020, 1, 1), max_value=date(2100, 1, 1)))
def test_points_last_a_year_at_least_and_a_month_more_at_most(posted: date) -> None:
    assert 364 <= (expires_on(posted) - posted).days <= 397
    assert (expires_on(posted) + timedelta(days=1)).day == 1


@pytest.mark.parametrize(
    ("amount", "parts"),
    [
        (5, {MARCH: 5}),
        (10, {MARCH: 10}),
        (11, {MARCH: 10, APRIL: 1}),
        (60, {MARCH: 10, APRIL: 20, MAY: 30}),
    ],
)
def test_what_expires_sooner_goes_first(amount: int, parts: dict[date, int]) -> None:
    assert taken(RESTS, amount=amount) == parts


def test_a_named_lot_goes_before_all() -> None:
    assert taken(RESTS, amount=35, first=MAY) == {MAY: 30, MARCH: 5}


def test_lots_give_no_more_than_they_hold() -> None:
    assert sum(taken(RESTS, amount=61).values()) == 60


def test_an_empty_lot_gives_nothing() -> None:
    assert taken([Rest(MARCH, 0), Rest(APRIL, 5)], amount=5) == {APRIL: 5}


def test_a_refund_goes_back_to_its_lot_up_to_the_last_day() -> None:
    assert given_back_to(MARCH, on=MARCH) == MARCH


def test_a_refund_of_a_lot_that_is_past_gets_fourteen_days() -> None:
    assert given_back_to(MARCH, on=MARCH + timedelta(days=1)) == date(2027, 4, 15)
