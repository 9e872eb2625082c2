"""Weather warnings, and rooms somebody should look after."""

from datetime import datetime
from typing import Any
from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from campus import clock
from campus.nights.idempotency import Answer, answer_once
from campus.people import asker
from campus.people.queries import managed_residences
from campus.places.models import Campus
from meters.savings import operations
from meters.savings.api.agreed import WHICH, campus_of, who
from meters.savings.models import WeatherWarning, WelfareNote
from meters.savings.queries import agreed, desk


class WarningIn(serializers.Serializer[object]):
    kind = serializers.ChoiceField(choices=WeatherWarning.Kind.choices)
    starts_on = serializers.DateField()
    ends_on = serializers.DateField(help_text="the first day after it")


class WarningOut(serializers.Serializer[WeatherWarning]):
    uid = serializers.UUIDField()
    kind = serializers.ChoiceField(choices=WeatherWarning.Kind.choices)
    starts_on = serializers.DateField()
    ends_on = serializers.DateField()


class NoteOut(serializers.Serializer[WelfareNote]):
    """A room and since when; no figure, no name."""

    uid = serializers.UUIDField()
    room = serializers.CharField(source="occupancy.room.number")
    since = serializers.DateField()
    noted_on = serializers.DateField()
    seen_at = serializers.DateTimeField(allow_null=True)


class WarningsView(APIView):
    """Heat and cold warnings: on their days nobody should save, and nothing is credited."""

    permission_classes = (asker.IsManager,)
    throttle_scope = "redeem"

    @extend_schema(
        operation_id="weather_warnings", parameters=[WHICH], responses=WarningOut(many=True)
    )
    def get(self, request: Request) -> Response:
        rows: Any = agreed.warnings_of(campus=campus_of(request))
        return Response(WarningOut(rows, many=True).data)

    @extend_schema(
        operation_id="tell_weather_warning",
        parameters=[WHICH],
        request=WarningIn,
        responses={201: WarningOut},
    )
    def post(self, request: Request) -> Response:
        campus, at, wish = campus_of(request), clock.now(), WarningIn(data=request.data)
        wish.is_valid(raise_exception=True)
        told = {**wish.validated_data, "by": who(request)}
        return answer_once(request=request, at=at, effect=lambda: _told(campus, told, at))


def _told(campus: Campus, told: dict[str, Any], at: datetime) -> Answer:
    return 201, dict(WarningOut(operations.tell_warning(campus=campus, at=at, **told)).data)


class WarningView(APIView):
    """Take back a warning that was entered by mistake."""

    permission_classes = (asker.IsManager,)
    throttle_scope = "redeem"

    @extend_schema(
        operation_id="take_back_weather_warning", parameters=[WHICH], responses={204: None}
    )
    def delete(self, request: Request, uid: UUID) -> Response:
        warning = desk.warning_of(campus=campus_of(request), uid=uid)
        operations.take_back_warning(warning=warning)
        return Response(status=204)


class NotesView(APIView):
    """Rooms of a residence whose use fell away without a reason: for its manager alone."""

    permission_classes = (asker.IsManager,)

    @extend_schema(operation_id="welfare_notes", parameters=[WHICH], responses=NoteOut(many=True))
    def get(self, request: Request) -> Response:
        home = asker.residence(request, request.query_params.get("residence"))
        notes: Any = desk.welfare_of(residence=home)
        return Response(NoteOut(notes, many=True).data)


class SeenView(APIView):
    """Somebody has looked after the room."""

    permission_classes = (asker.IsManager,)
    throttle_scope = "redeem"

    @extend_schema(operation_id="welfare_seen", request=None, responses=NoteOut)
    def post(self, request: Request, uid: UUID) -> Response:
        homes = list(managed_residences(user=who(request)))
        note = desk.note_of(residences=homes, uid=uid)
        note = operations.see_to(note=note, at=clock.now(), by=who(request))
        return Response(NoteOut(note).data)
