"""How campaigns, offers and the budget look to a manager."""

from collections.abc import Mapping
from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from campus.api.fields import TextsIn, Told, WordsIn
from points.coupons.api.shapes.student import WindowOut
from points.coupons.api.shapes.told import CafeOut
from points.coupons.models import Campaign, Offer
from points.earning.api.budget import BudgetOut

MONEY = 10**12  # minor units; far below what 64 bits hold
SMALL = 32_767
PLANNED, OPEN, CLOSED = "PLANNED", "OPEN", "CLOSED"
STATES = [PLANNED, OPEN, CLOSED]


def state_at(row: Campaign | Offer, context: Mapping[str, Any]) -> str:
    """Whether a campaign or an offer is to come, is on sale, or is over."""
    at = context["at"]
    if row.opens_at > at:
        return PLANNED
    return CLOSED if row.closes_at is not None and row.closes_at <= at else OPEN


class CampaignOut(serializers.Serializer[Any]):
    """Money set aside for offers, in minor units; `left_minor` is not bound by a coupon."""

    uid = serializers.UUIDField()
    title = Told(source="name")
    name = serializers.DictField(child=serializers.CharField(), help_text="{ko, en, zh-Hans}")
    state = serializers.SerializerMethodField()
    budget_minor = serializers.IntegerField()
    left_minor = serializers.IntegerField()
    currency = serializers.CharField(source="campus.currency")
    minor_digits = serializers.IntegerField(source="campus.minor_digits")
    opens_at = serializers.DateTimeField()
    closes_at = serializers.DateTimeField(allow_null=True)
    offers = serializers.IntegerField(source="bears", help_text="how many it bears")

    @extend_schema_field(serializers.ChoiceField(choices=STATES))
    def get_state(self, campaign: Campaign) -> str:
        return state_at(campaign, self.context)


class CampaignIn(serializers.Serializer[object]):
    name = TextsIn()
    budget_minor = serializers.IntegerField(min_value=0, max_value=MONEY)
    opens_at = serializers.DateTimeField(help_text="now if left out", required=False)
    closes_at = serializers.DateTimeField(
        allow_null=True, required=False, help_text="first moment no longer open; null: open end"
    )


class ManagedOfferOut(serializers.Serializer[Any]):
    uid = serializers.UUIDField()
    cafe = CafeOut()
    campaign = serializers.UUIDField(source="campaign.uid", allow_null=True, default=None)
    name = Told(source="title", help_text="the title in the asker's language")
    title = serializers.DictField(child=serializers.CharField(), help_text="{ko, en, zh-Hans}")
    about = serializers.DictField(child=serializers.CharField(), help_text="{ko, en, zh-Hans}")
    icon = serializers.CharField()
    state = serializers.SerializerMethodField()
    price_cp = serializers.IntegerField()
    value_minor = serializers.IntegerField(help_text="what the café is owed for each")
    currency = serializers.CharField(source="cafe.campus.currency")
    minor_digits = serializers.IntegerField(source="cafe.campus.minor_digits")
    stock = serializers.IntegerField(source="left", allow_null=True, help_text="null: any number")
    left = serializers.IntegerField(
        source="available", allow_null=True, help_text="by stock and by money; null: any number"
    )
    sold_out = serializers.SerializerMethodField(help_text="the switch")
    per_person = serializers.IntegerField(allow_null=True)
    valid_days = serializers.IntegerField()
    blackouts = WindowOut(many=True)
    opens_at = serializers.DateTimeField()
    closes_at = serializers.DateTimeField(allow_null=True)
    ready = serializers.IntegerField(help_text="coupons that can still be used")
    used = serializers.IntegerField()

    @extend_schema_field(serializers.ChoiceField(choices=STATES))
    def get_state(self, offer: Offer) -> str:
        return state_at(offer, self.context)

    def get_sold_out(self, offer: Offer) -> bool:
        return offer.sold_out_at is not None


class WindowIn(serializers.Serializer[object]):
    """Hours of a week in the café's local time; one that ends before it starts passes midnight."""

    days = serializers.ListField(
        child=serializers.IntegerField(min_value=1, max_value=7),
        min_length=1,
        max_length=7,
        help_text="1 is Monday",
    )
    vars()["from"] = serializers.CharField(max_length=5, help_text="HH:MM")
    to = serializers.CharField(max_length=5, help_text="HH:MM, up to 24:00")


class OfferChangeIn(serializers.Serializer[object]):
    """What can be changed of an offer; what is left out stays."""

    title = TextsIn(required=False)
    about = WordsIn(required=False)
    icon = serializers.RegexField(r"^[a-z][a-z-]*$", max_length=24, required=False)
    price_cp = serializers.IntegerField(min_value=1, max_value=1_000_000, required=False)
    value_minor = serializers.IntegerField(min_value=0, max_value=1_000_000_000, required=False)
    campaign = serializers.UUIDField(allow_null=True, required=False)
    stock = serializers.IntegerField(
        source="left", min_value=0, max_value=1_000_000, allow_null=True, required=False
    )
    sold_out = serializers.BooleanField(required=False)
    per_person = serializers.IntegerField(
        min_value=1, max_value=1000, allow_null=True, required=False
    )
    valid_days = serializers.IntegerField(min_value=1, max_value=730, required=False)
    blackouts = WindowIn(many=True, required=False, max_length=40)  # type: ignore[call-arg]
    opens_at = serializers.DateTimeField(required=False)
    closes_at = serializers.DateTimeField(allow_null=True, required=False)


class OfferIn(OfferChangeIn):
    """A new offer; on sale now if `opens_at` is left out."""

    cafe = serializers.UUIDField()
    title = TextsIn()
    icon = serializers.RegexField(r"^[a-z][a-z-]*$", max_length=24)
    price_cp = serializers.IntegerField(min_value=1, max_value=1_000_000)
    value_minor = serializers.IntegerField(min_value=0, max_value=1_000_000_000)


class BudgetRowOut(serializers.Serializer[object]):
    valid_from = serializers.DateField()
    money_minor = serializers.IntegerField()
    minor_per_100_cp = serializers.IntegerField()
    points = serializers.IntegerField(help_text="that the money covers")


class ManagedBudgetOut(BudgetOut):
    """What was set aside and issued, what can still be spent, and every budget, newest first."""

    money_minor = serializers.IntegerField(allow_null=True)
    minor_per_100_cp = serializers.IntegerField(allow_null=True)
    currency = serializers.CharField()
    minor_digits = serializers.IntegerField()
    in_wallets = serializers.IntegerField(help_text="points that people hold")
    in_coupons = serializers.IntegerField(help_text="points in coupons not yet used")
    dearest_minor_per_100_cp = serializers.IntegerField(
        allow_null=True, help_text="what a hundred points cost at most in today's offers"
    )
    budgets = BudgetRowOut(many=True)


class BudgetIn(serializers.Serializer[object]):
    valid_from = serializers.DateField()
    money_minor = serializers.IntegerField(min_value=0, max_value=MONEY)
    minor_per_100_cp = serializers.IntegerField(min_value=1, max_value=100_000_000)
