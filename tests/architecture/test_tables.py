"""Each table lives in its room and stands in the index of its app."""

import importlib
import inspect

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db.models import Model

from tests.architecture.sources import APPS, ROOT, calls, place, product


def _tables_of_rooms(app: str) -> set[type[Model]]:
    rooms = {source.name for source in product() if _holds_tables(source.name, app)}
    return {
        table
        for room in rooms
        for _name, table in inspect.getmembers(importlib.import_module(room), inspect.isclass)
        if issubclass(table, Model) and table.__module__ == room and not table._meta.abstract
    }


def _holds_tables(name: str, app: str) -> bool:
    first, *rest = name.split(".")
    return first == app and len(rest) > 1 and "models" in rest


@pytest.mark.parametrize("app", APPS)
def test_the_index_of_an_app_lists_every_table_of_its_rooms(app: str) -> None:
    index = importlib.import_module(f"{app}.models")
    tables = _tables_of_rooms(app)
    assert tables
    assert sorted(index.__all__) == sorted(table.__name__ for table in tables)
    assert {getattr(index, name) for name in index.__all__} == tables


@pytest.mark.parametrize("app", APPS)
def test_every_table_of_an_app_lives_in_a_room(app: str) -> None:
    assert set(apps.get_app_config(app).get_models()) == _tables_of_rooms(app)


def test_tables_are_imported_and_never_asked_for_by_name() -> None:
    found = [
        place(source, line, name)
        for source in product()
        if not source.has_role("migrations")
        for name, line in calls(source)
        if name.endswith("get_model")
    ]
    assert found == []


@pytest.mark.parametrize("app", APPS)
def test_an_app_has_one_history_of_migrations(app: str) -> None:
    assert [found.parent.name for found in (ROOT / app).rglob("migrations")] == [app]


@pytest.mark.django_db
def test_migrations_say_what_the_tables_say() -> None:
    call_command("makemigrations", check=True, dry_run=True, verbosity=1)
