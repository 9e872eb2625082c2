"""A whole term of settlements, to try other terms of earning on: rehearsed, or as it was."""

from dataclasses import replace
from decimal import Decimal
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from campus.places.models import Enrolment, Term
from meters.savings.emissions import grams
from meters.savings.facts import ReplayedTerm
from meters.savings.models import SavingSettlement
from meters.savings.panel_files import read_panel
from meters.savings.rehearsal import Panel, rehearse
from meters.savings.rule import Rule
from meters.savings.timetable import settlement_ends

Ints = NDArray[np.int64]
PEOPLE = 2  # who live behind a meter of a panel, which does not say


@cache
def _panel(folder: Path) -> Panel:
    return read_panel(folder=folder).panel


def rehearsed_term(
    *,
    folder: Path,
    seed: int,
    savers: float,
    saving: tuple[float, float],
    kg_per_kwh: Decimal,
) -> ReplayedTerm:
    """
    The programme days of a panel in which some rooms save, settled by the engine of the nights.

    :param savers: part of the enrolled rooms that save, drawn by `seed`
    :param saving: the least and the most that a saver uses less, as parts of its use
    :raises PanelRefused: if the folder holds no panel
    """
    panel = _panel(folder)
    chance = np.random.default_rng(seed)
    saves = ~panel.comparison & (chance.random(len(panel.use)) < savers)
    part = np.where(saves, chance.uniform(*saving, len(panel.use)), 0.0)
    use = panel.use.copy()
    use[:, panel.start :] *= 1 - part[:, None]
    # The groups of a panel are drawn by lot: they do not drift together.
    done = rehearse(replace(panel, use=use), rule=replace(Rule(), floor_drift=0.0))
    ends = np.array(settlement_ends(days=panel.days), np.int64)
    settled = np.rint(done.credited[:, ends - 1]).astype(np.int64)
    truly = np.nansum(panel.use[:, panel.start :] - use[:, panel.start :], axis=1)
    return ReplayedTerm(
        days=panel.days,
        ends=ends,
        settled_wh=settled,
        co2_g=_grams(settled, kg_per_kwh),
        people=np.full(len(use), PEOPLE, np.int64),
        enrolled=~panel.comparison,
        saved_wh=np.rint(truly).astype(np.int64),
    )


def _grams(wh: Ints, kg_per_kwh: Decimal) -> Ints:
    told = [grams(wh=each, kg_per_kwh=kg_per_kwh) for each in wh.ravel().tolist()]
    return np.array(told, np.int64).reshape(wh.shape)


def settled_term(*, term: Term) -> ReplayedTerm:
    """The settlements of a term of a campus, newest revisions, one row for each occupancy."""
    rows = SavingSettlement.objects.filter(term=term).order_by("revision")
    columns = ("occupancy", "ends_on", "settled_wh", "settled_co2_g")
    newest = {row[:2]: row[2:] for row in rows.values_list(*columns)}
    people = dict(rows.values_list("occupancy", "occupancy__people"))
    parts = dict(rows.values_list("occupancy", "baseline__part"))
    ends = sorted({ends_on for _occupancy, ends_on in newest})
    place, column = ({key: n for n, key in enumerate(keys)} for keys in (sorted(people), ends))
    settled = np.zeros((2, len(people), len(ends)), np.int64)
    for (occupancy, ends_on), figures in newest.items():
        settled[:, place[occupancy], column[ends_on]] = figures
    return ReplayedTerm(
        days=(term.ends_on - term.starts_on).days,
        ends=np.array([(day - term.starts_on).days for day in ends], np.int64),
        settled_wh=settled[0],
        co2_g=settled[1],
        people=np.array([people[key] for key in sorted(people)], np.int64),
        enrolled=np.array([parts[key] == Enrolment.Part.ENROLLED for key in sorted(people)], bool),
    )
