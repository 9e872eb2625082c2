"""What a manager told the residents of a house, and telling more."""

from datetime import datetime
from uuid import UUID

from django.urls import path
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from campus import clock
from campus.api.fields import TextsIn, Told, WordsIn
from campus.api.pages import NewestFirst
from campus.nights.idempotency import Answer, answer_once
from campus.notices import operations, queries
from campus.notices.models import Announcement
from campus.people import asker
from campus.people.models import User

WHICH = OpenApiParameter("residence", OpenApiTypes.UUID, description="the first managed, if absent")
LANGUAGES = ("ko", "en", "zh-Hans")
CURSOR = OpenApiParameter("cursor", str, description="from `next` or `previous` of a page")


class LongWordsIn(WordsIn):
    """A few paragraphs, or nothing beyond the title."""

    most = 2000


class AnnouncementIn(serializers.Serializer[object]):
    residence = serializers.UUIDField(help_text="everybody who lives there today is told")
    title = TextsIn()
    text = LongWordsIn()


class AnnouncementOut(serializers.Serializer[Announcement]):
    uid = serializers.UUIDField()
    title = Told()
    text = Told()
    languages = serializers.SerializerMethodField()
    by = serializers.CharField(source="by.username", allow_null=True, default=None)
    told_at = serializers.DateTimeField()
    people = serializers.IntegerField(help_text="how many were told")
    withdrawn_at = serializers.DateTimeField(allow_null=True)

    def get_languages(self, row: Announcement) -> list[str]:
        # A database may keep the languages of a text in an order of its own.
        return [name for name in LANGUAGES if row.title.get(name)]


class AnnouncementsOut(serializers.Serializer[object]):
    next = serializers.CharField(allow_null=True)
    results = AnnouncementOut(many=True)


class AnnouncementsView(APIView):
    """What the residents of a house were told, newest first; and telling them. Needs a key."""

    permission_classes = (asker.IsManager,)

    @extend_schema(
        operation_id="announcements", parameters=[WHICH, CURSOR], responses=AnnouncementsOut
    )
    def get(self, request: Request) -> Response:
        residence = asker.residence(request, request.query_params.get("residence"))
        pages, rows = NewestFirst(), queries.announcements(residences=[residence])
        page = pages.paginate_queryset(rows, request, view=self) or []
        results = [AnnouncementOut(row).data for row in page]
        return Response({"next": pages.get_next_link(), "results": results})

    @extend_schema(
        operation_id="announce", request=AnnouncementIn, responses={201: AnnouncementOut}
    )
    def post(self, request: Request) -> Response:
        wish, at = AnnouncementIn(data=request.data), clock.now()
        wish.is_valid(raise_exception=True)
        asked = wish.validated_data

        def effect() -> Answer:
            said = operations.announce(
                residence=asker.residence(request, str(asked["residence"])),
                title=asked["title"],
                text=asked["text"],
                by=_user(request),
                at=at,
            )
            return 201, dict(AnnouncementOut(said).data)

        return answer_once(request=request, at=at, effect=effect)


class WithdrawView(APIView):
    """Take an announcement back. Needs an Idempotency-Key."""

    permission_classes = (asker.IsManager,)

    @extend_schema(operation_id="withdraw_announcement", request=None, responses=AnnouncementOut)
    def post(self, request: Request, uid: UUID) -> Response:
        by, at = _user(request), clock.now()
        said = queries.announcement(manager=by, uid=uid)
        return answer_once(request=request, at=at, effect=lambda: _withdraw(said, by, at))


def _withdraw(said: Announcement, by: User, at: datetime) -> Answer:
    done = operations.withdraw(announcement=said, by=by, at=at)
    return 200, dict(AnnouncementOut(done).data)


def _user(request: Request) -> User:
    assert isinstance(request.user, User)
    return request.user


urlpatterns = [
    path("manage/announcements/", AnnouncementsView.as_view(), name="announcements"),
    path(
        "manage/announcements/<uuid:uid>/withdraw/",
        WithdrawView.as_view(),
        name="announcement-withdraw",
    ),
]
