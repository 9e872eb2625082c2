"""Numbers are computed away from tables: a module of a room with no role is pure."""

import re
from collections.abc import Iterator

from tests.architecture.sources import Module, imports, module, place, product

# What a room may hold beside its pure modules. Whatever bears another name must be pure.
ROLES = ("models", "queries", "operations", "api", "intake", "triggers")
AROUND_THE_ROOMS = ("demo", "management", "migrations", "tasks", "admin", "apps", "urls", "models")
IMPURE = re.compile(
    r"^django\.db\b|^(?:campus|meters|points)\.(?:\w+\.)*models\b|^campus\.clock\.(?:now|today)$"
)


def impure_imports(source: Module) -> Iterator[str]:
    """Tables and clocks that the module imports."""
    for name, line in imports(source):
        if IMPURE.search(name):
            yield place(source, line, name)


def _is_pure(source: Module) -> bool:
    in_a_room = source.parts[0] in ("meters", "points") and len(source.parts) > 2
    return in_a_room and source.parts[1] not in AROUND_THE_ROOMS and not source.has_role(*ROLES)


def test_pure_modules_import_no_table_and_no_clock() -> None:
    pure = [source for source in product() if _is_pure(source)]
    assert len(pure) > 10
    assert [found for source in pure for found in impure_imports(source)] == []


def test_a_planted_table_is_found() -> None:
    planted = module(
        "points.game.rules.levels",
        "from django.db import models\n"
        "from points.game.models import Drop\n"
        "from math import isqrt\n",
    )
    assert _is_pure(planted)
    assert len(list(impure_imports(planted))) == 2
