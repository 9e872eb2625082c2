"""The bell: what I was told, whether something is new, and what I want to hear of."""

from typing import Any

from django.db.models import QuerySet
from django.urls import path
from drf_spectacular.utils import extend_schema, extend_schema_field
from rest_framework import serializers
from rest_framework.generics import ListAPIView
from rest_framework.permissions import IsAuthenticated
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from campus import clock
from campus.notices import operations, queries, words
from campus.notices.kinds import kind_of
from campus.notices.models import Notice, Topic
from campus.people.models import User


class NoticeOut(serializers.Serializer[Notice]):
    uid = serializers.UUIDField()
    kind = serializers.CharField()
    topic = serializers.SerializerMethodField()
    title = serializers.SerializerMethodField()
    text = serializers.SerializerMethodField()
    link = serializers.SerializerMethodField()
    told_at = serializers.DateTimeField()
    is_new = serializers.SerializerMethodField()

    @extend_schema_field(serializers.ChoiceField(choices=Topic.choices))
    def get_topic(self, notice: Notice) -> str:
        return kind_of(notice.kind).topic

    def get_title(self, notice: Notice) -> str:
        return words.title(notice, kind=kind_of(notice.kind))

    def get_text(self, notice: Notice) -> str:
        return words.text(notice, kind=kind_of(notice.kind))

    def get_link(self, notice: Notice) -> str:
        return words.link(notice, kind=kind_of(notice.kind))

    def get_is_new(self, notice: Notice) -> bool:
        return notice.read_at is None


class BellOut(serializers.Serializer[object]):
    unread = serializers.IntegerField()


class TopicOut(serializers.Serializer[object]):
    topic = serializers.ChoiceField(choices=Topic.choices)
    name = serializers.CharField()
    wanted = serializers.BooleanField()


class TopicIn(serializers.Serializer[object]):
    topic = serializers.ChoiceField(choices=Topic.choices)
    wanted = serializers.BooleanField()


class NoticesView(ListAPIView[Notice]):
    """What I was told, newest first, in the language of the request."""

    permission_classes = (IsAuthenticated,)
    serializer_class = NoticeOut

    def get_queryset(self) -> QuerySet[Notice]:
        return queries.notices_of(user=_user(self.request))

    @extend_schema(operation_id="notices")
    def get(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        return super().get(request, *args, **kwargs)


class BellView(APIView):
    """How many unread notices the bell shows; asked to be silent, all of them have been read."""

    permission_classes = (IsAuthenticated,)

    @extend_schema(operation_id="notices_bell", responses=BellOut)
    def get(self, request: Request) -> Response:
        return Response({"unread": queries.unread(user=_user(request), at=clock.now())})

    @extend_schema(operation_id="notices_read", request=None, responses=BellOut)
    def post(self, request: Request) -> Response:
        operations.read_all(user=_user(request), at=clock.now())
        return self.get(request)


class TopicsView(APIView):
    """What I want to hear of, topic by topic."""

    permission_classes = (IsAuthenticated,)

    @extend_schema(operation_id="notice_topics", responses=TopicOut(many=True))
    def get(self, request: Request) -> Response:
        muted = queries.muted_by(user=_user(request))
        told = [{"topic": t, "name": t.label, "wanted": t not in muted} for t in Topic]
        return Response(TopicOut(told, many=True).data)

    @extend_schema(operation_id="choose_topic", request=TopicIn, responses=TopicOut(many=True))
    def put(self, request: Request) -> Response:
        wish = TopicIn(data=request.data)
        wish.is_valid(raise_exception=True)
        topic, wanted = Topic(wish.validated_data["topic"]), wish.validated_data["wanted"]
        operations.choose(user=_user(request), topic=topic, wanted=wanted)
        return self.get(request)


def _user(request: Request) -> User:
    assert isinstance(request.user, User)
    return request.user


urlpatterns = [
    path("notices/", NoticesView.as_view(), name="notices"),
    path("notices/bell/", BellView.as_view(), name="notices-bell"),
    path("notices/topics/", TopicsView.as_view(), name="notice-topics"),
]
