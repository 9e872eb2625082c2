"""The wallet of the student who asks: what it holds, and every line of its statement."""

from django.urls import path
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from campus.api.pages import NewestFirst
from campus.people import asker
from points.ledger import queries
from points.ledger.models import Asset, Code


class RangeOut(serializers.Serializer[object]):
    low = serializers.IntegerField()
    high = serializers.IntegerField()
    expected = serializers.IntegerField()
    ends_on = serializers.DateField()


class WalletOut(serializers.Serializer[object]):
    CP = serializers.IntegerField()
    SUN = serializers.IntegerField()
    cp_on_the_way = RangeOut(allow_null=True)


class SourceOut(serializers.Serializer[object]):
    kind = serializers.CharField(source="source_kind")
    id = serializers.CharField(source="source_id")


class EntryOut(serializers.Serializer[object]):
    id = serializers.CharField(help_text="asset and running number of the line: CP-17")
    asset = serializers.ChoiceField(choices=Asset.choices)
    amount = serializers.IntegerField(help_text="negative where the wallet gave")
    balance = serializers.IntegerField(help_text="what the wallet held after")
    code = serializers.ChoiceField(choices=Code.choices)
    # The contract's names; a field of DRF has attributes of these names too.
    label = serializers.SerializerMethodField()  # type: ignore[assignment]
    effective_on = serializers.DateField()
    posted_at = serializers.DateTimeField()
    reverses = serializers.CharField(allow_null=True)
    corrected_by = serializers.CharField(allow_null=True)
    source = SourceOut(source="*")  # type: ignore[assignment]

    def get_label(self, entry: queries.Entry) -> str:
        return str(Code(entry.code).label)


class EntriesIn(serializers.Serializer[object]):
    asset = serializers.ChoiceField(choices=Asset.choices, required=False)


class EntriesOut(serializers.Serializer[object]):
    next = serializers.URLField(allow_null=True)
    previous = serializers.URLField(allow_null=True)
    results = EntryOut(many=True)


class WalletView(APIView):
    """What the student holds of each asset."""

    permission_classes = (asker.IsStudent,)

    @extend_schema(operation_id="wallet", responses=WalletOut)
    def get(self, request: Request) -> Response:
        holder = asker.student(request).holder
        # Points on the way are a projection, which the first screen composes; never a posting.
        told = {**queries.balances(holder=holder), "cp_on_the_way": None}
        return Response(WalletOut(told).data)


class EntriesView(APIView):
    """The lines of the student's statement, newest first."""

    permission_classes = (asker.IsStudent,)

    @extend_schema(
        operation_id="wallet_entries",
        parameters=[EntriesIn, OpenApiParameter("cursor", str)],
        responses=EntriesOut,
    )
    def get(self, request: Request) -> Response:
        wish = EntriesIn(data=request.query_params)
        wish.is_valid(raise_exception=True)
        holder = asker.student(request).holder
        rows = queries.entries(holder=holder, asset=wish.validated_data.get("asset"))
        pages = NewestFirst()
        page = pages.paginate_queryset(rows, request, view=self) or []
        lines = [queries.told(row) for row in page]
        return pages.get_paginated_response(EntryOut(lines, many=True).data)


urlpatterns = [
    path("wallet/", WalletView.as_view(), name="wallet"),
    path("wallet/entries/", EntriesView.as_view(), name="wallet-entries"),
]
