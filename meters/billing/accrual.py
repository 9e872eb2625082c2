"""
The charge of a day: C(d, MTD_d) - C(d-1, MTD_{d-1}), where C prices the cycle so far with full
tiers and d/D of its fixed charges. The days of a cycle add up to its bill, to the last minor unit.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from fractions import Fraction
from itertools import pairwise

from meters.billing.cutting import Stretch
from meters.billing.line import ZERO
from meters.billing.pricing import Bill, CycleUse, price


def running_bills(
    *, stretches: Sequence[Stretch], start: CycleUse, days: Sequence[Mapping[str, Fraction]]
) -> Iterator[Bill]:
    """
    The bill of the cycle so far at the end of each day.

    :param start: the cycle before its first day; its kWh and elapsed days are filled in here
    :param days: kWh of each day by period
    """
    so_far: dict[str, Fraction] = {}
    for elapsed, day in enumerate(days, start=1):
        so_far = {key: so_far.get(key, ZERO) + day.get(key, ZERO) for key in {**so_far, **day}}
        yield price(stretches=stretches, use=replace(start, kwh=so_far, elapsed=elapsed))


def daily_charges(
    *, stretches: Sequence[Stretch], start: CycleUse, days: Sequence[Mapping[str, Fraction]]
) -> list[int]:
    """What each day adds to the bill, in minor units."""
    bills = running_bills(stretches=stretches, start=start, days=days)
    totals = [0, *(bill.total_minor for bill in bills)]
    return [after - before for before, after in pairwise(totals)]
