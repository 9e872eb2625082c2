"""The terms by which points are earned, for a manager, who may announce new ones."""

from datetime import date, datetime
from typing import Any

from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from campus import clock
from campus.nights.idempotency import Answer, answer_once
from campus.people import asker
from campus.places.models import Campus
from points.earning import caps, operations, queries
from points.earning.models import RuleTerms
from points.earning.rules import rules, shape_of, title_of
from points.earning.terms import parameters_of

WHICH = OpenApiParameter("residence", str, description="uid; the first managed one if left out")
RULES = [*rules(), caps.NAME]


class ParameterOut(serializers.Serializer[object]):
    name = serializers.CharField()
    title = serializers.CharField()
    least = serializers.IntegerField()
    most = serializers.IntegerField()
    value = serializers.IntegerField(allow_null=True, help_text="today; null if not in force")
    default = serializers.IntegerField()


class DatedOut(serializers.Serializer[RuleTerms]):
    valid_from = serializers.DateField()
    parameters = serializers.DictField(child=serializers.IntegerField())


class RuleOut(serializers.Serializer[object]):
    """A rule: its parameters as they are today, and its terms through time, newest first."""

    rule = serializers.ChoiceField(choices=RULES)
    title = serializers.CharField()
    valid_from = serializers.DateField(allow_null=True)
    parameters = ParameterOut(many=True)
    dated = DatedOut(many=True)


class TermsOut(serializers.Serializer[object]):
    today = serializers.DateField()
    earliest = serializers.DateField(help_text="the first day on which new terms may hold")
    rules = RuleOut(many=True)


class TermsIn(serializers.Serializer[object]):
    rule = serializers.ChoiceField(choices=RULES)
    valid_from = serializers.DateField()
    parameters = serializers.DictField(
        child=serializers.IntegerField(), help_text="those that change; the others stay"
    )


class TermsView(APIView):
    """By which terms points are earned. New ones are announced at least a day before they hold."""

    permission_classes = (asker.IsManager,)
    throttle_scope = "redeem"

    @extend_schema(operation_id="manage_terms", parameters=[WHICH], responses=TermsOut)
    def get(self, request: Request) -> Response:
        campus = _campus(request)
        return Response(TermsOut(_told(campus, clock.today(zone=campus.zone))).data)

    @extend_schema(
        operation_id="announce_terms",
        parameters=[WHICH],
        request=TermsIn,
        responses={201: TermsOut},
    )
    def post(self, request: Request) -> Response:
        campus, at, wish = _campus(request), clock.now(), TermsIn(data=request.data)
        wish.is_valid(raise_exception=True)
        asked = wish.validated_data
        return answer_once(request=request, at=at, effect=lambda: _announced(campus, asked, at))


def _campus(request: Request) -> Campus:
    return asker.residence(request, request.query_params.get("residence")).campus


def _announced(campus: Campus, asked: dict[str, Any], at: datetime) -> Answer:
    operations.announce_terms(campus=campus, at=at, **asked)
    return 201, dict(TermsOut(_told(campus, at.astimezone(campus.zone).date())).data)


def _told(campus: Campus, today: date) -> dict[str, object]:
    return {
        "today": today,
        "earliest": operations.earliest_terms(today=today),
        "rules": [_rule(campus, name, today) for name in RULES],
    }


def _rule(campus: Campus, name: str, today: date) -> dict[str, object]:
    dated = queries.terms_through_time(campus=campus, rule=name)
    now = next((row for row in dated if row.valid_from <= today), None)
    usual = shape_of(name)()
    return {
        "rule": name,
        "title": title_of(name),
        "valid_from": now and now.valid_from,
        "dated": dated,
        "parameters": [
            {
                "name": key,
                "title": about.title,
                "least": about.least,
                "most": about.most,
                "value": now.parameters.get(key, getattr(usual, key)) if now else None,
                "default": getattr(usual, key),
            }
            for key, about in parameters_of(shape_of(name)).items()
        ],
    }
