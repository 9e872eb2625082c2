"""Neighbours: whose campus one may see, a card left there, the monument of the dorm."""

from collections.abc import Mapping
from dataclasses import asdict
from uuid import UUID

from django.urls import path
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from campus import clock
from campus.api.texts import told
from campus.errors import NotFound
from campus.people import queries as people
from campus.people.asker import IsStudent, Student, student
from points.game import operations, queries
from points.game.api.shapes import CardIn, MonumentOut, NeighboursOut, VisitOut
from points.game.api.told import instance_row
from points.game.models import GameMap
from points.game.rules import book as rules_book


class NeighboursView(APIView):
    """Campuses that the asker may visit: room-mates, the week's exhibition, the dorm."""

    permission_classes = (IsStudent,)

    @extend_schema(operation_id="game_neighbours", responses=NeighboursOut)
    def get(self, request: Request) -> Response:
        asker = student(request)
        found = queries.visitable(viewer=asker.holder, day=asker.today)
        return Response({"results": [asdict(each) for each in found]})


class VisitView(APIView):
    """Another student's campus, for those whom its owner let in; nothing for others."""

    permission_classes = (IsStudent,)

    @extend_schema(operation_id="game_visit", responses=VisitOut)
    def get(self, request: Request, uid: UUID) -> Response:
        asker = student(request)
        game_map, relation = _visited(asker, uid)
        return Response(_visit(asker, game_map, relation))


class CardView(APIView):
    """I like this, in one of three kind words."""

    permission_classes = (IsStudent,)
    throttle_scope = "game"

    @extend_schema(operation_id="game_card", request=CardIn, responses=VisitOut)
    def put(self, request: Request, uid: UUID) -> Response:
        asker = student(request)
        game_map, relation = _visited(asker, uid)
        form = CardIn(data=request.data)
        form.is_valid(raise_exception=True)
        kind = form.validated_data["kind"]
        operations.leave_card(giver=asker.holder, game_map=game_map, kind=kind, at=clock.now())
        return Response(_visit(asker, game_map, relation))


class MonumentView(APIView):
    """What the dorm of the asker builds together this term; nothing (204) outside a term."""

    permission_classes = (IsStudent,)

    @extend_schema(operation_id="game_monument", responses={200: MonumentOut, 204: None})
    def get(self, request: Request) -> Response:
        asker = student(request)
        found = queries.monument_of(holder=asker.holder, day=asker.today)
        if found is None:
            return Response(status=204)
        return Response({**asdict(found), "residence": told(found.residence)})


def _visited(asker: Student, uid: UUID) -> tuple[GameMap, str]:
    """
    The campus and why the asker may see it.

    :raises NotFound: if it is not theirs to see
    """
    row = GameMap.objects.filter(uid=uid).select_related("holder__campus").first()
    relation = row and queries.may_visit(viewer=asker.holder, game_map=row, day=asker.today)
    if row is None or not relation:
        raise NotFound
    return row, relation


def _visit(asker: Student, game_map: GameMap, relation: str) -> Mapping[str, object]:
    campus, owner = queries.campus_of(game_map=game_map), str(game_map.uid)
    met = queries.neighbours(viewer=asker.holder, owners=[owner], day=asker.today)[owner]
    given = queries.waterings_given(giver=asker.holder, day=asker.today)
    rule = rules_book.current().faucets["help"]
    most = given >= rule["given_a_day"] or met.received_today >= rule["received_a_day"]
    nicknames = people.nicknames(holders=[game_map.holder_id])
    placed = [one for one in campus.instances.values() if one.spot is not None]
    return {
        "uid": owner,
        "nickname": nicknames.get(game_map.holder_id, ""),
        "name": game_map.name,
        "relation": relation,
        "seed": game_map.seed,
        "parcels": sorted(campus.parcels),
        "terrain": "".join(campus.ground),
        # What stands there; what was paid for it is the owner's affair.
        "instances": [{**instance_row(one), "paid": 0, "currency": "SUN"} for one in placed],
        "watered_today": met.watered_today,
        "may_water": not most and not met.watered_today,
        "cards": queries.cards_of(game_map=game_map),
        "my_card": queries.card_by(giver=asker.holder, game_map=game_map),
    }


urlpatterns = [
    path("game/neighbours/", NeighboursView.as_view(), name="game-neighbours"),
    path("game/visits/<uuid:uid>/", VisitView.as_view(), name="game-visit"),
    path("game/visits/<uuid:uid>/card/", CardView.as_view(), name="game-card"),
    path("game/monument/", MonumentView.as_view(), name="game-monument"),
]
