"""Bills of a cycle beyond the worked cases: pools, cut cycles, quotas, tiers."""

from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest

from meters.billing.cutting import cut, uncut
from meters.billing.cycles import Cycle, cycle_from
from meters.billing.pricing import Bill, CycleUse, as_decimal, price
from meters.billing.refusals import UseNotPriceable
from meters.billing.tariff import Tariff, read_tariff
from tests.meters.billing.samples import KOREAN, QUOTA, TARIFFS, document, october, use_of


def october_bill(tariff: Tariff, kwh: str | int, **more: Any) -> Bill:
    cycle = october(tariff)
    stretches = uncut(tariff, cycle=cycle, on=cycle.first_day)
    return price(stretches=stretches, use=use_of(kwh, cycle=cycle, **more))


def amounts(bill: Bill) -> dict[str, Decimal]:
    return {line.line.id: as_decimal(line.amount) for line in bill.lines}


def test_one_contract_for_many_rooms_bills_the_average_room() -> None:
    pooled = read_tariff(document(tier_scope="pool_average"))
    bill = october_bill(pooled, 6000, rooms=40)
    assert amounts(bill) == {
        "base": 36_400, "energy": 720_000, "climate": 54_000, "fuel": 30_000,
        "vat": 84_040, "fund": 22_690,
    }  # fmt: skip
    assert bill.total_minor == 947_130
    assert bill.tier is not None
    assert (bill.tier.now, bill.tier.kwh_left) == (1, 2000)


def test_a_change_of_tariff_inside_a_cycle_is_priced_by_days() -> None:
    """The utility's own notice for 350 kWh from 2022-03-11 to 2022-04-10 prints 45,648 won."""
    older = document("kr-kepco-res-lv-2021-01", valid_to="2022-03-31")
    newer = document("kr-kepco-res-lv-2022-07", valid_from="2022-04-01")
    before, after = read_tariff(older), read_tariff(newer)
    cycle = cycle_from(date(2022, 3, 11), date(2022, 4, 11), terms=before.cycle)
    stretches = cut(cycle, in_force=lambda day: before if day < after.first_day else after)
    bill = price(stretches=stretches, use=use_of(350, cycle=cycle))
    # 237 kWh of 21 days and 113 of 10; what both say alike (VAT) is priced once, on the whole.
    assert amounts(bill)["energy"] == 45_648
    assert amounts(bill)["base"] == 1600
    assert amounts(bill)["climate"] == int(Decimal("5.3") * 237 + Decimal("7.3") * 113)
    net = sum(amounts(bill)[name] for name in ("base", "energy", "climate", "fuel"))
    assert amounts(bill)["vat"] == int(net / 10 + Decimal("0.5"))
    assert [segment.kwh for segment in bill.segments] == [237, 113]


def test_the_same_tariff_twice_in_a_cycle_costs_the_same_as_once() -> None:
    once, again = (read_tariff(document(name)) for name in (KOREAN, KOREAN))
    cycle = october(once, days=30)
    whole = price(stretches=cut(cycle, in_force=lambda _: once), use=use_of(330, cycle=cycle))
    halves = cut(cycle, in_force=lambda day: once if day < date(2025, 10, 16) else again)
    assert price(stretches=halves, use=use_of(330, cycle=cycle)).total == whole.total


def test_yearly_tiers_begin_anew_inside_a_cycle() -> None:
    ladder = document("cn-zj-residential-ladder")
    ladder["cycle"] |= {"year_start": "10-16"}
    tariff = read_tariff(ladder)
    cycle = october(tariff, days=30)
    use = use_of(300, cycle=cycle, before=Fraction(4800))
    bill = price(stretches=cut(cycle, in_force=lambda _: tariff), use=use)
    assert as_decimal(bill.total) == Decimal("206.40")  # 150 x 0.838 + 150 x 0.538


def test_a_free_quota_is_used_first_and_says_what_is_left() -> None:
    bill = october_bill(TARIFFS[QUOTA], "20.5", occupants=Fraction(4))
    assert (bill.free_kwh, bill.free_left, bill.total) == (
        Fraction("20.5"), Fraction("11.5"), 0,
    )  # fmt: skip


def test_someone_who_lived_here_half_the_month_brings_half_a_quota() -> None:
    bill = october_bill(TARIFFS[QUOTA], 20, occupants=Fraction(31, 62))
    assert (bill.free_kwh, as_decimal(bill.total)) == (4, Decimal("8.93"))


@pytest.mark.parametrize(("kwh", "tier", "left"), [(0, 1, 200), (200, 1, 0), (201, 2, 199)])
def test_a_bill_knows_the_tier_it_has_reached(kwh: int, tier: int, left: int) -> None:
    found = october_bill(TARIFFS[KOREAN], kwh).tier
    assert found is not None
    assert (found.now, found.of, found.kwh_left) == (tier, 3, left)


def test_every_step_of_the_arithmetic_is_kept() -> None:
    energy = october_bill(TARIFFS[KOREAN], 231).lines[1]
    steps = [(part.tier, part.quantity, as_decimal(part.rate)) for part in energy.parts]
    assert steps == [(0, 200, Decimal(120)), (1, 31, Decimal("214.6"))]
    assert energy.exact == sum(part.amount for part in energy.parts) == Fraction("30652.6")


def test_use_without_hours_is_refused_by_a_tariff_by_time_of_use() -> None:
    with pytest.raises(UseNotPriceable):
        october_bill(TARIFFS["cn-zj-residential-tou"], 10)


def test_periods_that_a_flat_tariff_does_not_know_are_simply_added() -> None:
    tariff = TARIFFS[KOREAN]
    cycle = Cycle(date(2025, 10, 1), 31, (10,))
    use = CycleUse(kwh={"day": Fraction(60), "night": Fraction(40)}, cycle=cycle, elapsed=31)
    bill = price(stretches=uncut(tariff, cycle=cycle, on=cycle.first_day), use=use)
    assert bill.total_minor == 16_120
