"""How much sunlight a day and a week may give, whatever was done. Pure."""

from dataclasses import dataclass

NAME = "caps"  # under which their dated terms are kept
EXEMPT = ("welcome",)  # rules that neither fill nor feel a cap


@dataclass(frozen=True, slots=True)
class Caps:
    sun_per_day: int = 180
    sun_per_week: int = 1000


@dataclass(frozen=True, slots=True)
class Given:
    """Sunlight a holder was awarded on a day, and in its week (Monday to Sunday) with that day."""

    day: int = 0
    week: int = 0


def granted(amount: int, *, given: Given, caps: Caps) -> int:
    """What of an amount is granted beside what was given already; the rest is not."""
    left = min(caps.sun_per_day - given.day, caps.sun_per_week - given.week)
    return min(amount, max(left, 0))
