"""How the nights went, for a manager."""

from django.urls import path
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from campus.nights import queries
from campus.nights.models import State
from campus.people import asker


class StepOut(serializers.Serializer[object]):
    name = serializers.CharField()
    state = serializers.ChoiceField(choices=State.choices)
    failed = serializers.BooleanField()


class NightOut(serializers.Serializer[object]):
    day = serializers.DateField()
    state = serializers.ChoiceField(choices=State.choices)
    finished_at = serializers.DateTimeField(allow_null=True)
    steps = StepOut(many=True, source="plan")


class NightsView(APIView):
    """The newest fourteen nights of the campus a manager works on."""

    permission_classes = (asker.IsManager,)

    @extend_schema(operation_id="nights", responses=NightOut(many=True))
    def get(self, request: Request) -> Response:
        campus = asker.residence(request).campus
        return Response(NightOut(queries.recent(campus=campus), many=True).data)


urlpatterns = [path("manage/nights/", NightsView.as_view(), name="nights")]
