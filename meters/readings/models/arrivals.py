"""What arrived, and what it says: deliveries, readings of registers, meter days."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from uuid6 import uuid7

from campus.places.models import Campus
from meters.readings.models.devices import Channel
from meters.readings.models.status import Status


class Delivery(models.Model):
    """A file or message as it arrived, kept unchanged. The same content arrives only once."""

    class State(models.TextChoices):
        ACCEPTED = "ACCEPTED", _("Taken in")
        REFUSED = "REFUSED", _("Refused")

    class Way(models.TextChoices):
        COMMAND = "COMMAND", _("Command line")
        UPLOAD = "UPLOAD", _("Upload")
        FEED = "FEED", _("Feed")
        PUSH = "PUSH", _("Push by a gateway")
        MQTT = "MQTT", _("MQTT bridge")

    uid = models.UUIDField(default=uuid7, unique=True, editable=False)
    campus = models.ForeignKey(Campus, on_delete=models.PROTECT, related_name="deliveries")
    file = models.FileField(upload_to="deliveries/%Y/%m/", blank=True)
    name = models.CharField(max_length=200)
    digest = models.CharField(max_length=64, help_text="SHA-256 of the content")
    size = models.BigIntegerField()
    way = models.CharField(max_length=7, choices=Way.choices)
    format = models.CharField(max_length=32, blank=True)
    profile = models.JSONField(default=dict, help_text="how it was said to be read")
    state = models.CharField(max_length=8, choices=State.choices)
    reason = models.CharField(max_length=64, blank=True, help_text="error code of a refusal")
    accepted_rows = models.PositiveIntegerField(default=0)
    duplicate_rows = models.PositiveIntegerField(default=0)
    refused_rows = models.PositiveIntegerField(default=0)
    report = models.JSONField(
        default=list, help_text="[{line, code, facts}] of refused and duplicate rows"
    )
    first_day = models.DateField(null=True)
    last_day = models.DateField(null=True)
    received_at = models.DateTimeField()
    received_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        verbose_name_plural = "deliveries"
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["campus", "digest"],
                condition=Q(state="ACCEPTED"),
                name="content_taken_in_once",
            )
        ]
        indexes: ClassVar = [models.Index(fields=["campus", "-received_at"])]

    def __str__(self) -> str:
        return self.name


class RegisterReading(models.Model):
    """What a register showed at an instant, in Wh. A later, different telling is a new revision."""

    class Event(models.TextChoices):
        NONE = "", _("Read")
        FINAL = "FINAL", _("Last before an exchange")
        INITIAL = "INITIAL", _("First after an exchange")
        RESET = "RESET", _("Counted from nothing again")

    channel = models.ForeignKey(Channel, on_delete=models.PROTECT, related_name="registers")
    read_at = models.DateTimeField()
    event = models.CharField(max_length=7, choices=Event.choices, blank=True, default="")
    revision = models.PositiveSmallIntegerField(default=1)
    wh = models.BigIntegerField()
    delivery = models.ForeignKey(Delivery, on_delete=models.PROTECT, related_name="+")
    line = models.PositiveIntegerField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["channel", "read_at", "event", "revision"], name="register_read_once"
            ),
            models.CheckConstraint(condition=Q(wh__gte=0), name="register_never_negative"),
        ]

    def __str__(self) -> str:
        return f"{self.channel_id} {self.read_at}"


class MeterDay(models.Model):
    """
    What a channel measured in one local day: the total in Wh beside its packed intervals.

    `intervals` is little-endian int32 Wh, -1 where missing; `quality` one byte each (the first
    letter of a Status). Both are empty for a meter that reports once a day. The key is composite
    and nothing points at it, so that the table can be partitioned by month.
    """

    pk = models.CompositePrimaryKey("channel_id", "day", "revision")
    channel = models.ForeignKey(Channel, on_delete=models.PROTECT, related_name="days")
    day = models.DateField()
    revision = models.PositiveSmallIntegerField(default=1)
    wh = models.BigIntegerField(null=True, help_text="null when missing")
    status = models.CharField(max_length=9, choices=Status.choices)
    interval_minutes = models.PositiveSmallIntegerField(default=1440)
    intervals = models.BinaryField(default=b"")
    quality = models.BinaryField(default=b"")
    delivery_id = models.BigIntegerField(help_text="the Delivery that told it")
    line = models.PositiveIntegerField(help_text="first physical line that told it")

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(wh__isnull=True) | Q(wh__gte=0), name="meter_day_never_negative"
            )
        ]
        indexes: ClassVar = [
            models.Index(fields=["day", "channel"]),
            # What is left to forget is found without reading what was forgotten.
            models.Index(fields=["day"], condition=~Q(intervals=b""), name="hours_kept"),
        ]

    def __str__(self) -> str:
        return f"{self.channel_id} {self.day} r{self.revision}"
