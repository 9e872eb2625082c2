"""The shapes of this room's answers."""

from rest_framework import serializers

from campus.api.texts import told
from campus.nights.api import NightOut
from campus.places.models import BillMode, Enrolment, Residence
from meters.readings.facts import STATUSES, MeterFact
from meters.readings.shapes import FindingOut
from meters.savings.facts import VERDICTS, ProjectionFact
from points.home.days import Day

PART = Enrolment.Part.choices


class DayOut(serializers.Serializer[Day]):
    day = serializers.DateField()
    wh = serializers.IntegerField(allow_null=True)
    status = serializers.ChoiceField(choices=STATUSES)
    hours_known = serializers.BooleanField()
    expected_wh = serializers.IntegerField(allow_null=True)
    verdict = serializers.ChoiceField(choices=VERDICTS, allow_null=True)
    away = serializers.BooleanField(allow_null=True)
    amount = serializers.IntegerField(allow_null=True)


class MeterOut(serializers.Serializer[MeterFact]):
    serial = serializers.CharField()
    simulated = serializers.BooleanField()
    hourly = serializers.BooleanField()


class DaysOut(serializers.Serializer[object]):
    meter = MeterOut(allow_null=True)
    days = DayOut(many=True)


class YesterdayOut(DayOut):
    my_share = serializers.IntegerField(allow_null=True)
    percent = serializers.IntegerField(allow_null=True)


class BalancesOut(serializers.Serializer[object]):
    CP = serializers.IntegerField()
    SUN = serializers.IntegerField()


class RankOut(serializers.Serializer[object]):
    rank = serializers.IntegerField()
    rooms = serializers.IntegerField()


class ProjectionOut(serializers.Serializer[ProjectionFact]):
    ends_on = serializers.DateField()
    saved_wh = serializers.IntegerField()
    low_wh = serializers.IntegerField()
    high_wh = serializers.IntegerField()


class HomeOut(serializers.Serializer[object]):
    day = serializers.DateField(allow_null=True)
    closes_at = serializers.DateTimeField()
    part = serializers.ChoiceField(choices=PART, allow_null=True)
    mode = serializers.ChoiceField(choices=BillMode.choices, allow_null=True)
    yesterday = YesterdayOut(allow_null=True)
    balances = BalancesOut()
    drops_ripe = serializers.IntegerField()
    coupons_ready = serializers.IntegerField()
    rank = RankOut(allow_null=True)
    projection = ProjectionOut(allow_null=True)


class RoomRowOut(serializers.Serializer[object]):
    uid = serializers.UUIDField()
    number = serializers.CharField()
    floor = serializers.CharField()
    type = serializers.CharField()
    people = serializers.IntegerField()
    part = serializers.ChoiceField(choices=PART, allow_null=True)
    wh = serializers.IntegerField(allow_null=True)
    status = serializers.ChoiceField(choices=STATUSES)
    expected_wh = serializers.IntegerField(allow_null=True)
    amount = serializers.IntegerField(allow_null=True)
    meter_serial = serializers.CharField(allow_null=True)
    last_reading_day = serializers.DateField(allow_null=True)
    issues = serializers.IntegerField()


class RoomsOut(serializers.Serializer[object]):
    day = serializers.DateField(allow_null=True)
    rooms = RoomRowOut(many=True)


class RoomDrawerOut(RoomRowOut):
    days = DayOut(many=True)
    meter = MeterOut(allow_null=True)
    issues_found = FindingOut(many=True)


class ResidenceOut(serializers.Serializer[Residence]):
    uid = serializers.UUIDField()
    name = serializers.SerializerMethodField()
    bill_mode = serializers.ChoiceField(choices=BillMode.choices)

    def get_name(self, residence: Residence) -> str:
        return told(residence.name)


class TodayOut(serializers.Serializer[object]):
    day = serializers.DateField(allow_null=True)
    residence = ResidenceOut()
    residences = ResidenceOut(many=True)
    rooms = serializers.IntegerField()
    actual = serializers.IntegerField()
    missing = serializers.IntegerField()
    suspect = serializers.IntegerField()
    wh_total = serializers.IntegerField()
    expected_wh_total = serializers.IntegerField(allow_null=True)
    pv_wh = serializers.IntegerField(allow_null=True)
    nights = NightOut(many=True)
    issues = FindingOut(many=True)
