"""What people said of the days of a room."""

from datetime import date, datetime, timedelta

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from campus import clock
from campus.nights.idempotency import Answer
from campus.people import asker
from meters.readings import manager_shapes as shapes
from meters.readings import operations, queries
from meters.readings.api.asking import once, read, room_of, user_of
from meters.readings.manager_shapes import wh_of

SHOWN = timedelta(days=120)


class DayEditsView(APIView):
    """What people said of the days of a room; a manager says what a day was, and why."""

    permission_classes = (asker.IsManager,)

    @extend_schema(operation_id="day_edits", responses=shapes.DayEditOut(many=True))
    def get(self, request: Request, uid: str) -> Response:
        room = room_of(request, uid)
        today = clock.today(zone=room.residence.campus.zone)
        rows = queries.edits_of_room(room=room, starts_on=today - SHOWN, ends_on=date.max)
        return Response([shapes.DayEditOut(row).data for row in rows])

    @extend_schema(
        operation_id="edit_day", request=shapes.DayEditIn, responses={201: shapes.DayEditOut}
    )
    def post(self, request: Request, uid: str) -> Response:
        room, wish = room_of(request, uid), read(shapes.DayEditIn, request)

        def effect(now: datetime) -> Answer:
            edit = operations.edit_day(
                room=room,
                day=wish["day"],
                wh=wh_of(wish["kwh"]),
                reason=wish["reason"],
                by=user_of(request),
                at=now,
            )
            return 201, dict(shapes.DayEditOut(edit).data)

        return once(request, effect)
