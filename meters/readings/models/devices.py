"""Meters, what they measure, and which space each served when."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from uuid6 import uuid7

from campus.places.models import Campus, Room, Zone


class Meter(models.Model):
    """A device that measures; `serial` is what deliveries call it, leading zeros included."""

    uid = models.UUIDField(default=uuid7, unique=True, editable=False)
    campus = models.ForeignKey(Campus, on_delete=models.PROTECT, related_name="meters")
    serial = models.CharField(max_length=64)
    digits = models.PositiveSmallIntegerField(
        default=6, help_text="kWh digits before the register rolls over"
    )
    simulated = models.BooleanField(default=False)
    breaker_amps = models.PositiveSmallIntegerField(
        default=16, help_text="what the breaker lets through at 230 V; more is in doubt"
    )

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["campus", "serial"], name="serial_once_a_campus")
        ]

    def __str__(self) -> str:
        return self.serial


class Channel(models.Model):
    """One measured quantity of a meter."""

    class Flow(models.TextChoices):
        IMPORT = "IMPORT", _("Electricity used")
        EXPORT = "EXPORT", _("Electricity generated")

    meter = models.ForeignKey(Meter, on_delete=models.PROTECT, related_name="channels")
    flow = models.CharField(max_length=6, choices=Flow.choices, default=Flow.IMPORT)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["meter", "flow"], name="channel_once_a_meter")
        ]

    def __str__(self) -> str:
        return f"{self.meter_id} {self.flow}"


class MeterInstallation(models.Model):
    """
    The days [starts_on, ends_on) in which a meter serves a room or a zone.

    Of its first and last day it may serve a part: from `starts_at`, until `ends_at`. A meter and
    its successor then both serve the day of the exchange.
    """

    meter = models.ForeignKey(Meter, on_delete=models.PROTECT, related_name="installations")
    room = models.ForeignKey(
        Room, null=True, blank=True, on_delete=models.PROTECT, related_name="installations"
    )
    zone = models.ForeignKey(
        Zone, null=True, blank=True, on_delete=models.PROTECT, related_name="installations"
    )
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)
    starts_at = models.DateTimeField(null=True, blank=True)
    ends_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(room__isnull=False, zone=None) | Q(room=None, zone__isnull=False),
                name="installation_serves_one_space",
            ),
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gt=F("starts_on")),
                name="installation_lasts_a_day",
            ),
            models.UniqueConstraint(
                fields=["meter"], condition=Q(ends_on=None), name="meter_serves_one_space"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.meter_id} from {self.starts_on}"
