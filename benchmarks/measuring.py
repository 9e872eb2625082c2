"""Yardstick and product, side by side in the same run: costs are compared, never told alone."""

import gc
import os
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from django.db import connection

TICKS = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True, slots=True)
class Cost:
    """Seconds of the clock, and seconds of processor: ours and, on PostgreSQL, the server's."""

    wall: float
    cpu: float


def cost(work: Callable[[], object]) -> Cost:
    """What one go of `work` costs."""
    gc.collect()
    server, own, clock = _server_cpu(), time.process_time(), time.perf_counter()
    work()
    wall, cpu = time.perf_counter() - clock, time.process_time() - own
    return Cost(wall, cpu + _server_cpu() - server)


def interleaved(
    ways: Mapping[str, Callable[[int], object]],
    *,
    rounds: int,
    before: Callable[[str, int], None] = lambda _name, _turn: None,
) -> Mapping[str, Sequence[Cost]]:
    """
    Each way once in every round, in turn; a way is told the number of its round.

    `before` makes each ready, by its name and round, and is not counted.
    """
    costs: dict[str, list[Cost]] = {name: [] for name in ways}
    for turn in range(rounds):
        for name, way in ways.items():
            before(name, turn)
            costs[name].append(cost(lambda way=way, turn=turn: way(turn)))
    return costs


def middle(costs: Sequence[Cost]) -> Cost:
    """The medians."""
    return Cost(median(each.wall for each in costs), median(each.cpu for each in costs))


def told(name: str, costs: Sequence[Cost], yardstick: Sequence[Cost]) -> str:
    """One line: seconds, and how many times the yardstick."""
    here, base = middle(costs), middle(yardstick)
    ratios = f"{here.wall / base.wall:6.2f} x wall  {here.cpu / base.cpu:6.2f} x cpu"
    return f"  {name:<28} {here.wall:8.3f} s  {here.cpu:8.3f} s cpu  {ratios}"


def _server_cpu() -> float:
    """Seconds of processor that the server's process of this connection has used."""
    if connection.vendor != "postgresql":
        return 0.0
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        pid = int(cursor.fetchone()[0])
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / TICKS
