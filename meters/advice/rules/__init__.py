"""
What may be advised: pure rules over a room's own figures, found by their presence in this folder.

A rule is one file with a `Rule` named RULE: what it looks at, its words, and one action. It finds
nothing where the figures it needs are not known. No rule advises less light to study by, less heat
for the ill, or unplugging a refrigerator.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from pkgutil import iter_modules

from django.utils.functional import Promise

from meters.advice.pattern import Pattern

Words = str | Promise
Facts = Mapping[str, int | str]


@dataclass(frozen=True, slots=True)
class Finding:
    """
    What a rule saw, and what following it would bring in a week.

    `worth_wh` would not be used at all, `moved_wh` would be used at a better hour.
    """

    facts: Facts
    worth_wh: int = 0
    moved_wh: int = 0


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule with its words: a title, the evidence with `%(fact)s`, and one action."""

    name: str
    title: Words
    evidence: Words
    action: Words
    finds: Callable[[Pattern], Finding | None]


@cache
def rules() -> Mapping[str, Rule]:
    """Every rule by its name, in the order of names."""
    modules = [import_module(f"{__name__}.{found.name}") for found in iter_modules(__path__)]
    return {module.RULE.name: module.RULE for module in modules}
