"""One thing to try today, and everything that was advised before."""

from dataclasses import asdict

from django.urls import path
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from campus.nights.queries import last_closed
from campus.people import asker
from points.home.tips import ValuedTip, tip_of_today, tips_of

STATES = ["OPEN", "DONE", "DISMISSED"]


class TipOut(serializers.Serializer[object]):
    uid = serializers.UUIDField()
    rule = serializers.CharField()
    day = serializers.DateField()
    state = serializers.ChoiceField(choices=STATES)
    title = serializers.CharField()
    evidence = serializers.CharField()
    action = serializers.CharField()
    worth_wh = serializers.IntegerField()
    worth_minor = serializers.IntegerField(allow_null=True)
    worth_co2_g = serializers.IntegerField(allow_null=True)
    worth_sun = serializers.IntegerField(allow_null=True)


class TipsOut(serializers.Serializer[object]):
    today = TipOut(allow_null=True)
    before = TipOut(many=True)


class TipsView(APIView):
    """
    The newest open tip of the last two weeks, and all tips so far.

    Where a figure is not known (a meter without hours) no tip speaks of it; comparison rooms have
    none at all.
    """

    permission_classes = (asker.IsStudent,)

    @extend_schema(operation_id="tips", responses=TipsOut)
    def get(self, request: Request) -> Response:
        student = asker.student(request)
        room, day = student.home(), last_closed(campus=student.campus)
        if day is None:
            return Response({"today": None, "before": []})
        today = tip_of_today(holder=student.holder, room=room, day=day)
        before = tips_of(holder=student.holder, room=room, day=day)
        told = {
            "today": _told(today) if today else None,
            "before": [_told(tip) for tip in before],
        }
        return Response(TipsOut(told).data)


def _told(valued: ValuedTip) -> dict[str, object]:
    return {**asdict(valued.tip), "worth_sun": valued.worth_sun}


urlpatterns = [path("tips/", TipsView.as_view(), name="tips")]
