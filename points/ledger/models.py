"""
The one book: accounts of opaque holders and transfers between them.

A transfer is one debit, one credit and one positive amount of one asset, so the book sums to zero
by construction. Laws live in the database: checks here, immutability in `triggers.py`.
"""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from uuid6 import uuid7

from campus.people.models import Holder


class Asset(models.TextChoices):
    CP = "CP", _("Carbon points")
    SUN = "SUN", _("Sunlight")


class Account(models.Model):
    """Keeps one asset of one holder. Only a WALLET authorises: its balance is kept in the row."""

    class Kind(models.TextChoices):
        WALLET = "WALLET", _("Wallet")
        ISSUER = "ISSUER", _("Issued by the campus")
        COUPON_LIABILITY = "COUPON_LIABILITY", _("Coupons not yet used")
        CAFE = "CAFE", _("Redeemed at the café")
        GAME = "GAME", _("Spent in the game")

    holder = models.ForeignKey(Holder, on_delete=models.PROTECT, related_name="accounts")
    kind = models.CharField(max_length=16, choices=Kind.choices)
    asset = models.CharField(max_length=3, choices=Asset.choices)
    balance = models.BigIntegerField(default=0)
    version = models.BigIntegerField(default=0)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["holder", "kind", "asset"], name="account_once"),
            models.CheckConstraint(
                condition=~Q(kind="WALLET") | Q(balance__gte=0), name="wallet_never_negative"
            ),
            models.CheckConstraint(
                condition=Q(kind="WALLET") | Q(balance=0, version=0),
                name="recording_account_keeps_no_balance",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.holder_id} {self.kind} {self.asset}"


class Txn(models.Model):
    """One business event; its transfers belong together."""

    uid = models.UUIDField(default=uuid7, unique=True, editable=False)
    kind = models.CharField(max_length=24)
    actor = models.ForeignKey(Holder, null=True, on_delete=models.PROTECT, related_name="+")
    reason = models.CharField(max_length=200, blank=True)
    night_run = models.BigIntegerField(null=True, help_text=_("id of the NightRun that posted it"))
    request_id = models.CharField(max_length=64, blank=True)
    posted_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.kind} {self.uid}"


class Transfer(models.Model):
    """`amount` of one asset from `debit` to `credit`; posted once, never changed."""

    txn = models.ForeignKey(Txn, on_delete=models.PROTECT, related_name="transfers")
    debit = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="debits")
    credit = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="credits")
    asset = models.CharField(max_length=3, choices=Asset.choices)
    amount = models.BigIntegerField()
    code = models.CharField(max_length=24, help_text=_("what kind of movement"))
    source_kind = models.CharField(max_length=24)
    source_id = models.CharField(max_length=64)
    revision = models.PositiveIntegerField(default=1)
    leg = models.PositiveSmallIntegerField(default=0)
    reverses = models.OneToOneField("self", null=True, on_delete=models.PROTECT, related_name="reversed_by")
    effective_on = models.DateField(help_text=_("the day it is about"))
    posted_at = models.DateTimeField()
    wallet = models.ForeignKey(
        Account, null=True, on_delete=models.PROTECT, related_name="entries"
    )
    wallet_version = models.BigIntegerField(null=True)
    wallet_balance = models.BigIntegerField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(amount__gt=0), name="transfer_moves_something"),
            models.CheckConstraint(
                condition=~Q(debit=F("credit")), name="transfer_between_two_accounts"
            ),
            models.CheckConstraint(
                condition=Q(wallet__isnull=True, wallet_version=None, wallet_balance=None)
                | Q(wallet__isnull=False, wallet_version__isnull=False, wallet_balance__gte=0),
                name="wallet_side_is_whole",
            ),
            models.UniqueConstraint(
                fields=["source_kind", "source_id", "revision", "leg"],
                name="business_event_posted_once",
            ),
            models.UniqueConstraint(
                fields=["wallet", "wallet_version"], name="wallet_versions_without_gaps"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.amount} {self.asset}"
