"""How cafés, their devices and the parties of statements look to a manager."""

from rest_framework import serializers

from campus.api.fields import Told
from points.coupons.models import Cafe, SettlementTerms, Till


class TillOut(serializers.Serializer[Till]):
    uid = serializers.UUIDField()
    name = serializers.CharField()
    username = serializers.CharField(source="user.username")
    has_pin = serializers.SerializerMethodField()
    registered_at = serializers.DateTimeField()
    retired_at = serializers.DateTimeField(allow_null=True)

    def get_has_pin(self, till: Till) -> bool:
        return bool(till.pin)


class SellerIn(serializers.Serializer[object]):
    legal_name = serializers.CharField(max_length=120, required=False)
    tax_number = serializers.CharField(max_length=32, required=False)
    address = serializers.CharField(max_length=200, allow_blank=True, required=False)


class BuyerIn(serializers.Serializer[object]):
    legal_name = serializers.CharField(max_length=120)
    tax_number = serializers.CharField(max_length=32)
    address = serializers.CharField(max_length=200, allow_blank=True, default="")
    pay_after_days = serializers.IntegerField(min_value=0, max_value=365, default=10)


class BuyerOut(serializers.Serializer[SettlementTerms]):
    legal_name = serializers.CharField()
    tax_number = serializers.CharField()
    address = serializers.CharField(allow_blank=True)
    pay_after_days = serializers.IntegerField()


class CafePageOut(serializers.Serializer[Cafe]):
    """A café: how it stands on statements, and its devices, the newest first."""

    uid = serializers.UUIDField()
    name = Told()
    legal_name = serializers.CharField(allow_blank=True)
    tax_number = serializers.CharField(allow_blank=True)
    address = serializers.CharField(allow_blank=True)
    tills = TillOut(many=True, source="devices")


class CafesOut(serializers.Serializer[object]):
    cafes = CafePageOut(many=True)
    buyer = BuyerOut(allow_null=True)


class NewPinIn(serializers.Serializer[object]):
    pin = serializers.CharField(min_length=1, max_length=12, trim_whitespace=False)


class DeviceIn(serializers.Serializer[object]):
    """A new device and the sign-in it will use."""

    name = serializers.CharField(max_length=40)
    username = serializers.RegexField(r"^[\w.@+-]+$", max_length=150)
    password = serializers.CharField(max_length=128, trim_whitespace=False)
