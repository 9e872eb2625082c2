"""Where the asker's room stands; others stay nameless, and nobody sees the last places."""

from dataclasses import replace

from django.urls import path
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from campus import clock
from campus.nights.queries import last_closed
from campus.people import asker
from campus.places.models import Enrolment
from meters.rankings import operations, queries
from meters.rankings.facts import GroupFact, Standings
from meters.rankings.models import Ranking

PERIODS = Ranking.Period.choices
REASONS = ["missing_days", "comparison", "too_few", "away", "not_yet", "new"]
PERIOD = OpenApiParameter("period", str, enum=Ranking.Period.values)
WHICH = OpenApiParameter("residence", str, description="uid; the first managed one if left out")


class PeriodIn(serializers.Serializer[object]):
    """The asked period; a week if left out."""

    period = serializers.ChoiceField(choices=PERIODS, default=Ranking.Period.WEEK)


class PlaceOut(serializers.Serializer[object]):
    rank = serializers.IntegerField()
    ranked = serializers.IntegerField()
    score = serializers.IntegerField()
    days = serializers.IntegerField()
    efficient = serializers.BooleanField()


class TopOut(serializers.Serializer[object]):
    rank = serializers.IntegerField()
    label = serializers.CharField(allow_null=True)  # type: ignore[assignment]
    me = serializers.BooleanField()
    score = serializers.IntegerField()


class BoardOut(serializers.Serializer[object]):
    ranked = serializers.IntegerField()
    mine = PlaceOut(allow_null=True)
    top = TopOut(many=True)


class GroupOut(serializers.Serializer[GroupFact]):
    rooms = serializers.IntegerField()
    type = serializers.CharField(allow_null=True)
    people = serializers.IntegerField(allow_null=True)
    residence = serializers.CharField(allow_null=True)


class RankingsOut(serializers.Serializer[Standings]):
    period = serializers.ChoiceField(choices=PERIODS)
    part = serializers.ChoiceField(choices=Enrolment.Part.choices, allow_null=True)
    reason = serializers.ChoiceField(choices=REASONS, allow_null=True)
    starts_on = serializers.DateField(allow_null=True)
    ends_on = serializers.DateField(allow_null=True)
    running = serializers.BooleanField()
    revision = serializers.IntegerField()
    note = serializers.SerializerMethodField()
    group = GroupOut(allow_null=True)
    rooms = BoardOut(allow_null=True)
    residences = BoardOut(allow_null=True)
    named = serializers.BooleanField()

    def get_note(self, standings: Standings) -> str:
        return str(Ranking.Note(standings.note).label)


class NameIn(serializers.Serializer[object]):
    named = serializers.BooleanField()


class ManagedGroupOut(GroupOut):
    ranked = serializers.IntegerField()


class ManagedRankingsOut(serializers.Serializer[object]):
    residences = BoardOut(allow_null=True)
    groups = ManagedGroupOut(many=True)


class RankingsView(APIView):
    """
    The asker's room among similar rooms, and the residences among one another.

    Residents of comparison rooms are told no place of anybody. Without a place, `reason` says why.
    """

    permission_classes = (asker.IsStudent,)

    @extend_schema(operation_id="rankings", parameters=[PERIOD], responses=RankingsOut)
    def get(self, request: Request) -> Response:
        student = asker.student(request)
        room, day, period = student.home(), last_closed(campus=student.campus), _period(request)
        standings = (
            queries.standings_of(room=room, period=period, day=day)
            if day
            else Standings(period=period, part=None, reason="not_yet")
        )
        named = queries.names_shown(holder=student.holder)
        return Response(RankingsOut(replace(standings, named=named)).data)


class NameView(APIView):
    """Whether my nickname stands beside my room's place."""

    permission_classes = (asker.IsStudent,)

    @extend_schema(operation_id="rankings_name", request=NameIn, responses=NameIn)
    def put(self, request: Request) -> Response:
        wish = NameIn(data=request.data)
        wish.is_valid(raise_exception=True)
        holder, named = asker.student(request).holder, wish.validated_data["named"]
        operations.show_name(holder=holder, shown=named, at=clock.now())
        return Response({"named": queries.names_shown(holder=holder)})


class ManagedRankingsView(APIView):
    """All residences of the campus in order, and the groups that a residence's rooms are in."""

    permission_classes = (asker.IsManager,)

    @extend_schema(
        operation_id="manage_rankings", parameters=[WHICH, PERIOD], responses=ManagedRankingsOut
    )
    def get(self, request: Request) -> Response:
        residence = asker.residence(request, request.query_params.get("residence"))
        day, period = last_closed(campus=residence.campus), _period(request)
        if day is None:
            return Response({"residences": None, "groups": []})
        groups = queries.groups_in(residence=residence, period=period, day=day)
        told = {
            "residences": queries.order_of_residences(
                campus=residence.campus, period=period, day=day
            ),
            "groups": [{**GroupOut(group).data, "ranked": ranked} for group, ranked in groups],
        }
        return Response(ManagedRankingsOut(told).data)


def _period(request: Request) -> str:
    wish = PeriodIn(data=request.query_params)
    wish.is_valid(raise_exception=True)
    return str(wish.validated_data["period"])


urlpatterns = [
    path("rankings/", RankingsView.as_view(), name="rankings"),
    path("rankings/name/", NameView.as_view(), name="rankings-name"),
    path("manage/rankings/", ManagedRankingsView.as_view(), name="manage-rankings"),
]
