"""
What earns what: pure judges of facts, found by their presence in this folder.

A rule is one file: its terms as a frozen dataclass whose defaults are the first dated terms of a
campus, the fact it judges, and one function decorated with `@rule`. Nothing else names it.
"""

from collections.abc import Callable
from dataclasses import asdict, dataclass
from functools import cache
from importlib import import_module
from pkgutil import iter_modules
from typing import Any, TypeVar

from campus.errors import Words
from points.earning import caps

Judge = TypeVar("Judge", bound=Callable[..., Any])


@dataclass(frozen=True, slots=True)
class Earned:
    """What a deed earned its doer."""

    cp: int = 0
    sun: int = 0


@dataclass(frozen=True, slots=True)
class Deed:
    """
    Something a person did, and how often the rule has paid them before.

    A week is Monday to Sunday; outside a term nothing counts for one.
    """

    paid_ever: int = 0
    paid_this_week: int = 0
    paid_today: int = 0
    paid_this_term: int = 0


@dataclass(frozen=True, slots=True)
class Rule:
    """A judge with the shape of its terms. `kind` names what it gives on screens."""

    name: str
    title: Words
    kind: str
    terms: type[Any]
    judge: Callable[..., Any]

    def defaults(self) -> dict[str, Any]:
        """The first terms of a campus, as plain values."""
        return asdict(self.terms())


_found: dict[str, Rule] = {}


def rule(name: str, *, title: Words, kind: str, terms: type[Any]) -> Callable[[Judge], Judge]:
    """Make a function the judge of the rule `name`; staff know it by its `title`."""

    def keep(judge: Judge) -> Judge:
        _found[name] = Rule(
            name=name,
            title=title,
            kind=kind,
            terms=terms,
            judge=judge,
        )
        return judge

    return keep


@cache
def rules() -> dict[str, Rule]:
    """Every rule by its name, in the order of names."""
    for module in iter_modules(__path__):
        import_module(f"{__name__}.{module.name}")
    return dict(sorted(_found.items()))


def shape_of(name: str) -> type[Any]:
    """
    The terms of a rule, or of the caps.

    :raises KeyError: if there is no such rule
    """
    return caps.Caps if name == caps.NAME else rules()[name].terms


def title_of(name: str) -> Words:
    """What staff call a rule, or the caps."""
    return caps.TITLE if name == caps.NAME else rules()[name].title
