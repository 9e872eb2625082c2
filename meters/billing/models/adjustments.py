"""What a correction of a closed cycle changes: lines of a later bill, never an edit."""

from datetime import date
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from uuid6 import uuid7

from campus.people.models import Holder
from campus.places.models import Room


class Adjustment(models.Model):
    """
    The difference between a closed cycle as it was billed and as it is known now, at the tariff of
    its time. It waits for a manager; once posted it is a line of the bill of `billed_on`.

    `billed` is what the cycle came to before (earlier adjustments included), `priced` what it
    comes to now; `amount` is what is asked or given back, and equals the sum of its parts.
    """

    class State(models.TextChoices):
        WAITING = "WAITING", _("Waiting for a manager")
        POSTED = "POSTED", _("On the bill")
        DECLINED = "DECLINED", _("Declined")
        REPLACED = "REPLACED", _("Replaced by a newer one")

    uid = models.UUIDField(default=uuid7, unique=True, editable=False)
    room = models.ForeignKey(Room, on_delete=models.PROTECT, related_name="adjustments")
    cycle_starts_on = models.DateField()
    cycle_ends_on = models.DateField(help_text="first day after the cycle")
    billed = models.BigIntegerField()
    priced = models.BigIntegerField()
    amount = models.BigIntegerField()
    days = models.JSONField(help_text="[[day, Wh billed or null, Wh known now or null], ...]")
    state = models.CharField(max_length=8, choices=State.choices, default=State.WAITING)
    found_at = models.DateTimeField()
    decided_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    billed_on = models.DateField(null=True, help_text="the day whose bill carries it")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["room", "cycle_starts_on"],
                condition=Q(state="WAITING"),
                name="one_adjustment_waits_a_cycle",
            ),
            models.CheckConstraint(
                condition=Q(state="POSTED", billed_on__isnull=False)
                | (~Q(state="POSTED") & Q(billed_on=None)),
                name="adjustment_is_billed_when_posted",
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["room", "billed_on"])]

    def __str__(self) -> str:
        return f"{self.uid} {self.state}"

    def covers(self, day: date) -> bool:
        """Whether a day lies in the cycle it adjusts."""
        return self.cycle_starts_on <= day < self.cycle_ends_on


class AdjustmentPart(models.Model):
    """One resident's part of an adjustment; without a holder it is the landlord's."""

    adjustment = models.ForeignKey(Adjustment, on_delete=models.PROTECT, related_name="parts")
    holder = models.ForeignKey(
        Holder, null=True, on_delete=models.PROTECT, related_name="adjustment_parts"
    )
    amount = models.BigIntegerField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["adjustment", "holder"], name="one_adjustment_part_a_resident"
            ),
            models.UniqueConstraint(
                fields=["adjustment"],
                condition=Q(holder=None),
                name="one_adjustment_part_for_the_landlord",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.adjustment_id} {self.holder_id}"
