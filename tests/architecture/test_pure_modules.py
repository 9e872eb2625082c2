"""Numbers are computed away from tables: a module of a room with no role is pure."""

import importlib
import inspect
import re
from collections.abc import Iterator

from django.db.models import Model

from tests.architecture.sources import Module, imports, module, place, product

# What a room may hold beside its pure modules. Whatever bears another name must be pure.
ROLES = ("models", "queries", "operations", "api", "intake", "triggers")
AROUND_THE_ROOMS = ("demo", "management", "migrations", "tasks", "admin", "apps", "urls", "models")
# The other modules that know a table or speak SQL, each with its reason.
KNOW_TABLES = {
    "meters.readings.bulk": "one prepared statement for many rows",
    "meters.readings.closing": "the two flows are words inside the table of channels",
    "meters.readings.inbox": "an edge: files laid down by others",
    "points.ledger.checks": "the book verified by set-based SQL",
    "points.ledger.fence": "row locks in key order",
    "points.ledger.moves": "a move is said in accounts, as rows at hand",
    "points.ledger.statements": "a night's transfers, set by set",
}
TABLE = re.compile(r"^(?:campus|meters|points)\.(?:\w+\.)*models\.\w+$")
DATABASE_OR_CLOCK = re.compile(r"^django\.db\b|^campus\.clock\.(?:now|today)$")


def impure_imports(source: Module) -> Iterator[str]:
    """Tables, connections and clocks that the module imports. Words (choices) are no table."""
    for name, line in imports(source):
        if DATABASE_OR_CLOCK.search(name) or (TABLE.search(name) and _is_table(name)):
            yield place(source, line, name)


def _is_table(name: str) -> bool:
    holder, _dot, last = name.rpartition(".")
    found = getattr(importlib.import_module(holder), last)
    return inspect.isclass(found) and issubclass(found, Model)


def _is_pure(source: Module) -> bool:
    in_a_room = source.parts[0] in ("meters", "points") and len(source.parts) > 2
    has_role = source.has_role(*ROLES) or source.name in KNOW_TABLES
    return in_a_room and source.parts[1] not in AROUND_THE_ROOMS and not has_role


def test_pure_modules_import_no_table_and_no_clock() -> None:
    pure = [source for source in product() if _is_pure(source)]
    assert len(pure) > 10
    assert [found for source in pure for found in impure_imports(source)] == []


def test_every_exception_still_exists_and_needs_to_be_one() -> None:
    knowing = {source.name for source in product() if any(impure_imports(source))}
    assert set(KNOW_TABLES) <= knowing


def test_a_planted_table_is_found() -> None:
    planted = module(
        "points.game.rules.levels",
        "from django.db import connection\n"
        "from campus.people.models import Holder\n"
        "from meters.readings.models import Status\n"
        "from math import isqrt\n",
    )
    assert _is_pure(planted)
    assert len(list(impure_imports(planted))) == 2
