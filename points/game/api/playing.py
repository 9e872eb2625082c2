"""Playing: an ordered batch of actions."""

from collections.abc import Mapping
from typing import Any

from django.urls import path
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from campus import clock
from campus.people.asker import IsStudent, student
from points.game import operations
from points.game.api.shapes import PlayedOut
from points.game.api.told import played_body
from points.game.refusals import TooMuch
from points.game.wishes import BatchIn, wish_of

# 50 actions of the longest kind stay far below this.
LARGEST_BODY = 256 * 1024


class ActionsView(APIView):
    """An ordered batch of actions, each all or nothing."""

    permission_classes = (IsStudent,)
    throttle_scope = "game"

    @extend_schema(operation_id="game_play", request=BatchIn, responses=PlayedOut)
    def post(self, request: Request) -> Response:
        asker = student(request)
        batch = _batch(request)
        at = clock.now()
        played = operations.play(
            game_map=operations.open_map(holder=asker.holder, day=asker.today, at=at),
            base_version=batch["base_version"],
            rules_version=batch["rules_version"],
            wishes=[wish_of(sent=row) for row in batch["actions"]],
            at=at,
        )
        return Response(played_body(played, asker.today))


def _batch(request: Request) -> Mapping[str, Any]:
    if int(request.META.get("CONTENT_LENGTH") or 0) > LARGEST_BODY:
        raise TooMuch
    form = BatchIn(data=request.data)
    form.is_valid(raise_exception=True)
    batch: Mapping[str, Any] = form.validated_data
    return batch


urlpatterns = [path("game/actions/", ActionsView.as_view(), name="game-actions")]
