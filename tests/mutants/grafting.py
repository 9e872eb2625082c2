"""A mutated module in the place of the living one, whoever has imported it already."""

import sys
from types import FunctionType, ModuleType
from typing import Any


def graft(module: ModuleType, source: str) -> None:
    """Give every function of a module the code that `source` has for it, and its other values."""
    mutant = ModuleType(module.__name__)
    mutant.__file__ = module.__file__
    exec(compile(source, str(module.__file__), "exec"), mutant.__dict__)
    for name, value in vars(mutant).items():
        if not name.startswith("__") and _is_own(value, module):
            _replace(module, name, value)


def _is_own(value: Any, module: ModuleType) -> bool:
    # Models and other things of elsewhere stay; plain values have no module.
    return getattr(value, "__module__", module.__name__) == module.__name__


def _replace(module: ModuleType, name: str, value: Any) -> None:
    living = getattr(module, name, None)
    old, new = _function(living), _function(value)
    # A decorator that the fault takes away cannot be changed from within.
    if old is None or new is None or _layers(living) != _layers(value):
        _bind(living, value, name)
        setattr(module, name, value)
        return
    old.__code__, old.__defaults__ = new.__code__, new.__defaults__
    old.__kwdefaults__ = new.__kwdefaults__


def _function(value: Any) -> FunctionType | None:
    """The innermost function of a decorated one."""
    while hasattr(value, "__wrapped__"):
        value = value.__wrapped__
    return value if isinstance(value, FunctionType) else None


def _layers(value: Any) -> int:
    """How many decorators stand around a function."""
    return 1 + _layers(value.__wrapped__) if hasattr(value, "__wrapped__") else 0


def _bind(living: Any, value: Any, name: str) -> None:
    """Whoever imported a value by its name gets the new one."""
    for other in list(sys.modules.values()):
        if living is not None and getattr(other, name, None) is living and _is_ours(other):
            setattr(other, name, value)


def _is_ours(module: Any) -> bool:
    return str(getattr(module, "__name__", "")).split(".")[0] in {"campus", "meters", "points"}
