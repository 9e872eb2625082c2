"""What arrived and what it says: deliveries, readings, meter days, issues, daily use."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from uuid6 import uuid7

from campus.places.models import Campus, Room, Zone


class Status(models.TextChoices):
    """How much a figure of use can be trusted."""

    ACTUAL = "ACTUAL", _("Measured")
    ESTIMATED = "ESTIMATED", _("Estimated")
    MISSING = "MISSING", _("Missing")
    SUSPECT = "SUSPECT", _("In doubt")
    EDITED = "EDITED", _("Edited by a person")
    FINAL = "FINAL", _("Final")


class Meter(models.Model):
    """A device that measures; `serial` is what deliveries call it, leading zeros included."""

    uid = models.UUIDField(default=uuid7, unique=True, editable=False)
    campus = models.ForeignKey(Campus, on_delete=models.PROTECT, related_name="meters")
    serial = models.CharField(max_length=64)
    digits = models.PositiveSmallIntegerField(
        default=6, help_text="kWh digits before the register rolls over"
    )
    simulated = models.BooleanField(default=False)

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
    """The days [starts_on, ends_on) in which a meter serves a room or a zone."""

    meter = models.ForeignKey(Meter, on_delete=models.PROTECT, related_name="installations")
    room = models.ForeignKey(
        Room, null=True, blank=True, on_delete=models.PROTECT, related_name="installations"
    )
    zone = models.ForeignKey(
        Zone, null=True, blank=True, on_delete=models.PROTECT, related_name="installations"
    )
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)

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


class Delivery(models.Model):
    """A file or message as it arrived, kept unchanged. The same content arrives only once."""

    class State(models.TextChoices):
        ACCEPTED = "ACCEPTED", _("Taken in")
        REFUSED = "REFUSED", _("Refused")

    class Way(models.TextChoices):
        COMMAND = "COMMAND", _("Command line")
        UPLOAD = "UPLOAD", _("Upload")
        FEED = "FEED", _("Feed")

    uid = models.UUIDField(default=uuid7, unique=True, editable=False)
    campus = models.ForeignKey(Campus, on_delete=models.PROTECT, related_name="deliveries")
    file = models.FileField(upload_to="deliveries/%Y/%m/", blank=True)
    name = models.CharField(max_length=200)
    digest = models.CharField(max_length=64, help_text="SHA-256 of the content")
    size = models.BigIntegerField()
    way = models.CharField(max_length=7, choices=Way.choices)
    format = models.CharField(max_length=32, blank=True)
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

    channel = models.ForeignKey(Channel, on_delete=models.PROTECT, related_name="registers")
    read_at = models.DateTimeField()
    revision = models.PositiveSmallIntegerField(default=1)
    wh = models.BigIntegerField()
    delivery = models.ForeignKey(Delivery, on_delete=models.PROTECT, related_name="+")
    line = models.PositiveIntegerField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["channel", "read_at", "revision"], name="register_read_once"
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
        indexes: ClassVar = [models.Index(fields=["day", "channel"])]

    def __str__(self) -> str:
        return f"{self.channel_id} {self.day} r{self.revision}"


class Issue(models.Model):
    """A finding about data quality, with the figures that prove it. Doubt about data is data."""

    campus = models.ForeignKey(Campus, on_delete=models.PROTECT, related_name="issues")
    meter = models.ForeignKey(Meter, null=True, on_delete=models.PROTECT, related_name="issues")
    day = models.DateField(null=True)
    code = models.CharField(max_length=32)
    facts = models.JSONField(default=dict)
    delivery = models.ForeignKey(Delivery, null=True, on_delete=models.PROTECT, related_name="+")
    line = models.PositiveIntegerField(null=True)
    found_at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["campus", "-found_at"])]

    def __str__(self) -> str:
        return f"{self.code} {self.day}"


class DailyUse(models.Model):
    """What a space used on one local day as it was closed, and each revision of that."""

    room = models.ForeignKey(Room, null=True, on_delete=models.PROTECT, related_name="daily_uses")
    zone = models.ForeignKey(Zone, null=True, on_delete=models.PROTECT, related_name="daily_uses")
    day = models.DateField()
    revision = models.PositiveSmallIntegerField(default=1)
    wh = models.BigIntegerField(null=True, help_text="null when missing, never zero for it")
    generated_wh = models.BigIntegerField(default=0)
    status = models.CharField(max_length=9, choices=Status.choices)
    closed_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(room__isnull=False, zone=None) | Q(room=None, zone__isnull=False),
                name="daily_use_of_one_space",
            ),
            models.CheckConstraint(
                condition=Q(wh__isnull=True) | Q(wh__gte=0), name="daily_use_never_negative"
            ),
            models.UniqueConstraint(
                fields=["room", "day", "revision"],
                condition=Q(room__isnull=False),
                name="room_day_closed_once",
            ),
            models.UniqueConstraint(
                fields=["zone", "day", "revision"],
                condition=Q(zone__isnull=False),
                name="zone_day_closed_once",
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["day", "room"])]

    def __str__(self) -> str:
        return f"{self.room_id or self.zone_id} {self.day} r{self.revision}"
