"""The ways of storing the same readings, side by side."""

import io
from collections.abc import Callable
from datetime import UTC, datetime

from django.db import connection, models, transaction

from benchmarks.intake import material
from benchmarks.intake.material import FIRST, Size
from benchmarks.measuring import interleaved, told
from campus.places.models import Campus
from meters.readings import intake
from meters.readings.models import Delivery, MeterDay
from tests import factories

AT = datetime(2028, 1, 1, tzinfo=UTC)
MOST_ORDINARY = 100_000  # objects that an ordinary program is made to wait for


class Hour(models.Model):
    """A bare row an hour."""

    pk = models.CompositePrimaryKey("meter", "at")
    meter = models.IntegerField()
    at = models.DateTimeField()
    wh = models.IntegerField()

    class Meta:
        app_label = "benchmark"
        db_table = "benchmark_hours"


def report(*, size: Size, rounds: int) -> None:
    """Medians and ratios."""
    with connection.schema_editor() as editor:
        editor.create_model(Hour)
    ways = _Ways(size, rounds)
    named: dict[str, Callable[[int], object]] = {"bare rows": ways.bare, "taken in": ways.product}
    named["the same again"] = ways.again
    if size.rows <= MOST_ORDINARY:
        named["bulk_create"] = ways.ordinary
    costs = interleaved(named, rounds=rounds, before=ways.clear)
    files = f"{len(ways.file(0)) / 1e6:.1f} MB"
    print(
        f"{connection.vendor}: {size.rows:,} hourly readings, {size.meters} meters x {size.days} "
        f"days, {files}, {rounds} rounds"
    )
    for name in named:
        print(told(name, costs[name], costs["bare rows"]))
    with connection.schema_editor() as editor:
        editor.delete_model(Hour)
    _clear_product()


class _Ways:
    """A campus with its meters, and what is to be stored in each round."""

    def __init__(self, size: Size, rounds: int) -> None:
        slug = f"speed-{size.meters}-{size.days}"
        self.campus: Campus = factories.a_campus(slug=slug, time_zone="UTC")
        home = factories.a_residence(campus=self.campus)
        for number in range(size.meters):
            room = factories.a_room(residence=home, number=f"{number}")
            factories.a_meter(room=room, serial=f"M{number:05d}", since=FIRST)
        self.size = size
        self.told: dict[int, list[material.Reading]] = {}
        self.ready: object = None

    def clear(self, name: str, turn: int) -> None:
        """Before a way is measured: nothing stored, what it writes made ready."""
        if turn not in self.told:
            self.told = {turn: material.readings(self.size, seed=turn)}
        if name != "the same again":
            _empty(Hour._meta.db_table)
            _clear_product()
        self.ready = {
            "bare rows": self._bare_rows,
            "taken in": lambda: self.file(turn),
            # Another file with the same readings: its digest is not known.
            "the same again": lambda: self.file(turn) + b"\n",
            "bulk_create": lambda: list(material.moments(self.told[turn])),
        }[name]()

    def file(self, turn: int) -> bytes:
        return material.file_of(self.told.get(turn) or material.readings(self.size, seed=turn))

    def _bare_rows(self) -> object:
        rows = next(iter(self.told.values()))
        return (material.copied if _is_postgres() else material.parameters)(rows)

    def bare(self, _turn: int) -> None:
        table = f"{Hour._meta.db_table} (meter, at, wh)"
        with transaction.atomic(), connection.cursor() as cursor:
            if _is_postgres():
                with cursor.copy(f"COPY {table} FROM STDIN") as copy:
                    copy.write(self.ready)
            else:
                cursor.executemany(f"INSERT INTO {table} VALUES (%s, %s, %s)", self.ready)

    def ordinary(self, _turn: int) -> None:
        assert isinstance(self.ready, list)
        rows = [Hour(meter=meter, at=at, wh=wh) for meter, at, wh in self.ready]
        Hour.objects.bulk_create(rows, batch_size=5000)

    def product(self, _turn: int) -> None:
        assert self._take().accepted_rows == self.size.rows

    def again(self, _turn: int) -> None:
        before = MeterDay.objects.count()
        assert self._take().duplicate_rows == self.size.rows
        assert MeterDay.objects.count() == before

    def _take(self) -> Delivery:
        assert isinstance(self.ready, bytes)
        return intake.take_in(
            campus=self.campus,
            name="hours.csv",
            stream=io.BytesIO(self.ready),
            way=Delivery.Way.COMMAND,
            by=None,
            at=AT,
            limit_bytes=None,
        )


def _is_postgres() -> bool:
    return connection.vendor == "postgresql"


def _clear_product() -> None:
    _empty(MeterDay._meta.db_table)
    _empty(Delivery._meta.db_table)


def _empty(table: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"TRUNCATE {table} CASCADE" if _is_postgres() else f"DELETE FROM {table}")
