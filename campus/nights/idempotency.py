"""A write that is asked for by key happens once; asked again, it answers what it answered."""

import hashlib
import json
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _
from rest_framework.renderers import JSONRenderer
from rest_framework.request import Request
from rest_framework.response import Response

from campus.api import problems
from campus.errors import CampusError
from campus.nights.models import IdempotencyKey
from campus.people.models import User

Answer = tuple[int, dict[str, object]]


class KeyMissing(CampusError):
    """A write that moves value came without its key."""

    code, status = "idempotency_key_missing", 400
    detail = _("Send a header Idempotency-Key of 8 to 64 characters with this request.")


class KeyReused(CampusError):
    """The same key came with another request."""

    code, status = "idempotency_key_reused", 422
    detail = _("This Idempotency-Key was already used for another request.")


def answer_once(
    *, request: Request, at: datetime, effect: Callable[[], Answer], unsaid: Sequence[str] = ()
) -> Response:
    """
    Run `effect` in one transaction with its key; a repeat returns the first answer.

    Refusals (4xx) are answers too and are kept; faults of ours (5xx) are not.

    :param unsaid: fields of the body without a fingerprint: a short PIN could be guessed from it

    :raises KeyMissing: if the header is absent or of a wrong length
    :raises KeyReused: if the key came before with another method, path or body
    """
    key, user = request.headers.get("Idempotency-Key", ""), request.user
    fingerprint = _fingerprint(request, unsaid)
    assert isinstance(user, User)
    if not 8 <= len(key) <= 64:
        raise KeyMissing
    stored = IdempotencyKey.objects.filter(principal=user, key=key).first()
    if stored is None:
        row = _row(request=request, user=user, key=key, at=at, fingerprint=fingerprint)
        stored = _first(row, effect)
    if stored.fingerprint != fingerprint:
        raise KeyReused
    kind = problems.JSON if stored.status >= 400 else None
    return Response(stored.response, status=stored.status, content_type=kind)


def _row(
    *, request: Request, user: User, key: str, at: datetime, fingerprint: str
) -> IdempotencyKey:
    return IdempotencyKey(
        principal=user,
        key=key,
        method=request.method or "",
        route=request.path[:200],
        fingerprint=fingerprint,
        status=0,
        response={},
        created_at=at,
    )


def _first(row: IdempotencyKey, effect: Callable[[], Answer]) -> IdempotencyKey:
    try:
        return _with_effect(row, effect)
    except CampusError as error:
        row.pk, row.status, row.response = None, error.status, _plain(problems.told(error))
        return _keep(row)
    except IntegrityError:
        # Somebody else's identical request committed first: its answer is ours. Any other
        # broken law of the database is not ours to hide.
        stored = IdempotencyKey.objects.filter(principal=row.principal, key=row.key).first()
        if stored is None:
            raise
        return stored


def _with_effect(row: IdempotencyKey, effect: Callable[[], Answer]) -> IdempotencyKey:
    with transaction.atomic():
        row.save(force_insert=True)
        row.status, body = effect()
        row.response = _plain(body)
        row.save(update_fields=["status", "response"])
    return row


def _keep(row: IdempotencyKey) -> IdempotencyKey:
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError:
        return IdempotencyKey.objects.get(principal=row.principal, key=row.key)
    return row


def _fingerprint(request: Request, unsaid: Sequence[str]) -> str:
    body = request.data
    if unsaid and isinstance(body, Mapping):
        body = {name: value for name, value in body.items() if name not in unsaid}
    said = [request.method, request.get_full_path(), json.dumps(body, sort_keys=True, default=str)]
    return hashlib.sha256("\n".join(map(str, said)).encode()).hexdigest()


def _plain(body: dict[str, object]) -> dict[str, object]:
    """The body as it will be read back from JSON."""
    plain: dict[str, object] = json.loads(JSONRenderer().render(body))
    return plain
