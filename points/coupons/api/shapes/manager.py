"""How statements, uses and refused scans look to a manager."""

from datetime import date
from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from campus.api.fields import Told
from points.coupons import words
from points.coupons.api.shapes.told import CafeOut
from points.coupons.models import RefusedScan, Statement, Undoing


class PartyOut(serializers.Serializer[object]):
    name = serializers.CharField()
    tax_number = serializers.CharField()
    address = serializers.CharField(allow_blank=True)


class StatementOut(serializers.Serializer[Statement]):
    """What a café is owed for [starts_on, ends_on); money in minor units."""

    uid = serializers.UUIDField()
    number = serializers.IntegerField()
    cafe = CafeOut()
    starts_on = serializers.DateField()
    ends_on = serializers.DateField()
    uses = serializers.IntegerField()
    voids = serializers.IntegerField()
    uses_minor = serializers.IntegerField()
    voids_minor = serializers.IntegerField()
    total_minor = serializers.IntegerField()
    currency = serializers.CharField()
    minor_digits = serializers.IntegerField()
    seller = PartyOut()
    buyer = PartyOut()
    hash = serializers.CharField()
    closed_at = serializers.DateTimeField()
    pays_on = serializers.DateField()
    paid_on = serializers.SerializerMethodField()

    @extend_schema_field(serializers.DateField(allow_null=True))
    def get_paid_on(self, statement: Statement) -> date | None:
        payment = getattr(statement, "payment", None)
        return payment.paid_on if payment else None


class OwedOut(serializers.Serializer[object]):
    uid = serializers.UUIDField(source="cafe.uid")
    name = Told(source="cafe.name")
    unpaid_minor = serializers.IntegerField()
    open_minor = serializers.IntegerField(help_text="of it not yet in a statement")
    next_payment_on = serializers.DateField(allow_null=True)
    currency = serializers.CharField(source="cafe.campus.currency")
    minor_digits = serializers.IntegerField(source="cafe.campus.minor_digits")
    closes_through = serializers.DateField(
        allow_null=True, help_text="the latest ends_on that can be closed now"
    )


class StatementsOut(serializers.Serializer[object]):
    cafes = OwedOut(many=True)
    statements = StatementOut(many=True)


class OwnStatementsOut(serializers.Serializer[object]):
    owed = OwedOut()
    statements = StatementOut(many=True)


class CloseIn(serializers.Serializer[object]):
    cafe = serializers.UUIDField()
    ends_on = serializers.DateField(help_text="the first local day that is not in it")


class PaidIn(serializers.Serializer[object]):
    paid_on = serializers.DateField()


class ManagedUseOut(serializers.Serializer[object]):
    uid = serializers.UUIDField()
    at = serializers.DateTimeField()
    cafe = Told()
    till = serializers.CharField()
    item = Told(source="title")
    value_minor = serializers.IntegerField()
    undone_at = serializers.DateTimeField(allow_null=True)
    undone_how = serializers.ChoiceField(choices=Undoing.How.choices, allow_null=True)
    reason = serializers.CharField(allow_blank=True)


class UsesOut(serializers.Serializer[object]):
    day = serializers.DateField()
    currency = serializers.CharField()
    minor_digits = serializers.IntegerField()
    redemptions = ManagedUseOut(many=True)


class DayIn(serializers.Serializer[object]):
    day = serializers.DateField(required=False, help_text="today if left out")


class ReasonIn(serializers.Serializer[object]):
    reason = serializers.CharField(min_length=3, max_length=200, help_text="why; never a name")


class AlertOut(serializers.Serializer[object]):
    """Something that somebody may be trying, from the last seven days."""

    code = serializers.CharField(source="alert.code")
    message = serializers.SerializerMethodField()
    cafe = Told(allow_null=True)
    till = serializers.CharField(allow_null=True)
    count = serializers.IntegerField(source="alert.count")
    first_at = serializers.DateTimeField(source="alert.first_at")
    last_at = serializers.DateTimeField(source="alert.last_at")

    def get_message(self, seen: Any) -> str:
        return words.alert(code=seen.alert.code, count=seen.alert.count)


class VerdictOut(serializers.Serializer[object]):
    verdict = serializers.CharField()
    # The contract's name; a field of DRF has an attribute of this name too.
    label = serializers.CharField()  # type: ignore[assignment]
    count = serializers.IntegerField()


class RefusedOut(serializers.Serializer[RefusedScan]):
    at = serializers.DateTimeField(source="told_at")
    cafe = Told(source="cafe.name")
    till = serializers.CharField(source="till.name")
    verdict = serializers.CharField()
    label = serializers.SerializerMethodField()  # type: ignore[assignment]
    how = serializers.ChoiceField(choices=RefusedScan.How.choices)
    kept = serializers.SerializerMethodField(help_text="offline, and refused later")

    def get_label(self, row: RefusedScan) -> str:
        return words.verdict(row.verdict)

    def get_kept(self, row: RefusedScan) -> bool:
        return row.scanned_at is not None


class RefusedScansOut(serializers.Serializer[object]):
    alerts = AlertOut(many=True)
    counts = VerdictOut(many=True)
    scans = RefusedOut(many=True)
