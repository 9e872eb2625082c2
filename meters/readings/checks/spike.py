"""
Far more than this room uses: over four times the median of its last 14 measured days, and 5 kWh.

California's test within the day (highest interval against the third highest) is left out: it was
made for large customers; a kettle in a student's room fails it every morning.
"""

from collections.abc import Iterator
from statistics import median

from campus.units import kwh
from meters.readings.checks import DaySeen, Doubt, Weight

DAYS, FEWEST = 14, 7
TIMES, LEAST_WH = 4, 5000


def check(seen: DaySeen) -> Iterator[Doubt]:
    """The figure is shown and billed, but proves no saving of the days around it."""
    last = [seen.before[day] for day in sorted(seen.before) if day < seen.day][-DAYS:]
    if seen.wh is None or len(last) < FEWEST:
        return
    usual = int(median(last))
    if seen.wh > TIMES * usual and seen.wh > LEAST_WH:
        facts = {"kwh": str(kwh(seen.wh)), "usual": str(kwh(usual)), "days": len(last)}
        yield Doubt("spike", Weight.SUSPECT, facts)
