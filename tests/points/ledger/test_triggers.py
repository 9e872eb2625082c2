"""The database refuses every way of changing what is posted."""

from collections.abc import Callable, Iterator

import pytest
from django.core.checks import run_checks
from django.core.management import call_command
from django.db import IntegrityError, connection, models, transaction

from points.ledger import triggers
from points.ledger.models import LotUse, Seal, SealedBalance, Transfer, Txn
from points.ledger.refusals import BookDoesNotBalance
from tests.points.ledger.book import NOON, a_person, earn, reconcile, spend

pytestmark = pytest.mark.django_db

ROWS = (Txn, Transfer, LotUse, Seal, SealedBalance)


@pytest.fixture
def book() -> None:
    """One row at least in each table that never changes."""
    person = a_person()
    earn(person, 10)
    transfer = spend(person, 5)
    seal = Seal.objects.create(
        first_id=1, last_id=2, rows=2, total=15, previous="0" * 64, hash="1" * 64, sealed_at=NOON
    )
    SealedBalance.objects.create(seal=seal, account=transfer.credit, balance=5)


def _save(row: models.Model) -> None:
    row.save()


def _bulk_update(row: models.Model) -> None:
    field = next(f for f in row._meta.concrete_fields if not f.primary_key)
    type(row)._default_manager.bulk_update([row], [field.name])


def _update(row: models.Model) -> None:
    field = next(f for f in row._meta.concrete_fields if not f.primary_key)
    rows = type(row)._default_manager.filter(pk=row.pk)
    rows.update(**{field.attname: getattr(row, field.attname)})


def _raw_delete(row: models.Model) -> None:
    type(row)._default_manager.filter(pk=row.pk)._raw_delete(connection.alias)


def _sql_delete(row: models.Model) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"DELETE FROM {row._meta.db_table}")


def _upsert(row: models.Model) -> None:
    field = next(f for f in row._meta.concrete_fields if not f.primary_key)
    type(row)._default_manager.bulk_create(
        [row], update_conflicts=True, unique_fields=["id"], update_fields=[field.name]
    )


WAYS = (_save, _bulk_update, _update, _raw_delete, _sql_delete, _upsert)


@pytest.mark.parametrize("model", ROWS)
@pytest.mark.parametrize("way", WAYS)
@pytest.mark.usefixtures("book")
def test_a_posted_row_refuses_to_be_changed(
    model: type[models.Model], way: Callable[[models.Model], None]
) -> None:
    row = model._default_manager.first()
    assert row is not None
    before = list(model._default_manager.values())
    with pytest.raises(IntegrityError, match="never changed"), transaction.atomic():
        way(row)
    assert list(model._default_manager.values()) == before


@pytest.mark.usefixtures("book")
def test_deleting_a_row_by_its_instance_is_refused() -> None:
    transfer = Transfer.objects.latest("pk")
    with pytest.raises((IntegrityError, models.ProtectedError)), transaction.atomic():
        transfer.delete()
    assert Transfer.objects.filter(pk=transfer.pk).exists()


@pytest.mark.skipif(connection.vendor != "sqlite", reason="a statement of SQLite alone")
@pytest.mark.parametrize("model", ROWS)
@pytest.mark.usefixtures("book")
def test_insert_or_replace_does_not_walk_around_the_guards(model: type[models.Model]) -> None:
    table = model._meta.db_table
    before = list(model._default_manager.values())
    with (
        pytest.raises(IntegrityError, match="never changed"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(f"INSERT OR REPLACE INTO {table} SELECT * FROM {table}")
    assert list(model._default_manager.values()) == before


@pytest.mark.postgres
@pytest.mark.parametrize("model", ROWS)
@pytest.mark.usefixtures("book")
def test_truncate_is_refused(model: type[models.Model]) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")  # no check of foreign keys is pending
        with pytest.raises(IntegrityError, match="never changed"), transaction.atomic():
            cursor.execute(f"TRUNCATE {model._meta.db_table} CASCADE")
    assert model._default_manager.exists()


def _some_trigger() -> str:
    return "points_transfer__no_update"


@pytest.fixture
def unguarded() -> Iterator[None]:
    """One trigger was lost, as when Django remakes a SQLite table."""
    place = "ON points_transfer" if connection.vendor == "postgresql" else ""
    with connection.cursor() as cursor:
        cursor.execute(f"DROP TRIGGER {_some_trigger()} {place}")
    yield
    triggers.install(connection)


@pytest.mark.usefixtures("unguarded")
def test_a_lost_trigger_fails_the_system_check() -> None:
    found = run_checks(tags=["database"], databases=["default"])
    assert [each.id for each in found] == ["points.E001"]
    assert _some_trigger() in found[0].msg


@pytest.mark.usefixtures("unguarded")
def test_a_lost_trigger_fails_the_night() -> None:
    with pytest.raises(BookDoesNotBalance):
        reconcile()


@pytest.mark.usefixtures("unguarded")
def test_migrate_installs_a_lost_trigger_again() -> None:
    call_command("migrate", verbosity=0, skip_checks=True)
    assert triggers.missing(connection) == []
    assert run_checks(tags=["database"], databases=["default"]) == []


@pytest.mark.postgres
def test_a_trigger_that_is_switched_off_counts_as_missing() -> None:
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE points_transfer DISABLE TRIGGER USER")
        assert _some_trigger() in triggers.missing(connection)
        cursor.execute("ALTER TABLE points_transfer ENABLE TRIGGER USER")


@pytest.mark.postgres
def test_altering_a_filled_postgresql_table_keeps_its_guards() -> None:
    earn(a_person(), 10)
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    with connection.schema_editor() as editor:
        editor.alter_field(Transfer, *_another_code())
    assert triggers.missing(connection) == []


def _another_code() -> tuple[models.CharField, models.CharField]:
    """The column `code` as it is, and a little longer."""
    old, new = Transfer._meta.get_field("code"), models.CharField(max_length=25)
    new.set_attributes_from_name("code")
    new.model = Transfer
    return old, new


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL alters in place")
def test_a_remade_sqlite_table_loses_its_guards_until_post_migrate() -> None:
    earn(a_person(), 10)
    old, new = _another_code()
    with connection.schema_editor() as editor:
        editor.alter_field(Transfer, old, new)
    lost = triggers.missing(connection)
    with connection.schema_editor() as editor:
        editor.alter_field(Transfer, new, old)
    call_command("migrate", verbosity=0, skip_checks=True)
    assert _some_trigger() in lost
    assert triggers.missing(connection) == []


@pytest.mark.django_db(transaction=True)
def test_lifting_is_over_when_the_block_ends() -> None:
    earn(a_person(), 10)
    with triggers.lifted(connection):
        assert triggers.missing(connection)
    assert triggers.missing(connection) == []
    with pytest.raises(IntegrityError, match="never changed"):
        Transfer.objects.update(amount=11)
