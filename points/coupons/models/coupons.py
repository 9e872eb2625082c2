"""A student's right to an offer, its use at the counter, and what was refused there."""

from datetime import datetime
from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from uuid6 import uuid7

from campus.people.models import Holder
from points.coupons.models.offers import Cafe, Campaign, Offer, Till


class Coupon(models.Model):
    """
    A right to one offer, as it was when bought.

    The secret of its codes is derived, never stored; an undone use and a gift raise `generation`.
    Of an offer with a limit each coupon of a person takes one place; given back, it frees it.
    """

    class State(models.TextChoices):
        ISSUED = "ISSUED", _("Ready to use")
        REDEEMED = "REDEEMED", _("Used")
        EXPIRED = "EXPIRED", _("Expired")
        CANCELLED = "CANCELLED", _("Refunded")

    uid = models.UUIDField(default=uuid7, unique=True, editable=False)
    offer = models.ForeignKey(Offer, on_delete=models.PROTECT, related_name="coupons")
    cafe = models.ForeignKey(Cafe, on_delete=models.PROTECT, related_name="coupons")
    campaign = models.ForeignKey(
        Campaign, null=True, on_delete=models.PROTECT, related_name="coupons"
    )
    holder = models.ForeignKey(Holder, on_delete=models.PROTECT, related_name="coupons")
    place = models.PositiveSmallIntegerField(null=True)
    state = models.CharField(max_length=9, choices=State.choices, default=State.ISSUED)
    generation = models.PositiveSmallIntegerField(default=1)
    kid = models.CharField(max_length=4, help_text="which master key derives its secret")
    handle = models.CharField(max_length=4, help_text="first part of the typed code")
    price_cp = models.PositiveIntegerField()
    value_minor = models.PositiveIntegerField()
    blackouts = models.JSONField(default=list, help_text="as told when it was bought")
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


class Gift(models.Model):
    """A coupon handed to a room-mate; it goes on in `generation`."""

    never_changes = True

    coupon = models.ForeignKey(Coupon, on_delete=models.PROTECT, related_name="gifts")
    generation = models.PositiveSmallIntegerField()
    giver = models.ForeignKey(Holder, on_delete=models.PROTECT, related_name="+")
    receiver = models.ForeignKey(Holder, on_delete=models.PROTECT, related_name="+")
    given_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["coupon", "generation"], name="coupon_given_once"),
            models.CheckConstraint(
                condition=~Q(giver=F("receiver")), name="gift_changes_the_holder"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.coupon_id} g{self.generation}"


class Redemption(models.Model):
    """The use of a coupon at a counter. One per coupon and generation, for ever; never changed."""

    never_changes = True

    uid = models.UUIDField(default=uuid7, unique=True, editable=False)
    coupon = models.ForeignKey(Coupon, on_delete=models.PROTECT, related_name="redemptions")
    generation = models.PositiveSmallIntegerField()
    cafe = models.ForeignKey(Cafe, on_delete=models.PROTECT, related_name="redemptions")
    till = models.ForeignKey(Till, on_delete=models.PROTECT, related_name="redemptions")
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

    class How(models.TextChoices):
        UNDO = "UNDO", _("Undone at the till")
        PIN = "PIN", _("Undone with the PIN")
        MANAGER = "MANAGER", _("Undone by a manager")

    never_changes = True

    redemption = models.OneToOneField(Redemption, on_delete=models.PROTECT, related_name="undoing")
    how = models.CharField(max_length=7, choices=How.choices)
    by = models.UUIDField(help_text="uid of the till, or of the manager's user")
    reason = models.CharField(
        max_length=200, blank=True, help_text="why; never a name, it cannot be erased"
    )
    undone_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.redemption_id} undone"


class RefusedScan(models.Model):
    """
    A scan or a PIN that was refused, without anything that leads to a person.

    `mark` is a keyed digest of the id that a QR code named: it tells that two rows are about the
    same coupon, not about which. `scanned_at` is set where the till kept the code offline.
    """

    class How(models.TextChoices):
        QR = "QR", _("QR code")
        TYPED = "TYPED", _("Typed code")
        PIN = "PIN", _("PIN")
        OTHER = "OTHER", _("No code")

    uid = models.UUIDField(default=uuid7, unique=True, editable=False)
    cafe = models.ForeignKey(Cafe, on_delete=models.PROTECT, related_name="refused_scans")
    till = models.ForeignKey(Till, on_delete=models.PROTECT, related_name="refused_scans")
    verdict = models.CharField(max_length=24, help_text="code of the refusal")
    facts = models.JSONField(default=dict, help_text="what fills its words")
    how = models.CharField(max_length=5, choices=How.choices)
    mark = models.CharField(max_length=16, blank=True)
    offer = models.ForeignKey(Offer, null=True, on_delete=models.PROTECT, related_name="+")
    scanned_at = models.DateTimeField(null=True)
    told_at = models.DateTimeField()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["cafe", "-told_at"])]

    def __str__(self) -> str:
        return f"{self.till_id} {self.verdict}"
