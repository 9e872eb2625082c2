"""How offers and coupons look to a student."""

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from campus.api.fields import Told
from points.coupons import queries
from points.coupons.api.shapes.told import CafeOut
from points.coupons.models import Coupon, Offer


class WindowOut(serializers.Serializer[object]):
    """Hours of a week in the café's local time; one that ends before it starts passes midnight."""

    days = serializers.ListField(child=serializers.IntegerField(), help_text="1 is Monday")
    # Words that Python keeps to itself are fields all the same.
    vars()["from"] = serializers.CharField(help_text="HH:MM")
    to = serializers.CharField(help_text="HH:MM, up to 24:00")


class OfferOut(serializers.Serializer[Any]):
    uid = serializers.UUIDField()
    title = Told()
    about = Told()
    icon = serializers.CharField()
    price_cp = serializers.IntegerField()
    cafe = CafeOut()
    left = serializers.IntegerField(
        source="available", allow_null=True, help_text="by stock and by money; null: any number"
    )
    sold_out = serializers.BooleanField(source="is_sold_out")
    closes_at = serializers.DateTimeField(allow_null=True)
    valid_days = serializers.IntegerField()
    per_person = serializers.IntegerField(allow_null=True)
    mine = serializers.IntegerField(help_text="how many of the limit the asker has")
    blackouts = WindowOut(many=True)
    usable_now = serializers.SerializerMethodField()

    def get_usable_now(self, offer: Offer) -> bool:
        return queries.usable_from(what=offer, at=self.context["at"]) is None


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
    blackouts = WindowOut(many=True)
    usable_now = serializers.SerializerMethodField()
    received = serializers.SerializerMethodField()
    refundable = serializers.SerializerMethodField()

    @extend_schema_field(serializers.ChoiceField(choices=Coupon.State.choices))
    def get_state(self, coupon: Coupon) -> str:
        return coupon.state_at(self.context["at"])

    def get_usable_now(self, coupon: Coupon) -> bool:
        return queries.usable_from(what=coupon, at=self.context["at"]) is None

    def get_received(self, coupon: Coupon) -> bool:
        """Whether somebody else paid it."""
        payer = getattr(coupon, "payer", None)
        return payer is not None and payer != coupon.holder_id

    def get_refundable(self, coupon: Coupon) -> bool:
        """Whether its holder can give it back for points."""
        ready = coupon.state_at(self.context["at"]) == Coupon.State.ISSUED
        return ready and not self.get_received(coupon)


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


class RoomMateOut(serializers.Serializer[object]):
    uid = serializers.UUIDField(source="user.uid")
    name = serializers.CharField(source="nickname")


class GiftIn(serializers.Serializer[object]):
    to = serializers.UUIDField(help_text="uid of a room-mate")


class GivenOut(serializers.Serializer[object]):
    uid = serializers.UUIDField()
    title = Told()
    to = serializers.CharField(help_text="the room-mate's nickname")
    given_at = serializers.DateTimeField()
