"""Daily charges and the bill they add up to."""

from dataclasses import replace
from datetime import date
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from meters.billing.accrual import daily_charges
from meters.billing.cutting import Stretch, cut
from meters.billing.cycles import cycle_of
from meters.billing.pricing import CycleUse, price
from meters.billing.tariff import Tariff, read_tariff
from tests.meters.billing.samples import TARIFFS, documents

days_of_2025 = st.dates(date(2025, 1, 1), date(2025, 12, 31))


def prepared(tariff: Tariff, day: date) -> tuple[tuple[Stretch, ...], CycleUse]:
    cycle = cycle_of(day, terms=tariff.cycle)
    start = CycleUse(kwh={}, cycle=cycle, elapsed=0, occupants=Fraction(3))
    return cut(cycle, in_force=lambda _: tariff), start


@given(documents(), days_of_2025, st.lists(st.integers(0, 40_000), min_size=62, max_size=62))
def test_the_days_of_a_cycle_add_up_to_its_bill(
    document: dict[str, Any], day: date, wh: list[int]
) -> None:
    stretches, start = prepared(read_tariff(document), day)
    days = [{"*": Fraction(each, 1000)} for each in wh[: start.cycle.days]]
    whole = replace(
        start, kwh={"*": Fraction(sum(wh[: len(days)]), 1000)}, elapsed=start.cycle.days
    )
    charges = daily_charges(stretches=stretches, start=start, days=days)
    assert sum(charges) == price(stretches=stretches, use=whole).total_minor


@given(
    documents(discounts=False),
    days_of_2025,
    st.integers(0, 900),
    st.integers(0, 900),
    st.integers(1, 28),
)
def test_a_bill_never_falls_when_use_or_time_goes_on(
    document: dict[str, Any], day: date, kwh: int, more: int, elapsed: int
) -> None:
    stretches, start = prepared(read_tariff(document), day)
    # With a third stretch, two roundings to whole kWh at once may take one from the last.
    assume(len(stretches) < 3)
    less = replace(start, kwh={"*": Fraction(kwh)}, elapsed=elapsed)
    later = replace(start, kwh={"*": Fraction(kwh + more)}, elapsed=elapsed + 1)
    assert price(stretches=stretches, use=less).total <= price(stretches=stretches, use=later).total


@pytest.mark.parametrize("name", ["kr-kepco-res-lv-2025-07", "us-urdb-sample-tiered-min15"])
def test_no_day_of_a_plain_tariff_is_negative(name: str) -> None:
    stretches, start = prepared(TARIFFS[name], date(2025, 8, 5))
    days = [{"*": Fraction(kwh, 7)} for kwh in range(31)]
    assert min(daily_charges(stretches=stretches, start=start, days=days)) >= 0
