"""What a student may know of their room's savings."""

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from campus.errors import NotFound
from campus.nights.queries import last_closed
from campus.people import asker
from campus.places.models import Enrolment
from campus.places.queries import term_on
from meters.savings import queries, words
from meters.savings.api.placebo import PlaceboOut
from meters.savings.facts import SavingsScreen
from meters.savings.models import Cohort, Lottery, SavingEstimate


class LatestOut(serializers.Serializer[object]):
    day = serializers.DateField()
    expected_wh = serializers.IntegerField()
    actual_wh = serializers.IntegerField(allow_null=True)
    saved_wh = serializers.IntegerField(allow_null=True)
    verdict = serializers.ChoiceField(choices=SavingEstimate.Verdict.choices)
    percent = serializers.IntegerField(allow_null=True)


class SettlementOut(serializers.Serializer[object]):
    starts_on = serializers.DateField()
    ends_on = serializers.DateField()
    last_day = serializers.DateField()
    counts_from = serializers.DateField()
    expected_wh = serializers.IntegerField()
    actual_wh = serializers.IntegerField()
    settled_wh = serializers.IntegerField()
    booked_wh = serializers.IntegerField()
    co2_g = serializers.IntegerField()
    revision = serializers.IntegerField()


class ProjectionOut(serializers.Serializer[object]):
    ends_on = serializers.DateField()
    saved_wh = serializers.IntegerField()
    low_wh = serializers.IntegerField()
    high_wh = serializers.IntegerField()


class BaselineOut(serializers.Serializer[object]):
    version = serializers.IntegerField()
    kind = serializers.ChoiceField(choices=Cohort.Kind.choices)
    level_wh = serializers.IntegerField()
    history_days = serializers.IntegerField()
    comparison_rooms = serializers.IntegerField()
    counts_from = serializers.DateField()


class FactorOut(serializers.Serializer[object]):
    kg_per_kwh = serializers.DecimalField(max_digits=7, decimal_places=5)
    gas = serializers.CharField()
    year = serializers.CharField()
    source = serializers.CharField()  # type: ignore[assignment]


class SoFarOut(serializers.Serializer[object]):
    counts_from = serializers.DateField()
    ends_on = serializers.DateField()
    saved_wh = serializers.IntegerField()
    low_wh = serializers.IntegerField()
    high_wh = serializers.IntegerField()
    booked_wh = serializers.IntegerField()
    percent = serializers.IntegerField()


class SavingsOut(serializers.Serializer[SavingsScreen]):
    part = serializers.ChoiceField(choices=Enrolment.Part.choices, allow_null=True)
    latest = LatestOut(allow_null=True)
    settlements = SettlementOut(many=True)
    projection = ProjectionOut(allow_null=True)
    method = serializers.SerializerMethodField()
    baseline = BaselineOut(allow_null=True)
    factor = FactorOut(allow_null=True)
    placebo = PlaceboOut(allow_null=True)
    observed_until = serializers.DateField(allow_null=True)
    so_far = SoFarOut(allow_null=True)

    def get_method(self, screen: SavingsScreen) -> list[str]:
        if screen.part == Enrolment.Part.COMPARISON:
            return list(words.method_of_comparison())
        if screen.observed_until:
            return list(words.observation())
        rooms = screen.baseline.comparison_rooms if screen.baseline else 0
        return list(words.method(comparison_rooms=rooms))


class SavingsView(APIView):
    """
    The savings of the room the asker lives in.

    Residents of comparison rooms learn their part and the method, and no figure of their room.
    """

    permission_classes = (asker.IsStudent,)

    @extend_schema(operation_id="savings", responses=SavingsOut)
    def get(self, request: Request) -> Response:
        student = asker.student(request)
        room, day = student.home(), last_closed(campus=student.campus)
        if day is None:
            return Response(SavingsOut(SavingsScreen(part=None)).data)
        screen = queries.screen_of(holder=student.holder, room=room, day=day)
        return Response(SavingsOut(screen).data)


class LotteryOut(serializers.Serializer[Lottery]):
    """The draw of this term, with all that is needed to draw it again."""

    algorithm = serializers.CharField()
    seed = serializers.CharField()
    candidates = serializers.IntegerField()
    comparison = serializers.IntegerField()
    digest = serializers.CharField()
    order = serializers.ListField(child=serializers.CharField())
    drawn_at = serializers.DateTimeField()
    mine = serializers.SerializerMethodField()

    def get_mine(self, row: Lottery) -> str:
        return str(self.context["room"].uid)


class LotteryView(APIView):
    """The published lottery of comparison rooms, for everybody who lives on the campus."""

    permission_classes = (asker.IsStudent,)

    @extend_schema(operation_id="saving_lottery", responses=LotteryOut)
    def get(self, request: Request) -> Response:
        student = asker.student(request)
        room, term = student.home(), term_on(campus=student.campus, day=student.today)
        found = queries.lottery_of(term=term) if term else None
        if found is None:
            raise NotFound
        return Response(LotteryOut(found, context={"room": room}).data)
