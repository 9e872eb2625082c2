"""What happened to meters: dated events in the open, never an edit of what was measured."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from uuid6 import uuid7

from campus.places.models import Campus, Room, Zone
from meters.readings.models.arrivals import Delivery
from meters.readings.models.devices import Meter


class MeterEvent(models.Model):
    """
    Something was done to a meter at an instant, told by a person.

    `final_wh` is what the register showed last, `initial_wh` what it (or its successor `other`)
    showed first; both went through intake as `delivery`, so that days follow from them like from
    any other reading.
    """

    class Kind(models.TextChoices):
        INSTALLED = "INSTALLED", _("Installed")
        EXCHANGED = "EXCHANGED", _("Exchanged")
        RESET = "RESET", _("Register reset")
        REMOVED = "REMOVED", _("Removed")
        UNCROSSED = "UNCROSSED", _("Crossed wires put right")

    uid = models.UUIDField(default=uuid7, unique=True, editable=False)
    campus = models.ForeignKey(Campus, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=9, choices=Kind.choices)
    meter = models.ForeignKey(Meter, on_delete=models.PROTECT, related_name="events")
    other = models.ForeignKey(Meter, null=True, on_delete=models.PROTECT, related_name="+")
    room = models.ForeignKey(Room, null=True, on_delete=models.PROTECT, related_name="+")
    zone = models.ForeignKey(Zone, null=True, on_delete=models.PROTECT, related_name="+")
    happened_at = models.DateTimeField()
    final_wh = models.BigIntegerField(null=True)
    initial_wh = models.BigIntegerField(null=True)
    delivery = models.ForeignKey(Delivery, null=True, on_delete=models.PROTECT, related_name="+")
    note = models.CharField(max_length=200, blank=True)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    recorded_at = models.DateTimeField()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["meter", "happened_at"])]

    def __str__(self) -> str:
        return f"{self.kind} {self.meter_id} {self.happened_at}"


class SwitchOff(models.Model):
    """A few minutes in which a room is switched off on purpose: the right meter must fall."""

    uid = models.UUIDField(default=uuid7, unique=True, editable=False)
    room = models.ForeignKey(Room, on_delete=models.PROTECT, related_name="switch_offs")
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    planned_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    planned_at = models.DateTimeField()
    facts = models.JSONField(default=dict, help_text="which meter fell, and how far each did")
    judged_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(ends_at__gt=models.F("starts_at")), name="switch_off_lasts"
            )
        ]

    def __str__(self) -> str:
        return f"{self.room_id} {self.starts_at}"


class Suspicion(models.Model):
    """
    Two meters seem to be crossed (301 wired as 302), with the evidence; a manager decides.

    `evidence` is {absence | switch_off | neighbour: figures}. One open suspicion a pair.
    """

    class State(models.TextChoices):
        OPEN = "OPEN", _("To be looked at")
        CONFIRMED = "CONFIRMED", _("Confirmed")
        DISMISSED = "DISMISSED", _("Dismissed")

    uid = models.UUIDField(default=uuid7, unique=True, editable=False)
    campus = models.ForeignKey(Campus, on_delete=models.PROTECT, related_name="+")
    meter = models.ForeignKey(Meter, on_delete=models.PROTECT, related_name="+")
    other = models.ForeignKey(Meter, on_delete=models.PROTECT, related_name="+")
    evidence = models.JSONField(default=dict)
    state = models.CharField(max_length=9, choices=State.choices, default=State.OPEN)
    found_at = models.DateTimeField()
    since = models.DateField(null=True, help_text="first day from which the histories changed")
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    decided_at = models.DateTimeField(null=True)
    note = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["meter", "other"],
                condition=models.Q(state="OPEN"),
                name="one_open_suspicion_a_pair",
            )
        ]

    def __str__(self) -> str:
        return f"{self.meter_id} and {self.other_id}"
