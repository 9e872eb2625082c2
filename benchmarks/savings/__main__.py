"""
What the savings rule is worth, and what it costs.

`python -m benchmarks.savings figures [--panel DIR] [--draws 8] [--seed 100]` plants known truths
(see scenarios.py) on readings of people whom nobody asked to save: once on the panel as it is, then
under other lotteries and other first days. `python -m benchmarks.savings outlook` writes what a
campus is told to expect of few comparison rooms. `python -m benchmarks.savings speed` times the fit of
100 000 rooms and the nightly line of a million, beside plain NumPy over the same arrays.
"""

import argparse
import os
from collections.abc import Mapping, Sequence
from pathlib import Path

import django
import numpy as np

PUBLIC = Path("meters/demo/data/rooms")
LOW_IS_GOOD = ("false", "pad", "away", "nothing", "new", "new_pad14", "new_pad21", "cv_month")


def main() -> None:
    """Parse and measure."""
    parser = argparse.ArgumentParser(description=__doc__)
    ways = parser.add_subparsers(dest="way", required=True)
    told = ways.add_parser("figures")
    told.add_argument("--panel", type=Path, default=PUBLIC)
    told.add_argument("--draws", type=int, default=8)
    told.add_argument("--seed", type=int, default=100)
    told.add_argument("--comparison", type=int, default=60)
    fast = ways.add_parser("speed")
    fast.add_argument("--rooms", type=int, default=100_000)
    fast.add_argument("--nightly", type=int, default=1_000_000)
    ahead = ways.add_parser("outlook")
    ahead.add_argument("--draws", type=int, default=12)
    ahead.add_argument("--seed", type=int, default=500)
    options = parser.parse_args()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "campus.settings")
    django.setup()
    if options.way == "figures":
        _figures(options)
    elif options.way == "outlook":
        from benchmarks.savings import outlook
        from meters.savings.panel_files import read_panel

        for row in outlook.write(read_panel(folder=PUBLIC), draws=options.draws, seed=options.seed)[
            "sizes"
        ]:
            print(row)
    else:
        from benchmarks.savings import speed

        speed.report(rooms=options.rooms, nightly=options.nightly)


def _figures(options: argparse.Namespace) -> None:
    from benchmarks.savings.draws import draws
    from benchmarks.savings.figures import figures
    from meters.savings.panel_files import read_panel
    from meters.savings.rehearsal import Panel, Rehearsed, rehearse
    from meters.savings.rule import Rule

    def engine(panel: Panel) -> Rehearsed:
        return rehearse(panel, rule=Rule(floor_drift=0.0))

    named = read_panel(folder=options.panel)
    own = figures(named, engine=engine)
    others = [
        figures(draw, engine=engine)
        for draw in draws(
            named, count=options.draws, seed=options.seed, comparison=options.comparison
        )
    ]
    _print(own, others)


def _print(own: Mapping[str, float], others: Sequence[Mapping[str, float]]) -> None:
    print(f"{'figure, %':<12}{'panel':>9}{'mean':>9}{'worst':>9}")
    for name, figure in own.items():
        drawn = [each[name] for each in others]
        worst = max if name in LOW_IS_GOOD else min
        rest = f"{np.mean(drawn):9.2f}{worst(drawn):9.2f}" if drawn else ""
        print(f"{name:<12}{figure:9.2f}{rest}")


if __name__ == "__main__":
    main()
