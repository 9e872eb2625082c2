"""Exact numbers for many rooms at once: integer numerators over one common denominator."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import lcm
from typing import Any

import numpy as np
from numpy.typing import NDArray

from meters.billing.rounding import NONE, Rounding

# Either int64 or, where a product would not fit, Python's own integers in an object array.
Integers = NDArray[Any]
FITS = 2**62


@dataclass(frozen=True, slots=True)
class Column:
    """One exact number for each room: numerators / denominator."""

    numerators: Integers
    denominator: int = 1

    def __add__(self, other: "Column") -> "Column":
        left, right, denominator = _common(self, other)
        return Column(_sum(left, right), denominator)

    def __sub__(self, other: "Column") -> "Column":
        return self + other * Fraction(-1)

    def __mul__(self, factor: Fraction) -> "Column":
        reduced = Fraction(factor.numerator, self.denominator * factor.denominator)
        return Column(_times(self.numerators, reduced.numerator), reduced.denominator)

    def clip(self, lower: Fraction | None, upper: Fraction | None) -> "Column":
        """Each number, not below `lower` and not above `upper`."""
        least = None if lower is None else self._like(lower)
        most = None if upper is None else self._like(upper)
        return self._bounded(np.maximum, least)._bounded(np.minimum, most)

    def where(self, chosen: NDArray[np.bool_]) -> "Column":
        """The numbers of the chosen rooms, nothing for every other."""
        return Column(np.where(chosen, self.numerators, 0), self.denominator)

    def above(self, bound: Fraction) -> NDArray[np.bool_]:
        """Which numbers lie above a bound."""
        left, right, _ = _common(self, self._like(bound))
        return np.asarray(left > right, dtype=np.bool_)

    def rounded(self, rounding: Rounding) -> "Column":
        """Each number on the step of a declared rounding."""
        if rounding.mode == NONE:
            return self
        steps = self * (1 / rounding.step)
        whole = _whole(steps.numerators, steps.denominator, rounding.mode)
        return Column(_tight(whole)) * rounding.step

    def integers(self) -> NDArray[np.int64]:
        """The numbers as int64; raises ValueError when one of them is not whole."""
        numbers = _roomy(self.numerators, self.denominator)
        if np.any(numbers % self.denominator):
            raise ValueError("not every number is whole")
        return np.asarray(numbers // self.denominator).astype(np.int64)

    def _like(self, number: Fraction) -> "Column":
        return constant(number, len(self.numerators))

    def _bounded(self, choose: Any, other: "Column | None") -> "Column":
        if other is None:
            return self
        left, right, denominator = _common(self, other)
        return Column(choose(left, right), denominator)


def constant(number: Fraction, rooms: int) -> Column:
    """The same number for every room."""
    numerators = np.full(rooms, number.numerator, dtype=_dtype(number.numerator))
    return Column(numerators, number.denominator)


def picked(table: Sequence[Fraction], index: NDArray[np.int64]) -> Column:
    """For each room the entry of a table that its index names."""
    denominator = lcm(*(number.denominator for number in table))
    numerators = [int(number * denominator) for number in table]
    return Column(np.array(numerators, dtype=_dtype(*numerators))[index], denominator)


def _dtype(*numbers: int) -> Any:
    return np.int64 if all(abs(number) < FITS for number in numbers) else object


def _peak(numbers: Integers) -> int:
    return int(np.max(np.abs(numbers), initial=0))


def _times(numbers: Integers, factor: int) -> Integers:
    if factor == 1:
        return numbers
    wide = numbers.dtype != object and _peak(numbers) * abs(factor) >= FITS
    return (numbers.astype(object) if wide else numbers) * factor


def _sum(left: Integers, right: Integers) -> Integers:
    if object not in (left.dtype, right.dtype) and _peak(left) + _peak(right) >= FITS:
        left = left.astype(object)
    return np.asarray(left + right)


def _common(left: Column, right: Column) -> tuple[Integers, Integers, int]:
    denominator = lcm(left.denominator, right.denominator)
    return (
        _times(left.numerators, denominator // left.denominator),
        _times(right.numerators, denominator // right.denominator),
        denominator,
    )


def _roomy(numbers: Integers, denominator: int) -> Integers:
    """Twice a numerator and a denominator must fit for a division that rounds halves."""
    return numbers if 2 * (_peak(numbers) + denominator) < FITS else numbers.astype(object)


def _tight(numbers: Integers) -> Integers:
    fits = numbers.dtype == object and _peak(numbers) < FITS
    return numbers.astype(np.int64) if fits else numbers


def _whole(numbers: Integers, denominator: int, mode: str) -> Integers:
    """The same modes as `rounding`, on arrays."""
    numbers = _roomy(numbers, denominator)
    if mode in ("floor", "ceil"):
        return numbers // denominator if mode == "floor" else -(-numbers // denominator)
    if mode == "half_even":
        whole, rest = numbers // denominator, numbers % denominator
        tie_to_odd = (2 * rest == denominator) & (whole % 2 == 1)
        return np.asarray(whole + (2 * rest > denominator) + tie_to_odd)
    size = np.abs(numbers)
    half_up = mode == "half_up"
    whole = (2 * size + denominator) // (2 * denominator) if half_up else size // denominator
    return np.where(numbers < 0, -whole, whole)
