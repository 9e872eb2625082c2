"""The official balances of prepaid rooms, mirrored with their time. We never compute one."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from campus.places.models import Room


class Balance(models.Model):
    """
    What the official system said is left of a room's prepayment, at the instant it said so.

    Either money (minor units) or energy (Wh), or both. Told again for the same instant and
    otherwise, it is a new revision.
    """

    class Source(models.TextChoices):
        DELIVERY = "DELIVERY", _("Read from a delivery")
        MANAGER = "MANAGER", _("Entered by a manager")

    room = models.ForeignKey(Room, on_delete=models.PROTECT, related_name="balances")
    read_at = models.DateTimeField()
    revision = models.PositiveSmallIntegerField(default=1)
    amount = models.BigIntegerField(null=True)
    wh = models.BigIntegerField(null=True)
    source = models.CharField(max_length=8, choices=Source.choices)
    delivery_id = models.BigIntegerField(null=True, help_text="the Delivery that told it")
    line = models.PositiveIntegerField(null=True, help_text="physical line of the delivery")
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    kept_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["room", "read_at", "revision"], name="balance_told_once"
            ),
            models.CheckConstraint(
                condition=Q(amount__isnull=False) | Q(wh__isnull=False),
                name="balance_says_something",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.room_id} {self.read_at}"
