"""
A file of hourly readings, taken in: `python -m benchmarks.intake [--meters 200] [--days 20] [--sqlite]`.

The yardsticks write the same readings as hourly rows into a bare table with the same key: COPY of
text on PostgreSQL, executemany on SQLite; `bulk_create` is what an ordinary program would do.
Goals: at least 5 x COPY (0.5 of executemany on SQLite), at least 10 x bulk_create, and an unchanged
file again at least 0.5 of the first time, without a new row.
"""

import argparse
import io
import random
from datetime import UTC, date, datetime, timedelta

from benchmarks.database import database

FIRST = date(2026, 3, 1)
AT = datetime(2026, 12, 1, tzinfo=UTC)
HEADER = "meter_id,ts_start,kwh\n"


def main() -> None:
    """Measure on a database that lives as long as this run."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--meters", type=int, default=200)
    parser.add_argument("--days", type=int, default=20)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--sqlite", action="store_true")
    options = parser.parse_args()
    with database(sqlite=options.sqlite):
        import django

        django.setup()
        from django.core.management import call_command

        call_command("migrate", verbosity=0, interactive=False)
        report(meters=options.meters, days=options.days, rounds=options.rounds)


Reading = tuple[int, datetime, int]


def readings(meters: int, days: int, turn: int) -> list[Reading]:
    """(meter number, hour, Wh), of another month in every round."""
    dice = random.Random(turn)
    first = datetime.combine(FIRST + timedelta(days=turn * days), datetime.min.time(), UTC)
    return [
        (meter, first + timedelta(hours=hour), dice.randint(0, 2000))
        for meter in range(meters)
        for hour in range(24 * days)
    ]


def text(told: list[Reading]) -> bytes:
    rows = (f"M{meter:05d},{at:%Y-%m-%d %H:%M},{wh / 1000}\n" for meter, at, wh in told)
    return (HEADER + "".join(rows)).encode()


def report(*, meters: int, days: int, rounds: int) -> None:
    """Medians and ratios."""
    from django.db import connection, models, transaction

    from benchmarks.measuring import interleaved, told
    from campus.places.models import Campus
    from meters.readings import intake
    from meters.readings.models import Delivery, MeterDay
    from tests import factories

    campus: Campus = factories.a_campus(slug="speed", time_zone="UTC")
    home = factories.a_residence(campus=campus)
    for number in range(meters):
        room = factories.a_room(residence=home, number=f"{number}")
        factories.a_meter(room=room, serial=f"M{number:05d}", since=FIRST)
    data = {turn: readings(meters, days, turn) for turn in range(rounds)}
    files = {turn: text(told_) for turn, told_ in data.items()}

    class Hour(models.Model):
        pk = models.CompositePrimaryKey("meter", "at")
        meter = models.IntegerField()
        at = models.DateTimeField()
        wh = models.IntegerField()

        class Meta:
            app_label = "benchmark"
            db_table = "benchmark_hours"

    with connection.schema_editor() as editor:
        editor.create_model(Hour)

    def empty() -> None:
        with connection.cursor() as cursor:
            cursor.execute("DELETE FROM benchmark_hours")

    def bare(turn: int) -> None:
        empty()
        with transaction.atomic(), connection.cursor() as cursor:
            if connection.vendor == "postgresql":
                rows = "".join(f"{meter}\t{at.isoformat()}\t{wh}\n" for meter, at, wh in data[turn])
                with cursor.copy("COPY benchmark_hours (meter, at, wh) FROM STDIN") as copy:
                    copy.write(rows)
            else:
                cursor.executemany(
                    "INSERT INTO benchmark_hours (meter, at, wh) VALUES (%s, %s, %s)",
                    [(meter, at.isoformat(sep=" "), wh) for meter, at, wh in data[turn]],
                )

    def ordinary(turn: int) -> None:
        empty()
        Hour.objects.bulk_create(
            [Hour(meter=meter, at=at, wh=wh) for meter, at, wh in data[turn]], batch_size=5000
        )

    def product(turn: int) -> Delivery:
        return take(files[turn])

    def take(content: bytes) -> Delivery:
        return intake.take_in(
            campus=campus,
            name="hours.csv",
            stream=io.BytesIO(content),
            way=Delivery.Way.COMMAND,
            by=None,
            at=AT,
            limit_bytes=None,
        )

    def again(turn: int) -> None:
        # Another file with the same readings: no content of it is known by its digest.
        before = MeterDay.objects.count()
        delivery = take(files[turn] + b"\n" * (1 + turn))
        assert delivery.duplicate_rows == len(data[turn])
        assert MeterDay.objects.count() == before

    ways = {"bare rows": bare, "bulk_create": ordinary, "taken in": product, "again": again}
    costs = interleaved(ways, rounds=rounds)
    rows = meters * days * 24
    print(f"{connection.vendor}: {rows} hourly readings of {meters} meters, {rounds} rounds")
    for name in ways:
        print(told(name, costs[name], costs["bare rows"]))


if __name__ == "__main__":
    main()
