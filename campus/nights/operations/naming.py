"""Tasks by their name, in any process."""

from functools import cache
from typing import Any

from celery import Task, current_app
from django.utils.module_loading import autodiscover_modules


def task(name: str) -> Task[Any, Any]:
    """
    The task of that name; called, it runs here and now.

    :raises NotRegistered: if no app has it
    """
    _look_around()
    found: Task[Any, Any] = current_app.tasks[name]
    return found


@cache
def _look_around() -> None:
    """A worker imports the `tasks` of every app by itself; commands and servers do not."""
    autodiscover_modules("tasks")
