"""What to expect of a term with so many comparison rooms, before it begins."""

import json
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from math import log
from pathlib import Path
from typing import Any

TABLE = Path(__file__).resolve().parent / "outlook.json"


@dataclass(frozen=True, slots=True)
class Outlook:
    """
    Percent, means over lotteries on rooms whom nobody asked to save.

    `false` of the consumption would be credited for nothing (`false_worst` in the worst draw);
    of a true 10 % or 20 % that all save, `power10` and `power20` are paid, of a lone saver's 20 %
    `lone`. The figures beginning with `new` are those of people who move in with the term.
    """

    comparison: int
    false: float
    false_worst: float
    power10: float
    power20: float
    lone: float
    new: float
    new_worst: float
    new10: float
    new20: float


def expected(*, comparison: int) -> Outlook:
    """Between two measured sizes, by the logarithm of the number of comparison rooms."""
    rows = _rows()
    sizes = [row.comparison for row in rows]
    above = min(max(bisect_left(sizes, comparison), 1), len(rows) - 1)
    low, high = rows[above - 1], rows[above]
    place = log(max(comparison, 1) / low.comparison) / log(high.comparison / low.comparison)
    share = min(max(place, 0.0), 1.0)
    told = {
        name: round((1 - share) * getattr(low, name) + share * getattr(high, name), 2)
        for name in Outlook.__slots__
        if name != "comparison"
    }
    return Outlook(comparison=comparison, **told)


def measured() -> Sequence[Outlook]:
    """Every measured number of comparison rooms, the fewest first."""
    return _rows()


@cache
def _rows() -> Sequence[Outlook]:
    told: dict[str, Any] = json.loads(TABLE.read_text())
    return [Outlook(**row) for row in told["sizes"]]
