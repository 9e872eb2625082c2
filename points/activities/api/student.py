"""Activities as students see, host and join them."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet
from django.urls import path
from django.utils.translation import gettext as _
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.pagination import CursorPagination
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from campus import clock
from campus.nights.idempotency import Answer, answer_once
from campus.people import asker
from campus.people.asker import Student
from points.activities import operations, queries
from points.activities.models import Activity, Participation
from points.earning.rules import Earned


class HostOut(serializers.Serializer[object]):
    name = serializers.CharField(allow_null=True)
    me = serializers.BooleanField()


class RewardOut(serializers.Serializer[object]):
    cp = serializers.IntegerField()
    sun = serializers.IntegerField()


class ActivityOut(serializers.Serializer[object]):
    uid = serializers.UUIDField()
    title = serializers.CharField()
    about = serializers.CharField()
    place = serializers.CharField()
    starts_at = serializers.DateTimeField()
    ends_at = serializers.DateTimeField()
    capacity = serializers.IntegerField()
    joined = serializers.IntegerField()
    state = serializers.ChoiceField(choices=Activity.State.choices)
    host = HostOut()
    reason = serializers.CharField(help_text="why staff called it off")
    mine = serializers.ChoiceField(choices=Participation.State.choices, allow_null=True)
    reward = RewardOut()


class ActivityPageOut(serializers.Serializer[object]):
    next = serializers.URLField(allow_null=True)
    previous = serializers.URLField(allow_null=True)
    results = ActivityOut(many=True)


class ParticipantOut(serializers.Serializer[object]):
    uid = serializers.UUIDField()
    name = serializers.CharField(allow_null=True)
    state = serializers.ChoiceField(choices=Participation.State.choices)


class ActivityDetailOut(ActivityOut):
    participants = ParticipantOut(many=True, required=False, help_text="for the host alone")


class ActivityIn(serializers.Serializer[object]):
    title = serializers.CharField(min_length=3, max_length=80)
    about = serializers.CharField(max_length=500, allow_blank=True, default="")
    place = serializers.CharField(min_length=2, max_length=80)
    starts_at = serializers.DateTimeField()
    ends_at = serializers.DateTimeField()
    capacity = serializers.IntegerField(min_value=1, max_value=500)


class PresentIn(serializers.Serializer[object]):
    present = serializers.ListField(child=serializers.UUIDField(), max_length=500)


class Soonest(CursorPagination):
    page_size = 50
    ordering = ("starts_at", "pk")


class Latest(CursorPagination):
    page_size = 50
    ordering = ("-starts_at", "-pk")


class ActivitiesView(APIView):
    """Activities of the asker's campus; POST hosts a new one."""

    permission_classes = (asker.IsStudent,)

    @extend_schema(
        operation_id="activities",
        parameters=[OpenApiParameter("when", str, enum=["upcoming", "past"])],
        responses=ActivityPageOut,
    )
    def get(self, request: Request) -> Response:
        me, at = asker.student(request), clock.now()
        pages, rows = _listed(me, at, when=request.query_params.get("when", "upcoming"))
        page = pages.paginate_queryset(rows, request, view=self) or []
        return pages.get_paginated_response(_shapes(page, me))

    @extend_schema(operation_id="activity_host", request=ActivityIn, responses={201: ActivityOut})
    def post(self, request: Request) -> Response:
        me, wish = asker.student(request), ActivityIn(data=request.data)
        wish.is_valid(raise_exception=True)
        hosted = operations.host(host=me.holder, at=clock.now(), **wish.validated_data)
        return Response(_shape(hosted.uid, me), status=201)


def _listed(me: Student, at: datetime, *, when: str) -> tuple[CursorPagination, QuerySet[Activity]]:
    if when == "past":
        return Latest(), queries.past(campus=me.campus, me=me.holder, at=at)
    return Soonest(), queries.upcoming(campus=me.campus, me=me.holder, at=at)


class ActivityView(APIView):
    """One activity; its host also sees who takes part."""

    permission_classes = (asker.IsStudent,)

    @extend_schema(operation_id="activity", responses=ActivityDetailOut)
    def get(self, request: Request, uid: UUID) -> Response:
        return Response(_detail(uid, asker.student(request)))


class JoinView(APIView):
    """Take a seat. Joining again changes nothing."""

    permission_classes = (asker.IsStudent,)

    @extend_schema(operation_id="activity_join", request=None, responses=ActivityOut)
    def post(self, request: Request, uid: UUID) -> Response:
        me = asker.student(request)
        activity = queries.activity(campus=me.campus, me=me.holder, uid=uid)
        operations.join(activity=activity, holder=me.holder, at=clock.now())
        return Response(_shape(uid, me))


class LeaveView(APIView):
    """Free the seat. Leaving again changes nothing."""

    permission_classes = (asker.IsStudent,)

    @extend_schema(operation_id="activity_leave", request=None, responses=ActivityOut)
    def post(self, request: Request, uid: UUID) -> Response:
        me = asker.student(request)
        activity = queries.activity(campus=me.campus, me=me.holder, uid=uid)
        operations.leave(activity=activity, holder=me.holder, at=clock.now())
        return Response(_shape(uid, me))


class CancelView(APIView):
    """Call off what the asker hosts, before it begins."""

    permission_classes = (asker.IsStudent,)

    @extend_schema(operation_id="activity_cancel", request=None, responses=ActivityOut)
    def post(self, request: Request, uid: UUID) -> Response:
        me = asker.student(request)
        activity = queries.hosted(host=me.holder, uid=uid)
        operations.cancel(activity=activity, at=clock.now())
        return Response(_shape(uid, me))


class ConfirmView(APIView):
    """Say who came to what the asker hosts; they are awarded. Needs an Idempotency-Key."""

    permission_classes = (asker.IsStudent,)

    @extend_schema(operation_id="activity_confirm", request=PresentIn, responses=ActivityDetailOut)
    def post(self, request: Request, uid: UUID) -> Response:
        me, at, wish = asker.student(request), clock.now(), PresentIn(data=request.data)
        wish.is_valid(raise_exception=True)
        present = wish.validated_data["present"]
        effect = lambda: _confirmed(me, uid, present, at)  # noqa: E731 -- one domain call
        return answer_once(request=request, at=at, effect=effect)


def _confirmed(me: Student, uid: UUID, present: Sequence[UUID], at: datetime) -> Answer:
    activity = queries.hosted(host=me.holder, uid=uid)
    operations.confirm(activity=activity, present=present, at=at)
    return 200, _detail(uid, me)


def _detail(uid: UUID, me: Student) -> dict[str, object]:
    """An activity, with its participants for the host."""
    activity = queries.activity(campus=me.campus, me=me.holder, uid=uid)
    [shape] = _shapes([activity], me)
    if activity.host_id != me.holder.pk:
        return shape
    people = queries.participants(activity=activity)
    return {**shape, "participants": ParticipantOut(people, many=True).data}


def _shape(uid: UUID, me: Student) -> dict[str, object]:
    [shape] = _shapes([queries.activity(campus=me.campus, me=me.holder, uid=uid)], me)
    return shape


def _shapes(activities: Sequence[Activity], me: Student) -> list[dict[str, object]]:
    """Activities as ActivityOut, with the nicknames of hosts and what taking part earns."""
    names = queries.host_names(activities=activities)
    reward = queries.reward(campus=me.campus, day=me.today)
    return [_told(row, names.get(row.host_id), reward, me) for row in activities]


def _told(activity: Activity, host: str | None, reward: Earned, me: Student) -> dict[str, object]:
    plain = ("uid", "title", "about", "place", "starts_at", "ends_at", "capacity", "joined")
    shape = {name: getattr(activity, name) for name in (*plain, "state", "reason", "mine")}
    shape["title"] = activity.title or _("Activity")  # its host was erased
    whose = {"name": host, "me": activity.host_id == me.holder.pk}
    return dict(ActivityOut({**shape, "host": whose, "reward": reward}).data)


urlpatterns = [
    path("activities/", ActivitiesView.as_view(), name="activities"),
    path("activities/<uuid:uid>/", ActivityView.as_view(), name="activity"),
    path("activities/<uuid:uid>/join/", JoinView.as_view(), name="activity-join"),
    path("activities/<uuid:uid>/leave/", LeaveView.as_view(), name="activity-leave"),
    path("activities/<uuid:uid>/cancel/", CancelView.as_view(), name="activity-cancel"),
    path("activities/<uuid:uid>/confirm/", ConfirmView.as_view(), name="activity-confirm"),
]
