"""
What a room will use tomorrow: an exponentially weighted level times a half-shrunk weekday. Pure.

On 800 households and 179 days this was off by 18.4 % of the use (WAPE); "the same as a week ago"
by 24.4 %, the mean of four weeks by 21.0 %. A forest of trees reached 17.3 %, for minutes of work
a night. The range is 1.6 times the room's own mean error, which holds four days of five if errors
are anything between normal and two-sided exponential.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Wh = NDArray[np.int64]
Floats = NDArray[np.float64]

ALPHA = 0.25  # of the level
BETA = 0.15  # of a weekday's ratio: one week in seven of the last seven weeks
GAMMA = 0.05  # of the mean error
SHRUNK = 0.5  # how much of a weekday's ratio is believed
OFF_AT_FIRST = 0.25
MOST = 3.0  # a single day tells the weekday no more than this many levels
RANGE = 1.6


@dataclass(frozen=True, slots=True, eq=False)
class State:
    """
    What is carried from night to night of n rooms.

    `level` Wh float64[n], NaN before any day was known; `ratio` float64[n, 7] of use to level by
    weekday, Monday first; `off` float64[n], mean absolute error as a share of the level.
    """

    level: Floats
    ratio: Floats
    off: Floats


@dataclass(frozen=True, slots=True, eq=False)
class Tomorrow:
    """Wh int64[n] with the range they will likely lie in; -1 where nothing is known."""

    wh: Wh
    low: Wh
    high: Wh


def unknown(rooms: int) -> State:
    """Rooms of which nothing is known."""
    return State(np.full(rooms, np.nan), np.ones((rooms, 7)), np.full(rooms, OFF_AT_FIRST))


def learnt(wh: Wh, *, first_weekday: int) -> State:
    """
    The state after some days, from nothing.

    :param wh: int64[n, d], oldest first, -1 where missing
    :param first_weekday: of the oldest day, 0 = Monday
    """
    state = unknown(len(wh))
    for n, day in enumerate(wh.T):
        state = after(state, wh=day, weekday=(first_weekday + n) % 7)
    return state


def after(state: State, *, wh: Wh, weekday: int) -> State:
    """The state after one more day; a missing day (-1) changes nothing."""
    known, new = wh >= 0, np.isnan(state.level)
    used, level = wh.astype(np.float64), np.where(new, wh, state.level)
    safe = np.maximum(level, 1.0)
    factor = _believed(state.ratio[:, weekday])
    learns, old = known & (level > 0), known & ~new
    ratio = state.ratio.copy()
    told = np.minimum(used / safe, MOST)
    ratio[:, weekday] += np.where(learns & old, BETA * (told - ratio[:, weekday]), 0.0)
    error = np.minimum(np.abs(used - level * factor) / safe, MOST)
    step = np.where(old, ALPHA * (used / factor - level), 0.0)
    return State(
        level=np.where(known, level + step, state.level),
        ratio=ratio,
        off=state.off + np.where(learns & old, GAMMA * (error - state.off), 0.0),
    )


def tomorrow(state: State, *, weekday: int) -> Tomorrow:
    """The day after, which falls on `weekday`."""
    wh = state.level * _believed(state.ratio[:, weekday])
    margin = RANGE * state.off * state.level
    return Tomorrow(_whole(wh), _whole(np.maximum(wh - margin, 0)), _whole(wh + margin))


def _believed(ratio: Floats) -> Floats:
    return np.asarray(1 + SHRUNK * (ratio - 1))


def _whole(wh: Floats) -> Wh:
    return np.rint(np.nan_to_num(wh, nan=-1.0)).astype(np.int64)
