"""Tables that are made at once stand as if each had been made alone, and can be taken back."""

import pytest
from django.apps.registry import Apps
from django.db import connection, models
from django.db.migrations import CreateModel
from django.db.migrations.state import ModelState, ProjectState

from campus.migrating import CreateModels

APP = "meadow"


@pytest.fixture
def beds() -> CreateModels:
    number = models.BigAutoField(primary_key=True)
    bed = CreateModel("Bed", fields=[("id", number)])
    to_bed = models.ForeignKey(f"{APP}.bed", on_delete=models.CASCADE)
    tulip = CreateModel("Tulip", fields=[("id", number.clone()), ("bed", to_bed)])
    return CreateModels(models=[bed, tulip])


@pytest.fixture
def renders(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    told: list[str] = []
    render = ModelState.render

    def counted(state: ModelState, apps: Apps) -> type[models.Model]:
        told.append(state.name)
        model: type[models.Model] = render(state, apps)
        return model

    monkeypatch.setattr(ModelState, "render", counted)
    return told


def test_each_model_is_rendered_once(beds: CreateModels, renders: list[str]) -> None:
    state = ProjectState()
    assert not list(state.apps.get_models())
    beds.state_forwards(APP, state)
    assert {model.__name__ for model in state.apps.get_models()} == {"Bed", "Tulip"}
    assert sorted(renders) == ["Bed", "Tulip"]


@pytest.mark.django_db(transaction=True)
def test_the_tables_come_and_go(beds: CreateModels) -> None:
    before, after = ProjectState(), ProjectState()
    beds.state_forwards(APP, after)
    known = set(connection.introspection.table_names())
    with connection.schema_editor() as editor:
        beds.database_forwards(APP, editor, before, after)
    made = set(connection.introspection.table_names()) - known
    with connection.schema_editor() as editor:
        beds.database_backwards(APP, editor, after, before)
    assert made == {"meadow_bed", "meadow_tulip"}
    assert set(connection.introspection.table_names()) == known
