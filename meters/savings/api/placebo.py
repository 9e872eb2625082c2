"""The placebo figure opened: settlement by settlement, as sums of all comparison rooms."""

from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from campus import clock
from campus.people import asker
from meters.savings import queries
from meters.savings.models import Cohort

WHICH = OpenApiParameter("residence", str, description="uid; the first managed one if left out")


class PlaceboOut(serializers.Serializer[object]):
    ends_on = serializers.DateField()
    placebo_wh = serializers.IntegerField()
    comparison_wh = serializers.IntegerField()
    percent = serializers.DecimalField(max_digits=7, decimal_places=2)


class PlaceboWeekOut(PlaceboOut):
    """A placebo figure opened; comparison rooms are told as a sum, never one by one."""

    last_day = serializers.DateField()
    rooms = serializers.IntegerField()
    expected_wh = serializers.IntegerField()
    used_wh = serializers.IntegerField()
    added_wh = serializers.IntegerField()


class YardOut(serializers.Serializer[object]):
    """What the comparison rooms of a cohort said, as everybody's saving was set right by it."""

    kind = serializers.ChoiceField(choices=Cohort.Kind.choices)
    counts_from = serializers.DateField()
    rooms = serializers.IntegerField()
    drift = serializers.FloatField(help_text="share by which the middle room stayed under")
    scale = serializers.FloatField(help_text="sigmas per unit of a room's own unsteadiness")


class ManagedPlaceboWeekOut(PlaceboWeekOut):
    """A placebo figure down to the yardsticks of its snapshot."""

    yards = YardOut(many=True)


class PlaceboView(APIView):
    """What the placebo figure came from, settlement by settlement; open to all who live here."""

    permission_classes = (asker.IsStudent,)

    @extend_schema(operation_id="saving_placebo", responses=PlaceboWeekOut(many=True))
    def get(self, request: Request) -> Response:
        student = asker.student(request)
        weeks = queries.placebo_weeks(campus=student.campus, day=student.today)
        return Response(PlaceboWeekOut(weeks, many=True).data)


class ManagedPlaceboView(APIView):
    """The same for managers, down to the yardsticks that the rule took from it."""

    permission_classes = (asker.IsManager,)

    @extend_schema(
        operation_id="manage_placebo",
        parameters=[WHICH],
        responses=ManagedPlaceboWeekOut(many=True),
    )
    def get(self, request: Request) -> Response:
        campus = asker.residence(request, request.query_params.get("residence")).campus
        weeks = queries.placebo_weeks(campus=campus, day=clock.today(zone=campus.zone))
        return Response(ManagedPlaceboWeekOut(weeks, many=True).data)
