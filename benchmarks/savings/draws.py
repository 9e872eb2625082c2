"""Other panels from one: another lottery for comparison rooms and floors, another first day."""

from collections.abc import Iterator
from dataclasses import replace

import numpy as np

from meters.savings.panel_files import NamedPanel
from meters.savings.rehearsal import Panel

FLOOR = 20  # rooms


def drawn(named: NamedPanel, *, seed: int, start: int, days: int, comparison: int) -> NamedPanel:
    """
    The same meters under another lottery, the programme starting on another day.

    :param start: position of the first programme day in the panel
    :param comparison: how many of the rooms tell what the campus would have used
    """
    panel, chance = named.panel, np.random.default_rng(seed)
    order = chance.permutation(len(panel.use))
    place = np.empty(len(order), np.int64)
    place[order] = np.arange(len(order))
    peers = place < comparison
    other = Panel(
        use=panel.use[:, : start + days],
        calendar=panel.calendar.part(0, start + days),
        start=start,
        comparison=peers,
        pools=np.where(peers, -1, (place - comparison) // FLOOR),
        since=np.zeros(len(order), np.int64),
    )
    # Other names, so that the hash chooses other rooms too.
    names = [f"{seed}-{name}" for name in named.meters]
    return replace(named, panel=other, meters=names, days=named.days[: start + days])


def draws(
    named: NamedPanel, *, count: int, seed: int, days: int = 120, comparison: int = 60
) -> Iterator[NamedPanel]:
    """`count` draws; the first days are spread over all that leave 196 days of history."""
    last = len(named.panel.calendar) - days
    for turn in range(count):
        start = round(196 + (last - 196) * (turn % 4) / 3)
        yield drawn(named, seed=seed + turn, start=start, days=days, comparison=comparison)
