"""Numbers are computed away from tables: a module of a room with no role is pure."""

import ast
import importlib
import inspect
import re
from collections.abc import Iterator

from django.db.models import Model

from tests.architecture.sources import Module, dotted, imports, module, place, product

# What a room may hold beside its pure modules. Whatever bears another name must be pure.
ROLES = (
    "models", "queries", "operations", "api", "manager_api", "intake",
    "triggers", "audit",
)  # fmt: skip
AROUND_THE_ROOMS = ("demo", "management", "migrations", "tasks", "admin", "apps", "urls", "models")
# Home owns no table: it is one query over the other rooms, laid out in several files.
READERS = ("points.home",)
# Rooms whose subject is rows: their modules may hold rows that were handed to them.
ROWS_AT_HAND = ("meters.readings", "points.ledger")
# Hands of operations and queries that speak SQL themselves, each with its reason.
SPEAK_SQL = {
    "meters.rankings.statements": "a place or a board by its keys, in one statement",
    "meters.readings.months": "the table of meter days, divided by month",
    "points.game.statements": "drops are taken and told in one statement",
    "points.ledger.checks": "guards of every connection are looked after",
    "points.ledger.fence": "row locks in key order",
    "points.ledger.payments": "a payment, in one call of the database",
    "points.ledger.statements": "a night's transfers, set by set",
}
TABLE = re.compile(r"^(?:campus|meters|points)\.(?:\w+\.)*models\.\w+$")
DATABASE_OR_CLOCK = re.compile(r"^django\.db\b|^campus\.clock\.(?:now|today)$")


def impure_uses(source: Module) -> Iterator[str]:
    """Connections, clocks and managers of tables that the module uses."""
    for name, line in imports(source):
        if DATABASE_OR_CLOCK.search(name):
            yield place(source, line, name)
    for node in ast.walk(source.tree):
        if isinstance(node, ast.Attribute) and node.attr == "objects":
            yield place(source, node.lineno, dotted(node))


def tables(source: Module) -> Iterator[str]:
    """Tables that the module imports. Words of a table (its choices) are no table."""
    for name, line in imports(source):
        if TABLE.search(name) and _is_table(name):
            yield place(source, line, name)


def _is_table(name: str) -> bool:
    holder, _dot, last = name.rpartition(".")
    found = getattr(importlib.import_module(holder), last)
    return inspect.isclass(found) and issubclass(found, Model)


def _pure() -> list[Module]:
    return [source for source in product() if _is_pure(source)]


def _is_pure(source: Module) -> bool:
    in_a_room = source.parts[0] in ("meters", "points") and len(source.parts) > 2
    has_role = source.has_role(*ROLES) or _room(source) in READERS or source.name in SPEAK_SQL
    return in_a_room and source.parts[1] not in AROUND_THE_ROOMS and not has_role


def _room(source: Module) -> str:
    return ".".join(source.parts[:2])


def test_pure_modules_ask_no_database_and_no_clock() -> None:
    assert len(_pure()) > 50
    assert [found for source in _pure() for found in impure_uses(source)] == []


def test_modules_that_compute_know_no_table() -> None:
    computing = [source for source in _pure() if _room(source) not in ROWS_AT_HAND]
    assert len(computing) > 50
    assert [found for source in computing for found in tables(source)] == []


def test_whoever_may_speak_sql_exists_and_does() -> None:
    speaking = {source.name for source in product() if any(impure_uses(source))}
    assert set(SPEAK_SQL) <= speaking


def test_a_planted_table_and_a_planted_question_are_found() -> None:
    planted = module(
        "points.game.rules.levels",
        "from django.db import connection\n"
        "from campus.people.models import Holder\n"
        "from meters.readings.models import Status\n"
        "from math import isqrt\n"
        "holders = Holder.objects.all()\n",
    )
    assert _is_pure(planted)
    assert len(list(impure_uses(planted))) == 2
    assert len(list(tables(planted))) == 1
