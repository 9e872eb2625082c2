"""The types of charge line. A type is a file in this folder; it is found by being here."""

import pkgutil
from collections.abc import Mapping
from functools import cache
from importlib import import_module

from meters.billing.line import Line


@cache
def line_types() -> Mapping[str, type[Line]]:
    """Every type of line, by the word a tariff document uses for it."""
    names = [found.name for found in pkgutil.iter_modules(__path__)]
    modules = [import_module(f"{__name__}.{name}") for name in names]
    return {
        member.type: member
        for module in modules
        for member in vars(module).values()
        if isinstance(member, type) and issubclass(member, Line) and member is not Line
    }
