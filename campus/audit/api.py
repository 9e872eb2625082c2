"""Who of the staff did what: for the managers of a residence."""

import base64
import binascii
from datetime import datetime

from django.urls import path
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from campus.audit.queries import Act, acts
from campus.audit.sources import Mark, areas
from campus.errors import NotFound
from campus.people import asker


class AskedIn(serializers.Serializer[object]):
    residence = serializers.CharField(
        required=False, default="", help_text="uid; the first managed one if left out"
    )
    area = serializers.CharField(
        required=False, default="", help_text="one of `areas`; all if left out"
    )
    cursor = serializers.CharField(
        required=False, default="", help_text="`next` of the page before"
    )


class ActOut(serializers.Serializer[Act]):
    at = serializers.DateTimeField()
    who = serializers.CharField()
    code = serializers.CharField()
    area = serializers.CharField()
    text = serializers.CharField()


class AuditOut(serializers.Serializer[object]):
    areas = serializers.ListField(child=serializers.CharField())
    next = serializers.CharField(allow_null=True, help_text="the cursor of the next page")
    results = ActOut(many=True)


class AuditView(APIView):
    """Acts of staff in a managed residence and its campus, newest first, 50 a page."""

    permission_classes = (asker.IsManager,)

    @extend_schema(operation_id="manage_audit", parameters=[AskedIn], responses=AuditOut)
    def get(self, request: Request) -> Response:
        wish = AskedIn(data=request.query_params)
        wish.is_valid(raise_exception=True)
        asked = wish.validated_data
        residence = asker.residence(request, asked["residence"] or None)
        page, rest = acts(residence=residence, area=asked["area"], before=_mark(asked["cursor"]))
        told = {"areas": areas(), "next": rest and _cursor(rest), "results": page}
        return Response(AuditOut(told).data)


def _cursor(mark: Mark) -> str:
    text = f"{mark.at.isoformat()} {mark.code} {mark.pk}"
    return base64.urlsafe_b64encode(text.encode()).decode()


def _mark(cursor: str) -> Mark | None:
    """:raises NotFound: if it is no cursor of ours"""
    if not cursor:
        return None
    try:
        at, code, pk = base64.urlsafe_b64decode(cursor.encode()).decode().split(" ")
        moment = datetime.fromisoformat(at)
        if moment.tzinfo is None:
            raise NotFound
        return Mark(moment, code, int(pk))
    except (ValueError, binascii.Error, OverflowError):
        raise NotFound from None


urlpatterns = [path("manage/audit/", AuditView.as_view(), name="manage-audit")]
