"""What the campus owes a café, as its own till may see it."""

from uuid import UUID

from django.http import HttpResponse
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from campus import clock
from points.coupons import queries
from points.coupons.api.counter import IsTill, asking
from points.coupons.api.files import AS_CSV, AS_PDF, LANG, FileView
from points.coupons.api.shapes.manager import OwnStatementsOut
from points.coupons.models import Statement

NEWEST = 100


class StatementsView(APIView):
    """What is owed to the till's own café, and its newest statements."""

    permission_classes = (IsTill,)

    @extend_schema(operation_id="own_statements", responses=OwnStatementsOut)
    def get(self, request: Request) -> Response:
        cafe = asking(request).cafe
        day = clock.today(zone=cafe.campus.zone)
        shape = {
            "owed": queries.owed(cafe=cafe, day=day),
            "statements": queries.statements_at(cafe=cafe)[:NEWEST],
        }
        return Response(OwnStatementsOut(shape).data)


def _statement(request: Request, uid: UUID) -> Statement:
    return queries.statement_at(cafe=asking(request).cafe, uid=str(uid))


class SheetView(FileView):
    """A statement of the till's own café as CSV for a spreadsheet."""

    permission_classes = (IsTill,)

    @extend_schema(operation_id="own_statement_csv", parameters=[LANG], responses=AS_CSV)
    def get(self, request: Request, uid: UUID) -> HttpResponse:
        return self.sheet(request, _statement(request, uid))


class PrintView(FileView):
    """A statement of the till's own café as PDF."""

    permission_classes = (IsTill,)

    @extend_schema(operation_id="own_statement_pdf", parameters=[LANG], responses=AS_PDF)
    def get(self, request: Request, uid: UUID) -> HttpResponse:
        return self.printed(request, _statement(request, uid))
