"""The student's own campus: the map, the catalogue, the sky above it."""

from dataclasses import asdict

from django.urls import path
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from campus import clock
from campus.api.texts import told
from campus.people.asker import IsStudent, student
from points.game import operations, queries
from points.game.api.shapes import CatalogueOut, MapOut, SkyOut
from points.game.api.told import map_body
from points.game.rules import book as rules_book
from points.game.rules import catalogue


class MapView(APIView):
    """The student's own campus; opened, with its welcome, at the first look."""

    permission_classes = (IsStudent,)

    @extend_schema(operation_id="game_map", responses={200: MapOut, 304: None})
    def get(self, request: Request) -> Response:
        asker = student(request)
        game_map = operations.open_map(holder=asker.holder, day=asker.today, at=clock.now())
        mark = f'"{queries.mark_of(game_map=game_map, day=asker.today)}"'
        headers = {"ETag": mark, "Cache-Control": "private, no-cache"}
        if mark in request.headers.get("If-None-Match", ""):
            return Response(status=304, headers=headers)
        return Response(map_body(game_map, asker.today), headers=headers)


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


_ITEM_FIELDS = ("id", "category", "price", "level", "w", "h", "layer", "on_sale", "chapter")


class SkyView(APIView):
    """The real sun and night behind the map: the roof's yield and how bright the dorm is."""

    permission_classes = (IsStudent,)

    @extend_schema(operation_id="game_sky", responses=SkyOut)
    def get(self, request: Request) -> Response:
        asker = student(request)
        sky = queries.sky_of(holder=asker.holder, day=asker.today)
        return Response({**asdict(sky), "percent": sky.percent})


urlpatterns = [
    path("game/map/", MapView.as_view(), name="game-map"),
    path("game/catalogue/", CatalogueView.as_view(), name="game-catalogue"),
    path("game/sky/", SkyView.as_view(), name="game-sky"),
]
