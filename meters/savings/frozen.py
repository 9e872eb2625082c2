"""Baselines as plain values and back, exactly: a float survives JSON unchanged."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from meters.savings.calendar import COLUMNS, Floats
from meters.savings.history import HistoryBaselines, Learnt
from meters.savings.observation import ObservedBaselines

Baselines = HistoryBaselines | ObservedBaselines
Values = Mapping[str, Any]

VERSION = 3  # of the method; kept with each baseline
_HISTORY = ("level", "correction", "away_below", "shape")
_OBSERVED = ("level", "weekend", "away_below", "shape", "believed")


def shared_values(baselines: Baselines) -> dict[str, Any]:
    """What all baselines of a cohort share."""
    if isinstance(baselines, ObservedBaselines):
        return {}
    learnt = baselines.learnt
    return {"mean_index": learnt.index, "columns": learnt.columns.tolist()}


def row_values(baselines: Baselines) -> list[dict[str, Any]]:
    """Each baseline's own figures."""
    history = isinstance(baselines, HistoryBaselines)
    names = _HISTORY if history else _OBSERVED
    columns = {name: getattr(baselines, name).tolist() for name in names}
    if isinstance(baselines, HistoryBaselines):
        columns["effects"] = baselines.effects.tolist()
    return [dict(zip(columns, row, strict=True)) for row in zip(*columns.values(), strict=True)]


def baselines_from(*, shared: Values, rows: Sequence[Values]) -> Baselines:
    """The baselines that `shared_values` and `row_values` told of."""
    if "mean_index" not in shared:
        return ObservedBaselines(**{name: _column(rows, name) for name in _OBSERVED})
    learnt = Learnt(shared["mean_index"], np.array(shared["columns"]))
    effects = np.array([row["effects"] for row in rows], dtype=np.float64).reshape(-1, COLUMNS)
    own = {name: _column(rows, name) for name in _HISTORY}
    return HistoryBaselines(learnt=learnt, effects=effects, **own)


def _column(rows: Sequence[Values], name: str) -> Floats:
    return np.array([row[name] for row in rows], dtype=np.float64)
