"""What an engine's credits are worth, scenario by scenario. All figures in percent."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np

from benchmarks.savings.scenarios import SCENARIOS, few, is_saver
from meters.savings.calendar import Floats
from meters.savings.panel_files import NamedPanel
from meters.savings.rehearsal import Panel, Rehearsed
from meters.savings.rule import OBSERVATION

Engine = Callable[[Panel], Rehearsed]
NOTHING = 0.02  # of a true saving; less counts as paid nothing
LONE = ("lone20", "lone20b", "lone20c", "lone20d")
MONTH = 30


@dataclass(frozen=True, slots=True)
class _Told:
    """Credits Wh float[n] of each scenario, what was truly saved, and what was used."""

    credited: Mapping[str, Floats]
    saved: Mapping[str, Floats]
    first_day: Mapping[str, int]
    used: Floats
    used_late: Floats


def figures(named: NamedPanel, *, engine: Engine) -> dict[str, float]:
    """Run every scenario through the engine; the names are those of `docs/savings.md`."""
    panel = named.panel
    told, null = _told(named, engine)
    everybody = told.used.sum()

    def share(name: str) -> float:
        return 100 * float(told.credited[name].sum() / everybody)

    late = 100 / told.used_late.sum()
    new = {name: float(told.credited[name].sum() * late) for name in SCENARIOS if "new" in name}
    return {
        **_fit(panel, null),
        "false": share("null"),
        "power10": 10 * (share("save10") - share("null")),
        "power20": 5 * (share("save20") - share("null")),
        "share": _share_to_savers(named, told),
        "pad": share("inflate") - share("null"),
        "away": share("away") - share("null"),
        **_lone(named, told),
        "five20": _of_true(told, "five20"),
        "new": new["new"],
        "new10": 10 * (new["new10"] - new["new"]),
        "new20": 5 * (new["new20"] - new["new"]),
        "new_pad14": new["new_pad14"] - new["new"],
        "new_pad21": new["new_pad21"] - new["new"],
        "day": told.first_day["new20"],
    }


def _told(named: NamedPanel, engine: Engine) -> tuple[_Told, Rehearsed]:
    panel = named.panel
    enrolled = ~panel.comparison
    credited, saved, first_day, null = {}, {}, {}, None
    for name, make in SCENARIOS.items():
        planted = make(named)
        done = engine(planted.panel)
        null = null or done
        credited[name] = np.where(enrolled, done.credited.sum(axis=1), 0.0)
        saved[name] = planted.saved
        paid = np.flatnonzero(done.credited[enrolled].sum(axis=0) > 0)
        first_day[name] = int(paid[0]) + 1 if len(paid) else -1
    term = np.where(enrolled[:, None], panel.use[:, panel.start :], 0.0)
    used, late = np.nansum(term, axis=1), np.nansum(term[:, OBSERVATION:], axis=1)
    assert null is not None
    return _Told(credited, saved, first_day, used, late), null


def _of_true(told: _Told, name: str) -> float:
    """What the savers of a scenario are credited, of what they truly saved."""
    rows = told.saved[name] > 0
    return 100 * float(told.credited[name][rows].sum() / told.saved[name].sum())


def _share_to_savers(named: NamedPanel, told: _Told) -> float:
    savers = np.array([is_saver(name) for name in named.meters])
    credited = told.credited["half20"]
    return 100 * float(credited[savers].sum() / max(credited.sum(), 1e-9))


def _lone(named: NamedPanel, told: _Told) -> dict[str, float]:
    rows = {name: few(named, ranks=range(rank, rank + 1)) for rank, name in enumerate(LONE)}
    own = np.concatenate([told.credited[name][at] for name, at in rows.items()])
    true = np.concatenate([told.saved[name][at] for name, at in rows.items()])
    return {
        "lone": 100 * float(own.sum() / true.sum()),
        "nothing": 100 * float((own < NOTHING * true).mean()),
    }


def _fit(panel: Panel, null: Rehearsed) -> dict[str, float]:
    """Coverage and monthly CV(RMSE) of the shown baseline where nobody saved."""
    rows = ~panel.comparison
    use, baseline = panel.use[rows, panel.start :], null.baseline[rows]
    told = ~np.isnan(use)
    both = told & ~np.isnan(baseline)
    months = use.shape[1] // MONTH
    meant, used = (
        np.where(both, table, 0.0)[:, : months * MONTH].reshape(len(use), months, MONTH).sum(axis=2)
        for table in (baseline, use)
    )
    cv = np.sqrt(((meant - used) ** 2).mean(axis=1)) / used.mean(axis=1)
    return {
        "coverage": 100 * float(both.sum() / told.sum()),
        "cv_month": 100 * float(np.median(cv)),
    }
