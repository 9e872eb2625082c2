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


class Code(models.TextChoices):
    """What kind of movement a transfer is, in the words of a statement."""

    SAVING = "SAVING", _("Electricity saved")
    AVERAGE = "AVERAGE", _("Average of the enrolled rooms")
    AWAY = "AWAY", _("Away day")
    ATTENDANCE = "ATTENDANCE", _("Took part in an activity")
    WELCOME = "WELCOME", _("Welcome")
    SUNSHINE = "SUNSHINE", _("Sun on the campus roof")
    HOLD = "HOLD", _("Kept among the lowest third")
    CHEST = "CHEST", _("A week of good days")
    HELP = "HELP", _("Watering among neighbours")
    COOP = "COOP", _("The dorm reached a tier of its monument")
    MONUMENT = "MONUMENT", _("Given to the dorm monument")
    COUPON_BOUGHT = "COUPON_BOUGHT", _("Coupon")
    COUPON_REFUNDED = "COUPON_REFUNDED", _("Coupon refunded")
    COUPON_REDEEMED = "COUPON_REDEEMED", _("Coupon used at the café")
    COUPON_VOIDED = "COUPON_VOIDED", _("Use at the café undone")
    ITEM_BOUGHT = "ITEM_BOUGHT", _("Item for the mini-campus")
    ITEM_RETURNED = "ITEM_RETURNED", _("Item returned")
    ITEM_UPGRADED = "ITEM_UPGRADED", _("Building upgraded")
    PARCEL_OPENED = "PARCEL_OPENED", _("Land opened")
    CORRECTION = "CORRECTION", _("Correction")
    DEBT_TAKEN = "DEBT_TAKEN", _("Correction carried forward")
    DEBT_REPAID = "DEBT_REPAID", _("Towards an earlier correction")
    EXPIRED = "EXPIRED", _("Expired")


class Account(models.Model):
    """Keeps one asset of one holder. Only a WALLET authorises: its balance is kept in the row."""

    class Kind(models.TextChoices):
        WALLET = "WALLET", _("Wallet")
        ISSUER = "ISSUER", _("Issued by the campus")
        COUPON_LIABILITY = "COUPON_LIABILITY", _("Coupons not yet used")
        CAFE = "CAFE", _("Redeemed at the café")
        GAME = "GAME", _("Spent in the game")
        BREAKAGE = "BREAKAGE", _("Expired")
        CLAWBACK = "CLAWBACK", _("Corrections not yet repaid")

    class Status(models.TextChoices):
        OPEN = "OPEN", _("Open")
        FROZEN = "FROZEN", _("Frozen: receives, but cannot spend")

    holder = models.ForeignKey(Holder, on_delete=models.PROTECT, related_name="accounts")
    kind = models.CharField(max_length=16, choices=Kind.choices)
    asset = models.CharField(max_length=3, choices=Asset.choices)
    status = models.CharField(max_length=6, choices=Status.choices, default=Status.OPEN)
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

    never_changes = True

    uid = models.UUIDField(default=uuid7, unique=True, editable=False)
    kind = models.CharField(max_length=24)
    actor = models.ForeignKey(Holder, null=True, on_delete=models.PROTECT, related_name="+")
    reason = models.CharField(
        max_length=200, blank=True, help_text="why; never a name, it cannot be erased"
    )
    night_run = models.BigIntegerField(null=True, help_text="id of the NightRun that posted it")
    request_id = models.CharField(max_length=64, blank=True)
    posted_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.kind} {self.uid}"


class Transfer(models.Model):
    """`amount` of one asset from `debit` to `credit`; posted once, never changed."""

    never_changes = True

    txn = models.ForeignKey(Txn, on_delete=models.PROTECT, related_name="transfers")
    debit = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="debits")
    credit = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="credits")
    asset = models.CharField(max_length=3, choices=Asset.choices)
    amount = models.BigIntegerField()
    code = models.CharField(max_length=24, choices=Code.choices)
    source_kind = models.CharField(max_length=24)
    source_id = models.CharField(max_length=64)
    revision = models.PositiveIntegerField(default=1)
    leg = models.PositiveSmallIntegerField(default=0)
    reverses = models.OneToOneField(
        "self", null=True, on_delete=models.PROTECT, related_name="reversed_by"
    )
    effective_on = models.DateField(help_text="the day it is about")
    posted_at = models.DateTimeField()
    # The authorising side, if there is one; its entries are found by the unique version.
    wallet = models.ForeignKey(
        Account, null=True, on_delete=models.PROTECT, related_name="entries", db_index=False
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
            models.CheckConstraint(
                condition=Q(wallet__isnull=True) | Q(wallet=F("debit")) | Q(wallet=F("credit")),
                name="wallet_is_one_of_the_two",
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


class Lot(models.Model):
    """
    Carbon points of a wallet that expire together. What is left of all lots is the balance.

    Sunlight does not expire and has no lots.
    """

    account = models.ForeignKey(
        Account, on_delete=models.PROTECT, related_name="lots", db_index=False
    )
    expires_on = models.DateField(help_text="last day on which they can be spent")
    granted = models.BigIntegerField()
    used = models.BigIntegerField(default=0)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["account", "expires_on"], name="lot_once_a_month"),
            models.CheckConstraint(
                condition=Q(used__gte=0, used__lte=F("granted")), name="lot_never_overdrawn"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.account_id} {self.expires_on} {self.granted - self.used}"


class LotUse(models.Model):
    """
    From which lot a transfer took points, or to which it gave them back; never changed.

    On a debit of the wallet it was taken; on a credit it was given back. A credit without any
    granted a fresh lot.
    """

    never_changes = True

    transfer = models.ForeignKey(
        Transfer, on_delete=models.PROTECT, related_name="lot_uses", db_index=False
    )
    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    expires_on = models.DateField()
    amount = models.BigIntegerField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["transfer", "account", "expires_on"], name="lot_used_once_a_transfer"
            ),
            models.CheckConstraint(condition=Q(amount__gt=0), name="lot_use_moves_something"),
        ]

    def __str__(self) -> str:
        return f"{self.transfer_id} {self.expires_on} {self.amount}"


class Seal(models.Model):
    """A stretch of the book, hashed and chained to the stretch before it; never changed."""

    never_changes = True

    first_id = models.BigIntegerField(help_text="first transfer of the stretch")
    last_id = models.BigIntegerField(unique=True, help_text="last transfer of the stretch")
    rows = models.BigIntegerField()
    total = models.DecimalField(
        max_digits=30, decimal_places=0, help_text="sum of the amounts of both assets"
    )
    previous = models.CharField(max_length=64, unique=True, help_text="hash of the seal before")
    hash = models.CharField(max_length=64)
    sealed_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(last_id__gte=F("first_id"), rows__gt=0), name="seal_covers_something"
            )
        ]

    def __str__(self) -> str:
        return f"{self.first_id}..{self.last_id} {self.hash[:12]}"


class SealedBalance(models.Model):
    """
    What a recording account held when a seal was set: the start of the sum of its tail.

    Its sign is that of credits minus debits.
    """

    never_changes = True

    seal = models.ForeignKey(Seal, on_delete=models.PROTECT, related_name="balances")
    account = models.ForeignKey(
        Account, on_delete=models.PROTECT, related_name="sealed", db_index=False
    )
    balance = models.BigIntegerField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["account", "seal"], name="sealed_once_a_seal")
        ]

    def __str__(self) -> str:
        return f"{self.account_id} {self.balance}"
