"""What a coming term may expect of its lottery, tried on the campus's own readings."""

from dataclasses import replace
from datetime import date

import numpy as np

from campus.places.models import Term
from meters.savings.foresight import Foreseen, foresee
from meters.savings.queries.agreed import rule_of
from meters.savings.queries.untouched import untouched
from meters.savings.refusals import TooFewToTry, TooLittleMeasured
from meters.savings.rehearsal import Panel
from meters.savings.rule import MIN_COMPARISON

ROOMS = 300  # tried at most: an answer within seconds, and figures hardly change beyond
DRAWS, SEED = 3, 1


def foreseen(*, term: Term, comparison: int, today: date) -> Foreseen:
    """
    Try the lottery of a term on readings from before anybody was asked to save.

    :raises TooLittleMeasured: if there are not enough of them
    :raises TooFewToTry: if the rooms of these readings do not suffice for so many comparison rooms
    """
    panel = untouched(campus=term.campus, today=today)
    if panel is None:
        raise TooLittleMeasured
    panel = _some(panel)
    most = len(panel.use) // 2
    if not MIN_COMPARISON <= comparison <= most:
        raise TooFewToTry(least=MIN_COMPARISON, most=most)
    # Pools of a trial are drawn by lot, so no floor drifts as one.
    rule = replace(rule_of(term=term), comfort_wh=0, floor_drift=0.0)
    return foresee(panel, comparison=comparison, draws=DRAWS, seed=SEED, rule=rule)


def _some(panel: Panel) -> Panel:
    """At most so many rooms of a panel, chosen by lot once and for all."""
    if len(panel.use) <= ROOMS:
        return panel
    rows = np.sort(np.random.default_rng(SEED).permutation(len(panel.use))[:ROOMS])
    return replace(
        panel,
        use=panel.use[rows],
        comparison=panel.comparison[rows],
        pools=panel.pools[rows],
        since=panel.since[rows],
    )
