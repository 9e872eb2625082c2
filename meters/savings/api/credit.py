"""A credit opened: baseline, sums, the figures of the rule, and the days that lead to readings."""

from datetime import date

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from campus.errors import NotFound
from campus.people import asker
from meters.savings import queries
from meters.savings.models import Cohort, SavingEstimate


class CreditDayOut(serializers.Serializer[object]):
    day = serializers.DateField()
    baseline_wh = serializers.IntegerField()
    expected_wh = serializers.IntegerField()
    actual_wh = serializers.IntegerField(allow_null=True)
    verdict = serializers.ChoiceField(choices=SavingEstimate.Verdict.choices)


class CreditOut(serializers.Serializer[object]):
    starts_on = serializers.DateField()
    ends_on = serializers.DateField()
    revision = serializers.IntegerField()
    counts_from = serializers.DateField()
    learns_from = serializers.DateField()
    kind = serializers.ChoiceField(choices=Cohort.Kind.choices)
    version = serializers.IntegerField()
    history_days = serializers.IntegerField()
    comparison_rooms = serializers.IntegerField()
    level_wh = serializers.IntegerField()
    away_below = serializers.FloatField()
    counted_days = serializers.IntegerField()
    baseline_wh = serializers.IntegerField()
    used_wh = serializers.IntegerField()
    drift = serializers.FloatField()
    saving = serializers.FloatField()
    sigma = serializers.FloatField()
    sure_from = serializers.FloatField(help_text="sigmas up to which nothing is sure")
    sure_at = serializers.FloatField(help_text="sigmas from which all is")
    sure = serializers.FloatField()
    floor_rooms = serializers.IntegerField()
    floor_saving = serializers.FloatField()
    floor_sigma = serializers.FloatField()
    own_wh = serializers.IntegerField()
    shared_wh = serializers.IntegerField()
    booked_wh = serializers.IntegerField()
    settled_wh = serializers.IntegerField()
    days = CreditDayOut(many=True)


class CreditView(APIView):
    """A credit of the asker, opened down to the days; each day leads on to its readings."""

    permission_classes = (asker.IsStudent,)

    @extend_schema(operation_id="savings_credit", responses=CreditOut)
    def get(self, request: Request, starts_on: str) -> Response:
        holder = asker.student(request).holder
        try:
            day = date.fromisoformat(starts_on)
        except ValueError:
            raise NotFound from None
        credit = queries.credit_of(holder=holder, starts_on=day)
        if credit is None:
            raise NotFound
        return Response(CreditOut(credit).data)
