"""The intervals of a day do not sum to what the register counted: 2 counts or 0.5 %."""

from collections.abc import Iterator

from campus.units import kwh
from meters.readings.checks import DaySeen, Doubt, Weight

COUNT_WH = 100  # of a register with one decimal


def check(seen: DaySeen) -> Iterator[Doubt]:
    """Either may be wrong, so the day proves nothing until a person has looked."""
    if seen.wh is None or seen.register_wh is None:
        return
    apart = abs(seen.wh - seen.register_wh)
    if apart > 2 * COUNT_WH and apart * 200 > seen.register_wh:
        facts = {"kwh": str(kwh(seen.wh)), "register": str(kwh(seen.register_wh))}
        yield Doubt("sum_differs", Weight.SUSPECT, facts)
