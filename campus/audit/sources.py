"""
Kinds of acts of staff, as the rooms declare them.

A room keeps who did something beside what was done. It says so in a module of its own, named in
`settings.AUDIT_PLAN`; nothing is written twice, so the view cannot differ from the truth.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache
from typing import Any

from django.conf import settings
from django.db.models import Q, QuerySet
from django.utils.functional import Promise
from django.utils.module_loading import import_string

from campus.places.models import Residence

Words = str | Promise


@dataclass(frozen=True, slots=True)
class Mark:
    """A place between two acts: newest first, then by code, then the newest row first."""

    at: datetime
    code: str
    pk: int


@dataclass(frozen=True, slots=True)
class Source:
    """
    One kind of act: which rows tell of it in a residence or its campus, and how it is said.

    :param code: `area.what`; the area is what a reader chooses by
    :param says: a sentence with `%(name)s` for the names in `facts`, which lead to columns
    """

    code: str
    says: Words
    rows: Callable[[Residence], QuerySet[Any]]
    by: str
    at: str
    facts: Mapping[str, str] = field(default_factory=dict)

    @property
    def area(self) -> str:
        """What the act was about."""
        return self.code.partition(".")[0]

    def newest(self, residence: Residence, *, before: Mark | None) -> QuerySet[Any]:
        """Its acts before a mark, newest first; those that nobody is named for are none."""
        rows = self.rows(residence).exclude(**{self.by: None}).exclude(**{self.at: None})
        return rows.filter(self._older(before)).order_by(f"-{self.at}", "-pk")

    def _older(self, mark: Mark | None) -> Q:
        if mark is None:
            return Q()
        older, same = Q(**{f"{self.at}__lt": mark.at}), Q(**{self.at: mark.at})
        if self.code == mark.code:
            return older | (same & Q(pk__lt=mark.pk))
        return older | same if self.code > mark.code else older


@cache
def sources() -> Sequence[Source]:
    """Every declared kind of act."""
    return [source for name in settings.AUDIT_PLAN for source in import_string(name)]


@cache
def areas() -> Sequence[str]:
    """What a reader may choose by."""
    return sorted({source.area for source in sources()})
