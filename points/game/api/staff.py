"""Faucets and sinks for those who manage a residence: sums of the campus, never persons."""

from dataclasses import asdict
from datetime import date, timedelta

from django.urls import path
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from campus import clock
from campus.people.asker import IsManager, residence
from points.game import queries
from points.game.api.shapes import FlowsOut

USUAL = timedelta(days=28)
LONGEST = timedelta(days=400)


class _PeriodIn(serializers.Serializer[object]):
    """Days [from, to); without them, the last four weeks."""

    to = serializers.DateField(required=False)

    def get_fields(self) -> dict[str, serializers.Field[object, object, object, object]]:
        return {**super().get_fields(), "from": serializers.DateField(required=False)}


class FlowsView(APIView):
    """Where the campus's sunlight came from and where it went."""

    permission_classes = (IsManager,)

    @extend_schema(
        operation_id="game_economy",
        parameters=[OpenApiParameter("from", date), OpenApiParameter("to", date)],
        responses=FlowsOut,
    )
    def get(self, request: Request) -> Response:
        campus = residence(request).campus
        wish = _PeriodIn(data=request.query_params)
        wish.is_valid(raise_exception=True)
        today = clock.today(zone=campus.zone)
        ends_on = wish.validated_data.get("to", today + timedelta(days=1))
        starts_on = max(wish.validated_data.get("from", ends_on - USUAL), ends_on - LONGEST)
        flows = queries.flows(campus=campus, starts_on=starts_on, ends_on=ends_on)
        return Response({**asdict(flows), "starts_on": starts_on, "ends_on": ends_on})


urlpatterns = [path("game/economy/", FlowsView.as_view(), name="game-economy")]
