"""From saved energy to what was not emitted, by the factor of the day."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_EVEN, Decimal
from typing import Protocol, TypeVar


class Dated(Protocol):
    """Something that holds from a day on."""

    @property
    def valid_from(self) -> date: ...


Factor = TypeVar("Factor", bound=Dated)


def factor_on(factors: Sequence[Factor], *, day: date) -> Factor | None:
    """
    The newest factor that held on `day`; before the first one was told, the first.

    A factor is frozen on the day of use: a later one does not change what was settled.
    """
    ordered = sorted(factors, key=lambda factor: factor.valid_from)
    held = [factor for factor in ordered if factor.valid_from <= day]
    return held[-1] if held else next(iter(ordered), None)


def grams(*, wh: int, kg_per_kwh: Decimal) -> int:
    """Whole grams: Wh x kg/kWh are grams already."""
    return int((wh * kg_per_kwh).to_integral_value(ROUND_HALF_EVEN))


@dataclass(frozen=True, slots=True)
class Published:
    """A factor as its publisher told it."""

    region: str
    valid_from: date
    kg_per_kwh: Decimal
    gas: str
    year: str
    source: str
