"""Downloads: a student's own days, a manager's residence, in three forms."""

from collections.abc import Iterable
from datetime import date, timedelta

from django.http import StreamingHttpResponse
from django.utils.translation import gettext_lazy as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from campus.errors import CampusError
from campus.people import asker
from campus.people import queries as people
from meters.readings.api.asking import WHICH
from meters.readings.exporting import WRITERS, Figure
from meters.readings.queries import exports

LONGEST = timedelta(days=400)
DAY = timedelta(days=1)
PARAMETERS = [
    OpenApiParameter("form", str, enum=list(WRITERS), description="csv if left out"),
    OpenApiParameter("detail", str, enum=["day", "interval"], description="day if left out"),
    OpenApiParameter("starts_on", OpenApiTypes.DATE, required=True),
    OpenApiParameter("ends_on", OpenApiTypes.DATE, required=True, description="the day after"),
]


class PeriodWrong(CampusError):
    """The days asked for are no period, or too long a one."""

    code, status = "period_wrong", 400
    detail = _("Ask for starts_on and ends_on as year-month-day, at most %(days)s days apart.")


class FormUnknown(CampusError):
    """There is no such form of export."""

    code, status = "form_unknown", 400
    detail = _("Ask for form csv, xlsx or green_button, and for detail day or interval.")


class OwnExportView(APIView):
    """What the meters of the asker's rooms told of the nights they lived there."""

    permission_classes = (asker.IsStudent,)
    throttle_scope = "upload"

    @extend_schema(
        operation_id="export_own", parameters=PARAMETERS, responses={200: OpenApiTypes.BINARY}
    )
    def get(self, request: Request) -> Response | StreamingHttpResponse:
        student = asker.student(request)
        starts_on, ends_on = _period(request)
        stays: dict[int, list[tuple[date, date]]] = {}
        day = starts_on
        while day < ends_on:
            room = people.room_of(holder=student.holder, day=day)
            if room is not None:
                stays.setdefault(room.pk, []).append((day, day + DAY))
            day += DAY
        figures = exports.figures_of_stays(
            campus=student.campus, stays=_merged(stays), daily=_daily(request)
        )
        return _download(request, figures, name=f"my-readings-{starts_on}")


class ResidenceExportView(APIView):
    """What the meters of a residence told; for its managers."""

    permission_classes = (asker.IsManager,)
    throttle_scope = "upload"

    @extend_schema(
        operation_id="export_residence",
        parameters=[WHICH, *PARAMETERS],
        responses={200: OpenApiTypes.BINARY},
    )
    def get(self, request: Request) -> Response | StreamingHttpResponse:
        residence = asker.residence(request, request.query_params.get("residence"))
        starts_on, ends_on = _period(request)
        figures = exports.figures_of_residence(
            residence=residence, starts_on=starts_on, ends_on=ends_on, daily=_daily(request)
        )
        return _download(request, figures, name=f"{residence.code}-{starts_on}")


def _merged(stays: dict[int, list[tuple[date, date]]]) -> dict[int, list[tuple[date, date]]]:
    """Nights in a row as one stretch."""
    merged: dict[int, list[tuple[date, date]]] = {}
    for room, nights in stays.items():
        for first, after in nights:
            own = merged.setdefault(room, [])
            if own and own[-1][1] == first:
                own[-1] = (own[-1][0], after)
            else:
                own.append((first, after))
    return merged


def _period(request: Request) -> tuple[date, date]:
    try:
        starts_on, ends_on = (
            date.fromisoformat(request.query_params.get(name, ""))
            for name in ("starts_on", "ends_on")
        )
    except ValueError:
        raise PeriodWrong(days=LONGEST.days) from None
    if not timedelta(0) < ends_on - starts_on <= LONGEST:
        raise PeriodWrong(days=LONGEST.days)
    return starts_on, ends_on


def _daily(request: Request) -> bool:
    detail = request.query_params.get("detail", "day")
    if detail not in {"day", "interval"}:
        raise FormUnknown
    return detail == "day"


def _download(request: Request, figures: Iterable[Figure], *, name: str) -> StreamingHttpResponse:
    writer = WRITERS.get(request.query_params.get("form", "csv"))
    if writer is None:
        raise FormUnknown
    answer = StreamingHttpResponse(
        writer.write(figures, _daily(request)), content_type=writer.media_type
    )
    answer["Content-Disposition"] = f'attachment; filename="{name}.{writer.ending}"'
    answer["Cache-Control"] = "no-store, private"
    return answer
