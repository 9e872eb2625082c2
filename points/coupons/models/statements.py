"""What the campus owes its cafés: statements that never change, and their payment."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from uuid6 import uuid7

from campus.places.models import Campus
from points.coupons.models.coupons import Redemption
from points.coupons.models.offers import Cafe


class SettlementTerms(models.Model):
    """The buyer on the statements of a campus, and how soon it pays."""

    campus = models.OneToOneField(Campus, on_delete=models.PROTECT, related_name="settlement_terms")
    legal_name = models.CharField(max_length=120)
    tax_number = models.CharField(max_length=32)
    address = models.CharField(max_length=200, blank=True)
    pay_after_days = models.PositiveSmallIntegerField(
        default=10, help_text="days from the end of a period to its payment"
    )

    class Meta:
        verbose_name_plural = "settlement terms"

    def __str__(self) -> str:
        return self.legal_name


class Statement(models.Model):
    """
    What a café is owed for the local days of [starts_on, ends_on), in minor units.

    Uses undone after they stood in a statement are negative lines of a later one. `hash` is over
    everything that is written here and in the lines, and over the café's statement before.
    """

    never_changes = True

    uid = models.UUIDField(default=uuid7, unique=True, editable=False)
    cafe = models.ForeignKey(Cafe, on_delete=models.PROTECT, related_name="statements")
    number = models.PositiveIntegerField(help_text="counted per café from 1, without gaps")
    starts_on = models.DateField()
    ends_on = models.DateField()
    seller = models.JSONField(help_text="{name, tax_number, address} as on that day")
    buyer = models.JSONField(help_text="{name, tax_number, address} as on that day")
    currency = models.CharField(max_length=3)
    minor_digits = models.PositiveSmallIntegerField()
    uses = models.PositiveIntegerField()
    voids = models.PositiveIntegerField()
    uses_minor = models.BigIntegerField()
    voids_minor = models.BigIntegerField()
    total_minor = models.BigIntegerField()
    pays_on = models.DateField()
    previous = models.CharField(max_length=64)
    hash = models.CharField(max_length=64, unique=True)
    closed_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["cafe", "number"], name="statement_number_once"),
            models.CheckConstraint(
                condition=Q(ends_on__gt=F("starts_on")), name="statement_has_a_day"
            ),
            models.CheckConstraint(
                condition=Q(total_minor=F("uses_minor") + F("voids_minor"))
                & Q(uses_minor__gte=0)
                & Q(voids_minor__lte=0),
                name="statement_adds_up",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.cafe_id} {self.number}"


class StatementLine(models.Model):
    """One use, or one use taken back, in the statement in which it is settled."""

    class Kind(models.TextChoices):
        USE = "USE", _("Use")
        VOID = "VOID", _("Use taken back")

    never_changes = True

    statement = models.ForeignKey(Statement, on_delete=models.PROTECT, related_name="lines")
    number = models.PositiveIntegerField(help_text="from 1")
    kind = models.CharField(max_length=4, choices=Kind.choices)
    redemption = models.ForeignKey(
        Redemption, on_delete=models.PROTECT, related_name="statement_lines"
    )
    at = models.DateTimeField(help_text="of the use, or of taking it back")
    title = models.JSONField()
    amount_minor = models.BigIntegerField(help_text="negative for a use taken back")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["statement", "number"], name="line_number_once"),
            models.UniqueConstraint(fields=["redemption", "kind"], name="use_settled_once"),
            models.CheckConstraint(
                condition=Q(kind="USE", amount_minor__gte=0) | Q(kind="VOID", amount_minor__lte=0),
                name="line_has_its_sign",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.statement_id} {self.number}"


class Payment(models.Model):
    """That a statement was paid."""

    never_changes = True

    statement = models.OneToOneField(Statement, on_delete=models.PROTECT, related_name="payment")
    paid_on = models.DateField()
    by = models.UUIDField(help_text="uid of the manager's user")
    noted_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.statement_id} {self.paid_on}"
