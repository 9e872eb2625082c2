"""Deliveries for a manager, and for a student where the figures of their own room come from."""

from collections.abc import Iterator, Mapping
from datetime import date, datetime
from typing import Any, TypedDict

from django.conf import settings
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema
from rest_framework.generics import ListAPIView, RetrieveAPIView
from rest_framework.parsers import MultiPartParser
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.throttling import BaseThrottle
from rest_framework.views import APIView

from campus import clock
from campus.errors import CampusError, Fault, NotFound
from campus.people import asker
from campus.people import queries as people
from campus.people.models import User
from campus.places.models import Campus
from meters.readings import intake, operations, profile, queries
from meters.readings.api.asking import WHICH
from meters.readings.models import Delivery
from meters.readings.operations import profiles
from meters.readings.queries import senders
from meters.readings.refusals import (
    REASONS,
    ColumnMissing,
    FileRefused,
    ProfileWrong,
    question,
)
from meters.readings.shapes import (
    DeliveryOut,
    DeliveryReportOut,
    ProfileOut,
    SourceOut,
    TakenInOut,
)
from meters.readings.uploads import BoundedUpload

UPLOAD = {
    "multipart/form-data": {
        "type": "object",
        "properties": {
            "file": {"type": "string", "format": "binary"},
            "profile": {"type": "string", "description": "name of a saved profile"},
            "answers": {
                "type": "string",
                "description": 'a profile as JSON, for example {"date_order": "dmy"}',
            },
            "save_as": {"type": "string", "description": "keep what was said under this name"},
        },
        "required": ["file"],
    }
}


class FileMissing(CampusError):
    """The form has no file."""

    code, status = "file_missing", 400
    detail = _("Send the file in the field “file” of a form.")


class DeliveriesView(ListAPIView[Delivery]):
    """The deliveries of the campus a manager works on; a file handed in becomes the newest."""

    permission_classes = (asker.IsManager,)
    parser_classes = (MultiPartParser,)
    serializer_class = DeliveryOut
    upload: BoundedUpload

    def initialize_request(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Request:
        # Before anything reads the body: the check against forgery does.
        if request.method == "POST":
            self.upload = BoundedUpload(request, limit_bytes=settings.UPLOAD_LIMIT_BYTES)
            request.upload_handlers = [self.upload]
        return super().initialize_request(request, *args, **kwargs)

    def get_throttles(self) -> list[BaseThrottle]:
        self.throttle_scope = "upload" if self.request.method == "POST" else None
        return super().get_throttles()

    def get_queryset(self) -> QuerySet[Delivery]:
        return queries.deliveries(campus=_campus(self.request)).defer("report")

    @extend_schema(operation_id="deliveries", parameters=[WHICH])
    def get(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        return super().get(request, *args, **kwargs)

    @extend_schema(
        operation_id="deliver", parameters=[WHICH], request=UPLOAD, responses={201: TakenInOut}
    )
    def post(self, request: Request) -> Response:
        at = clock.now()
        delivery = self._take(request, at)
        if delivery.state == Delivery.State.REFUSED:
            raise _refusal(delivery)
        days = operations.revise_nights(delivery=delivery, at=at)
        told = {**DeliveryReportOut(delivery).data, "revised_days": days}
        return Response(told, status=201)

    def _take(self, request: Request, at: datetime) -> Delivery:
        limit, file = settings.UPLOAD_LIMIT_BYTES, request.FILES.get("file")
        sender = _sender(request, at)
        if self.upload.too_large:
            return intake.turn_away(
                name=self.upload.name,
                size=self.upload.announced,
                limit_bytes=limit,
                **sender,
            )
        if file is None:
            raise FileMissing
        said = _said(request, sender["campus"])
        delivery = intake.take_in(
            name=file.name or "", stream=file, limit_bytes=limit, said=said, **sender
        )
        name = _field(request, "save_as").strip()
        if name and delivery.state == Delivery.State.ACCEPTED:
            profiles.save_profile(
                campus=sender["campus"], name=name, document=said, by=sender["by"], at=at
            )
        return delivery


def _field(request: Request, name: str) -> str:
    """A field of the form beside its file; empty when it is not there."""
    form = request.data
    return str(form.get(name) or "") if isinstance(form, dict) else ""


def _said(request: Request, campus: Campus) -> dict[str, object]:
    """
    How the file is to be read: a saved profile, and what was answered besides.

    :raises ProfileWrong: it is no profile, or there is none of that name
    """
    name, answers = _field(request, "profile"), _field(request, "answers")
    document = senders.profile_named(campus=campus, name=name) if name else {}
    if document is None:
        raise ProfileWrong(key="profile", must=", ".join(senders.profiles(campus=campus)) or "–")
    return {**document, **profile.parsed(answers or "{}")}


class Sender(TypedDict):
    """Who hands in a file, how and when."""

    campus: Campus
    way: Delivery.Way
    by: User
    at: datetime


def _sender(request: Request, at: datetime) -> Sender:
    assert isinstance(request.user, User)
    return {"campus": _campus(request), "way": Delivery.Way.UPLOAD, "by": request.user, "at": at}


def _campus(request: Request) -> Campus:
    """The campus of the residence that a manager asks about."""
    return asker.residence(request, request.query_params.get("residence")).campus


def _refusal(delivery: Delivery) -> FileRefused:
    """A refused delivery as the problem it is told as; the manager finds it by its uid."""
    facts: Mapping[str, object] = delivery.report[0]["facts"]
    told = {**facts, "delivery": str(delivery.uid)}
    header = str(told.pop("header", ""))
    asked = _questions(delivery.reason, facts, header)
    faults = (Fault(key, delivery.reason, choices) for key, choices in asked)
    return REASONS[delivery.reason](faults=tuple(faults), **told)


def _questions(reason: str, facts: Mapping[str, object], header: str) -> Iterator[tuple[str, str]]:
    """Keys of a profile that would answer a refusal, each with what may be said."""
    if asked := question(reason, facts):
        key, choices = asked
        yield key, " | ".join(choices)
    if reason == ColumnMissing.code and header:
        for role in str(facts.get("columns", "")).split(", "):
            yield f"columns.{role}", header


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise NotFound from None


class ProfilesView(APIView):
    """How files of known sources are read: the names under which answers were kept."""

    permission_classes = (asker.IsManager,)

    @extend_schema(
        operation_id="source_profiles", parameters=[WHICH], responses=ProfileOut(many=True)
    )
    def get(self, request: Request) -> Response:
        names = senders.profiles(campus=_campus(request))
        return Response(ProfileOut([{"name": name} for name in names], many=True).data)


class DeliveryView(RetrieveAPIView[Delivery]):
    """One delivery with its report."""

    permission_classes = (asker.IsManager,)
    serializer_class = DeliveryReportOut
    lookup_field = "uid"

    def get_queryset(self) -> QuerySet[Delivery]:
        assert isinstance(self.request.user, User)
        return queries.deliveries_for(manager=self.request.user)

    @extend_schema(operation_id="delivery")
    def get(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        return super().get(request, *args, **kwargs)


class SourceView(APIView):
    """Where the use of the asker's own room on a day comes from, down to the line of a file."""

    permission_classes = (asker.IsStudent,)

    @extend_schema(operation_id="energy_day_source", responses=SourceOut)
    def get(self, request: Request, day: str) -> Response:
        # The room they lived in that night: a former resident keeps their own days, and a
        # newcomer does not see those of whoever lived there before.
        holder, asked = asker.student(request).holder, _day(day)
        room = people.room_of(holder=holder, day=asked)
        source = queries.source_of_day(room=room, day=asked) if room else None
        if source is None:
            raise NotFound
        return Response(SourceOut(source).data)
