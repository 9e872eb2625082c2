"""The shapes of this room's answers."""

from typing import ClassVar

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from meters.readings import words
from meters.readings.facts import IssueFact, SourceFact
from meters.readings.models import Delivery, Status
from meters.readings.refusals import REPEATS


class RowOut(serializers.Serializer[object]):
    """One line of a report."""

    line = serializers.IntegerField()
    code = serializers.CharField()
    message = serializers.SerializerMethodField()

    def get_message(self, row: dict[str, object]) -> str:
        facts = row["facts"]
        assert isinstance(facts, dict)
        return words.row_fault(code=str(row["code"]), facts=facts)


class DeliveryOut(serializers.ModelSerializer[Delivery]):
    """A delivery in the list."""

    reason_text = serializers.SerializerMethodField()

    class Meta:
        model = Delivery
        fields: ClassVar = [
            "uid",
            "name",
            "format",
            "state",
            "reason",
            "reason_text",
            "accepted_rows",
            "duplicate_rows",
            "refused_rows",
            "first_day",
            "last_day",
            "way",
            "received_at",
        ]

    def get_reason_text(self, delivery: Delivery) -> str:
        told = getattr(delivery, "refusal", None) or (delivery.reason and delivery.report)
        return words.file_reason(code=delivery.reason, facts=told[0]["facts"] if told else {})


class DeliveryReportOut(DeliveryOut):
    """A delivery with what became of its rows; long lists are cut, the counts are not."""

    report = serializers.SerializerMethodField()
    duplicates = serializers.SerializerMethodField()

    class Meta(DeliveryOut.Meta):
        fields: ClassVar = [*DeliveryOut.Meta.fields, "report", "duplicates"]

    @extend_schema_field(RowOut(many=True))
    def get_report(self, delivery: Delivery) -> object:
        rows = [row for row in delivery.report if row["code"] not in REPEATS]
        return RowOut(rows, many=True).data

    @extend_schema_field(RowOut(many=True))
    def get_duplicates(self, delivery: Delivery) -> object:
        rows = [row for row in delivery.report if row["code"] in REPEATS]
        return RowOut(rows, many=True).data


class TakenInOut(DeliveryReportOut):
    """A delivery that was just taken in, with the closed days that it revised."""

    revised_days = serializers.ListField(child=serializers.DateField(), read_only=True)

    class Meta(DeliveryReportOut.Meta):
        fields: ClassVar = [*DeliveryReportOut.Meta.fields, "revised_days"]


class ProfileOut(serializers.Serializer[object]):
    """How the files of a source are read, saved under a name."""

    name = serializers.CharField()


class MeterOut(serializers.Serializer[SourceFact]):
    """The meter that told."""

    serial = serializers.CharField()
    simulated = serializers.BooleanField()


class IntervalOut(serializers.Serializer[object]):
    """One hour."""

    starts_at = serializers.DateTimeField()
    wh = serializers.IntegerField(allow_null=True)
    quality = serializers.ChoiceField(choices=Status.choices)


class ToldByOut(serializers.Serializer[object]):
    """The delivery and line a figure came from."""

    uid = serializers.UUIDField()
    name = serializers.CharField()
    received_at = serializers.DateTimeField()
    line = serializers.IntegerField()


class RevisionOut(serializers.Serializer[object]):
    """What a delivery told of the day."""

    revision = serializers.IntegerField()
    wh = serializers.IntegerField(allow_null=True)
    status = serializers.ChoiceField(choices=Status.choices)
    told_at = serializers.DateTimeField()
    delivery = ToldByOut()


class SourceOut(serializers.Serializer[SourceFact]):
    """Where a day's use comes from; `status` is null while the day is not closed."""

    day = serializers.DateField()
    status = serializers.ChoiceField(choices=Status.choices, allow_null=True)
    wh = serializers.IntegerField(allow_null=True)
    meter = MeterOut(source="*")
    intervals = IntervalOut(many=True, allow_null=True)
    revisions = RevisionOut(many=True)
    estimate = serializers.SerializerMethodField(help_text="how an estimated day was estimated")

    def get_estimate(self, source: SourceFact) -> str | None:
        how = source.estimate
        return words.estimate(method=how.method, facts=how.facts) if how else None


class FindingOut(serializers.Serializer[IssueFact]):
    """What was found about the quality of data, in the asker's language."""

    code = serializers.CharField()
    day = serializers.DateField(allow_null=True)
    serial = serializers.CharField(allow_null=True)
    room = serializers.CharField(source="room_number", allow_null=True)
    message = serializers.CharField()
    found_at = serializers.DateTimeField()
    settled = serializers.BooleanField()
