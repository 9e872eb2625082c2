"""The manager's desk of savings: terms, the lottery with its outlook, the placebo figures."""

from datetime import datetime
from typing import Any

from drf_spectacular.utils import OpenApiParameter, extend_schema, extend_schema_field
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from campus import clock
from campus.api.texts import told
from campus.nights.idempotency import Answer, answer_once
from campus.people import asker
from campus.people.models import User
from campus.places.models import Campus, Term
from meters.savings import lottery, operations, outlook
from meters.savings.api.placebo import PlaceboOut
from meters.savings.foresight import Foreseen
from meters.savings.models import Lottery, RampName
from meters.savings.queries import agreed, desk
from meters.savings.queries.foreseen import foreseen
from meters.savings.rule import MIN_COMPARISON

WHICH = OpenApiParameter("residence", str, description="uid; the first managed one if left out")
MOST_COMFORT_WH = 5000  # a person and day


class OutlookOut(serializers.Serializer[outlook.Outlook]):
    """Percent; see docs/savings.md."""

    comparison = serializers.IntegerField()
    false = serializers.FloatField()
    false_worst = serializers.FloatField()
    power10 = serializers.FloatField()
    power20 = serializers.FloatField()
    lone = serializers.FloatField()
    new = serializers.FloatField()
    new_worst = serializers.FloatField()
    new10 = serializers.FloatField()
    new20 = serializers.FloatField()


class DrawOut(serializers.Serializer[Lottery]):
    """A draw as it is published."""

    algorithm = serializers.CharField()
    seed = serializers.CharField()
    candidates = serializers.IntegerField()
    comparison = serializers.IntegerField()
    digest = serializers.CharField()
    drawn_at = serializers.DateTimeField()


class TermOut(serializers.Serializer[Term]):
    """An academic term: its saving terms, its draw, and whether it can still be drawn."""

    uid = serializers.UUIDField()
    name = serializers.SerializerMethodField()
    starts_on = serializers.DateField()
    ends_on = serializers.DateField()
    ramp = serializers.SerializerMethodField()
    comfort_wh = serializers.SerializerMethodField()
    comparison = serializers.SerializerMethodField(help_text="comparison rooms enrolled now")
    may_draw = serializers.SerializerMethodField()
    lottery = serializers.SerializerMethodField()

    def get_name(self, term: Term) -> str:
        return told(term.name)

    def get_ramp(self, term: Term) -> str:
        found = agreed.terms_on(campus=term.campus, day=term.starts_on)
        return found.ramp if found else RampName.DEFAULT.value

    def get_comfort_wh(self, term: Term) -> int:
        return agreed.rule_of(term=term).comfort_wh

    def get_comparison(self, term: Term) -> int:
        return desk.comparison_count(term=term)

    def get_may_draw(self, term: Term) -> bool:
        return term.starts_on > self.context["today"] and desk.lottery_of(term=term) is None

    @extend_schema_field(DrawOut(allow_null=True))
    def get_lottery(self, term: Term) -> Any:
        found = desk.lottery_of(term=term)
        return DrawOut(found).data if found else None


class SavingDeskOut(serializers.Serializer[object]):
    rooms = serializers.IntegerField(help_text="that a draw would be among")
    recommended = serializers.IntegerField()
    least = serializers.IntegerField(help_text="comparison rooms without which nothing is credited")
    outlook = OutlookOut(many=True)
    terms = TermOut(many=True)
    placebos = PlaceboOut(many=True)


class DrawIn(serializers.Serializer[object]):
    term = serializers.UUIDField()
    comparison = serializers.IntegerField(min_value=0)
    seed = serializers.CharField(
        max_length=64, required=False, default="", allow_blank=True, help_text="announced before"
    )


class ForesightIn(serializers.Serializer[object]):
    residence = serializers.CharField(required=False, default="")
    term = serializers.UUIDField()
    comparison = serializers.IntegerField(min_value=0)


class ForesightOut(serializers.Serializer[Foreseen]):
    """Percent, from the campus's own readings; see docs/savings.md."""

    comparison = serializers.IntegerField()
    rooms = serializers.IntegerField(help_text="that the lottery was tried among")
    draws = serializers.IntegerField()
    false = serializers.FloatField()
    false_worst = serializers.FloatField()
    power10 = serializers.FloatField()
    power20 = serializers.FloatField()


class SavingTermsIn(serializers.Serializer[object]):
    valid_from = serializers.DateField()
    ramp = serializers.ChoiceField(choices=RampName.choices)
    comfort_wh = serializers.IntegerField(min_value=0, max_value=MOST_COMFORT_WH)


class DeskView(APIView):
    """What is agreed on savings, and how they fare."""

    permission_classes = (asker.IsManager,)

    @extend_schema(operation_id="manage_savings", parameters=[WHICH], responses=SavingDeskOut)
    def get(self, request: Request) -> Response:
        return Response(_desk(campus_of(request), clock.now()))


class ForesightView(APIView):
    """A lottery that is not drawn yet, tried on the campus's own readings."""

    permission_classes = (asker.IsManager,)
    throttle_scope = "redeem"

    @extend_schema(operation_id="foresee_lottery", parameters=[ForesightIn], responses=ForesightOut)
    def get(self, request: Request) -> Response:
        campus, wish = campus_of(request), ForesightIn(data=request.query_params)
        wish.is_valid(raise_exception=True)
        asked = wish.validated_data
        term = desk.term_of(campus=campus, uid=asked["term"])
        today = clock.today(zone=campus.zone)
        told = foreseen(term=term, comparison=asked["comparison"], today=today)
        return Response(ForesightOut(told).data)


class DrawView(APIView):
    """Draw the comparison rooms of a coming term: once, and published at once."""

    permission_classes = (asker.IsManager,)
    throttle_scope = "redeem"

    @extend_schema(
        operation_id="draw_lottery",
        parameters=[WHICH],
        request=DrawIn,
        responses={201: SavingDeskOut},
    )
    def post(self, request: Request) -> Response:
        campus, at, wish = campus_of(request), clock.now(), DrawIn(data=request.data)
        wish.is_valid(raise_exception=True)
        asked = {**wish.validated_data, "by": who(request)}
        return answer_once(request=request, at=at, effect=lambda: _drawn(campus, asked, at))


class TermsView(APIView):
    """Announce saving terms for the academic terms that begin on a day or later."""

    permission_classes = (asker.IsManager,)
    throttle_scope = "redeem"

    @extend_schema(
        operation_id="announce_saving_terms",
        parameters=[WHICH],
        request=SavingTermsIn,
        responses={201: SavingDeskOut},
    )
    def post(self, request: Request) -> Response:
        campus, at, wish = campus_of(request), clock.now(), SavingTermsIn(data=request.data)
        wish.is_valid(raise_exception=True)
        asked = {**wish.validated_data, "by": who(request)}
        return answer_once(request=request, at=at, effect=lambda: _announced(campus, asked, at))


def campus_of(request: Request) -> Campus:
    """The campus of the residence that the asker names, else of the first they manage."""
    return asker.residence(request, request.query_params.get("residence")).campus


def who(request: Request) -> User:
    """Who is asking."""
    assert isinstance(request.user, User)
    return request.user


def _drawn(campus: Campus, asked: dict[str, Any], at: datetime) -> Answer:
    term = desk.term_of(campus=campus, uid=asked.pop("term"))
    operations.draw_lottery(term=term, at=at, **asked)
    return 201, _desk(campus, at)


def _announced(campus: Campus, asked: dict[str, Any], at: datetime) -> Answer:
    operations.announce_saving_terms(campus=campus, at=at, **asked)
    return 201, _desk(campus, at)


def _desk(campus: Campus, at: datetime) -> dict[str, object]:
    today, rooms = at.astimezone(campus.zone).date(), desk.room_count(campus=campus)
    told_of = {
        "rooms": rooms,
        "recommended": lottery.recommended(rooms),
        "least": MIN_COMPARISON,
        "outlook": outlook.measured(),
        "terms": desk.terms_to_come(campus=campus, today=today),
        "placebos": desk.placebos(campus=campus),
    }
    return dict(SavingDeskOut(told_of, context={"today": today}).data)
