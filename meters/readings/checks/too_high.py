"""More than the breaker lets through: A x V x hours (230 V, 16 A: 3.68 kW, 88 kWh a day)."""

from collections.abc import Iterator

from campus.units import kwh
from meters.readings.checks import DaySeen, Doubt, Weight

VOLTS = 230


def check(seen: DaySeen) -> Iterator[Doubt]:
    """Nobody is billed for what could not flow."""
    watts = seen.breaker_amps * VOLTS
    most = int(watts * seen.hours)
    if seen.wh is not None and seen.wh > most:
        facts = {"kwh": str(kwh(seen.wh)), "most": str(kwh(most)), "amps": seen.breaker_amps}
        yield Doubt("too_high", Weight.WITHHELD, facts)
    elif seen.highest_wh is not None and seen.highest_wh * 60 > watts * seen.interval_minutes:
        most = watts * seen.interval_minutes // 60
        facts = {"kwh": str(kwh(seen.highest_wh)), "most": str(kwh(most))}
        yield Doubt("too_high", Weight.WITHHELD, {**facts, "amps": seen.breaker_amps})
