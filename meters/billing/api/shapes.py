"""The shapes of this room's answers, for the description of the API."""

from rest_framework import serializers

from campus.places.models import BillMode


class ShareOut(serializers.Serializer[object]):
    me = serializers.BooleanField()
    name = serializers.CharField(allow_null=True)
    landlord = serializers.BooleanField()
    amount = serializers.IntegerField()


class SplitOut(serializers.Serializer[object]):
    people = serializers.IntegerField()
    carry_explained = serializers.CharField()


class TariffOut(serializers.Serializer[object]):
    uid = serializers.UUIDField()
    name = serializers.CharField()
    valid_from = serializers.DateField()
    plan = serializers.CharField()


class StepOut(serializers.Serializer[object]):
    text = serializers.CharField()


class LineOut(serializers.Serializer[object]):
    id = serializers.CharField()
    label = serializers.CharField()  # type: ignore[assignment]  # a name of ours, not DRF's
    amount = serializers.CharField(help_text="what this day added; a decimal of the currency")
    cycle_amount = serializers.CharField(help_text="what the cycle so far comes to")
    how = StepOut(many=True)


class TierOut(serializers.Serializer[object]):
    now = serializers.IntegerField()
    of = serializers.IntegerField()
    kwh_left = serializers.CharField(allow_null=True)


class CycleOut(serializers.Serializer[object]):
    starts_on = serializers.DateField()
    days = serializers.IntegerField()
    day_number = serializers.IntegerField()
    wh = serializers.IntegerField()
    amount = serializers.IntegerField()


class RevisionOut(serializers.Serializer[object]):
    revision = serializers.IntegerField()
    amount = serializers.IntegerField()
    use_revision = serializers.IntegerField()


class BillOut(serializers.Serializer[object]):
    day = serializers.DateField()
    mode = serializers.ChoiceField(choices=BillMode.choices)
    currency = serializers.CharField()
    minor_digits = serializers.IntegerField()
    wh = serializers.IntegerField(allow_null=True)
    amount = serializers.IntegerField()
    my_share = serializers.IntegerField(allow_null=True)
    shares = ShareOut(many=True)
    split = SplitOut()
    tariff = TariffOut()
    lines = LineOut(many=True)
    tier = TierOut(allow_null=True)
    free_kwh_left = serializers.CharField(allow_null=True)
    cycle = CycleOut()
    revision = serializers.IntegerField()
    revisions = RevisionOut(many=True)
    reads_from = serializers.CharField()


class MonthDayOut(serializers.Serializer[object]):
    day = serializers.DateField()
    wh = serializers.IntegerField(allow_null=True)
    amount = serializers.IntegerField()
    my_share = serializers.IntegerField()


class MonthLineOut(serializers.Serializer[object]):
    id = serializers.CharField()
    label = serializers.CharField()  # type: ignore[assignment]  # a name of ours, not DRF's
    cycle_amount = serializers.CharField()


class MonthOut(serializers.Serializer[object]):
    starts_on = serializers.DateField()
    ends_on = serializers.DateField(help_text="first day after the cycle")
    mode = serializers.ChoiceField(choices=BillMode.choices)
    currency = serializers.CharField()
    minor_digits = serializers.IntegerField()
    wh = serializers.IntegerField()
    amount = serializers.IntegerField()
    my_share = serializers.IntegerField()
    days = MonthDayOut(many=True)
    lines = MonthLineOut(many=True)
    complete = serializers.BooleanField(help_text="every day of the cycle is charged")
    prepaid = serializers.CharField(allow_null=True)
