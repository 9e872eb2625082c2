"""How the nights went, for a manager, who may have one run again."""

from datetime import date, datetime

import structlog
from django.urls import path
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from campus import clock
from campus.errors import NotFound
from campus.nights import operations, queries, reasons
from campus.nights.idempotency import Answer, answer_once
from campus.nights.models import State
from campus.people import asker
from campus.places.models import Campus

log = structlog.get_logger(__name__)


class ProgressOut(serializers.Serializer[queries.Progress]):
    done = serializers.IntegerField()
    total = serializers.IntegerField()


class StepOut(serializers.Serializer[queries.StepFact]):
    name = serializers.CharField()
    state = serializers.ChoiceField(choices=State.choices)
    failed = serializers.BooleanField()
    reason = serializers.SerializerMethodField()
    chunks = ProgressOut()

    def get_reason(self, step: queries.StepFact) -> str | None:
        return reasons.words(code=step.reason, facts=step.facts) if step.failed else None


class NightOut(serializers.Serializer[object]):
    day = serializers.DateField()
    state = serializers.ChoiceField(choices=State.choices)
    finished_at = serializers.DateTimeField(allow_null=True)
    running = serializers.CharField(allow_null=True)
    progress = ProgressOut()
    steps = StepOut(many=True)


class NightsView(APIView):
    """The newest fourteen nights of the campus a manager works on."""

    permission_classes = (asker.IsManager,)

    @extend_schema(operation_id="nights", responses=NightOut(many=True))
    def get(self, request: Request) -> Response:
        campus = asker.residence(request).campus
        return Response(NightOut(queries.recent(campus=campus), many=True).data)


class RerunView(APIView):
    """
    Open a night again; it is closed soon after the answer. Needs an Idempotency-Key.

    What is unchanged writes nothing; what changed becomes a revision.
    """

    permission_classes = (asker.IsManager,)

    @extend_schema(operation_id="rerun_night", request=None, responses={202: NightOut})
    def post(self, request: Request, day: str) -> Response:
        campus, at, asked = asker.residence(request).campus, clock.now(), _day(day)
        log.info("night_rerun_asked", campus=campus.slug, day=day, user=request.user.pk)
        return answer_once(request=request, at=at, effect=lambda: _rerun(campus, asked, at))


def _rerun(campus: Campus, day: date, at: datetime) -> Answer:
    operations.rerun(campus=campus, day=day, at=at)
    return 202, dict(NightOut(queries.night(campus=campus, day=day)).data)


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise NotFound from None


urlpatterns = [
    path("manage/nights/", NightsView.as_view(), name="nights"),
    path("manage/nights/<str:day>/rerun/", RerunView.as_view(), name="night-rerun"),
]
