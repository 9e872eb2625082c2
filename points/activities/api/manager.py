"""Activities as managers watch over them: who came, what looks arranged, and calling one off."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.urls import path
from django.utils.translation import gettext as _
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from campus import clock
from campus.api.pages import NewestFirst
from campus.nights.idempotency import Answer, answer_once
from campus.people import asker
from campus.people.models import User
from points.activities import operations, queries
from points.activities.models import Activity
from points.activities.queries import watching

CURSOR = OpenApiParameter("cursor", str, description="from `next` of a page")


class WatchedActivityOut(serializers.Serializer[object]):
    uid = serializers.UUIDField()
    title = serializers.CharField()
    about = serializers.CharField()
    place = serializers.CharField()
    host = serializers.CharField(allow_null=True)
    starts_at = serializers.DateTimeField()
    ends_at = serializers.DateTimeField()
    state = serializers.ChoiceField(choices=Activity.State.choices)
    capacity = serializers.IntegerField()
    joined = serializers.IntegerField()
    came = serializers.IntegerField()
    absent = serializers.IntegerField()
    housemates = serializers.IntegerField(help_text="of those who came, who share the host's room")
    regulars = serializers.IntegerField(help_text="whom this host confirmed three times before")
    among_themselves = serializers.BooleanField(help_text="nobody else came: worth a look")
    called_off_by = serializers.CharField(allow_null=True)
    reason = serializers.CharField(help_text="why staff called it off")


class WatchedActivitiesOut(serializers.Serializer[object]):
    next = serializers.CharField(allow_null=True)
    results = WatchedActivityOut(many=True)


class CallOffIn(serializers.Serializer[object]):
    reason = serializers.CharField(min_length=3, max_length=200)


class WatchedActivitiesView(APIView):
    """All activities of the campus, newest first."""

    permission_classes = (asker.IsManager,)

    @extend_schema(
        operation_id="manage_activities", parameters=[CURSOR], responses=WatchedActivitiesOut
    )
    def get(self, request: Request) -> Response:
        campus, pages = asker.residence(request).campus, NewestFirst()
        rows = watching.of_campus(campus=campus)
        page = pages.paginate_queryset(rows, request, view=self) or []
        return Response({"next": pages.get_next_link(), "results": _shapes(page)})


class CallOffView(APIView):
    """Call off what a person hosts; all are told why. Needs an Idempotency-Key."""

    permission_classes = (asker.IsManager,)

    @extend_schema(
        operation_id="manage_activity_call_off", request=CallOffIn, responses=WatchedActivityOut
    )
    def post(self, request: Request, uid: UUID) -> Response:
        wish, by, at = CallOffIn(data=request.data), request.user, clock.now()
        assert isinstance(by, User)
        wish.is_valid(raise_exception=True)
        reason = wish.validated_data["reason"]
        activity = watching.activity(manager=by, uid=uid)
        effect = lambda: _called_off(activity, by, reason, at)  # noqa: E731 -- one domain call
        return answer_once(request=request, at=at, effect=effect)


def _called_off(activity: Activity, by: User, reason: str, at: datetime) -> Answer:
    done = operations.call_off(activity=activity, by=by, reason=reason, at=at)
    [shape] = _shapes([done])
    return 200, shape


def _shapes(activities: Sequence[Activity]) -> list[dict[str, object]]:
    names = queries.host_names(activities=activities)
    attendance = watching.attendance(activities=activities)
    return [_told(row, names.get(row.host_id), attendance[row.pk]) for row in activities]


def _told(
    activity: Activity, host: str | None, attendance: watching.Attendance
) -> dict[str, object]:
    plain = ("uid", "about", "place", "starts_at", "ends_at", "state", "capacity", "joined")
    signs = ("absent", "housemates", "regulars", "among_themselves")
    by = activity.called_off_by
    shape = {name: getattr(activity, name) for name in (*plain, "reason")}
    shape |= {name: getattr(attendance, name) for name in signs}
    shape |= {"host": host, "came": len(attendance.came), "called_off_by": by and by.username}
    shape["title"] = activity.title or _("Activity")  # its host was erased
    return dict(WatchedActivityOut(shape).data)


urlpatterns = [
    path("manage/activities/", WatchedActivitiesView.as_view(), name="manage-activities"),
    path(
        "manage/activities/<uuid:uid>/call-off/",
        CallOffView.as_view(),
        name="manage-activity-call-off",
    ),
]
