"""The mini-campus over HTTP: the map, the catalogue, batches of actions, the picture."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpResponse
from django.urls import path
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from campus import clock
from campus.api.texts import told
from campus.people.asker import IsStudent, student
from points.game import operations, queries
from points.game.art import picture
from points.game.models import Drop, GameMap, Instance
from points.game.operations import Played
from points.game.refusals import TooMuch
from points.game.rules import book as rules_book
from points.game.rules import catalogue, levels, state
from points.game.wishes import BatchIn, wish_of

# 50 actions of the longest kind stay far below this.
LARGEST_BODY = 256 * 1024


class InstanceOut(serializers.Serializer[object]):
    uid = serializers.UUIDField()
    item = serializers.CharField()
    state = serializers.ChoiceField(choices=Instance.State.values)
    x = serializers.IntegerField(allow_null=True)
    y = serializers.IntegerField(allow_null=True)
    rot = serializers.IntegerField()
    level = serializers.IntegerField()
    currency = serializers.CharField()
    paid = serializers.IntegerField()
    bought_at = serializers.DateTimeField()


class DropOut(serializers.Serializer[object]):
    uid = serializers.UUIDField()
    kind = serializers.CharField()
    amount = serializers.IntegerField()
    effective_on = serializers.DateField()
    state = serializers.ChoiceField(choices=Drop.State.values)


class BalancesOut(serializers.Serializer[object]):
    SUN = serializers.IntegerField()
    CP = serializers.IntegerField()


class MapOut(serializers.Serializer[object]):
    uid = serializers.UUIDField()
    version = serializers.IntegerField()
    name = serializers.CharField()
    seed = serializers.IntegerField()
    rules_version = serializers.CharField()
    balances = BalancesOut()
    level = serializers.IntegerField()
    xp = serializers.IntegerField()
    parcels = serializers.ListField(child=serializers.IntegerField())
    terrain = serializers.CharField()
    instances = InstanceOut(many=True)
    drops = DropOut(many=True)
    full_today = serializers.BooleanField()


class ItemOut(serializers.Serializer[object]):
    id = serializers.CharField()
    name = serializers.CharField()
    category = serializers.CharField()
    price = serializers.IntegerField()
    cp_price = serializers.IntegerField(allow_null=True)
    level = serializers.IntegerField()
    w = serializers.IntegerField()
    h = serializers.IntegerField()
    layer = serializers.CharField()
    on_sale = serializers.BooleanField()


class CatalogueOut(serializers.Serializer[object]):
    rules_version = serializers.CharField()
    items = ItemOut(many=True)


class ResultOut(serializers.Serializer[object]):
    id = serializers.UUIDField()
    ok = serializers.BooleanField()
    code = serializers.CharField(allow_null=True)
    amount = serializers.IntegerField(required=False)


class PlayedOut(serializers.Serializer[object]):
    version = serializers.IntegerField()
    results = ResultOut(many=True)
    balances = BalancesOut()
    level = serializers.IntegerField()
    xp = serializers.IntegerField()
    name = serializers.CharField()
    parcels = serializers.ListField(child=serializers.IntegerField())
    instances = InstanceOut(many=True)
    drops = DropOut(many=True)
    rebased = serializers.BooleanField()
    map = MapOut(required=False)


class MapView(APIView):
    """The student's own campus; opened, with its welcome, at the first look."""

    permission_classes = (IsStudent,)

    @extend_schema(operation_id="game_map", responses={200: MapOut, 304: None})
    def get(self, request: Request) -> Response:
        asker = student(request)
        game_map = operations.open_map(holder=asker.holder, day=asker.today, at=clock.now())
        mark = f'"{queries.mark_of(game_map=game_map)}"'
        headers = {"ETag": mark, "Cache-Control": "private, no-cache"}
        if mark in request.headers.get("If-None-Match", ""):
            return Response(status=304, headers=headers)
        return Response(_map(game_map), headers=headers)


class CatalogueView(APIView):
    """Everything that can be bought, at what price and level."""

    permission_classes = (IsStudent,)

    @extend_schema(operation_id="game_catalogue", responses=CatalogueOut)
    def get(self, request: Request) -> Response:
        book = rules_book.current()
        items = [
            {
                **{name: getattr(item, name) for name in _ITEM_FIELDS},
                "name": told(item.name),
                "cp_price": catalogue.price(item=item, currency=catalogue.CP, book=book),
            }
            for item in book.items.values()
        ]
        return Response({"rules_version": book.version, "items": items})


_ITEM_FIELDS = ("id", "category", "price", "level", "w", "h", "layer", "on_sale")


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
        return Response(_played(played))


class PictureView(APIView):
    """The student's own campus as a PNG, drawn anew only when it has changed."""

    permission_classes = (IsStudent,)
    size = OpenApiParameter("size", str, enum=sorted(picture.SIZES), default="square")

    @extend_schema(
        operation_id="game_picture",
        parameters=[size],
        responses={(200, "image/png"): OpenApiTypes.BINARY},
    )
    def get(self, request: Request) -> HttpResponse:
        asker = student(request)
        game_map = operations.open_map(holder=asker.holder, day=asker.today, at=clock.now())
        size = request.query_params.get("size", "square")
        size = size if size in picture.SIZES else "square"
        mark = f'"{game_map.uid}-{game_map.version}-{size}"'
        headers = {"ETag": mark, "Cache-Control": "private, no-cache"}
        if mark in request.headers.get("If-None-Match", ""):
            return HttpResponse(status=304, headers=headers)
        png = operations.picture_of(game_map=game_map, size=size)
        return HttpResponse(png, content_type="image/png", headers=headers)


def _batch(request: Request) -> Mapping[str, Any]:
    if int(request.META.get("CONTENT_LENGTH") or 0) > LARGEST_BODY:
        raise TooMuch
    form = BatchIn(data=request.data)
    form.is_valid(raise_exception=True)
    batch: Mapping[str, Any] = form.validated_data
    return batch


def _map(game_map: GameMap) -> dict[str, object]:
    shown = queries.shown(game_map=game_map)
    campus = shown.campus
    return {
        **_standing(shown.version, campus),
        "uid": shown.uid,
        "seed": shown.seed,
        "rules_version": rules_book.current().version,
        "terrain": shown.terrain,
        "instances": [_instance(one) for one in campus.instances.values()],
        "drops": [_drop(drop) for drop in shown.drops],
        "full_today": shown.full_today,
    }


def _played(played: Played) -> dict[str, object]:
    game_map = played.game_map
    campus = queries.campus_of(game_map=game_map, named=played.changed)
    drops = queries.drops_of(holder=game_map.holder, named=played.changed)
    instances = [campus.instances[name] for name in campus.instances if name in played.changed]
    body: dict[str, object] = {
        **_standing(game_map.version, campus),
        "results": played.results,
        "instances": [_instance(one) for one in instances],
        "drops": [_drop(drop) for drop in drops if str(drop.uid) in played.changed],
        "rebased": played.rebased,
    }
    return {**body, "map": _map(game_map)} if played.rebased else body


def _standing(version: int, campus: state.Campus) -> dict[str, object]:
    return {
        "version": version,
        "name": campus.name,
        "balances": campus.balances,
        "level": levels.level_of(xp=campus.xp, book=rules_book.current()),
        "xp": campus.xp,
        "parcels": sorted(campus.parcels),
    }


def _instance(one: state.Instance) -> dict[str, object]:
    spot = one.spot
    return {
        "uid": one.id,
        "item": one.item,
        "state": one.state,
        "x": spot.x if spot else None,
        "y": spot.y if spot else None,
        "rot": spot.rot if spot else 0,
        "level": one.level,
        "currency": one.currency,
        "paid": one.paid,
        "bought_at": one.bought_at,
    }


def _drop(drop: Drop) -> dict[str, object]:
    return {
        "uid": drop.uid,
        "kind": drop.kind,
        "amount": drop.amount,
        "effective_on": drop.effective_on,
        "state": drop.state,
    }


urlpatterns = [
    path("game/map/", MapView.as_view(), name="game-map"),
    path("game/catalogue/", CatalogueView.as_view(), name="game-catalogue"),
    path("game/actions/", ActionsView.as_view(), name="game-actions"),
    path("game/picture.png", PictureView.as_view(), name="game-picture"),
]
