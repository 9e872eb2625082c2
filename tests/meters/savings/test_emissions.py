from dataclasses import dataclass
from datetime import date
from decimal import Decimal

import pytest

from meters.savings.emissions import factor_on, grams


@dataclass(frozen=True)
class Told:
    valid_from: date


OLD, NEW = Told(date(2025, 3, 1)), Told(date(2025, 12, 17))


@pytest.mark.parametrize(
    ("day", "found"),
    [
        (date(2025, 12, 16), OLD),
        (date(2025, 12, 17), NEW),
        (date(2030, 1, 1), NEW),
        (date(2020, 1, 1), OLD),
    ],
)
def test_the_factor_is_that_of_the_day_of_use(day: date, found: Told) -> None:
    assert factor_on([NEW, OLD], day=day) == found


def test_a_grid_that_nobody_told_of_has_none() -> None:
    assert factor_on([], day=date(2026, 1, 1)) is None


@pytest.mark.parametrize(
    ("wh", "factor", "expected"),
    [
        (12_500, "0.4173", 5216),  # 5.21625 kg
        (12_500, "0.5500", 6875),
        (0, "0.17700", 0),
        (5, "0.5", 2),  # a half goes to the even gram
        (7, "0.5", 4),
    ],
)
def test_grams_are_exact(wh: int, factor: str, expected: int) -> None:
    assert grams(wh=wh, kg_per_kwh=Decimal(factor)) == expected
