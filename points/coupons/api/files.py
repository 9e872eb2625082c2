"""A statement as a file, in the asker's language."""

from typing import Any

from django.http import HttpResponse
from django.utils import translation
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter
from rest_framework.negotiation import BaseContentNegotiation
from rest_framework.request import Request
from rest_framework.views import APIView

from points.coupons import paper, queries
from points.coupons.models import Statement

LANGUAGES = ("ko", "en", "zh-hans")
LANG = OpenApiParameter("lang", str, enum=LANGUAGES, description="else as the browser asks")
AS_CSV = {(200, "text/csv"): OpenApiTypes.BINARY}
AS_PDF = {(200, "application/pdf"): OpenApiTypes.BINARY}


class AsItIs(BaseContentNegotiation):
    """A file has one form, whatever a browser would rather have."""

    def select_parser(self, request: Request, parsers: Any) -> Any:
        return parsers[0]

    def select_renderer(self, request: Request, renderers: Any, format_suffix: Any = None) -> Any:
        return renderers[0], renderers[0].media_type


class FileView(APIView):
    """Hands out a statement; which one the asker may see, the views below find."""

    content_negotiation_class = AsItIs

    def sheet(self, request: Request, statement: Statement) -> HttpResponse:
        """As CSV for a spreadsheet."""
        return self._told(request, statement, paper.sheet, "text/csv; charset=utf-8", "csv")

    def printed(self, request: Request, statement: Statement) -> HttpResponse:
        """As PDF."""
        return self._told(request, statement, paper.printed, "application/pdf", "pdf")

    def _told(
        self, request: Request, statement: Statement, write: Any, kind: str, suffix: str
    ) -> HttpResponse:
        facts = queries.paper_of(statement=statement)
        wanted = request.query_params.get("lang", "").lower()
        with translation.override(wanted if wanted in LANGUAGES else translation.get_language()):
            answer = HttpResponse(write(facts), content_type=kind)
        name = f"statement-{facts.ends_on:%Y-%m-%d}-{statement.number}.{suffix}"
        answer["Content-Disposition"] = f'attachment; filename="{name}"'
        answer["Cache-Control"] = "private, no-store"
        return answer
