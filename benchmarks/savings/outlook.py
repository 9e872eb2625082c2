"""What to expect of a term by how many comparison rooms it has: the table that campuses are told."""

import json
from collections.abc import Mapping
from pathlib import Path

import numpy as np

from benchmarks.savings.draws import drawn
from benchmarks.savings.figures import figures
from meters.savings.panel_files import NamedPanel
from meters.savings.rehearsal import Panel, Rehearsed, rehearse
from meters.savings.rule import Rule

OUT = Path("meters/savings/outlook.json")
SIZES = (5, 10, 20, 40, 60, 100, 150)
TOLD = ("false", "power10", "power20", "lone", "new", "new10", "new20")


def write(named: NamedPanel, *, draws: int, seed: int) -> Mapping[str, object]:
    """Run `draws` lotteries of each size over the panel and keep means and the worst."""
    rows = [_row(named, size, draws=draws, seed=seed) for size in SIZES]
    told = {"rooms": len(named.panel.use), "draws": draws, "seed": seed, "sizes": rows}
    OUT.write_text(json.dumps(told, indent=1) + "\n")
    return told


def _row(named: NamedPanel, size: int, *, draws: int, seed: int) -> dict[str, float]:
    start = named.panel.start
    found = [
        figures(drawn(named, seed=seed + n, start=start, days=120, comparison=size), engine=_engine)
        for n in range(draws)
    ]
    means = {name: round(float(np.mean([each[name] for each in found])), 2) for name in TOLD}
    return {
        "comparison": size,
        **means,
        "false_worst": round(max(each["false"] for each in found), 2),
        "new_worst": round(max(each["new"] for each in found), 2),
    }


def _engine(panel: Panel) -> Rehearsed:
    return rehearse(panel, rule=Rule(floor_drift=0.0))
