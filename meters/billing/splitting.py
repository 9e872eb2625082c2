"""
Splits an amount among room-mates: equal for each night present, by largest remainder, and carried,
so that every day adds up exactly and nobody is ever a whole unit away from the exact share.
"""

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import TypeVar

Key = TypeVar("Key", bound=Hashable)
ZERO = Fraction(0)


@dataclass(frozen=True, slots=True)
class Account:
    """Someone's running place in a cycle: the exact entitlement, and what was given of it."""

    entitled: Fraction = ZERO
    given: int = 0

    @property
    def owed(self) -> Fraction:
        return self.entitled - self.given


def split(
    amount: int, *, weights: Mapping[Key, Fraction], tie_order: Sequence[Key]
) -> dict[Key, int]:
    """
    Parts of an amount in proportion to weights; they add up to it. Ties go to the earlier key of
    `tie_order`, which must be stable and say nothing about anybody. Negative amounts mirror.

    :raises ValueError: if no weight is above zero
    """
    whole = sum(weights.values(), ZERO)
    if whole <= 0 or min(weights.values()) < 0:
        raise ValueError("somebody must have a weight above zero, and nobody one below")
    exact = {key: abs(amount) * weights.get(key, ZERO) / whole for key in tie_order}
    parts = rounded(abs(amount), exact, tie_order)
    return {key: part if amount >= 0 else -part for key, part in parts.items()}


def split_carried(
    amount: int,
    *,
    weights: Mapping[Key, Fraction],
    accounts: Mapping[Key, Account],
    tie_order: Sequence[Key],
) -> dict[Key, Account]:
    """
    The accounts after one more day. Those with no weight today keep theirs, unless only a unit of
    theirs keeps everybody else within one unit of the exact share.

    :raises ValueError: if no weight is above zero
    """
    whole = sum(weights.values(), ZERO)
    if whole <= 0:
        raise ValueError("somebody must have a weight above zero")
    entitled = {
        key: accounts.get(key, Account()).entitled + amount * weights.get(key, ZERO) / whole
        for key in tie_order
    }
    given = {key: accounts.get(key, Account()).given for key in tie_order}
    present = [key for key in tie_order if weights.get(key, ZERO) > 0]
    parts = _carried(amount, {key: entitled[key] - given[key] for key in present}, present)
    if parts is None:
        owed = {key: entitled[key] - given[key] for key in tie_order}
        parts = rounded(amount, owed, tie_order)
    return {key: Account(entitled[key], given[key] + parts.get(key, 0)) for key in tie_order}


def _carried(
    amount: int, owed: Mapping[Key, Fraction], keys: Sequence[Key]
) -> dict[Key, int] | None:
    """Each part a neighbouring whole of what is owed; None where these cannot add up."""
    floors = sum(number.__floor__() for number in owed.values())
    ceilings = sum(number.__ceil__() for number in owed.values())
    return rounded(amount, owed, keys) if floors <= amount <= ceilings else None


def rounded(amount: int, exact: Mapping[Key, Fraction], order: Sequence[Key]) -> dict[Key, int]:
    """Whole parts that add up to an amount: floors, and one more for the largest remainders."""
    parts = {key: exact[key].__floor__() for key in order}
    rest = {key: exact[key] - parts[key] for key in order}
    by_rest = sorted(order, key=lambda key: -rest[key])
    for key in by_rest[: amount - sum(parts.values())]:
        parts[key] += 1
    return parts
