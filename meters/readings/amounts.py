"""Cells that hold an amount of energy: kWh as people write them, Wh as we keep them. Pure."""

import re
from decimal import ROUND_HALF_UP, Decimal

from meters.readings.refusals import RowRefused, shown

# ASCII digits only; an exponent, because programs write 0.00001 as 1e-05.
_NUMBER = re.compile(r"[+-]?[0-9]+(?:\.[0-9]*)?(?:[eE][+-]?[0-9]{1,2})?", re.ASCII)
LONGEST = 32
MOST_USED_KWH = 1_000_000
MOST_COUNTED_KWH = 1_000_000_000


def wh(text: str, *, most_kwh: int) -> int:
    """
    A cell of kWh as whole Wh, halves away from zero.

    :raises RowRefused: no_value, not_a_number (NaN and infinity too), negative, too_large_value
    """
    if not text:
        raise RowRefused("no_value")
    if len(text) > LONGEST or not _NUMBER.fullmatch(text):
        raise RowRefused("not_a_number", value=shown(text))
    value = Decimal(text)
    if value > most_kwh:
        raise RowRefused("too_large_value", value=shown(text))
    if value < 0:
        raise RowRefused("negative", value=shown(text))
    return int(value.scaleb(3).to_integral_value(ROUND_HALF_UP))
