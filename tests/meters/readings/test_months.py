"""On PostgreSQL meter days lie month by month, and nobody who asks for them notices."""

from collections.abc import Callable
from datetime import UTC, date, datetime

import pytest
from django.db import connection

from campus.places.models import Campus
from meters.readings import months
from meters.readings.models import Delivery, MeterDay
from tests import factories

pytestmark = [pytest.mark.postgres, pytest.mark.django_db]
Deliver = Callable[..., Delivery]


def place_of(day: str) -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT tableoid::regclass::text FROM meters_meterday WHERE day = %s", [day])
        return str(cursor.fetchone()[0])


def lay_out(around: date) -> None:
    months.lay_out(using="default", around=around, before=1, after=1)


@pytest.fixture
def tell(campus: Campus, deliver: Deliver) -> Callable[..., None]:
    factories.a_meter(serial="A-1", since=date(2020, 1, 1))

    def told(*days: str) -> None:
        at = datetime(2021, 7, 1, tzinfo=UTC)
        deliver("meter_id,date,kwh", *(f"A-1,{day},7.5" for day in days), at=at)

    return told


def test_a_day_lies_in_the_table_of_its_month(tell: Callable[..., None]) -> None:
    lay_out(date(2021, 5, 31))
    tell("2021-04-30", "2021-05-01")
    assert place_of("2021-04-30") == "meters_meterday_2021_04"
    assert place_of("2021-05-01") == "meters_meterday_2021_05"


def test_a_day_of_another_year_lies_in_the_rest_and_is_found(tell: Callable[..., None]) -> None:
    tell("2020-02-29")
    assert place_of("2020-02-29") == "meters_meterday_rest"
    assert MeterDay.objects.get(day=date(2020, 2, 29)).wh == 7500


def test_a_month_that_lies_in_the_rest_is_left_there(tell: Callable[..., None]) -> None:
    tell("2021-05-15")
    lay_out(date(2021, 5, 1))
    tell("2021-05-16", "2021-06-01")
    assert place_of("2021-05-16") == "meters_meterday_rest"
    assert place_of("2021-06-01") == "meters_meterday_2021_06"


def test_laid_out_again_nothing_changes(tell: Callable[..., None]) -> None:
    for _time in range(2):
        lay_out(date(2021, 5, 1))
    tell("2021-05-15")
    assert place_of("2021-05-15") == "meters_meterday_2021_05"


def test_a_filled_table_is_divided_with_its_rows_its_keys_and_its_indexes(
    tell: Callable[..., None],
) -> None:
    tell("2021-05-15", "2021-05-16")
    before = _names()
    connection.check_constraints()
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE meters_meterday RENAME TO divided")
        cursor.execute("CREATE TABLE meters_meterday (LIKE divided INCLUDING ALL)")
        cursor.execute("INSERT INTO meters_meterday SELECT * FROM divided")
        cursor.execute("DROP TABLE divided")
        cursor.execute("ALTER TABLE meters_meterday RENAME CONSTRAINT meters_meterday_pkey1 TO p")
    months.divide(connection)
    assert place_of("2021-05-16") == "meters_meterday_rest"
    assert len(_names()) == len(before) - 1  # LIKE brings no foreign key


def _names() -> set[str]:
    with connection.cursor() as cursor:
        found = connection.introspection.get_constraints(cursor, "meters_meterday")
    return set(found)
