"""
Reading ranks: `python -m benchmarks.rankings [--places 10000 1000000] [--sqlite]`.

The yardstick is a place looked up by its primary key with the same fields. Goals: one's own rank
for at most 3 x the yardstick, and at most 1.5 x the same call on a small table.
"""

import argparse

from benchmarks.database import database


def main() -> None:
    """Measure on a database that lives as long as this run."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--places", type=int, nargs="+", default=[10_000, 1_000_000])
    parser.add_argument("--calls", type=int, default=300)
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--sqlite", action="store_true")
    options = parser.parse_args()
    with database(sqlite=options.sqlite):
        import django

        django.setup()
        from django.core.management import call_command

        from benchmarks.rankings import reads

        call_command("migrate", verbosity=0, interactive=False)
        reads.report(places=options.places, calls=options.calls, rounds=options.rounds)


if __name__ == "__main__":
    main()
