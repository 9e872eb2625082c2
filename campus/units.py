"""Energy in whole Wh, money in whole minor units; `Decimal` only where people read and write."""

from decimal import Decimal


def kwh(wh: int) -> Decimal:
    """Watt-hours as kilowatt-hours, exactly."""
    return Decimal(wh).scaleb(-3)


def major(minor: int, *, digits: int) -> Decimal:
    """Minor units of a currency (jiao and fen, cents, won) as its major unit, exactly."""
    return Decimal(minor).scaleb(-digits)
