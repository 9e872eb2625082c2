"""The shapes of a student's bills."""

from rest_framework import serializers

from campus.places.models import BillMode
from meters.billing.models import Balance, BillObjection
from meters.billing.running_out import CUT_OFF, FINE, LOW


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


class SpanOut(serializers.Serializer[object]):
    """The days of a cycle that one tariff prices in one season."""

    starts_on = serializers.DateField()
    ends_on = serializers.DateField(help_text="first day after them")
    tariff_from = serializers.DateField(help_text="since when that tariff is valid")


class StepOut(serializers.Serializer[object]):
    text = serializers.CharField()
    span = SpanOut(allow_null=True, help_text="set where season or tariff change in the cycle")


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


class ObjectionOut(serializers.Serializer[object]):
    """What I said is wrong with a bill, and what I was answered."""

    uid = serializers.UUIDField()
    line = serializers.CharField()
    text = serializers.CharField()
    state = serializers.ChoiceField(choices=BillObjection.State.choices)
    asked_at = serializers.DateTimeField()
    answer = serializers.CharField()
    answered_at = serializers.DateTimeField(allow_null=True)


class ObjectionIn(serializers.Serializer[object]):
    line = serializers.CharField(
        max_length=64, required=False, default="", allow_blank=True, help_text="id of a charge line"
    )
    text = serializers.CharField(max_length=1000)


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
    objection = ObjectionOut(allow_null=True)


class MonthDayOut(serializers.Serializer[object]):
    day = serializers.DateField()
    wh = serializers.IntegerField(allow_null=True)
    amount = serializers.IntegerField()
    my_share = serializers.IntegerField()


class MonthLineOut(serializers.Serializer[object]):
    id = serializers.CharField()
    label = serializers.CharField()  # type: ignore[assignment]  # a name of ours, not DRF's
    cycle_amount = serializers.CharField()
    how = StepOut(many=True)


class LastingOut(serializers.Serializer[object]):
    """How many whole days something lasts at the pace that is expected, and until when."""

    days = serializers.IntegerField()
    until = serializers.DateField()


class BalanceOut(serializers.Serializer[object]):
    """What the official system said is left, at the time it said so; never computed here."""

    amount = serializers.IntegerField(allow_null=True)
    wh = serializers.IntegerField(allow_null=True)
    read_at = serializers.DateTimeField()
    told_by = serializers.ChoiceField(choices=Balance.Source.choices)
    lasts = LastingOut(allow_null=True)
    advice = serializers.ChoiceField(choices=[FINE, LOW, CUT_OFF])


class BandOut(serializers.Serializer[object]):
    expected = serializers.IntegerField()
    low = serializers.IntegerField()
    high = serializers.IntegerField()


class FreeOut(serializers.Serializer[object]):
    """Free electricity of the cycle."""

    kwh = serializers.CharField()
    kwh_left = serializers.CharField()
    lasts = LastingOut(allow_null=True)


class ExpectedOffOut(serializers.Serializer[object]):
    """How far off the end of a cycle was expected at this day of the campus's last cycles."""

    cycles = serializers.IntegerField()
    off = serializers.FloatField(help_text="sum of errors per Wh used, a share of one")


class OutlookOut(serializers.Serializer[object]):
    """How the running cycle of my room is going."""

    day = serializers.DateField(help_text="the newest charged day")
    starts_on = serializers.DateField()
    ends_on = serializers.DateField(help_text="first day after the cycle")
    days = serializers.IntegerField()
    day_number = serializers.IntegerField()
    mode = serializers.ChoiceField(choices=BillMode.choices)
    currency = serializers.CharField()
    minor_digits = serializers.IntegerField()
    wh = serializers.IntegerField()
    amount = serializers.IntegerField()
    my_share = serializers.IntegerField(allow_null=True)
    per_day_wh = serializers.IntegerField(allow_null=True)
    expected_wh = BandOut(allow_null=True)
    expected = BandOut(allow_null=True)
    my_expected = BandOut(allow_null=True)
    expected_off = ExpectedOffOut(allow_null=True)
    tier = TierOut(allow_null=True)
    tier_lasts = LastingOut(allow_null=True)
    free = FreeOut(allow_null=True)
    balance = BalanceOut(allow_null=True)


class AdjustedDayOut(serializers.Serializer[object]):
    day = serializers.DateField()
    billed_wh = serializers.IntegerField(allow_null=True)
    known_wh = serializers.IntegerField(allow_null=True)


class AdjustmentLineOut(serializers.Serializer[object]):
    """What a correction of a closed cycle brings to this bill, at the tariff of its time."""

    uid = serializers.UUIDField()
    cycle_starts_on = serializers.DateField()
    cycle_ends_on = serializers.DateField()
    billed_on = serializers.DateField()
    amount = serializers.IntegerField()
    my_part = serializers.IntegerField()
    days = AdjustedDayOut(many=True)


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
    adjustments = AdjustmentLineOut(many=True)
    my_total = serializers.IntegerField(help_text="my share and my parts of adjustments")
    tariff = TariffOut(allow_null=True)
