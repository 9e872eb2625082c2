"""What a manager does for the cafés of the campus: settle, look at uses, look after fraud."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.http import HttpResponse
from django.utils import translation
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.negotiation import BaseContentNegotiation
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from campus import clock
from campus.nights.idempotency import Answer, answer_once
from campus.people import asker
from campus.people.models import User
from campus.people.queries import managed_residences
from campus.places.models import Campus
from points.coupons import operations, paper, queries, words
from points.coupons.api.counter import taken_back
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

LANGUAGES = ("ko", "en", "zh-hans")
LANG = OpenApiParameter("lang", str, enum=LANGUAGES, description="else as the browser asks")
WHICH = OpenApiParameter("residence", str, description="uid; the first managed one if left out")
NEWEST = 100


def _user(request: Request) -> User:
    assert isinstance(request.user, User)
    return request.user


def _campuses(request: Request) -> QuerySet[Campus]:
    """Where the asker manages a residence."""
    return Campus.objects.filter(residences__in=managed_residences(user=_user(request))).distinct()


def _campus(request: Request) -> Campus:
    return asker.residence(request, request.query_params.get("residence")).campus


class StatementsView(APIView):
    """What the campus owes each café, and the newest statements."""

    permission_classes = (asker.IsManager,)

    @extend_schema(operation_id="statements", responses=StatementsOut)
    def get(self, request: Request) -> Response:
        campuses, at = _campuses(request), clock.now()
        cafes = [
            queries.owed(cafe=cafe, day=at.astimezone(cafe.campus.zone).date())
            for cafe in queries.cafes_of(campuses=campuses)
        ]
        statements = queries.statements_of(campuses=campuses)[:NEWEST]
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
    cafe = queries.cafe_on(campuses=_campuses(request), uid=asked["cafe"])
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
            statement = queries.statement_of(campuses=_campuses(request), uid=str(uid))
            by = _user(request).uid
            operations.note_payment(statement=statement, paid_on=day, by=by, at=at)
            return 200, dict(StatementOut(_statement(request, uid)).data)

        return answer_once(request=request, at=at, effect=effect)


def _statement(request: Request, uid: UUID) -> Statement:
    return queries.statement_of(campuses=_campuses(request), uid=str(uid))


class AsItIs(BaseContentNegotiation):
    """A file has one form, whatever a browser would rather have."""

    def select_parser(self, request: Request, parsers: Any) -> Any:
        return parsers[0]

    def select_renderer(self, request: Request, renderers: Any, format_suffix: Any = None) -> Any:
        return renderers[0], renderers[0].media_type


class _FileView(APIView):
    """A statement as a file, in the asker's language."""

    permission_classes = (asker.IsManager,)
    content_negotiation_class = AsItIs

    def told(self, request: Request, uid: UUID, *, as_pdf: bool) -> HttpResponse:
        statement = _statement(request, uid)
        facts = queries.paper_of(statement=statement)
        wanted = request.query_params.get("lang", "").lower()
        with translation.override(wanted if wanted in LANGUAGES else translation.get_language()):
            body = paper.printed(facts) if as_pdf else paper.sheet(facts)
        kind, suffix = ("application/pdf", "pdf") if as_pdf else ("text/csv; charset=utf-8", "csv")
        answer = HttpResponse(body, content_type=kind)
        name = f"statement-{facts.ends_on:%Y-%m-%d}-{statement.number}.{suffix}"
        answer["Content-Disposition"] = f'attachment; filename="{name}"'
        answer["Cache-Control"] = "private, no-store"
        return answer


class SheetView(_FileView):
    """A statement as CSV for a spreadsheet."""

    @extend_schema(
        operation_id="statement_csv",
        parameters=[LANG],
        responses={(200, "text/csv"): OpenApiTypes.BINARY},
    )
    def get(self, request: Request, uid: UUID) -> HttpResponse:
        return self.told(request, uid, as_pdf=False)


class PrintView(_FileView):
    """A statement as PDF."""

    @extend_schema(
        operation_id="statement_pdf",
        parameters=[LANG],
        responses={(200, "application/pdf"): OpenApiTypes.BINARY},
    )
    def get(self, request: Request, uid: UUID) -> HttpResponse:
        return self.told(request, uid, as_pdf=True)


class UsesView(APIView):
    """What the cafés of the campus redeemed on a local day, without names."""

    permission_classes = (asker.IsManager,)

    @extend_schema(operation_id="manage_uses", parameters=[WHICH, DayIn], responses=UsesOut)
    def get(self, request: Request) -> Response:
        campus = _campus(request)
        wish = DayIn(data=request.query_params)
        wish.is_valid(raise_exception=True)
        day = wish.validated_data.get("day") or clock.today(zone=campus.zone)
        shape = {
            "day": day,
            "currency": campus.currency,
            "minor_digits": campus.minor_digits,
            "redemptions": queries.uses_on_campus(campus=campus, day=day),
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
            use = queries.redemption_on(campuses=_campuses(request), uid=str(uid))
            by = _user(request).uid
            undoing = operations.void_by_manager(redemption=use, by=by, reason=reason, at=at)
            return 200, taken_back(undoing)

        return answer_once(request=request, at=at, effect=effect)


class RefusedScansView(APIView):
    """What was refused at counters, and what somebody may be trying."""

    permission_classes = (asker.IsManager,)

    @extend_schema(operation_id="refused_scans", parameters=[WHICH], responses=RefusedScansOut)
    def get(self, request: Request) -> Response:
        campus, at = _campus(request), clock.now()
        counts = queries.verdicts(campus=campus, at=at)
        shape = {
            "alerts": queries.alerts_of(campus=campus, at=at),
            "counts": [
                {"verdict": code, "label": words.verdict(code), "count": times}
                for code, times in counts
            ],
            "scans": queries.refused_scans(campus=campus),
        }
        return Response(RefusedScansOut(shape).data)
