"""What tomorrow will likely use, and how often such forecasts were right."""

from django.urls import path
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from campus.nights.queries import last_closed
from campus.people import asker
from meters.forecasting import queries


class NextDayOut(serializers.Serializer[object]):
    day = serializers.DateField()
    wh = serializers.IntegerField()
    low_wh = serializers.IntegerField()
    high_wh = serializers.IntegerField()


class AccuracyOut(serializers.Serializer[object]):
    days = serializers.IntegerField()
    off = serializers.FloatField()
    naive_off = serializers.FloatField()
    covered = serializers.FloatField()


class ForecastOut(serializers.Serializer[object]):
    next_day = NextDayOut(allow_null=True)
    accuracy = AccuracyOut(allow_null=True)


class ForecastView(APIView):
    """The day after the newest closed one, and how far off such forecasts were lately."""

    permission_classes = (asker.IsStudent,)

    @extend_schema(operation_id="energy_forecast", responses=ForecastOut)
    def get(self, request: Request) -> Response:
        student = asker.student(request)
        room, day = student.home(), last_closed(campus=student.campus)
        told = {
            "next_day": queries.next_day_of(room=room, day=day) if day else None,
            "accuracy": queries.accuracy_of(campus=student.campus, day=day) if day else None,
        }
        return Response(ForecastOut(told).data)


urlpatterns = [path("energy/forecast/", ForecastView.as_view(), name="energy-forecast")]
