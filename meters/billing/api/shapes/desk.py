"""The shapes of a manager's tariffs, balances, adjustments and objections."""

from rest_framework import serializers

from campus.places.models import BillMode
from meters.billing.api.shapes.bills import (
    AdjustedDayOut,
    BalanceOut,
    FreeOut,
    ObjectionOut,
)
from meters.billing.models import Adjustment, BillObjection

PAST, NOW, COMING = "PAST", "NOW", "COMING"


class VersionOut(serializers.Serializer[object]):
    uid = serializers.UUIDField()
    name = serializers.CharField()
    valid_from = serializers.DateField()
    valid_to = serializers.DateField(allow_null=True, help_text="first day no longer valid")
    state = serializers.ChoiceField(choices=[PAST, NOW, COMING])
    document = serializers.JSONField()


class PlanOut(serializers.Serializer[object]):
    code = serializers.CharField()
    name = serializers.CharField()
    chosen = serializers.BooleanField(help_text="this residence is priced by it today")
    versions = VersionOut(many=True)


class TariffsOut(serializers.Serializer[object]):
    currency = serializers.CharField()
    minor_digits = serializers.IntegerField()
    mode = serializers.ChoiceField(choices=BillMode.choices)
    today = serializers.DateField()
    plans = PlanOut(many=True)


class DocumentIn(serializers.Serializer[object]):
    """A tariff document in a plan; `valid_from` stands above the document's own."""

    plan = serializers.SlugField()
    document = serializers.JSONField()
    valid_from = serializers.DateField(required=False)


class FaultOut(serializers.Serializer[object]):
    path = serializers.CharField()
    code = serializers.CharField()
    message = serializers.CharField()


class SampleOut(serializers.Serializer[object]):
    """What a use would cost in a whole cycle that begins when the tariff does."""

    kwh = serializers.CharField()
    total = serializers.IntegerField()


class CheckOut(serializers.Serializer[object]):
    faults = FaultOut(many=True)
    samples = SampleOut(many=True)


class TrialRoomOut(serializers.Serializer[object]):
    room = serializers.CharField()
    wh = serializers.IntegerField()
    before = serializers.IntegerField()
    after = serializers.IntegerField()


class TrialOut(serializers.Serializer[object]):
    starts_on = serializers.DateField()
    ends_on = serializers.DateField()
    before = serializers.IntegerField()
    after = serializers.IntegerField()
    winners = serializers.IntegerField()
    losers = serializers.IntegerField()
    rooms = TrialRoomOut(many=True)


class RunningLowOut(serializers.Serializer[object]):
    uid = serializers.UUIDField()
    number = serializers.CharField()
    per_day_wh = serializers.IntegerField(allow_null=True)
    balance = BalanceOut(allow_null=True)
    free = FreeOut(allow_null=True)


class BalancesOut(serializers.Serializer[object]):
    currency = serializers.CharField()
    minor_digits = serializers.IntegerField()
    mode = serializers.ChoiceField(choices=BillMode.choices)
    rooms = RunningLowOut(many=True)


class BalanceIn(serializers.Serializer[object]):
    """What the official meter or account shows, in minor units or Wh, and when it was read."""

    amount = serializers.IntegerField(required=False, min_value=-(10**9), max_value=10**9)
    wh = serializers.IntegerField(required=False, min_value=0, max_value=10**9)
    read_at = serializers.DateTimeField()


class PartOut(serializers.Serializer[object]):
    name = serializers.CharField(allow_null=True)
    landlord = serializers.BooleanField()
    amount = serializers.IntegerField()


class AdjustmentOut(serializers.Serializer[object]):
    uid = serializers.UUIDField()
    room = serializers.CharField()
    cycle_starts_on = serializers.DateField()
    cycle_ends_on = serializers.DateField()
    billed = serializers.IntegerField()
    priced = serializers.IntegerField()
    amount = serializers.IntegerField()
    state = serializers.ChoiceField(choices=Adjustment.State.choices)
    found_at = serializers.DateTimeField()
    decided_at = serializers.DateTimeField(allow_null=True)
    billed_on = serializers.DateField(allow_null=True)
    parts = PartOut(many=True)
    days = AdjustedDayOut(many=True)


class AdjustmentsOut(serializers.Serializer[object]):
    currency = serializers.CharField()
    minor_digits = serializers.IntegerField()
    next = serializers.CharField(allow_null=True)
    results = AdjustmentOut(many=True)


class DecisionIn(serializers.Serializer[object]):
    post = serializers.BooleanField(help_text="true: on the bill; false: declined")


class BillObjectionOut(ObjectionOut):
    """An objection with what it is about."""

    nickname = serializers.CharField(allow_null=True)
    room = serializers.CharField()
    day = serializers.DateField()
    line_label = serializers.CharField()
    wh = serializers.IntegerField(allow_null=True)
    amount = serializers.IntegerField()
    line_amount = serializers.CharField(allow_null=True)
    revision = serializers.IntegerField()
    newest_revision = serializers.IntegerField()
    tariff = serializers.CharField()
    reading = serializers.CharField(allow_null=True, help_text="status of the day's use")


class BillObjectionsOut(serializers.Serializer[object]):
    currency = serializers.CharField()
    minor_digits = serializers.IntegerField()
    next = serializers.CharField(allow_null=True)
    results = BillObjectionOut(many=True)


class AnswerIn(serializers.Serializer[object]):
    text = serializers.CharField(max_length=1000)
    state = serializers.ChoiceField(
        choices=[BillObjection.State.ACCEPTED, BillObjection.State.DECLINED]
    )
