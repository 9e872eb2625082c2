"""
What bills cost: `python -m benchmarks.pricing [--rooms 100000] [--night 5000] [--sqlite]`.

First the arithmetic alone: one tariff for many rooms at once, in integers, against the plain
evaluator in exact fractions, which is the oracle of the tests; both price the same rooms and must
agree. Then the billing part of a night: `charge_day` against hand-written SQL that writes the same
rows with a price worked out in the statement.
"""

import argparse

from benchmarks.database import database


def main() -> None:
    """Measure on a database that lives as long as this run."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rooms", type=int, default=100_000)
    parser.add_argument("--night", type=int, default=5_000)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--sqlite", action="store_true")
    options = parser.parse_args()
    with database(sqlite=options.sqlite):
        import django

        django.setup()
        from django.core.management import call_command

        from benchmarks.pricing import arithmetic, night

        arithmetic.report(rooms=options.rooms, rounds=options.rounds)
        call_command("migrate", verbosity=0, interactive=False)
        night.report(rooms=options.night, rounds=options.rounds)


if __name__ == "__main__":
    main()
