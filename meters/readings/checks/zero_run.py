"""Nothing at all for three days or more while somebody lives there: a meter may be stuck."""

from collections.abc import Iterator
from datetime import timedelta

from meters.readings.checks import DaySeen, Doubt, Weight

FEWEST = 3


def check(seen: DaySeen) -> Iterator[Doubt]:
    """A zero is legal: it is only told. Fridges stand in for people who are away; stuck meters do
    not."""
    if seen.wh != 0 or not seen.occupied:
        return
    first = seen.day
    while seen.before.get(first - timedelta(days=1)) == 0:
        first -= timedelta(days=1)
    days = (seen.day - first).days + 1
    if days >= FEWEST:
        yield Doubt("zero_run", Weight.NOTED, {"days": days, "since": first.isoformat()})
