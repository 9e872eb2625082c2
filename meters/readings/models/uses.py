"""What each space used, day by day, as it was closed."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from uuid6 import uuid7

from campus.places.models import Residence, Room, Zone
from meters.readings.models.status import Status


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
        indexes: ClassVar = [
            models.Index(fields=["day", "room"]),
            # Gaps that later data may close are looked for every night, and are few.
            models.Index(
                fields=["day"],
                condition=Q(status__in=("MISSING", "ESTIMATED")),
                name="day_with_a_gap",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.room_id or self.zone_id} {self.day} r{self.revision}"


class DayEdit(models.Model):
    """
    A person says what a space used on a day, and why; the newest revision outranks every meter.

    `wh` null takes the edit back. What stood before is kept beside it, for whoever asks.
    """

    uid = models.UUIDField(default=uuid7, unique=True, editable=False)
    room = models.ForeignKey(Room, on_delete=models.PROTECT, related_name="day_edits")
    day = models.DateField()
    revision = models.PositiveSmallIntegerField(default=1)
    wh = models.BigIntegerField(null=True)
    reason = models.CharField(max_length=200)
    old_wh = models.BigIntegerField(null=True)
    old_status = models.CharField(max_length=9, choices=Status.choices)
    edited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    edited_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(wh__isnull=True) | Q(wh__gte=0), name="day_edit_never_negative"
            ),
            models.UniqueConstraint(fields=["room", "day", "revision"], name="day_edited_once"),
        ]

    def __str__(self) -> str:
        return f"{self.room_id} {self.day} r{self.revision}"


class Correction(models.Model):
    """
    A final day of a room that its data now tells otherwise: it waits until a manager has seen who
    gains and who loses.

    Nothing of the house follows it before it is accepted. A later telling overtakes it.
    """

    class State(models.TextChoices):
        WAITING = "WAITING", _("Waiting")
        ACCEPTED = "ACCEPTED", _("Accepted")
        DECLINED = "DECLINED", _("Declined")
        OVERTAKEN = "OVERTAKEN", _("Overtaken by later data")

    CAUSES = ("late_data", "edit", "crossed")

    uid = models.UUIDField(default=uuid7, unique=True, editable=False)
    room = models.ForeignKey(Room, on_delete=models.PROTECT, related_name="corrections")
    day = models.DateField()
    cause = models.CharField(max_length=12, help_text="late_data, edit or crossed")
    old_revision = models.PositiveSmallIntegerField()
    old_wh = models.BigIntegerField(null=True)
    old_status = models.CharField(max_length=9, choices=Status.choices)
    new_wh = models.BigIntegerField(null=True)
    new_generated_wh = models.BigIntegerField(default=0)
    new_status = models.CharField(max_length=9, choices=Status.choices)
    state = models.CharField(max_length=9, choices=State.choices, default=State.WAITING)
    found_at = models.DateTimeField()
    decided_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    note = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["room", "day"],
                condition=Q(state="WAITING"),
                name="one_correction_waits_a_day",
            )
        ]
        indexes: ClassVar = [models.Index(fields=["day", "room"])]

    def __str__(self) -> str:
        return f"{self.room_id} {self.day} {self.state}"


class Outage(models.Model):
    """
    A day on which the power of a whole residence failed: its low use is nobody's saving.

    Found from the data, or told by a manager; `withdrawn_at` when it turned out otherwise.
    """

    residence = models.ForeignKey(Residence, on_delete=models.PROTECT, related_name="outages")
    day = models.DateField()
    facts = models.JSONField(default=dict)
    told_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    found_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["residence", "day"],
                condition=Q(withdrawn_at=None),
                name="one_outage_a_day",
            )
        ]

    def __str__(self) -> str:
        return f"{self.residence_id} {self.day}"
