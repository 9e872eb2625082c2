"""What a manager does for the cafés of the campus: settle, look at uses, look after fraud."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from campus import clock
from campus.nights.idempotency import Answer, answer_once
from campus.people import asker
from campus.people.models import User
from points.coupons import operations, queries, words
from points.coupons.api.counter import taken_back
from points.coupons.api.files import AS_CSV, AS_PDF, LANG, FileView
from points.coupons.api.selling import WHICH, campus, campuses
from points.coupons.api.shapes.counter import UndoneOut
from points.coupons.api.shapes.manager import (
    CloseIn,
    DayIn,
    PaidIn,
    ReasonIn,
    RefusedScansOut,
    StatementOut,
    StatementsOut,
    UsesOut,
)
from points.coupons.models import Statement

NEWEST = 100


def _user(request: Request) -> User:
    assert isinstance(request.user, User)
    return request.user


class StatementsView(APIView):
    """What the campus owes each café, and the newest statements."""

    permission_classes = (asker.IsManager,)

    @extend_schema(operation_id="statements", responses=StatementsOut)
    def get(self, request: Request) -> Response:
        places, at = campuses(request), clock.now()
        cafes = [
            queries.owed(cafe=cafe, day=at.astimezone(cafe.campus.zone).date())
            for cafe in queries.cafes_of(campuses=places)
        ]
        statements = queries.statements_of(campuses=places)[:NEWEST]
        return Response(StatementsOut({"cafes": cafes, "statements": statements}).data)


class CloseView(APIView):
    """Close a period of a café: its statement never changes again. Needs an Idempotency-Key."""

    permission_classes = (asker.IsManager,)
    throttle_scope = "redeem"

    @extend_schema(operation_id="statement_close", request=CloseIn, responses={201: StatementOut})
    def post(self, request: Request) -> Response:
        wish, at = CloseIn(data=request.data), clock.now()
        wish.is_valid(raise_exception=True)
        asked = wish.validated_data
        return answer_once(request=request, at=at, effect=lambda: _closed(request, asked, at))


def _closed(request: Request, asked: dict[str, Any], at: datetime) -> Answer:
    cafe = queries.cafe_on(campuses=campuses(request), uid=asked["cafe"])
    statement = operations.close_statement(cafe=cafe, ends_on=asked["ends_on"], at=at)
    return 201, dict(StatementOut(statement).data)


class PaidView(APIView):
    """Write down that a statement was paid. Needs an Idempotency-Key."""

    permission_classes = (asker.IsManager,)
    throttle_scope = "redeem"

    @extend_schema(operation_id="statement_paid", request=PaidIn, responses=StatementOut)
    def post(self, request: Request, uid: UUID) -> Response:
        wish, at = PaidIn(data=request.data), clock.now()
        wish.is_valid(raise_exception=True)
        day = wish.validated_data["paid_on"]

        def effect() -> Answer:
            statement = queries.statement_of(campuses=campuses(request), uid=str(uid))
            by = _user(request).uid
            operations.note_payment(statement=statement, paid_on=day, by=by, at=at)
            return 200, dict(StatementOut(_statement(request, uid)).data)

        return answer_once(request=request, at=at, effect=effect)


def _statement(request: Request, uid: UUID) -> Statement:
    return queries.statement_of(campuses=campuses(request), uid=str(uid))


class SheetView(FileView):
    """A statement as CSV for a spreadsheet."""

    permission_classes = (asker.IsManager,)

    @extend_schema(operation_id="statement_csv", parameters=[LANG], responses=AS_CSV)
    def get(self, request: Request, uid: UUID) -> HttpResponse:
        return self.sheet(request, _statement(request, uid))


class PrintView(FileView):
    """A statement as PDF."""

    permission_classes = (asker.IsManager,)

    @extend_schema(operation_id="statement_pdf", parameters=[LANG], responses=AS_PDF)
    def get(self, request: Request, uid: UUID) -> HttpResponse:
        return self.printed(request, _statement(request, uid))


class UsesView(APIView):
    """What the cafés of the campus redeemed on a local day, without names."""

    permission_classes = (asker.IsManager,)

    @extend_schema(operation_id="manage_uses", parameters=[WHICH, DayIn], responses=UsesOut)
    def get(self, request: Request) -> Response:
        place = campus(request)
        wish = DayIn(data=request.query_params)
        wish.is_valid(raise_exception=True)
        day = wish.validated_data.get("day") or clock.today(zone=place.zone)
        shape = {
            "day": day,
            "currency": place.currency,
            "minor_digits": place.minor_digits,
            "redemptions": queries.uses_on_campus(campus=place, day=day),
        }
        return Response(UsesOut(shape).data)


class VoidView(APIView):
    """Take back a use of any age, with a reason. Needs an Idempotency-Key."""

    permission_classes = (asker.IsManager,)
    throttle_scope = "redeem"

    @extend_schema(operation_id="manage_void", request=ReasonIn, responses=UndoneOut)
    def post(self, request: Request, uid: UUID) -> Response:
        wish, at = ReasonIn(data=request.data), clock.now()
        wish.is_valid(raise_exception=True)
        reason = wish.validated_data["reason"]

        def effect() -> Answer:
            use = queries.redemption_on(campuses=campuses(request), uid=str(uid))
            by = _user(request).uid
            undoing = operations.void_by_manager(redemption=use, by=by, reason=reason, at=at)
            return 200, taken_back(undoing)

        return answer_once(request=request, at=at, effect=effect)


class RefusedScansView(APIView):
    """What was refused at counters, and what somebody may be trying."""

    permission_classes = (asker.IsManager,)

    @extend_schema(operation_id="refused_scans", parameters=[WHICH], responses=RefusedScansOut)
    def get(self, request: Request) -> Response:
        place, at = campus(request), clock.now()
        counts = queries.verdicts(campus=place, at=at)
        shape = {
            "alerts": queries.alerts_of(campus=place, at=at),
            "counts": [
                {"verdict": code, "label": words.verdict(code), "count": times}
                for code, times in counts
            ],
            "scans": queries.refused_scans(campus=place),
        }
        return Response(RefusedScansOut(shape).data)
