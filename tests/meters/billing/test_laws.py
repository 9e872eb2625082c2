"""What holds for any tariff and any use: days add up, and more use never costs less."""

from datetime import date, timedelta
from fractions import Fraction
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from meters.billing.accrual import running_bills
from meters.billing.cutting import cut
from meters.billing.cycles import Cycle, cycle_of
from meters.billing.pricing import CycleUse, price
from meters.billing.splitting import Account, split_carried
from meters.billing.tariff import Tariff, read_tariff
from tests.meters.billing.samples import TARIFFS, document, documents

days_of_2025 = st.dates(date(2025, 1, 1), date(2025, 12, 31))
kwh = st.integers(0, 900_000).map(lambda wh: Fraction(wh, 1000))


def whole(tariff: Tariff, day: date, used: Fraction, **more: Any) -> int:
    cycle = cycle_of(day, terms=tariff.cycle)
    periods = [period.id for period in tariff.periods] or ["*"]
    use = CycleUse({periods[0]: used}, cycle, cycle.days, **more)
    return price(stretches=cut(cycle, in_force=lambda _: tariff), use=use).total_minor


@given(documents(discounts=False), days_of_2025, kwh, kwh)
def test_a_bill_never_falls_when_more_is_used(
    found: dict[str, Any], day: date, some: Fraction, more: Fraction
) -> None:
    tariff = read_tariff(found)
    assert whole(tariff, day, some) <= whole(tariff, day, some + more)


@pytest.mark.parametrize("name", sorted(TARIFFS))
@given(days_of_2025, kwh, kwh)
@settings(max_examples=25)
def test_no_sample_tariff_gives_more_away_than_it_takes(
    name: str, day: date, some: Fraction, more: Fraction
) -> None:
    assert whole(TARIFFS[name], day, some) <= whole(TARIFFS[name], day, some + more)


def test_a_dearer_second_half_of_a_cycle_is_no_gain_for_who_uses_a_little_more() -> None:
    """Whole kWh of a cut cycle once jumped from the dearer half to the cheaper one."""
    halves = document(
        "kr-kepco-res-lv-2025-07",
        cycle={"kind": "month", "anchor_day": 16},
        lines=[{"id": "energy", "type": "energy", "rates": {"summer": "100", "*": "300"}}],
    )
    tariff = read_tariff(halves)
    totals = [whole(tariff, date(2025, 8, 20), Fraction(n, 10)) for n in range(400)]
    assert all(one <= after for one, after in pairwise(totals))


@given(documents(discounts=False), days_of_2025, st.lists(kwh, min_size=1, max_size=62))
def test_days_are_never_negative_and_add_up_to_the_bill(
    found: dict[str, Any], day: date, used: list[Fraction]
) -> None:
    tariff = read_tariff(found)
    cycle = cycle_of(day, terms=tariff.cycle)
    daily = [{"*": one / 30} for one in used[: cycle.days]]
    start = CycleUse({}, cycle, 0)
    stretches = cut(cycle, in_force=lambda _: tariff)
    totals = [
        bill.total_minor for bill in running_bills(stretches=stretches, start=start, days=daily)
    ]
    amounts = [after - before for before, after in pairwise([0, *totals])]
    all_of_it = CycleUse({"*": sum((one["*"] for one in daily), Fraction(0))}, cycle, len(daily))
    assert sum(amounts) == price(stretches=stretches, use=all_of_it).total_minor
    assert min(amounts) >= 0


@given(
    st.lists(
        st.tuples(st.integers(-5000, 5000), st.sets(st.sampled_from("abcd"), min_size=1)),
        min_size=1,
        max_size=40,
    )
)
def test_shares_add_up_every_day_and_nobody_drifts_by_a_unit(
    days: list[tuple[int, set[str]]],
) -> None:
    accounts = {key: Account() for key in "abcd"}
    for amount, present in days:
        weights = {key: Fraction(1) for key in present}
        after = split_carried(amount, weights=weights, accounts=accounts, tie_order="abcd")
        given_today = sum(after[key].given - accounts[key].given for key in "abcd")
        assert given_today == amount
        assert all(abs(account.owed) < 1 for account in after.values())
        accounts = after


@given(documents(), days_of_2025, st.integers(2, 5))
def test_a_cycle_cut_in_many_pieces_loses_no_kwh(
    found: dict[str, Any], day: date, pieces: int
) -> None:
    tariff = read_tariff(found)
    first = cycle_of(day, terms=tariff.cycle).first_day
    cycle = Cycle(first, 60, (first.month,))
    copies = [read_tariff(found) for _ in range(pieces)]
    stretches = cut(
        cycle, in_force=lambda at: copies[(at - first) // timedelta(days=60 // pieces) % pieces]
    )
    use = CycleUse({"*": Fraction("317.345")}, cycle, 60)
    bill = price(stretches=stretches, use=use)
    chargeable = Fraction("317.345") - (bill.free_kwh or 0)
    assert sum(segment.kwh for segment in bill.segments) == chargeable
    assert all(segment.kwh >= 0 for segment in bill.segments)
