"""A residence for its manager: today, the rooms, one room."""

from dataclasses import asdict
from datetime import date

from django.urls import path
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from campus.errors import NotFound
from campus.nights import queries as nights
from campus.people import asker
from campus.people import queries as people
from campus.people.models import User
from campus.places.models import Residence, Room
from meters.readings import queries as readings
from points.home.days import bars
from points.home.residence import Totals, drawer_of, rooms_of, totals_of
from points.home.shapes import RoomDrawerOut, RoomsOut, TodayOut

WHICH = OpenApiParameter("residence", str, description="uid; the first managed one if left out")
NIGHTS_SHOWN = 2


def _asked(request: Request) -> tuple[Residence, date | None]:
    residence = asker.residence(request, request.query_params.get("residence"))
    return residence, nights.last_closed(campus=residence.campus)


class TodayView(APIView):
    """The newest closed day of a residence, how its nights went, and what is doubtful."""

    permission_classes = (asker.IsManager,)

    @extend_schema(operation_id="manage_today", parameters=[WHICH], responses=TodayOut)
    def get(self, request: Request) -> Response:
        residence, day = _asked(request)
        totals = totals_of(residence=residence, day=day) if day else None
        assert isinstance(request.user, User)
        return Response(
            TodayOut(
                {
                    "day": day,
                    "residence": residence,
                    "residences": people.managed_residences(user=request.user).order_by("code"),
                    **_figures(totals),
                    "nights": nights.recent(campus=residence.campus, limit=NIGHTS_SHOWN),
                    "issues": readings.issues_within(residence=residence, day=day),
                }
            ).data
        )


def _figures(totals: Totals | None) -> dict[str, object]:
    told = asdict(totals or Totals(0, 0, 0, 0, 0, 0, None))
    told["wh_total"], told["expected_wh_total"] = told.pop("wh"), told.pop("expected_wh") or None
    return told


class RoomsView(APIView):
    """Every room of a residence on the newest closed day."""

    permission_classes = (asker.IsManager,)

    @extend_schema(operation_id="manage_rooms", parameters=[WHICH], responses=RoomsOut)
    def get(self, request: Request) -> Response:
        residence, day = _asked(request)
        rooms = rooms_of(residence=residence, day=day) if day else []
        return Response(RoomsOut({"day": day, "rooms": rooms}).data)


class RoomView(APIView):
    """One room of a residence the asker manages."""

    permission_classes = (asker.IsManager,)

    @extend_schema(operation_id="manage_room", responses=RoomDrawerOut)
    def get(self, request: Request, uid: str) -> Response:
        room = _managed_room(request, uid)
        day = nights.last_closed(campus=room.residence.campus)
        if day is None:
            raise NotFound
        drawer = drawer_of(room=room, day=day)
        told = {
            **asdict(drawer.row),
            "days": bars(drawer.days),
            "meter": drawer.meter,
            "issues_found": drawer.issues,
        }
        return Response(RoomDrawerOut(told).data)


def _managed_room(request: Request, uid: str) -> Room:
    """
    A room of a residence that the asker manages.

    :raises NotFound: if it is another's or does not exist
    """
    assert isinstance(request.user, User)
    managed = people.managed_residences(user=request.user)
    rooms = Room.objects.filter(uid=uid, residence__in=managed)
    room = rooms.select_related("residence__campus", "type", "floor").first()
    if room is None:
        raise NotFound
    return room


urlpatterns = [
    path("manage/today/", TodayView.as_view(), name="manage-today"),
    path("manage/rooms/", RoomsView.as_view(), name="manage-rooms"),
    path("manage/rooms/<uuid:uid>/", RoomView.as_view(), name="manage-room"),
]
