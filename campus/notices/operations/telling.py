"""Telling, reading, muting and forgetting."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.utils.module_loading import import_string
from uuid6 import uuid7

from campus import bulk
from campus.notices import queries
from campus.notices.kinds import kind_of
from campus.notices.models import Muted, Notice, Topic
from campus.notices.quiet import next_ring
from campus.people.forgetting import Person
from campus.people.models import User
from campus.places.models import Campus

KEPT = timedelta(days=90)
NEWS_LASTS = timedelta(days=14)  # a day of longer ago is no news
DAY = "DAY"
_COLUMNS = ("uid", "user", "campus", "kind", "key", "params", "told_at", "rings_at")

Params = Mapping[str, object]


def tell(
    *, campus: Campus, kind: str, to: Iterable[int], key: str, params: Params, at: datetime
) -> int:
    """
    Tell some users one thing, once: `key` names it, and telling it again does nothing.

    Who has muted the topic is not told. Returns how many users were asked to be told.

    :param to: user ids; `queries.residents` and `queries.managers` find them
    :param params: values of JSON (days as ISO text), see :class:`campus.notices.kinds.Kind`
    :raises UnknownKind: if no room declares the kind
    """
    return tell_each(campus=campus, kind=kind, key=key, params=dict.fromkeys(to, params), at=at)


def tell_each(
    *, campus: Campus, kind: str, key: str, params: Mapping[int, Params], at: datetime
) -> int:
    """As `tell`, with params of each user's own: user id -> params."""
    deaf = queries.deaf_to(topic=kind_of(kind).topic)
    rings_at = next_ring(at=at, zone=campus.zone)
    rows = [
        (uuid7(), user, campus.pk, kind, key, told, at, rings_at)
        for user, told in params.items()
        if user not in deaf
    ]
    bulk.insert_new(model=Notice, columns=_COLUMNS, rows=rows)
    return len(rows)


@transaction.atomic
def tell_day(*, campus: Campus, day: date, at: datetime) -> int:
    """
    Tell everybody of whom a room knows something what their closed `day` was.

    Each name of `settings.NEWS_PLAN` is asked for its part, `news(*, campus, day)` with holder id
    -> params; the parts of one person make one notice. Returns how many were told.
    """
    news: dict[int, dict[str, object]] = {}
    for name in settings.NEWS_PLAN:
        for holder, told in import_string(name)(campus=campus, day=day).items():
            news.setdefault(holder, {"day": day.isoformat()}).update(told)
    users = queries.users_of_holders(campus=campus)
    params = {users[holder]: told for holder, told in news.items() if holder in users}
    forget_old(campus=campus, before=at - KEPT)
    return tell_each(campus=campus, kind=DAY, key=f"day {day}", params=params, at=at)


def read_all(*, user: User, at: datetime) -> int:
    """Everything told so far has been read; returns how many were new."""
    return Notice.objects.filter(user=user, read_at=None, told_at__lte=at).update(read_at=at)


@transaction.atomic
def choose(*, user: User, topic: Topic, wanted: bool) -> None:
    """Switch a topic on or off, from now on."""
    if wanted:
        Muted.objects.filter(user=user, topic=topic).delete()
    else:
        Muted.objects.get_or_create(user=user, topic=topic)


def forget_old(*, campus: Campus, before: datetime) -> int:
    """News of long ago go."""
    gone, _by_table = Notice.objects.filter(campus=campus, told_at__lt=before).delete()
    return gone


def forget(*, person: Person, at: datetime) -> None:
    """What an erased person was told, and what they did not want to hear."""
    Notice.objects.filter(user_id=person.user_id).delete()
    Muted.objects.filter(user_id=person.user_id).delete()
