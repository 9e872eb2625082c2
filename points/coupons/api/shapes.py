"""How offers and coupons look outside: texts of staff in the asker's language."""

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from campus.api.texts import told
from points.coupons.models import Coupon


class Told(serializers.CharField):
    """A text {ko, en, zh-Hans} in the language of the request."""

    def to_representation(self, value: Any) -> str:
        return told(value)


class CafeOut(serializers.Serializer[object]):
    uid = serializers.UUIDField()
    name = Told()


class OfferOut(serializers.Serializer[object]):
    uid = serializers.UUIDField()
    title = Told()
    about = Told()
    icon = serializers.CharField()
    price_cp = serializers.IntegerField()
    cafe = CafeOut()
    left = serializers.IntegerField(allow_null=True)
    closes_at = serializers.DateTimeField(allow_null=True)
    valid_days = serializers.IntegerField()
    per_person = serializers.IntegerField(allow_null=True)
    mine = serializers.IntegerField(help_text="how many of the limit the asker has")


class CouponOut(serializers.Serializer[Coupon]):
    uid = serializers.UUIDField()
    title = Told(source="offer.title")
    icon = serializers.CharField(source="offer.icon")
    cafe = CafeOut()
    state = serializers.SerializerMethodField()
    bought_at = serializers.DateTimeField()
    expires_at = serializers.DateTimeField()
    price_cp = serializers.IntegerField()
    redeemed_at = serializers.DateTimeField(allow_null=True, default=None)

    @extend_schema_field(serializers.ChoiceField(choices=Coupon.State.choices))
    def get_state(self, coupon: Coupon) -> str:
        return coupon.state_at(self.context["at"])


class SecretOut(serializers.Serializer[object]):
    """What the phone makes the codes from; only for the holder of a coupon that can be used."""

    secret = serializers.CharField(help_text="base64 of 32 bytes")
    kid = serializers.CharField()
    generation = serializers.IntegerField()
    handle = serializers.CharField()
    step_seconds = serializers.IntegerField()
    server_time = serializers.DateTimeField()


class CouponDetailOut(CouponOut):
    secret = serializers.CharField(required=False, help_text="base64 of 32 bytes, if usable")
    kid = serializers.CharField(required=False)
    generation = serializers.IntegerField(required=False)
    handle = serializers.CharField(required=False)
    step_seconds = serializers.IntegerField(required=False)
    server_time = serializers.DateTimeField(required=False)


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


class UseOut(serializers.Serializer[object]):
    uid = serializers.UUIDField()
    at = serializers.DateTimeField()
    item = Told(source="title")
    holder = serializers.CharField()
    value_minor = serializers.IntegerField()
    undone_at = serializers.DateTimeField(allow_null=True)


class TodayOut(serializers.Serializer[object]):
    """Uses of the local day; count and value leave out those that were undone."""

    day = serializers.DateField()
    cafe = serializers.CharField()
    count = serializers.IntegerField()
    value_minor = serializers.IntegerField()
    currency = serializers.CharField()
    minor_digits = serializers.IntegerField()
    redemptions = UseOut(many=True)
