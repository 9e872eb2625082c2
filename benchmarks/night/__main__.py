"""
What a night costs: `python -m benchmarks.night book|whole [--sqlite]`.

`book --holders 10000`: every holder of a campus is credited once. The yardstick is the same work as
hand-written SQL over the same tables; `bulk_create` with arithmetic in Python is what an ordinary
program would do. Goals: at most 1.5 x the yardstick, at least 5 x as fast as bulk_create, closed
again at most 0.3 x, and ten times the holders for at most 12 x the processor.

`whole --rooms 500 2000`: all steps of the plan, from a file of hourly readings to the morning's
notices, beside hand-written SQL that writes the same rows. Goal: at most 1.5 x the yardstick.
"""

import argparse

from benchmarks.database import database


def main() -> None:
    """Measure on a database that lives as long as this run."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("what", choices=("book", "whole"))
    parser.add_argument("--holders", type=int, default=10_000)
    parser.add_argument("--rooms", type=int, nargs="+", default=[500, 2000])
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--sqlite", action="store_true")
    options = parser.parse_args()
    with database(sqlite=options.sqlite):
        import django

        django.setup()
        from django.core.management import call_command

        from benchmarks.night import ledger, whole

        call_command("migrate", verbosity=0, interactive=False)
        if options.what == "book":
            ledger.report(holders=options.holders, rounds=options.rounds)
        else:
            whole.report(sizes=options.rooms, rounds=options.rounds)


if __name__ == "__main__":
    main()
