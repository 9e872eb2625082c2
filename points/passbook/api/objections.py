"""An entry and its way back, the student's objection to it, and the manager's answer."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from campus import clock
from campus.api.pages import NewestFirst
from campus.nights.idempotency import Answer, answer_once
from campus.people import asker
from campus.people import queries as people
from campus.people.asker import Student
from campus.people.models import User
from campus.places.models import Residence
from points.ledger import queries as ledger
from points.ledger.api import EntryOut
from points.passbook import operations, queries
from points.passbook.api.shapes import (
    AnswerIn,
    EntryDetailOut,
    ManagedObjectionDetailOut,
    ManagedObjectionOut,
    ManagedObjectionsOut,
    ObjectionIn,
    ObjectionOut,
    ObjectionsOut,
    StepOut,
)
from points.passbook.models import Objection

WHOSE = OpenApiParameter("residence", str, description="uid; all managed ones if left out")


class EntryView(APIView):
    """One line of my statement, its way back to the reading, and my objection to it."""

    permission_classes = (asker.IsStudent,)

    @extend_schema(operation_id="wallet_entry", responses=EntryDetailOut)
    def get(self, request: Request, entry_id: str) -> Response:
        holder = asker.student(request).holder
        entry = ledger.entry(holder=holder, entry_id=entry_id)
        objection = queries.newest_about(transfer_id=entry.transfer_id)
        told = {
            **EntryOut(entry).data,
            "trail": StepOut(queries.trail_of(entry=entry, holder=holder), many=True).data,
            "objection": ObjectionOut(objection).data if objection else None,
        }
        return Response(told)


class ObjectView(APIView):
    """Say that a line of my statement is wrong. Needs an Idempotency-Key."""

    permission_classes = (asker.IsStudent,)

    @extend_schema(
        operation_id="wallet_entry_object", request=ObjectionIn, responses={201: ObjectionOut}
    )
    def post(self, request: Request, entry_id: str) -> Response:
        me, at, wish = asker.student(request), clock.now(), ObjectionIn(data=request.data)
        wish.is_valid(raise_exception=True)
        text = wish.validated_data["text"]
        effect = lambda: _objected(me, entry_id, text, at)  # noqa: E731 -- one domain call
        return answer_once(request=request, at=at, effect=effect)


def _objected(me: Student, entry_id: str, text: str, at: datetime) -> Answer:
    entry = ledger.entry(holder=me.holder, entry_id=entry_id)
    objection = operations.object_to(holder=me.holder, entry=entry, text=text, at=at)
    return 201, dict(ObjectionOut(objection).data)


class MineView(APIView):
    """My objections and their answers, newest first."""

    permission_classes = (asker.IsStudent,)

    @extend_schema(
        operation_id="wallet_objections",
        parameters=[OpenApiParameter("cursor", str)],
        responses=ObjectionsOut,
    )
    def get(self, request: Request) -> Response:
        pages = NewestFirst()
        rows = queries.objections_of(holder=asker.student(request).holder)
        page = pages.paginate_queryset(rows, request, view=self) or []
        return pages.get_paginated_response(ObjectionOut(page, many=True).data)


class ManagedIn(serializers.Serializer[object]):
    state = serializers.ChoiceField(choices=Objection.State.choices, required=False)
    residence = serializers.UUIDField(required=False)


class ManagedView(APIView):
    """Objections of the people of my residences, newest first."""

    permission_classes = (asker.IsManager,)

    @extend_schema(
        operation_id="manage_objections",
        parameters=[ManagedIn, WHOSE, OpenApiParameter("cursor", str)],
        responses=ManagedObjectionsOut,
    )
    def get(self, request: Request) -> Response:
        wish = ManagedIn(data=request.query_params)
        wish.is_valid(raise_exception=True)
        residences = _managed(request)
        if "residence" in wish.validated_data:
            residences = residences.filter(uid=wish.validated_data["residence"])
        rows = queries.answerable(residences=residences)
        if "state" in wish.validated_data:
            rows = rows.filter(state=wish.validated_data["state"])
        pages = NewestFirst()
        page = pages.paginate_queryset(rows, request, view=self) or []
        return pages.get_paginated_response(ManagedObjectionOut(_shapes(page), many=True).data)


class ManagedOneView(APIView):
    """One objection, with the way of its entry back to the reading."""

    permission_classes = (asker.IsManager,)

    @extend_schema(operation_id="manage_objection", responses=ManagedObjectionDetailOut)
    def get(self, request: Request, uid: UUID) -> Response:
        return Response(_detail(request, uid))


class AnswerView(APIView):
    """Answer an objection, once. A correction is an entry of its own."""

    permission_classes = (asker.IsManager,)

    @extend_schema(
        operation_id="manage_objection_answer",
        request=AnswerIn,
        responses=ManagedObjectionDetailOut,
    )
    def post(self, request: Request, uid: UUID) -> Response:
        wish = AnswerIn(data=request.data)
        wish.is_valid(raise_exception=True)
        objection = queries.one_answerable(residences=_managed(request), uid=uid)
        operations.answer(
            objection=objection, by=_user(request), at=clock.now(), **wish.validated_data
        )
        return Response(_detail(request, uid))


def _user(request: Request) -> User:
    assert isinstance(request.user, User)
    return request.user


def _managed(request: Request) -> QuerySet[Residence]:
    return people.managed_residences(user=_user(request))


def _detail(request: Request, uid: UUID) -> dict[str, Any]:
    """An objection as ManagedObjectionDetailOut; the links of the trail are the student's own."""
    objection = queries.one_answerable(residences=_managed(request), uid=uid)
    entry = ledger.told(objection.entry)
    steps = queries.trail_of(entry=entry, holder=objection.holder)
    trail = [{**step, "link": None} for step in StepOut(steps, many=True).data]
    return {**ManagedObjectionOut(_shapes([objection])[0]).data, "trail": trail}


def _shapes(objections: list[Objection]) -> list[dict[str, object]]:
    """Objections as ManagedObjectionOut, with the nicknames of those who are not erased."""
    names = people.nicknames(holders=[row.holder_id for row in objections])
    plain = ("uid", "state", "text", "asked_at", "answer", "answered_at")
    return [
        {
            **{name: getattr(row, name) for name in plain},
            "nickname": names.get(row.holder_id),
            "room": row.room.number if row.room else None,
            "residence": row.room.residence if row.room else None,
            "entry": ledger.told(row.entry),
        }
        for row in objections
    ]
