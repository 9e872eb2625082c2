"""One tariff for many rooms at once, against the plain evaluator room by room."""

from datetime import date
from fractions import Fraction

import numpy as np

from benchmarks.measuring import interleaved, middle
from meters.billing.cutting import cut
from meters.billing.cycles import cycle_of
from meters.billing.pricing import CycleUse, price
from meters.billing.vector import UseColumns, price_rooms
from tests.meters.billing.samples import TARIFFS

SEED = 20260701
PLAIN_ROOMS = 2_000
NAMES = ("kr-kepco-res-lv-2025-07", "cn-zj-residential-ladder", "us-urdb-sample-tiered-min15")


def report(*, rooms: int, rounds: int) -> None:
    """Print microseconds a room of both forms, and how many times the columns are faster."""
    print(
        f"Arithmetic: {rooms:,} rooms in columns, {PLAIN_ROOMS:,} of them one by one (seed {SEED})"
    )
    for name in NAMES:
        _report(name, rooms, rounds)


def _report(name: str, rooms: int, rounds: int) -> None:
    tariff = TARIFFS[name]
    cycle = cycle_of(date(2026, 7, 10), terms=tariff.cycle)
    stretches = cut(cycle, in_force=lambda _: tariff)
    wh = np.random.default_rng(SEED).integers(0, 900_000, size=rooms)
    nothing = np.zeros(rooms, dtype=np.int64)
    use = UseColumns({"*": wh}, cycle, 20, nothing, nothing)
    some = [CycleUse({"*": Fraction(int(n), 1000)}, cycle, 20) for n in wh[:PLAIN_ROOMS]]
    found: dict[str, list[int]] = {}

    def columns(_: int) -> None:
        found["columns"] = price_rooms(stretches=stretches, use=use).total.tolist()

    def plain(_: int) -> None:
        found["plain"] = [price(stretches=stretches, use=one).total_minor for one in some]

    costs = interleaved({"columns": columns, "plain": plain}, rounds=rounds)
    assert found["columns"][:PLAIN_ROOMS] == found["plain"]
    one = middle(costs["plain"]).wall / PLAIN_ROOMS
    many = middle(costs["columns"]).wall / rooms
    print(
        f"  {name:<30} {many * 1e6:8.2f} us a room, one by one {one * 1e6:8.1f} us: "
        f"{one / many:6.0f} x, {rooms:,} rooms in {many * rooms:.2f} s"
    )
