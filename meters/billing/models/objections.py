"""What residents say is wrong with a bill, and what their managers answered."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from uuid6 import uuid7

from campus.people.models import Holder
from meters.billing.models.charges import DailyCharge


class BillObjection(models.Model):
    """
    A resident says that a day's charge, or one line of it, is wrong; a manager answers, once.

    It points at the very revision that was on the screen and changes nothing by itself. `text` and
    `answer` are the only free words, and are emptied when the holder is erased.
    """

    class State(models.TextChoices):
        OPEN = "OPEN", _("Waiting for an answer")
        ACCEPTED = "ACCEPTED", _("Accepted")
        DECLINED = "DECLINED", _("Declined")

    uid = models.UUIDField(default=uuid7, unique=True, editable=False)
    holder = models.ForeignKey(Holder, on_delete=models.PROTECT, related_name="bill_objections")
    charge = models.ForeignKey(DailyCharge, on_delete=models.PROTECT, related_name="objections")
    line = models.CharField(max_length=64, blank=True, help_text="id of a charge line, or empty")
    text = models.CharField(max_length=1000, blank=True)
    state = models.CharField(max_length=8, choices=State.choices, default=State.OPEN)
    asked_at = models.DateTimeField()
    answer = models.CharField(max_length=1000, blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    answered_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["holder", "charge"],
                condition=Q(state="OPEN"),
                name="charge_objected_to_once_at_a_time",
            ),
            models.CheckConstraint(
                condition=Q(state="OPEN", answered_at__isnull=True)
                | (~Q(state="OPEN") & Q(answered_at__isnull=False)),
                name="bill_objection_answered_unless_open",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.uid} {self.state}"
