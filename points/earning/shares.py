"""Dividing a whole number fairly: the largest remainders get what is left over. Pure."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]


def split(amount: int, *, weights: Sequence[int], turn: int) -> list[int]:
    """
    `amount` by weights, in whole parts that sum to it.

    Equal remainders are served in the order of place, beginning at place `turn`, so that over the
    periods the odd point does not always go to the same room-mate.
    """
    total, people = sum(weights), len(weights)
    if total == 0:
        return [0] * people
    parts = [amount * weight // total for weight in weights]
    rests = [amount * weight % total for weight in weights]
    order = sorted(range(people), key=lambda n: (-rests[n], (n - turn) % people))
    for place in order[: amount - sum(parts)]:
        parts[place] += 1
    return parts


def split_many(amounts: Ints, *, room: Ints, weights: Ints, turn: Ints) -> Ints:
    """
    The vector form of :func:`split` for n rooms with m people together.

    :param amounts: int64[n]
    :param room: int64[m], ascending: the place of each person's room among the n
    :param weights: int64[m]
    :param turn: int64[n]
    """
    people, total = _sums(np.ones_like(room), room, amounts), _sums(weights, room, amounts)
    first = np.cumsum(people) - people
    shared = amounts[room] * weights
    parts, rests = np.divmod(shared, np.maximum(total, 1)[room])
    left = np.where(total > 0, amounts - _sums(parts, room, amounts), 0)
    place = np.arange(len(room)) - first[room]
    order = np.lexsort(((place - turn[room]) % people[room], -rests, room))
    rank = np.empty_like(order)
    rank[order] = place
    return np.asarray(parts + (rank < left[room]))


def _sums(values: Ints, room: Ints, rooms: Ints) -> Ints:
    """The sum of each room's values, whole throughout."""
    sums = np.zeros(len(rooms), np.int64)
    np.add.at(sums, room, values)
    return sums
