"""Which points are spent first, and until when new ones last. Pure."""

from calendar import monthrange
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

GRACE = timedelta(days=14)


@dataclass(frozen=True, slots=True)
class Rest:
    """What a lot still holds."""

    expires_on: date
    left: int


def expires_on(posted_on: date) -> date:
    """The last day of points posted on `posted_on`: the month's end twelve months later."""
    year = posted_on.year + 1
    return date(year, posted_on.month, monthrange(year, posted_on.month)[1])


def taken(rests: Iterable[Rest], *, amount: int, first: date | None = None) -> dict[date, int]:
    """
    How much each lot gives: what expires sooner goes first, after the lot that ends on `first`.

    The values sum to `amount`, or to all there is when the lots hold less.
    """
    order = sorted(rests, key=lambda rest: (rest.expires_on != first, rest.expires_on))
    parts: dict[date, int] = {}
    for rest in order:
        part = min(rest.left, amount - sum(parts.values()))
        if part > 0:
            parts[rest.expires_on] = part
    return parts


def given_back_to(lot: date, *, on: date) -> date:
    """Where a refund of points of `lot` goes: there again, or to a fresh lot of 14 days if past."""
    return lot if lot >= on else on + GRACE
