"""
What the baseline costs: the fit once a term, the line of a night.

The fit's yardstick is one median for each room and one matrix product over the same readings: no
method that looks at each room's own days does less. The night's yardstick is plain NumPy's
multiply-add of the same arrays, read from and written to the same disk. Goal: under twice that.
"""

from datetime import date, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np

from benchmarks.measuring import interleaved, middle, told
from meters.savings.calendar import COLUMNS, Calendar, Floats
from meters.savings.history import HistoryBaselines, Learnt, learn

DAYS = 400
CHUNK = 10_000  # rooms at a time: so many readings lie in memory at once
ROUNDS = 5
GOAL = 2.0  # times the yardstick of the night
FIRST = date(2025, 1, 1)


def report(*, rooms: int, nightly: int) -> None:
    """Print both, each beside its yardstick in the same run."""
    calendar = Calendar.between(
        starts_on=FIRST, ends_on=FIRST + timedelta(days=DAYS), holidays=[FIRST]
    )
    _fits(rooms, calendar)
    _nights(nightly, calendar)


def _use(rooms: int, index: Floats, *, seed: int) -> Floats:
    chance = np.random.default_rng(seed)
    level = chance.uniform(2000, 9000, size=(rooms, 1))
    use = level * index * chance.lognormal(0, 0.15, size=(rooms, len(index)))
    use[chance.random(use.shape) < 0.02] = np.nan
    return use


def _fits(rooms: int, calendar: Calendar) -> None:
    index = 1 + 0.2 * np.sin(np.arange(DAYS) / 58)
    use = _use(min(CHUNK, rooms), index, seed=1)
    chunks = max(1, rooms // len(use))
    columns = np.random.default_rng(2).normal(size=(DAYS, COLUMNS))

    def fit(_turn: int) -> None:
        for _chunk in range(chunks):
            learn(use, index=index, calendar=calendar)

    def plain(_turn: int) -> None:
        for _chunk in range(chunks):
            np.nan_to_num(use / np.median(use, axis=1, keepdims=True)) @ columns

    costs = interleaved({"plain": plain, "fit": fit}, rounds=1)
    print(f"fit of {chunks * len(use):,} rooms x {DAYS} days")
    print(told("a median and a product", costs["plain"], costs["plain"]))
    print(told("learn", costs["fit"], costs["plain"]))


def _nights(rooms: int, calendar: Calendar) -> None:
    chance = np.random.default_rng(3)
    with TemporaryDirectory(prefix="campus-benchmark-") as folder:
        files = {name: Path(folder) / f"{name}.npy" for name in ("effects", "level", "correction")}
        np.save(files["effects"], chance.normal(0, 0.05, size=(rooms, COLUMNS)))
        np.save(files["level"], chance.uniform(2000, 9000, size=rooms))
        np.save(files["correction"], chance.uniform(0.9, 1.1, size=rooms))
        out = Path(folder) / "out.npy"
        tonight, index = calendar.part(DAYS - 1, DAYS), np.array([1.07])
        learnt = Learnt(index=1.0, columns=np.zeros(COLUMNS))
        row = tonight.columns(index=index, usual_index=1.0)[0]

        def plain(_turn: int) -> None:
            effects, level, correction = (np.load(file) for file in files.values())
            np.save(out, effects @ row * level + correction)

        def night(_turn: int) -> None:
            effects, level, correction = (np.load(file) for file in files.values())
            ones = np.broadcast_to(1.0, level.shape)
            baselines = HistoryBaselines(learnt, level, effects, correction, ones, ones)
            np.save(out, baselines.expected(index=index, calendar=tonight)[:, 0])

        costs = interleaved({"plain": plain, "night": night}, rounds=ROUNDS)
    ratio = middle(costs["night"]).cpu / middle(costs["plain"]).cpu
    print(f"the nightly line of {rooms:,} rooms, read and written")
    print(told("multiply-add", costs["plain"], costs["plain"]))
    print(told("expected", costs["night"], costs["plain"]))
    print(f"goal {GOAL} x: {'reached' if ratio < GOAL else 'MISSED'}")
