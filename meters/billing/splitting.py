"""
Splits an amount among room-mates: equal for each night present, by largest remainder, and carried,
so that every day adds up exactly and nobody is ever a whole unit away from the exact share.
"""

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import TypeAlias, TypeVar

Key = TypeVar("Key", bound=Hashable)
Exact: TypeAlias = int | Fraction
# Entitlements count in this part of a minor unit, the lcm of 1 .. 12 room-mates: so an equal split
# stays in whole numbers, which a night of many rooms adds up several times faster.
FINE = 27720


@dataclass(frozen=True, slots=True)
class Account:
    """
    Someone's running place in a cycle: the exact entitlement in 1/FINE of a minor unit, and what
    was given of it in minor units.
    """

    entitled: Exact = 0
    given: int = 0

    @property
    def owed(self) -> Fraction:
        """The exact part of a minor unit that is still to be given, or below zero taken back."""
        return Fraction(self.entitled) / FINE - self.given


NEW = Account()


def split(
    amount: int, *, weights: Mapping[Key, Fraction], tie_order: Sequence[Key]
) -> dict[Key, int]:
    """
    Parts of an amount in proportion to weights; they add up to it. Ties go to the earlier key of
    `tie_order`, which must be stable and say nothing about anybody. Negative amounts mirror.

    :raises ValueError: if no weight is above zero
    """
    whole = sum(weights.values())
    if whole <= 0 or min(weights.values()) < 0:
        raise ValueError("somebody must have a weight above zero, and nobody one below")
    exact = {key: _part(abs(amount), weights.get(key, 0), whole) for key in tie_order}
    parts = rounded(abs(amount), exact, tie_order)
    return {key: part if amount >= 0 else -part for key, part in parts.items()}


def split_carried(
    amount: int,
    *,
    weights: Mapping[Key, Exact],
    accounts: Mapping[Key, Account],
    tie_order: Sequence[Key],
) -> dict[Key, Account]:
    """
    The accounts after one more day. Those with no weight today keep theirs, unless only a unit of
    theirs keeps everybody else within one unit of the exact share.

    :raises ValueError: if no weight is above zero
    """
    whole = sum(weights.values())
    if whole <= 0:
        raise ValueError("somebody must have a weight above zero")
    entitled = {
        key: accounts.get(key, NEW).entitled + _part(amount * FINE, weights.get(key, 0), whole)
        for key in tie_order
    }
    given = {key: accounts.get(key, NEW).given for key in tie_order}
    owed = {key: entitled[key] - given[key] * FINE for key in tie_order}
    present = [key for key in tie_order if weights.get(key, 0) > 0]
    parts = _carried(amount, owed, present)
    if parts is None:
        parts = rounded(amount, owed, tie_order, unit=FINE)
    return {key: Account(entitled[key], given[key] + parts.get(key, 0)) for key in tie_order}


def _part(amount: int, weight: Exact, whole: Exact) -> Exact:
    """amount x weight / whole: a whole number where it is one, else exact."""
    quotient, rest = divmod(amount * weight, whole)
    return Fraction(amount * weight) / whole if rest else int(quotient)


def _carried(amount: int, owed: Mapping[Key, Exact], keys: Sequence[Key]) -> dict[Key, int] | None:
    """Each part a neighbouring whole of what is owed; None where these cannot add up."""
    floors = sum(owed[key] // FINE for key in keys)
    ceilings = sum(-(-owed[key] // FINE) for key in keys)
    return rounded(amount, owed, keys, unit=FINE) if floors <= amount <= ceilings else None


def rounded(
    amount: int, exact: Mapping[Key, Exact], order: Sequence[Key], *, unit: int = 1
) -> dict[Key, int]:
    """
    Whole parts that add up to an amount: floors, and one more for the largest remainders. `exact`
    counts in 1/unit of what `amount` counts in.
    """
    parts = {key: exact[key] // unit for key in order}
    rest = {key: exact[key] - parts[key] * unit for key in order}
    by_rest = sorted(order, key=lambda key: -rest[key])
    for key in by_rest[: amount - sum(parts.values())]:
        parts[key] += 1
    return parts
