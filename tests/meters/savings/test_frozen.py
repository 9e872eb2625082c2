import json

import numpy as np
import pytest

from meters.savings.frozen import Baselines, baselines_from, row_values, shared_values
from meters.savings.history import learn
from meters.savings.index import peer_index, usual
from meters.savings.observation import observe
from tests.meters.savings import panels

MADE = panels.make()


def fitted(kind: str) -> Baselines:
    first, after = (0, MADE.history) if kind == "history" else (MADE.history, MADE.history + 21)
    use = MADE.use[:, first:after]
    peers = use[: MADE.comparison]
    index = peer_index(peers, usual_use=usual(peers))
    fit = learn if kind == "history" else observe
    found: Baselines = fit(use, index=index, calendar=MADE.calendar.part(first, after))
    return found


@pytest.mark.parametrize("kind", ["history", "observed"])
def test_baselines_come_back_from_json_unchanged(kind: str) -> None:
    baselines = fitted(kind)
    stored = json.loads(json.dumps([shared_values(baselines), row_values(baselines)]))
    again = baselines_from(shared=stored[0], rows=stored[1])
    assert type(again) is type(baselines)
    index = np.linspace(0.8, 1.2, 28)
    days = MADE.calendar.part(MADE.history, MADE.history + 28)
    before = baselines.expected(index=index, calendar=days)
    assert (again.expected(index=index, calendar=days) == before).all()
    assert (again.shape == baselines.shape).all()
    assert (again.away_below == baselines.away_below).all()
