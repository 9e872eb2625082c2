"""Answers kept for retries may name an erased person: a till's, a host's. The name goes."""

import json
from collections.abc import Sequence
from datetime import datetime

from django.db.models import Q, QuerySet, TextField
from django.db.models.functions import Cast

from campus.nights.models import IdempotencyKey
from campus.people.forgetting import Person


def forget(*, person: Person, at: datetime) -> None:
    """Take every name of an erased person out of the answers that others were given."""
    forget_names(names=person.names)


def forget_names(*, names: Sequence[str]) -> None:
    """Empty these names in every answer that is kept; who else bears one loses nothing by it."""
    for kept in _naming(names).iterator():
        kept.response = without(kept.response, names=names)
        kept.save(update_fields=["response"])


def _naming(names: Sequence[str]) -> QuerySet[IdempotencyKey]:
    """Answers in whose text a name stands, as either engine writes it."""
    wanted = Q()
    for name in names:
        for ascii_only in (True, False):
            wanted |= Q(text__contains=json.dumps(name, ensure_ascii=ascii_only)[1:-1])
    return IdempotencyKey.objects.annotate(text=Cast("response", TextField())).filter(wanted)


def without(told: object, *, names: Sequence[str]) -> object:
    """A JSON value with each text that is one of the names emptied."""
    if isinstance(told, dict):
        return {key: without(value, names=names) for key, value in told.items()}
    if isinstance(told, list):
        return [without(value, names=names) for value in told]
    return "" if told in names else told
