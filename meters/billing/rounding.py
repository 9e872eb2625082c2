"""Rounding of exact amounts to a step, as tariffs declare it."""

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction

from django.utils.translation import gettext_lazy as _

from meters.billing.documents import Node


def floor(numerator: int, denominator: int) -> int:
    return numerator // denominator


def ceil(numerator: int, denominator: int) -> int:
    return -(-numerator // denominator)


def trunc(numerator: int, denominator: int) -> int:
    return floor(numerator, denominator) if numerator >= 0 else ceil(numerator, denominator)


def half_up(numerator: int, denominator: int) -> int:
    """Halves go away from zero, as price sheets mean it."""
    nearest = (2 * abs(numerator) + denominator) // (2 * denominator)
    return nearest if numerator >= 0 else -nearest


def half_even(numerator: int, denominator: int) -> int:
    return round(Fraction(numerator, denominator))


MODES: dict[str, Callable[[int, int], int]] = {
    "floor": floor,
    "ceil": ceil,
    "trunc": trunc,
    "half_up": half_up,
    "half_even": half_even,
}
NONE = "none"


@dataclass(frozen=True, slots=True)
class Rounding:
    """A declared rounding: ``mode`` one of ``MODES`` or ``none``, ``step`` the unit it lands on."""

    mode: str = NONE
    step: Fraction = Fraction(1)

    def apply(self, amount: Fraction) -> Fraction:
        """The amount on its step; unchanged when the mode is ``none``."""
        if self.mode == NONE:
            return amount
        steps = amount / self.step
        return MODES[self.mode](steps.numerator, steps.denominator) * self.step


EXACT = Rounding()
WHOLE = Rounding("half_up", Fraction(1))


def read_rounding(node: Node, *, default: Rounding = EXACT) -> Rounding:
    """A `round` object of a document."""
    if node.value is None:
        return default
    node.only({"mode", "step"})
    mode = node.at("mode").choice((*MODES, NONE))
    step = node.at("step").number() if "step" in node else Fraction(1)
    if step <= 0:
        node.at("step").refuse("number_too_small", _("a rounding step must be above zero"))
        step = Fraction(1)
    return Rounding(mode, step)
