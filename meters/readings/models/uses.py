"""What each space used, day by day, as it was closed."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from campus.places.models import Room, Zone
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
        indexes: ClassVar = [models.Index(fields=["day", "room"])]

    def __str__(self) -> str:
        return f"{self.room_id or self.zone_id} {self.day} r{self.revision}"
