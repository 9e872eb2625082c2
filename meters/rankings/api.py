"""Where the asker's room stands; others stay nameless, and nobody sees the last places."""

from django.urls import path
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from campus.nights.queries import last_closed
from campus.people import asker
from campus.places.models import Enrolment
from meters.rankings import queries
from meters.rankings.facts import Rankings


class PlaceOut(serializers.Serializer[object]):
    rank = serializers.IntegerField()
    rooms = serializers.IntegerField()
    saved_wh_per_person = serializers.IntegerField()
    days = serializers.IntegerField()


class TopOut(serializers.Serializer[object]):
    rank = serializers.IntegerField()
    label = serializers.CharField(allow_null=True)  # type: ignore[assignment]
    me = serializers.BooleanField()
    saved_wh_per_person = serializers.IntegerField()


class BoardOut(serializers.Serializer[object]):
    day = serializers.DateField()
    rooms = serializers.IntegerField()
    mine = PlaceOut(allow_null=True)
    top = TopOut(many=True)


class RankingsOut(serializers.Serializer[Rankings]):
    day = serializers.DateField(allow_null=True)
    part = serializers.ChoiceField(choices=Enrolment.Part.choices, allow_null=True)
    mine = PlaceOut(allow_null=True)
    reason = serializers.ChoiceField(
        choices=["missing_days", "comparison", "too_few", "away", "not_yet"], allow_null=True
    )
    residence = BoardOut(allow_null=True)
    campus = BoardOut(allow_null=True)


class RankingsView(APIView):
    """
    The asker's room among the rooms of its residence and campus, by the newest published week.

    Residents of comparison rooms are told no rank. Without a rank, `reason` says why.
    """

    permission_classes = (asker.IsStudent,)

    @extend_schema(operation_id="rankings", responses=RankingsOut)
    def get(self, request: Request) -> Response:
        student = asker.student(request)
        room, day = student.home(), last_closed(campus=student.campus)
        told = queries.rankings_of(room=room, day=day) if day else Rankings.none()
        return Response(RankingsOut(told).data)


urlpatterns = [path("rankings/", RankingsView.as_view(), name="rankings")]
