"""What the pages say of the house is so: links lead somewhere, tables and steps are all named."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings

ROOT = Path(settings.BASE_DIR)
PAGES = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted(ROOT.glob("docs/**/*.md"))]
LINK = re.compile(r"\]\((?!https?:)([^)#\s]+)")
COMMAND = re.compile(r"manage\.py ([a-z_]+)")
OURS = ("campus", "meters", "points")
DJANGOS = {"migrate", "makemigrations", "createsuperuser", "shell"}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_every_link_of_a_page_leads_somewhere(page: Path) -> None:
    broken = [link for link in LINK.findall(page.read_text()) if not (page.parent / link).exists()]
    assert broken == []


def test_every_page_is_reached_from_the_readme() -> None:
    reached = set(LINK.findall((ROOT / "README.md").read_text()))
    pages = {f"docs/{page.name}" for page in ROOT.glob("docs/*.md")}
    assert pages - reached == set()


def test_every_decision_is_in_their_index() -> None:
    index = (ROOT / "docs/decisions/README.md").read_text()
    pages = [page.name for page in ROOT.glob("docs/decisions/0*.md")]
    assert [name for name in pages if name not in index] == []


def test_every_table_is_on_the_page_of_the_data_model() -> None:
    page = (ROOT / "docs/data-model.md").read_text()
    tables = {model.__name__ for app in OURS for model in apps.get_app_config(app).get_models()}
    assert {name for name in tables if not re.search(rf"\b{name}\b", page)} == set()


def test_the_page_of_the_architecture_lists_the_steps_of_a_night_in_their_order() -> None:
    page = (ROOT / "docs/architecture.md").read_text()
    told = re.findall(r"^\| `((?:campus|meters|points)\.[a-z_]+)`", page, re.MULTILINE)
    assert told == settings.NIGHT_PLAN


def test_every_command_that_a_page_names_exists() -> None:
    known = {file.stem for file in ROOT.glob("*/management/commands/*.py")} | DJANGOS
    assert set(_commands()) - known == set()


def _commands() -> Iterator[str]:
    for page in PAGES:
        yield from COMMAND.findall(page.read_text())
