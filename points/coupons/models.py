"""What a café sells for points, a student's right to it, and its use at the counter."""

from datetime import datetime
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from uuid6 import uuid7

from campus.people.models import Holder
from campus.places.models import Campus


class Cafe(models.Model):
    uid = models.UUIDField(default=uuid7, unique=True, editable=False)
    campus = models.ForeignKey(Campus, on_delete=models.PROTECT, related_name="cafes")
    holder = models.OneToOneField(Holder, on_delete=models.PROTECT, related_name="cafe")
    name = models.JSONField()

    def __str__(self) -> str:
        return str(self.uid)


class Offer(models.Model):
    """What a café sells for points. `left` is the guarded stock, null when unlimited."""

    uid = models.UUIDField(default=uuid7, unique=True, editable=False)
    cafe = models.ForeignKey(Cafe, on_delete=models.PROTECT, related_name="offers")
    title = models.JSONField()
    about = models.JSONField(default=dict)
    icon = models.CharField(max_length=24, help_text="name of an icon of the app's own set")
    price_cp = models.PositiveIntegerField()
    value_minor = models.PositiveIntegerField(help_text="what the café is owed, minor units")
    left = models.PositiveIntegerField(null=True)
    per_person = models.PositiveSmallIntegerField(
        null=True, help_text="how many one person may have, null when any number"
    )
    valid_days = models.PositiveSmallIntegerField(default=30)
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
        """Whether it is on sale at an instant."""
        return self.opens_at <= at and (self.closes_at is None or at < self.closes_at)


class Coupon(models.Model):
    """
    A right to one offer, as it was when bought.

    The secret of its codes is derived, never stored; an undone use raises `generation`. Of an offer
    with a limit each coupon of a person takes one place; given back, it frees it.
    """

    class State(models.TextChoices):
        ISSUED = "ISSUED", _("Ready to use")
        REDEEMED = "REDEEMED", _("Used")
        EXPIRED = "EXPIRED", _("Expired")
        CANCELLED = "CANCELLED", _("Refunded")

    uid = models.UUIDField(default=uuid7, unique=True, editable=False)
    offer = models.ForeignKey(Offer, on_delete=models.PROTECT, related_name="coupons")
    cafe = models.ForeignKey(Cafe, on_delete=models.PROTECT, related_name="coupons")
    holder = models.ForeignKey(Holder, on_delete=models.PROTECT, related_name="coupons")
    place = models.PositiveSmallIntegerField(null=True)
    state = models.CharField(max_length=9, choices=State.choices, default=State.ISSUED)
    generation = models.PositiveSmallIntegerField(default=1)
    kid = models.CharField(max_length=4, help_text="which master key derives its secret")
    handle = models.CharField(max_length=4, help_text="first part of the typed code")
    price_cp = models.PositiveIntegerField()
    value_minor = models.PositiveIntegerField()
    bought_at = models.DateTimeField()
    expires_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["offer", "holder", "place"], name="coupon_within_the_limit"
            )
        ]
        indexes: ClassVar = [
            models.Index(fields=["holder", "-id"], name="coupon_of_holder"),
            models.Index(fields=["cafe", "handle"], name="coupon_by_handle"),
            models.Index(
                fields=["expires_at"], condition=Q(state="ISSUED"), name="coupon_to_expire"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.uid} {self.state}"

    def state_at(self, at: datetime) -> str:
        """Its state as people see it: past its last day it has expired, booked or not."""
        over = self.state == self.State.ISSUED and self.expires_at <= at
        return self.State.EXPIRED if over else self.State(self.state)


class Redemption(models.Model):
    """The use of a coupon at a counter. One per coupon and generation, for ever; never changed."""

    uid = models.UUIDField(default=uuid7, unique=True, editable=False)
    coupon = models.ForeignKey(Coupon, on_delete=models.PROTECT, related_name="redemptions")
    generation = models.PositiveSmallIntegerField()
    cafe = models.ForeignKey(Cafe, on_delete=models.PROTECT, related_name="redemptions")
    till = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="redemptions"
    )
    value_minor = models.PositiveIntegerField()
    redeemed_at = models.DateTimeField()
    recorded_at = models.DateTimeField(help_text="later than its use if the line was down")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["coupon", "generation"], name="coupon_redeemed_once")
        ]
        indexes: ClassVar = [models.Index(fields=["cafe", "-redeemed_at"])]

    def __str__(self) -> str:
        return f"{self.coupon_id} g{self.generation}"


class Undoing(models.Model):
    """A use taken back. The use itself stays, and the coupon goes on in its next generation."""

    redemption = models.OneToOneField(Redemption, on_delete=models.PROTECT, related_name="undoing")
    till = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    undone_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.redemption_id} undone"
