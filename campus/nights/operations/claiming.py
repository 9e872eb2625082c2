"""
One process at a time closes nights of a campus: a lease that is renewed while its holder lives.

Leases are kept in the database's own time, so clocks of different hosts need not agree. A claim is
taken by one conditional update, which SQLite and PostgreSQL both do atomically.
"""

import os
import socket
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from contextvars import ContextVar
from datetime import timedelta
from types import MappingProxyType
from uuid import UUID, uuid4

import structlog
from django.conf import settings
from django.db import DatabaseError, connection, transaction
from django.db.models import Q
from django.db.models.expressions import CombinedExpression
from django.db.models.functions import Now

from campus.nights.models import Claim
from campus.nights.refusals import ClaimLost, NightBusy
from campus.places.models import Campus

log = structlog.get_logger(__name__)
_HELD: ContextVar[Mapping[int, UUID]] = ContextVar(
    "claims of this thread", default=MappingProxyType({})
)


@contextmanager
def hold(*, campus: Campus) -> Iterator[None]:
    """
    Be the only process that closes nights of a campus; held already, it stays held.

    :raises NightBusy: if another holds it
    """
    if holds(campus=campus):
        yield
        return
    token = _taken(campus)
    before = _HELD.set({**_HELD.get(), campus.pk: token})
    try:
        with _kept_alive(token):
            yield
    finally:
        _HELD.reset(before)
        _let_go(token)


def holds(*, campus: Campus) -> bool:
    """Whether this thread closes nights of the campus."""
    return campus.pk in _HELD.get()


@contextmanager
def guarded(*, campus_id: int) -> Iterator[None]:
    """
    A transaction during which nobody takes over the claim of this thread, which is renewed.

    Without a claim it is just a transaction.

    :raises ClaimLost: if another has taken it over already
    """
    token = _HELD.get().get(campus_id)
    with transaction.atomic():
        if token is not None and not _renewed(token):
            raise ClaimLost
        yield


def _taken(campus: Campus) -> UUID:
    Claim.objects.get_or_create(campus=campus)
    token, free = uuid4(), Q(until__isnull=True) | Q(until__lt=Now())
    who = f"{socket.gethostname()} {os.getpid()}"[:200]
    if not Claim.objects.filter(free, campus=campus).update(token=token, by=who, until=_until()):
        raise NightBusy
    return token


def _until() -> CombinedExpression:
    return Now() + timedelta(seconds=settings.NIGHT_LEASE_SECONDS)


def _renewed(token: UUID) -> bool:
    return bool(Claim.objects.filter(token=token).update(until=_until()))


def _let_go(token: UUID) -> None:
    # With the database gone, the lease runs out by itself.
    with suppress(DatabaseError):
        Claim.objects.filter(token=token).update(token=None, by="", until=None)


@contextmanager
def _kept_alive(token: UUID) -> Iterator[None]:
    """Renew the claim from a thread of its own, however long a step takes."""
    stop = threading.Event()
    threading.Thread(target=_renew, args=(token, stop), daemon=True).start()
    try:
        yield
    finally:
        stop.set()


def _renew(token: UUID, stop: threading.Event) -> None:
    while not stop.wait(settings.NIGHT_LEASE_SECONDS / 3):
        try:
            _renewed(token)
        except DatabaseError:
            log.warning("claim_not_renewed", exc_info=True)
        finally:
            connection.close()
