"""Pictures to show: the map, the month of a room, and the page that a link unfolds to."""

from collections.abc import Mapping
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.http.response import Http404
from django.shortcuts import render
from django.urls import path
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.request import Request
from rest_framework.views import APIView

from campus import clock
from campus.people import queries as people
from campus.people.asker import IsStudent, student
from points.game import operations, queries
from points.game.art import picture
from points.game.models import GameMap

SIZE = OpenApiParameter("size", str, enum=sorted(picture.SIZES), default="square")
PNG = {(200, "image/png"): OpenApiTypes.BINARY}


class PictureView(APIView):
    """The student's own campus as a PNG, drawn anew only when it has changed."""

    permission_classes = (IsStudent,)

    @extend_schema(operation_id="game_picture", parameters=[SIZE], responses=PNG)
    def get(self, request: Request) -> HttpResponse:
        asker = student(request)
        game_map = operations.open_map(holder=asker.holder, day=asker.today, at=clock.now())
        return _picture(game_map, request.query_params, request.headers, cache="private")


class MonthView(APIView):
    """The last four weeks of the asker's room as a PNG: what was used, under what is usual."""

    permission_classes = (IsStudent,)

    @extend_schema(operation_id="game_month_picture", parameters=[SIZE], responses=PNG)
    def get(self, request: Request) -> HttpResponse:
        asker = student(request)
        size = _size(request.query_params)
        png = operations.month_of(room=asker.home(), today=asker.today, size=size)
        headers = {"Cache-Control": "private, max-age=3600"}
        return HttpResponse(png, content_type="image/png", headers=headers)


@require_safe
def unfolded(request: HttpRequest, uid: UUID) -> HttpResponse:
    """The page that a shared link unfolds to: a picture for those whom the owner let see it."""
    game_map = _previewed(uid)
    names = people.nicknames(holders=[game_map.holder_id])
    facts = {
        "language": get_language(),
        "title": game_map.name or _("A mini-campus"),
        "about": _("%(nickname)s built it from saved electricity and sunshine.")
        % {"nickname": names.get(game_map.holder_id, "")},
        "alt": _("Picture of the campus"),
        "open_app": _("Open the app"),
        "picture": request.build_absolute_uri(f"/c/{uid}.png?v={game_map.version}"),
        "here": request.build_absolute_uri(f"/c/{uid}/"),
    }
    answer = render(request, "game/unfolded.html", facts)
    answer.headers["Cache-Control"] = "public, max-age=300"
    return answer


@require_safe
def unfolded_picture(request: HttpRequest, uid: UUID) -> HttpResponse:
    """The wide picture of a campus whose owner lets links show it."""
    return _picture(_previewed(uid), {"size": "wide"}, request.headers, cache="public, max-age=300")


def _previewed(uid: UUID) -> GameMap:
    found = queries.previewed(uid=uid)
    if found is None:
        raise Http404
    return found


def _size(asked: Mapping[str, str]) -> str:
    size = asked.get("size", "square")
    return size if size in picture.SIZES else "square"


def _picture(
    game_map: GameMap, asked: Mapping[str, str], sent: Mapping[str, str], *, cache: str
) -> HttpResponse:
    size = _size(asked)
    today = clock.today(zone=game_map.campus.zone)
    season = queries.season_of(campus=game_map.campus, day=today)
    mark = f'"{game_map.uid}-{game_map.version}-{size}-{season}"'
    headers = {"ETag": mark, "Cache-Control": f"{cache}, no-cache" if cache == "private" else cache}
    if mark in sent.get("If-None-Match", ""):
        return HttpResponse(status=304, headers=headers)
    png = operations.picture_of(game_map=game_map, size=size, season=season)
    return HttpResponse(png, content_type="image/png", headers=headers)


urlpatterns = [
    path("game/picture.png", PictureView.as_view(), name="game-picture"),
    path("game/month.png", MonthView.as_view(), name="game-month-picture"),
]
# Of the shell: short, and outside the API, because people read it.
pages = [
    path("c/<uuid:uid>/", unfolded, name="game-unfolded"),
    path("c/<uuid:uid>.png", unfolded_picture, name="game-unfolded-picture"),
]
