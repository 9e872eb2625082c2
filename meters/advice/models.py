"""Tips: what a resident was advised, by which figures, and what they thought of it."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _
from uuid6 import uuid7

from campus.people.models import Holder
from campus.places.models import Room


class Tip(models.Model):
    """
    What one resident was advised on a day: at most one.

    `facts` are the figures that the rule saw, `worth_*` what following it would bring in a week.
    """

    class State(models.TextChoices):
        OPEN = "OPEN", _("Open")
        DONE = "DONE", _("Tried")
        DISMISSED = "DISMISSED", _("Not for me")

    uid = models.UUIDField(default=uuid7, unique=True, editable=False)
    holder = models.ForeignKey(Holder, on_delete=models.CASCADE, related_name="tips")
    room = models.ForeignKey(Room, on_delete=models.CASCADE, related_name="tips")
    day = models.DateField()
    rule = models.CharField(max_length=32)
    facts = models.JSONField()
    worth_wh = models.PositiveIntegerField()
    worth_minor = models.PositiveIntegerField(null=True)
    worth_co2_g = models.PositiveIntegerField(null=True)
    state = models.CharField(max_length=9, choices=State.choices, default=State.OPEN)
    told_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["holder", "day"], name="one_tip_a_day")
        ]
        indexes: ClassVar = [models.Index(fields=["holder", "-id"], name="tips_of_a_holder")]

    def __str__(self) -> str:
        return f"{self.rule} {self.day}"
