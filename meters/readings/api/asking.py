"""What the doors of this room have in common: who asks, about what, and answers given once."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from drf_spectacular.utils import OpenApiParameter
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from campus import clock
from campus.errors import NotFound
from campus.nights.idempotency import Answer, answer_once
from campus.people import asker
from campus.people import queries as people
from campus.people.models import User
from campus.places.models import Residence, Room

WHICH = OpenApiParameter("residence", str, description="uid; the first managed one if left out")


def user_of(request: Request) -> User:
    """Who asks; the permissions of a view have seen to it that it is somebody."""
    assert isinstance(request.user, User)
    return request.user


def residence_of(request: Request) -> Residence:
    """The residence that a manager asks about."""
    return asker.residence(request, request.query_params.get("residence"))


def read(shape: type[serializers.Serializer[Any]], request: Request) -> dict[str, Any]:
    """
    What the request says, in a shape.

    :raises ValidationError: if it does not have that shape
    """
    wish = shape(data=request.data)
    wish.is_valid(raise_exception=True)
    told: dict[str, Any] = wish.validated_data
    return told


def once(request: Request, effect: Callable[[datetime], Answer]) -> Response:
    """Answer a write that may come twice, and takes effect once."""
    at = clock.now()
    return answer_once(request=request, at=at, effect=lambda: effect(at))


def room_of(request: Request, uid: str) -> Room:
    """
    A room of a residence that the asker manages.

    :raises NotFound: if it is another's or does not exist
    """
    managed = people.managed_residences(user=user_of(request))
    rows = Room.objects.filter(uid=uid, residence__in=managed)
    found = rows.select_related("residence__campus").first()
    if found is None:
        raise NotFound
    return found
