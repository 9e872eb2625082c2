"""The student's passbook as a screen, a table, a paper, and a file that anyone can verify."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.http import HttpResponse
from django.utils.translation import gettext_lazy as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.negotiation import DefaultContentNegotiation
from rest_framework.permissions import AllowAny
from rest_framework.renderers import BaseRenderer
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from campus import clock
from campus.api import sheets
from campus.errors import CampusError, Fault
from campus.people import asker
from points.ledger.models import Asset
from points.passbook import keys, queries, signing
from points.passbook.api.shapes import PublicKeysOut, StatementOut
from points.passbook.paper import paper
from points.passbook.statement import Statement
from points.passbook.tables import table

USUAL = timedelta(days=90)
LONGEST = timedelta(days=400)
WHICH = [
    OpenApiParameter("asset", str, enum=Asset.values),
    OpenApiParameter("from", date),
    OpenApiParameter("to", date),
]


class DaysRefused(CampusError):
    """The asked days end before they begin, or are more than a screen shows."""

    code, status = "period_refused", 400
    detail = _("Ask for a period of 1 to %(longest)s days.")


class WhichIn(serializers.Serializer[object]):
    """Local days [from, to] of posting, and one asset; all of it if left out."""

    asset = serializers.ChoiceField(choices=Asset.choices, required=False)
    to = serializers.DateField(required=False)

    def get_fields(self) -> dict[str, serializers.Field[object, object, object, object]]:
        return {**super().get_fields(), "from": serializers.DateField(required=False)}


class AnyAccept(DefaultContentNegotiation):
    """A file is sent whatever the browser says it accepts; refusals are problems as ever."""

    def select_renderer(
        self,
        request: Request,
        renderers: Iterable[BaseRenderer],
        format_suffix: str | None = None,
    ) -> tuple[BaseRenderer, str]:
        first = next(iter(renderers))
        return first, first.media_type


class PassbookView(APIView):
    """Both wallets over some days, with the running balance and the source of every line."""

    permission_classes = (asker.IsStudent,)

    @extend_schema(operation_id="passbook", parameters=WHICH, responses=StatementOut)
    def get(self, request: Request) -> Response:
        wish, me = _wish(request), asker.student(request)
        last = wish.last or me.today
        first = wish.first or last - USUAL
        if not timedelta() <= last - first <= LONGEST:
            raise _refused()
        return Response(StatementOut(_statement(request, first=first, last=last)).data)


class TableView(APIView):
    """The statement as a CSV file for a spreadsheet."""

    permission_classes = (asker.IsStudent,)
    content_negotiation_class = AnyAccept

    @extend_schema(
        operation_id="passbook_csv",
        parameters=WHICH,
        responses={(200, "text/csv"): OpenApiTypes.BINARY},
    )
    def get(self, request: Request) -> HttpResponse:
        return _file(table(_asked(request)), sheets.MEDIA_TYPE, "passbook.csv")


class PaperView(APIView):
    """The statement as a PDF file."""

    permission_classes = (asker.IsStudent,)
    content_negotiation_class = AnyAccept

    @extend_schema(
        operation_id="passbook_pdf",
        parameters=WHICH,
        responses={(200, "application/pdf"): OpenApiTypes.BINARY},
    )
    def get(self, request: Request) -> HttpResponse:
        return _file(paper(_asked(request)), "application/pdf", "passbook.pdf")


class ExportView(APIView):
    """Every entry of both wallets, signed: anyone can verify it with the public key."""

    permission_classes = (asker.IsStudent,)
    content_negotiation_class = AnyAccept

    @extend_schema(
        operation_id="passbook_export",
        responses={(200, "application/json"): OpenApiTypes.OBJECT},
    )
    def get(self, request: Request) -> HttpResponse:
        me = asker.student(request)
        statement = queries.statement_of(
            holder=me.holder, first=None, last=me.today, at=clock.now()
        )
        book = signing.passbook(statement, campus=str(me.campus.uid), holder=str(me.holder.uid))
        ring = keys.keyring()
        content = signing.signed(book, key=ring.key(), key_id=ring.signing)
        return _file(content, "application/json", "passbook.json")


class PublicKeyView(APIView):
    """The public halves of the keys that sign exports; the one in use comes first."""

    permission_classes = (AllowAny,)
    authentication_classes = ()

    @extend_schema(operation_id="passbook_public_key", responses=PublicKeysOut)
    def get(self, request: Request) -> Response:
        ring = keys.keyring()
        told = [
            {
                "key_id": name,
                "algorithm": signing.ALGORITHM,
                "public_key": key,
                "in_use": name == ring.signing,
            }
            for name, key in ring.public().items()
        ]
        return Response(PublicKeysOut({"keys": told}).data)


@dataclass(frozen=True, slots=True)
class _Wish:
    asset: str | None
    first: date | None
    last: date | None


def _wish(request: Request) -> _Wish:
    wish = WhichIn(data=request.query_params)
    wish.is_valid(raise_exception=True)
    said = wish.validated_data
    return _Wish(said.get("asset"), said.get("from"), said.get("to"))


def _asked(request: Request) -> Statement:
    """
    The statement of the query; without days, from the first entry to today.

    :raises DaysRefused: if the days end before they begin
    """
    wish, today = _wish(request), asker.student(request).today
    last = wish.last or today
    if wish.first and wish.first > last:
        raise _refused()
    return _statement(request, first=wish.first, last=last)


def _statement(request: Request, *, first: date | None, last: date) -> Statement:
    wish, at = _wish(request), clock.now()
    assets = (wish.asset,) if wish.asset else tuple(Asset.values)
    holder = asker.student(request).holder
    return queries.statement_of(holder=holder, first=first, last=last, at=at, assets=assets)


def _refused() -> DaysRefused:
    fault = Fault("from", "period_refused", DaysRefused.detail % {"longest": LONGEST.days})
    return DaysRefused(faults=[fault], longest=LONGEST.days)


def _file(content: bytes, media_type: str, name: str) -> HttpResponse:
    headers = {
        "Content-Disposition": f'attachment; filename="{name}"',
        "Cache-Control": "private, no-store",
    }
    return HttpResponse(content, content_type=media_type, headers=headers)
