"""Who sells for points, at which devices, what, and out of whose money."""

from datetime import datetime
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from uuid6 import uuid7

from campus.people.models import Holder
from campus.places.models import Campus


class Cafe(models.Model):
    """A seller. Name, tax number and address stand on its statements."""

    uid = models.UUIDField(default=uuid7, unique=True, editable=False)
    campus = models.ForeignKey(Campus, on_delete=models.PROTECT, related_name="cafes")
    holder = models.OneToOneField(Holder, on_delete=models.PROTECT, related_name="cafe")
    name = models.JSONField()
    legal_name = models.CharField(max_length=120, blank=True)
    tax_number = models.CharField(max_length=32, blank=True)
    address = models.CharField(max_length=200, blank=True)

    def __str__(self) -> str:
        return str(self.uid)


class Till(models.Model):
    """A registered device of one café: a sign-in of its own, and the PIN of its staff as a hash."""

    uid = models.UUIDField(default=uuid7, unique=True, editable=False)
    cafe = models.ForeignKey(Cafe, on_delete=models.PROTECT, related_name="tills")
    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="till"
    )
    name = models.CharField(max_length=40)
    pin = models.CharField(max_length=128, blank=True, help_text="hashed; empty until it is set")
    pin_tries = models.PositiveSmallIntegerField(default=0, help_text="wrong ones in a row")
    pin_tried_at = models.DateTimeField(null=True)
    registered_at = models.DateTimeField()
    retired_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return self.name


class Campaign(models.Model):
    """Money set aside for the offers it bears. `left_minor` is guarded like a stock."""

    uid = models.UUIDField(default=uuid7, unique=True, editable=False)
    campus = models.ForeignKey(Campus, on_delete=models.PROTECT, related_name="campaigns")
    name = models.JSONField()
    budget_minor = models.PositiveBigIntegerField()
    left_minor = models.PositiveBigIntegerField()
    opens_at = models.DateTimeField()
    closes_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(left_minor__lte=F("budget_minor")), name="campaign_within_its_budget"
            ),
            models.CheckConstraint(condition=Q(left_minor__gte=0), name="campaign_never_overspent"),
        ]

    def __str__(self) -> str:
        return str(self.uid)


class Offer(models.Model):
    """
    What a café sells for points.

    `left` is the guarded stock, null when unlimited. With a campaign, what the café is owed comes
    out of its money. `sold_out_at` is the switch of the counter; coupons already issued stay good.
    """

    uid = models.UUIDField(default=uuid7, unique=True, editable=False)
    cafe = models.ForeignKey(Cafe, on_delete=models.PROTECT, related_name="offers")
    campaign = models.ForeignKey(
        Campaign, null=True, on_delete=models.PROTECT, related_name="offers"
    )
    title = models.JSONField()
    about = models.JSONField(default=dict)
    icon = models.CharField(max_length=24, help_text="name of an icon of the app's own set")
    price_cp = models.PositiveIntegerField()
    value_minor = models.PositiveIntegerField(help_text="what the café is owed, minor units")
    left = models.PositiveIntegerField(null=True)
    sold_out_at = models.DateTimeField(null=True)
    per_person = models.PositiveSmallIntegerField(
        null=True, help_text="how many one person may have, null when any number"
    )
    valid_days = models.PositiveSmallIntegerField(default=30)
    blackouts = models.JSONField(
        default=list,
        help_text="hours when it cannot be used, as in blackouts.py",
    )
    opens_at = models.DateTimeField()
    closes_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(price_cp__gt=0), name="offer_costs_something")
        ]
        indexes: ClassVar = [models.Index(fields=["cafe", "opens_at"])]

    def __str__(self) -> str:
        return str(self.uid)

    def is_open(self, at: datetime) -> bool:
        """Whether it is on sale at an instant, and so is its campaign."""
        funded = self.campaign is None or _holds(
            self.campaign.opens_at, self.campaign.closes_at, at
        )
        return funded and _holds(self.opens_at, self.closes_at, at)

    def available(self) -> int | None:
        """How many can still be bought, by stock and by money; None when any number."""
        limits = [] if self.left is None else [self.left]
        if self.campaign and self.value_minor:
            limits.append(self.campaign.left_minor // self.value_minor)
        return min(limits, default=None)

    def costs_more_than(self, *, minor_per_100_cp: int) -> bool:
        """Whether a point buys more of the café's money here than was set aside for it."""
        return self.value_minor * 100 > minor_per_100_cp * self.price_cp

    def is_sold_out(self) -> bool:
        """Whether nobody can buy it now, for want of it or of money."""
        return self.sold_out_at is not None or self.available() == 0


def _holds(opens_at: datetime, closes_at: datetime | None, at: datetime) -> bool:
    return opens_at <= at and (closes_at is None or at < closes_at)
