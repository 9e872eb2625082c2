"""How the nights went, for a manager."""

from typing import ClassVar

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
    error = serializers.BooleanField(source="has_error")


class NightOut(serializers.Serializer[object]):
    day = serializers.DateField()
    state = serializers.ChoiceField(choices=State.choices)
    finished_at = serializers.DateTimeField(allow_null=True)
    steps = serializers.SerializerMethodField()

    @extend_schema(responses=StepOut(many=True))
    def get_steps(self, run: object) -> list[dict[str, object]]:
        steps = sorted(run.steps.all(), key=lambda step: step.position)  # type: ignore[attr-defined]
        return [{"name": s.name, "state": s.state, "error": bool(s.error)} for s in steps]


class NightsView(APIView):
    """The newest fourteen nights of the campus a manager works on."""

    permission_classes: ClassVar = [asker.IsManager]

    @extend_schema(operation_id="nights", responses=NightOut(many=True))
    def get(self, request: Request) -> Response:
        campus = asker.residence(request).campus
        return Response(NightOut(queries.recent(campus=campus), many=True).data)


urlpatterns = [path("manage/nights/", NightsView.as_view(), name="nights")]
