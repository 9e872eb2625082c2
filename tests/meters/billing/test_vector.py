"""The form for many rooms agrees with the plain evaluator, room by room and line by line."""

from datetime import date
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from meters.billing.columns import Column
from meters.billing.cutting import cut
from meters.billing.cycles import cycle_of
from meters.billing.pricing import CycleUse, price
from meters.billing.refusals import UseNotPriceable
from meters.billing.tariff import Tariff, read_tariff
from meters.billing.vector import UseColumns, price_rooms
from tests.meters.billing.samples import TARIFFS, Json, documents

days_of_2025 = st.dates(date(2025, 1, 1), date(2025, 12, 31))
rooms = st.lists(
    st.tuples(st.integers(0, 3_000_000), st.integers(0, 900_000), st.integers(0, 200)),
    min_size=1,
    max_size=20,
)
twenty_rooms = st.lists(
    st.tuples(st.integers(0, 3_000_000), st.integers(0, 900_000), st.integers(0, 200)),
    min_size=20,
    max_size=20,
)


def agrees(
    tariff: Tariff,
    day: date,
    elapsed: int,
    found: list[tuple[int, int, int]],
    *,
    until: Tariff | None = None,
) -> None:
    """`until`: another tariff that was in force until the day."""
    cycle = cycle_of(day, terms=tariff.cycle)
    earlier = until or tariff
    stretches = cut(cycle, in_force=lambda on: earlier if on < day else tariff)
    periods = [period.id for period in tariff.periods] or ["*"]
    wh, before, nights = np.array(found, dtype=np.int64).T
    by_period = {period: wh // (n + 1) for n, period in enumerate(periods)}
    use = UseColumns(wh=by_period, cycle=cycle, elapsed=elapsed, before=before, nights=nights)
    bills = price_rooms(stretches=stretches, use=use)
    for room in range(len(found)):
        one = CycleUse(
            kwh={period: Fraction(int(some[room]), 1000) for period, some in by_period.items()},
            cycle=cycle,
            elapsed=elapsed,
            before=Fraction(int(before[room]), 1000),
            occupants=Fraction(int(nights[room]), cycle.days),
        )
        oracle = price(stretches=stretches, use=one)
        assert int(bills.total[room]) == oracle.total_minor
        assert {name: at(column, room) for name, column in bills.lines.items()} == {
            line.line.id: line.amount for line in oracle.lines
        }


def at(column: Column, room: int) -> Fraction:
    return Fraction(int(column.numerators[room]), column.denominator)


@given(documents(), st.none() | documents(), days_of_2025, st.integers(1, 28), twenty_rooms)
@settings(max_examples=100)
def test_random_tariffs_agree_with_the_plain_evaluator_in_two_thousand_cases(
    document: Json, until: Json | None, day: date, elapsed: int, found: list[tuple[int, int, int]]
) -> None:
    agrees(read_tariff(document), day, elapsed, found, until=until and read_tariff(until))


@pytest.mark.long
@pytest.mark.timeout(900)
@given(
    documents(), st.none() | documents(), days_of_2025, st.integers(1, 28), st.integers(0, 2**32)
)
@settings(max_examples=500, deadline=None)
def test_random_tariffs_agree_in_a_hundred_thousand_cases(
    document: Json, until: Json | None, day: date, elapsed: int, seed: int
) -> None:
    drawn = np.random.default_rng(seed).integers(0, [3_000_000, 900_000, 200], size=(200, 3))
    found = [(a, b, c) for a, b, c in drawn.tolist()]
    agrees(read_tariff(document), day, elapsed, found, until=until and read_tariff(until))


@pytest.mark.parametrize("name", sorted(TARIFFS))
@given(days_of_2025, st.integers(1, 28), rooms)
def test_sample_tariffs_agree_with_the_plain_evaluator(
    name: str, day: date, elapsed: int, found: list[tuple[int, int, int]]
) -> None:
    agrees(TARIFFS[name], day, elapsed, found)


def test_numbers_too_big_for_64_bits_stay_exact() -> None:
    huge = Column(np.array([2**61, -(2**61)], dtype=np.int64)) * Fraction(10**30, 7)
    assert [at(huge, 0), at(huge, 1)] == [Fraction(2**61 * 10**30, 7), -Fraction(2**61 * 10**30, 7)]
    assert (huge * Fraction(7, 10**30)).integers().tolist() == [2**61, -(2**61)]


def test_use_without_hours_is_refused_by_a_tariff_by_time_of_use() -> None:
    tariff = TARIFFS["cn-zj-residential-tou"]
    cycle = cycle_of(date(2026, 2, 1), terms=tariff.cycle)
    some = np.array([1000], dtype=np.int64)
    use = UseColumns(wh={"*": some}, cycle=cycle, elapsed=3, before=some, nights=some)
    with pytest.raises(UseNotPriceable):
        price_rooms(stretches=cut(cycle, in_force=lambda _: tariff), use=use)
