"""
Planted truths on readings of people whom nobody asked to save.

Each scenario changes the readings of a panel in a known way and leaves the rest as it was metered,
so that every credited kWh can be called right or false. Choices of rooms follow from their names
by hash: they are the same on every machine, and no luck of a run.
"""

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from meters.savings.calendar import Floats
from meters.savings.panel_files import NamedPanel
from meters.savings.rehearsal import Panel
from meters.savings.rule import OBSERVATION

Ints = NDArray[np.int64]
PADDED_DAYS, PADDED_BY = 14, 1.3
AWAY_DAYS = (40, 54)  # of the programme


@dataclass(frozen=True, slots=True)
class Scenario:
    """What is planted: `panel` as the engine sees it, `saved` Wh float[n] truly saved by each."""

    panel: Panel
    saved: Floats


def is_saver(name: str) -> bool:
    """Which half of the rooms saves in `half20`."""
    return int(hashlib.sha256(f"half:{name}".encode()).hexdigest(), 16) % 2 == 0


def ordered(names: Sequence[str], *, salt: str) -> list[int]:
    """Places of the names in an order that chance chose once and for all."""
    keys = [hashlib.sha256((salt + name).encode()).hexdigest() for name in names]
    return sorted(range(len(names)), key=keys.__getitem__)


def few(named: NamedPanel, *, ranks: range) -> Ints:
    """The places of the enrolled rooms of these ranks in their groups."""
    panel, chosen = named.panel, []
    for pool in np.unique(panel.pools[~panel.comparison]):
        rows = np.flatnonzero(~panel.comparison & (panel.pools == pool))
        order = ordered([named.meters[row] for row in rows], salt="lone:")
        chosen += [int(rows[order[rank]]) for rank in ranks if rank < len(rows)]
    return np.array(chosen, np.int64)


def saving(named: NamedPanel, *, rows: Ints, part: float, first: int = 0) -> Scenario:
    """These rooms use `part` less from the programme day `first` on."""
    panel = named.panel
    use = panel.use.copy()
    use[rows, panel.start + first :] *= 1 - part
    saved = np.nansum(panel.use[:, panel.start :] - use[:, panel.start :], axis=1)
    return Scenario(replace(panel, use=_metered(use)), saved)


def padded(named: NamedPanel, *, days: range) -> Scenario:
    """Every enrolled room burns 30 % more on these programme days (negative: before the start)."""
    panel = named.panel
    use = panel.use.copy()
    block = np.ix_(~panel.comparison, np.arange(panel.start + days.start, panel.start + days.stop))
    use[block] *= PADDED_BY
    return Scenario(replace(panel, use=_metered(use)), np.zeros(len(use)))


def away(named: NamedPanel) -> Scenario:
    """Every enrolled room stands empty for two weeks, at what it uses when empty."""
    panel = named.panel
    use, rows = panel.use.copy(), np.flatnonzero(~panel.comparison)
    first, after = (panel.start + day for day in AWAY_DAYS)
    empty = 0.6 * np.nanquantile(panel.use[rows, : panel.start], 0.02, axis=1)
    use[rows, first:after] = np.minimum(use[rows, first:after], empty[:, None])
    return Scenario(replace(panel, use=_metered(use)), np.zeros(len(use)))


def new_people(named: NamedPanel) -> NamedPanel:
    """Everybody moves in on the first day: before it each meter tells of somebody else."""
    panel = named.panel
    use = panel.use.copy()
    for rows in (np.flatnonzero(panel.comparison), np.flatnonzero(~panel.comparison)):
        order = rows[ordered([named.meters[row] for row in rows], salt="prev:")]
        use[order, : panel.start] = panel.use[np.roll(order, -1), : panel.start]
    since = np.full(len(use), panel.start, np.int64)
    return replace(named, panel=replace(panel, use=_metered(use), since=since))


def _metered(use: Floats) -> Floats:
    """Meters tell whole Wh."""
    return np.asarray(np.round(use))


Make = Callable[[NamedPanel], Scenario]


def _all(part: float) -> Make:
    return lambda named: saving(named, rows=np.flatnonzero(~named.panel.comparison), part=part)


def _half(named: NamedPanel) -> Scenario:
    rows = np.flatnonzero(~named.panel.comparison)
    savers = [row for row in rows.tolist() if is_saver(named.meters[row])]
    return saving(named, rows=np.array(savers, np.int64), part=0.2)


def _few(ranks: range) -> Make:
    return lambda named: saving(named, rows=few(named, ranks=ranks), part=0.2)


def _new(part: float) -> Make:
    def make(named: NamedPanel) -> Scenario:
        rows = np.flatnonzero(~named.panel.comparison)
        return saving(new_people(named), rows=rows, part=part, first=OBSERVATION)

    return make


SCENARIOS: Mapping[str, Make] = {
    "null": _all(0.0),
    "save10": _all(0.1),
    "save20": _all(0.2),
    "half20": _half,
    "inflate": lambda named: padded(named, days=range(-PADDED_DAYS, 0)),
    "away": away,
    "lone20": _few(range(1)),
    "lone20b": _few(range(1, 2)),
    "lone20c": _few(range(2, 3)),
    "lone20d": _few(range(3, 4)),
    "five20": _few(range(5)),
    "new": _new(0.0),
    "new10": _new(0.1),
    "new20": _new(0.2),
    "new_pad14": lambda named: padded(new_people(named), days=range(7, OBSERVATION)),
    "new_pad21": lambda named: padded(new_people(named), days=range(OBSERVATION)),
}
