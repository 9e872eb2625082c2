"""How uses and offers look to a till."""

from datetime import datetime
from typing import Any

from rest_framework import serializers

from campus.api.fields import Told
from points.coupons import words
from points.coupons.models import RefusedScan


class CodeIn(serializers.Serializer[object]):
    code = serializers.CharField(max_length=200, help_text="a QR text, or a typed code")
    scanned_at = serializers.DateTimeField(
        required=False, help_text="when the till read it; judges a code that was kept offline"
    )


class RedemptionOut(serializers.Serializer[object]):
    uid = serializers.UUIDField()
    verdict = serializers.ChoiceField(choices=["ok"])
    item = serializers.CharField()
    holder = serializers.CharField(help_text="the nickname; empty if erased")
    redeemed_at = serializers.DateTimeField()
    cafe = serializers.CharField()
    undo_until = serializers.DateTimeField()


class UndoneOut(serializers.Serializer[object]):
    uid = serializers.UUIDField()
    undone_at = serializers.DateTimeField()


class PinIn(serializers.Serializer[object]):
    pin = serializers.CharField(min_length=1, max_length=12, trim_whitespace=False)


class UseOut(serializers.Serializer[object]):
    uid = serializers.UUIDField()
    at = serializers.DateTimeField()
    item = Told(source="title")
    holder = serializers.CharField()
    value_minor = serializers.IntegerField()
    undone_at = serializers.DateTimeField(allow_null=True)
    here = serializers.SerializerMethodField(help_text="whether this till used it")
    undo_until = serializers.DateTimeField(help_text="without the PIN, if here")
    void_until = serializers.DateTimeField(help_text="with the PIN, if here")

    def get_here(self, use: Any) -> bool:
        here: bool = use.till_id == self.context["till"]
        return here


class OfferAtOut(serializers.Serializer[object]):
    uid = serializers.UUIDField()
    title = Told()
    icon = serializers.CharField()
    left = serializers.IntegerField(source="available", allow_null=True)
    sold_out = serializers.SerializerMethodField(help_text="the switch of the counter")

    def get_sold_out(self, offer: Any) -> bool:
        return offer.sold_out_at is not None


class SoldOutIn(serializers.Serializer[object]):
    sold_out = serializers.BooleanField()


class TodayOut(serializers.Serializer[object]):
    """Uses of the local day; count and value leave out those that were undone."""

    day = serializers.DateField()
    cafe = serializers.CharField()
    count = serializers.IntegerField()
    value_minor = serializers.IntegerField()
    currency = serializers.CharField()
    minor_digits = serializers.IntegerField()
    unpaid_minor = serializers.IntegerField(help_text="all that the campus owes the café now")
    next_payment_on = serializers.DateField(allow_null=True)
    conflicts = serializers.IntegerField(help_text="of the last seven days")
    offers = OfferAtOut(many=True)
    redemptions = UseOut(many=True)


class ConflictOut(serializers.Serializer[Any]):
    """A code that was kept while the line was down and refused when it was back."""

    uid = serializers.UUIDField()
    scanned_at = serializers.DateTimeField()
    told_at = serializers.DateTimeField()
    verdict = serializers.CharField()
    item = Told(source="offer.title", allow_null=True, default=None)
    message = serializers.SerializerMethodField()

    def get_message(self, row: RefusedScan) -> str:
        assert isinstance(row.scanned_at, datetime)
        scanned = row.scanned_at.astimezone(row.cafe.campus.zone)
        return words.conflict(verdict=row.verdict, facts=row.facts, scanned=scanned)
