"""
A file of hourly readings, taken in: `python -m benchmarks.intake [--sizes 200x20 ...] [--sqlite]`.

The yardsticks write the same readings as hourly rows into a bare table with the same key: COPY of
text on PostgreSQL, executemany on SQLite, both of rows that were made ready before; `bulk_create`
is what an ordinary program would do. None of them reads a file.
Goals: at least 5 x COPY (0.5 of executemany on SQLite), at least 10 x bulk_create; an unchanged
file again at least 0.5 of the yardstick, without a new row.
"""

import argparse

from benchmarks.database import database
from benchmarks.intake.material import Size

SIZES = ("200x20", "60x365", "500x60")


def main() -> None:
    """Measure on a database that lives as long as this run."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sizes", nargs="+", default=SIZES, help="meters x days, as in 200x20")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--sqlite", action="store_true")
    options = parser.parse_args()
    with database(sqlite=options.sqlite):
        import django

        django.setup()
        from django.core.management import call_command

        from benchmarks.intake.ways import report

        call_command("migrate", verbosity=0, interactive=False)
        for size in options.sizes:
            report(size=Size.of(size), rounds=options.rounds)


if __name__ == "__main__":
    main()
