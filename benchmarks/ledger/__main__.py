"""
What one transfer costs: `python -m benchmarks.ledger [--transfers 1000]`.

The yardstick is one function inside the database that writes the same rows (balance, event,
transfer, lots) and knows its accounts; it is called through the same driver, and by `pgbench`, of
which nothing is faster. An ordinary program (objects, `select_for_update`) is what most would write.
Goals: the product's service reaches at least 0.60 of pgbench; payments that all go to one café at
least 0.75 of those that go to many; a night's batch at least 20 x the rate of one by one.
"""

import argparse

from benchmarks.database import database


def main() -> None:
    """Measure on a PostgreSQL that lives as long as this run."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--transfers", type=int, default=1000)
    parser.add_argument("--rounds", type=int, default=5)
    options = parser.parse_args()
    with database(sqlite=False):
        import django

        django.setup()
        from django.core.management import call_command

        from benchmarks.ledger import transfers

        call_command("migrate", verbosity=0, interactive=False)
        transfers.report(transfers=options.transfers, rounds=options.rounds)


if __name__ == "__main__":
    main()
