"""The student's first screen, and the bars of their room."""

from dataclasses import asdict
from datetime import date, timedelta

from django.urls import path
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from campus import clock
from campus.errors import CampusError, Fault
from campus.people import asker
from campus.places.models import Room
from meters.readings import queries as readings
from points.home import manager_api, tips_api
from points.home.days import bars, days_of_room
from points.home.first import COMPARISON, FirstScreen, first_screen, part_of
from points.home.shapes import DaysOut, HomeOut

LONGEST = timedelta(days=400)
USUAL = timedelta(days=35)


class PeriodRefused(CampusError):
    """The asked period ends before it begins, or is longer than is told at once."""

    code, status = "period_refused", 400
    detail = _("Ask for a period of 1 to %(longest)s days.")


class PeriodIn(serializers.Serializer[object]):
    """Days [from, to]; without them, the last 35."""

    to = serializers.DateField(required=False)

    def get_fields(self) -> dict[str, serializers.Field[object, object, object, object]]:
        return {**super().get_fields(), "from": serializers.DateField(required=False)}


class HomeView(APIView):
    """Everything of the first screen in one request."""

    permission_classes = (asker.IsStudent,)

    @extend_schema(operation_id="home", responses=HomeOut)
    def get(self, request: Request) -> Response:
        me = asker.student(request)
        screen = first_screen(holder=me.holder, room=me.room, at=clock.now())
        return Response(HomeOut(_home(screen)).data)


class DaysView(APIView):
    """The closed days of my room as bars, from the day I moved in."""

    permission_classes = (asker.IsStudent,)

    @extend_schema(
        operation_id="energy_days",
        parameters=[OpenApiParameter("from", date), OpenApiParameter("to", date)],
        responses=DaysOut,
    )
    def get(self, request: Request) -> Response:
        me = asker.student(request)
        room = me.home()
        starts_on, ends_on = _period(request, today=me.today)
        mine = room.residencies.filter(holder=me.holder, ends_on=None).get()
        days = days_of_room(
            room=room,
            starts_on=max(starts_on, mine.starts_on),
            ends_on=ends_on,
            compared=part_of(room=room, day=me.today) != COMPARISON,
        )
        return Response(DaysOut({"meter": _meter(room, me.today), "days": bars(days)}).data)


def _period(request: Request, *, today: date) -> tuple[date, date]:
    """
    [from, to] of the query as half-open days.

    :raises PeriodRefused: if it is empty or longer than 400 days
    """
    wish = PeriodIn(data=request.query_params)
    wish.is_valid(raise_exception=True)
    last = min(wish.validated_data.get("to", today), today)
    first = wish.validated_data.get("from", last - USUAL)
    if not timedelta() <= last - first <= LONGEST:
        fault = Fault("from", "period_refused", PeriodRefused.detail % {"longest": LONGEST.days})
        raise PeriodRefused(faults=[fault], longest=LONGEST.days)
    return first, last + timedelta(days=1)


def _meter(room: Room, day: date) -> object:
    return readings.meters_of_rooms(room_ids=[room.pk], day=day).get(room.pk)


def _home(screen: FirstScreen) -> dict[str, object]:
    told, yesterday = asdict(screen), screen.yesterday
    told["balances"] = {"CP": screen.cp, "SUN": screen.sun}
    told["rank"] = {"rank": screen.rank, "rooms": screen.rooms} if screen.rank else None
    if yesterday:
        own = {"my_share": yesterday.my_share, "percent": yesterday.percent_under}
        told["yesterday"] = {**bars([yesterday.day])[0], **own}
    return told


urlpatterns = [
    path("home/", HomeView.as_view(), name="home"),
    path("energy/days/", DaysView.as_view(), name="energy-days"),
    *manager_api.urlpatterns,
    *tips_api.urlpatterns,
]
