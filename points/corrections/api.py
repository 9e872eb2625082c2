"""Corrections for a manager: what waits, who gains and who loses, and the decision."""

from collections.abc import Callable
from datetime import datetime

from django.urls import path
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from campus import clock
from campus.nights.idempotency import Answer, answer_once
from campus.people import asker
from campus.people.models import User
from campus.places.models import Residence
from meters.readings import queries as readings
from points.corrections import operations
from points.corrections.shapes import (
    ChosenIn,
    CorrectionsOut,
    DecidedOut,
    DecisionIn,
    OutcomeOut,
)

WHICH = OpenApiParameter("residence", str, description="uid; the first managed one if left out")


def _residence(request: Request) -> Residence:
    return asker.residence(request, request.query_params.get("residence"))


class CorrectionsView(APIView):
    """The corrections of a residence: those that wait, and those decided last."""

    permission_classes = (asker.IsManager,)

    @extend_schema(operation_id="corrections", parameters=[WHICH], responses=CorrectionsOut)
    def get(self, request: Request) -> Response:
        residence = _residence(request)
        told = {
            "waiting": readings.corrections(residence=residence, waiting=True),
            "decided": readings.corrections(residence=residence, waiting=False),
        }
        return Response(CorrectionsOut(told).data)


class PreviewView(APIView):
    """Who gains and who loses if some corrections are accepted together. Changes nothing."""

    permission_classes = (asker.IsManager,)
    throttle_scope = "upload"

    @extend_schema(
        operation_id="preview_corrections",
        parameters=[WHICH],
        request=ChosenIn,
        responses=OutcomeOut,
    )
    def post(self, request: Request) -> Response:
        wish = ChosenIn(data=request.data)
        wish.is_valid(raise_exception=True)
        uids = [str(uid) for uid in wish.validated_data["uids"]]
        outcome = operations.preview(residence=_residence(request), uids=uids, at=clock.now())
        return Response(OutcomeOut(outcome).data)


Decide = Callable[[Residence, list[str], User, datetime, str], Answer]


def _decided(request: Request, decide: Decide) -> Response:
    residence, at, wish = _residence(request), clock.now(), DecisionIn(data=request.data)
    wish.is_valid(raise_exception=True)
    uids = [str(uid) for uid in wish.validated_data["uids"]]
    user, note = request.user, wish.validated_data["note"]
    assert isinstance(user, User)
    return answer_once(
        request=request, at=at, effect=lambda: decide(residence, uids, user, at, note)
    )


class AcceptView(APIView):
    """Accept corrections; savings and points follow soon after. Needs an Idempotency-Key."""

    permission_classes = (asker.IsManager,)

    @extend_schema(
        operation_id="accept_corrections",
        parameters=[WHICH],
        request=DecisionIn,
        responses=DecidedOut,
    )
    def post(self, request: Request) -> Response:
        return _decided(request, _accept)


class DeclineView(APIView):
    """Decline corrections: the days stay as they were closed. Needs an Idempotency-Key."""

    permission_classes = (asker.IsManager,)

    @extend_schema(
        operation_id="decline_corrections",
        parameters=[WHICH],
        request=DecisionIn,
        responses=DecidedOut,
    )
    def post(self, request: Request) -> Response:
        return _decided(request, _decline)


def _accept(residence: Residence, uids: list[str], by: User, at: datetime, note: str) -> Answer:
    days = operations.accept(residence=residence, uids=uids, by=by, at=at, note=note)
    return 200, dict(DecidedOut({"days": days}).data)


def _decline(residence: Residence, uids: list[str], by: User, at: datetime, note: str) -> Answer:
    operations.decline(residence=residence, uids=uids, by=by, at=at, note=note)
    return 200, dict(DecidedOut({"days": []}).data)


urlpatterns = [
    path("manage/corrections/", CorrectionsView.as_view(), name="corrections"),
    path("manage/corrections/preview/", PreviewView.as_view(), name="corrections-preview"),
    path("manage/corrections/accept/", AcceptView.as_view(), name="corrections-accept"),
    path("manage/corrections/decline/", DeclineView.as_view(), name="corrections-decline"),
]
