"""
Carbon points for a settled saving: one point for each ten grams of CO2e that were not emitted.

The room's points are split among those who lived there, by the nights they were there.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from django.utils.translation import gettext_lazy as _
from numpy.typing import NDArray

from points.earning.rules import rule
from points.earning.shares import split, split_many
from points.earning.terms import parameter

Ints = NDArray[np.int64]
G_PER_KG = 1000


@dataclass(frozen=True, slots=True)
class Terms:
    cp_per_kg: int = parameter(100, _("Carbon points for a kilogram of CO2e"))


@dataclass(frozen=True, slots=True)
class Settled:
    """
    What a room's settled saving did not emit, and each resident's nights of the period.

    `turn` rotates who gets an odd point.
    """

    co2_g: int
    nights: Sequence[int]
    turn: int


@rule("settled_saving", title=_("Electricity saved in a period"), kind="saving", terms=Terms)
def settled_saving(settled: Settled, terms: Terms) -> list[int]:
    """Carbon points of each resident, in the order of `nights`; half a point rounds up."""
    amount = (settled.co2_g * terms.cp_per_kg + G_PER_KG // 2) // G_PER_KG
    return split(amount, weights=settled.nights, turn=settled.turn)


def many(co2_g: Ints, *, room: Ints, nights: Ints, turn: Ints, terms: Terms) -> Ints:
    """
    The vector form: carbon points of the m residents of n rooms.

    :param co2_g: int64[n]
    :param room: int64[m], ascending: the place of each resident's room among the n
    :param nights: int64[m]
    :param turn: int64[n]
    """
    amounts = (co2_g * terms.cp_per_kg + G_PER_KG // 2) // G_PER_KG
    return split_many(amounts, room=room, weights=nights, turn=turn)


def average(points: Ints, *, nights: Ints, of: Ints) -> Ints:
    """
    What residents of comparison rooms receive: the enrolled average per night, times theirs.

    :param points: int64[m], what the enrolled residents earned
    :param nights: int64[m], their nights
    :param of: int64[k], the nights of those who receive the average
    """
    total = int(nights.sum())
    if total == 0:
        return np.zeros(len(of), np.int64)
    return np.asarray((2 * int(points.sum()) * of + total) // (2 * total))
