"""The shell names every app by string; no app names the shell."""

import re
from collections.abc import Iterator

from tests.architecture.sources import Module, imports, module, place, product

SHELL = ("campus.settings", "campus.urls", "campus.celery", "campus.wsgi", "campus.asgi")
IN_SHELL = re.compile(rf"^(?:{'|'.join(map(re.escape, SHELL))})(?:\.|$)")


def shell_imports(source: Module) -> Iterator[str]:
    """Where the module imports the shell."""
    for name, line in imports(source):
        if IN_SHELL.search(name):
            yield place(source, line, name)


def test_no_app_imports_the_shell() -> None:
    apps = [source for source in product() if source.name not in SHELL]
    assert [found for source in apps for found in shell_imports(source)] == []


def test_a_planted_import_of_the_shell_is_found() -> None:
    planted = module("points.tasks", "from campus.celery import app\nfrom campus import settings\n")
    assert len(list(shell_imports(planted))) == 2
