"""
Kinds of notices: their words, as the rooms declare them.

A room keeps its kinds in a module of its own and names it in `settings.NOTICE_KINDS`; telling one
is then `campus.notices.operations.tell(kind="QUOTA_LOW", ...)`.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from django.conf import settings
from django.utils.functional import Promise
from django.utils.module_loading import import_string

from campus.notices.models import Topic

Words = str | Promise


@dataclass(frozen=True, slots=True)
class Kind:
    """
    What a kind of notice says: a title, and sentences with `%(name)s` for its params.

    A sentence of which not every param is known is left out; so one kind serves those who have a
    rank and those who have none. Params are written by the end of their name: `_wh` as energy,
    `_minor` as money of the campus, `day` and `_on` as a day. `link` is where the notice leads in
    the surface of its reader; it may name params too.
    """

    code: str
    topic: Topic
    title: Words
    sentences: Sequence[Words] = ()
    link: str = ""


class UnknownKind(LookupError):
    """A notice was told of a kind that no module of `settings.NOTICE_KINDS` declares."""


@cache
def kinds() -> Mapping[str, Kind]:
    """Every declared kind by its code."""
    declared = [kind for name in settings.NOTICE_KINDS for kind in import_string(name)]
    return {kind.code: kind for kind in declared}


def kind_of(code: str) -> Kind:
    """
    A declared kind.

    :raises UnknownKind: if nobody declares it
    """
    if code not in kinds():
        raise UnknownKind(code)
    return kinds()[code]
