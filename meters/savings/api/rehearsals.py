"""A past term under other terms: budget, winners and losers, before anything is published."""

from datetime import datetime
from typing import Any

from drf_spectacular.utils import extend_schema, extend_schema_field
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from campus import clock
from campus.api.texts import told
from campus.nights.idempotency import Answer, answer_once
from campus.people import asker
from campus.places.models import Campus, Term
from meters.savings import operations
from meters.savings.api.agreed import MOST_COMFORT_WH, WHICH, campus_of, who
from meters.savings.models import RampName, TermRehearsal
from meters.savings.queries import desk


class TrialIn(serializers.Serializer[object]):
    """The terms to try; `paid_cp_per_kg` is the rate of that time."""

    term = serializers.UUIDField()
    ramp = serializers.ChoiceField(choices=RampName.choices)
    comfort_wh = serializers.IntegerField(min_value=0, max_value=MOST_COMFORT_WH)
    cp_per_kg = serializers.IntegerField(min_value=0, max_value=10_000)
    paid_cp_per_kg = serializers.IntegerField(min_value=0, max_value=10_000)
    weekly_cap_cp = serializers.IntegerField(min_value=0, max_value=100_000, default=0)
    cp_minor = serializers.IntegerField(min_value=0, max_value=100_000, default=0)


class TriedOut(serializers.Serializer[object]):
    ramp = serializers.ChoiceField(choices=RampName.choices)
    comfort_wh = serializers.IntegerField()
    cp_per_kg = serializers.IntegerField()
    paid_cp_per_kg = serializers.IntegerField()
    weekly_cap_cp = serializers.IntegerField()
    cp_minor = serializers.IntegerField()


class SideOut(serializers.Serializer[object]):
    """Rooms that gain (or lose) at least `felt` points a person."""

    rooms = serializers.IntegerField()
    people = serializers.IntegerField()
    points = serializers.IntegerField()
    mean = serializers.IntegerField(help_text="points a person")


class HomeOut(serializers.Serializer[object]):
    name = serializers.CharField()
    rooms = serializers.IntegerField()
    points_before = serializers.IntegerField()
    points_after = serializers.IntegerField()


class ComparedOut(serializers.Serializer[object]):
    rooms = serializers.IntegerField()
    people = serializers.IntegerField()
    points_before = serializers.IntegerField()
    points_after = serializers.IntegerField()
    money_after = serializers.IntegerField(help_text="minor units")
    gain = SideOut()
    lose = SideOut()
    same = serializers.IntegerField()
    felt = serializers.IntegerField()
    quantiles = serializers.ListField(
        child=serializers.IntegerField(), help_text="5, 25, 50, 75, 95 % of the change a person"
    )
    homes = HomeOut(many=True, help_text="of five rooms at least")


class RehearsalOut(serializers.Serializer[TermRehearsal]):
    uid = serializers.UUIDField()
    term = serializers.SerializerMethodField()
    state = serializers.ChoiceField(choices=TermRehearsal.State.choices)
    asked = TriedOut()
    asked_at = serializers.DateTimeField()
    result = serializers.SerializerMethodField()

    def get_term(self, row: TermRehearsal) -> str:
        return told(row.term.name)

    @extend_schema_field(ComparedOut(allow_null=True))
    def get_result(self, row: TermRehearsal) -> Any:
        if not row.result:
            return None
        names = self.context["names"]
        homes = [
            {"name": names.get(code, code), **home} for code, home in row.result["homes"].items()
        ]
        return ComparedOut({**row.result, "homes": homes}).data


class SettledTermOut(serializers.Serializer[Term]):
    uid = serializers.UUIDField()
    name = serializers.SerializerMethodField()
    starts_on = serializers.DateField()

    def get_name(self, term: Term) -> str:
        return told(term.name)


class RehearsalsOut(serializers.Serializer[object]):
    terms = SettledTermOut(many=True)
    rehearsals = RehearsalOut(many=True)


class RehearsalsView(APIView):
    """Rehearsals of the campus; a new one is worked out in the background."""

    permission_classes = (asker.IsManager,)
    throttle_scope = "redeem"

    @extend_schema(operation_id="rehearsals", parameters=[WHICH], responses=RehearsalsOut)
    def get(self, request: Request) -> Response:
        return Response(_all(campus_of(request)))

    @extend_schema(
        operation_id="rehearse_term",
        parameters=[WHICH],
        request=TrialIn,
        responses={202: RehearsalOut},
    )
    def post(self, request: Request) -> Response:
        campus, at, wish = campus_of(request), clock.now(), TrialIn(data=request.data)
        wish.is_valid(raise_exception=True)
        asked = {**wish.validated_data, "by": who(request)}
        return answer_once(request=request, at=at, effect=lambda: _asked(campus, asked, at))


def _asked(campus: Campus, asked: dict[str, Any], at: datetime) -> Answer:
    term, by = desk.term_of(campus=campus, uid=asked.pop("term")), asked.pop("by")
    row = operations.ask_rehearsal(term=term, asked=asked, by=by, at=at)
    return 202, dict(RehearsalOut(row).data)


def _all(campus: Campus) -> dict[str, object]:
    told_of = {
        "terms": desk.settled_terms(campus=campus),
        "rehearsals": desk.rehearsals_of(campus=campus),
    }
    names = {home.code: told(home.name) for home in campus.residences.all()}
    return dict(RehearsalsOut(told_of, context={"names": names}).data)
