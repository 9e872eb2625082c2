"""
The order of rooms and residences, column by column. Pure.

A room's score is what it saved per person and day. Days away are left out: they neither help nor
harm. A day without a reading counts as a day without a saving, and with more than a tenth of them
(in a week: with any) there is no place: missing data cannot win.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from meters.rankings.periods import WEEK

Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]

FEWEST_DAYS = 4  # of a period that has just begun nothing is told
COUNTED_OF_SEVEN = 4  # one frugal day between two journeys is no week
MISSING_OF_TEN = 1


@dataclass(frozen=True, slots=True, eq=False)
class Tally:
    """
    The days of n rooms in a period: int64[n] each.

    `days` have an estimate, of which `counted` count and `missing` have no reading; `saved_wh` and
    `expected_wh` sum over the counted ones.
    """

    people: Ints
    days: Ints
    counted: Ints
    missing: Ints
    saved_wh: Ints
    expected_wh: Ints


def eligible(tally: Tally, *, kind: str, length: int) -> Bools:
    """Who was there and measured enough of the `length` days so far, bool[n]."""
    there = tally.days == length if kind == WEEK else 2 * tally.days >= length
    measured = 10 * tally.missing <= MISSING_OF_TEN * tally.days
    if kind == WEEK:
        measured = tally.missing == 0
    home = 7 * tally.counted >= COUNTED_OF_SEVEN * tally.days
    enough = tally.counted >= FEWEST_DAYS
    return np.asarray(there & measured & home & enough)


def score(tally: Tally) -> Ints:
    """Wh saved per person and day, int64[n], half rounded to even; negative when it used more."""
    days = np.maximum(tally.counted + tally.missing, 1)
    mean: Ints = np.rint(tally.saved_wh / (tally.people * days)).astype(np.int64)
    return mean


def share_permille(*, saved_wh: Ints, expected_wh: Ints) -> Ints:
    """What a residence saved of what was expected, pooled over its rooms, in 1/1000."""
    return np.rint(1000 * saved_wh / np.maximum(expected_wh, 1)).astype(np.int64)


@dataclass(frozen=True, slots=True, eq=False)
class Order:
    """`row` int64[n] in the order of group and place; its rank and position within the group."""

    row: Ints
    rank: Ints
    position: Ints


def order(scores: Ints, *, groups: Ints, ids: Ints) -> Order:
    """
    The order within each group, the highest score first; equal scores share the better rank.

    :param groups: int64[n], who is compared with whom
    :param ids: int64[n], by which equals are listed
    """
    row = np.lexsort((ids, -scores, groups))
    sorted_groups, sorted_scores = groups[row], scores[row]
    place = np.arange(len(row))
    begins = _changes(sorted_groups)
    first = np.maximum.accumulate(np.where(begins, place, 0))
    position = place - first + 1
    better = begins | _changes(sorted_scores)
    rank = np.maximum.accumulate(np.where(better, place, 0)) - first + 1
    return Order(row, rank, position)


def _changes(values: Ints) -> Bools:
    """True where a value differs from the one before it, and at the start."""
    return np.concatenate([np.ones(min(len(values), 1), dtype=bool), values[1:] != values[:-1]])
