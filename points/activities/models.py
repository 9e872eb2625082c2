"""Low-carbon deeds on offer, and who did them."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from uuid6 import uuid7

from campus.people.models import Holder
from campus.places.models import Campus


class Activity(models.Model):
    """A deed that a student or an organiser hosts."""

    class State(models.TextChoices):
        OPEN = "OPEN", _("Open")
        CLOSED = "CLOSED", _("Attendance confirmed")
        CANCELLED = "CANCELLED", _("Cancelled")

    uid = models.UUIDField(default=uuid7, unique=True, editable=False)
    campus = models.ForeignKey(Campus, on_delete=models.PROTECT, related_name="activities")
    host = models.ForeignKey(Holder, on_delete=models.PROTECT, related_name="hosted")
    title = models.CharField(max_length=80)
    about = models.CharField(max_length=500, blank=True)
    place = models.CharField(max_length=80)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    capacity = models.PositiveSmallIntegerField()
    joined = models.PositiveSmallIntegerField(default=0, help_text="seats taken, guarded")
    state = models.CharField(max_length=9, choices=State.choices, default=State.OPEN)
    created_at = models.DateTimeField()
    called_off_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    called_off_at = models.DateTimeField(null=True)
    reason = models.CharField(max_length=200, blank=True, help_text="why staff called it off")

    class Meta:
        verbose_name_plural = "activities"
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("starts_at")), name="activity_ends_after_it_starts"
            ),
            models.CheckConstraint(condition=Q(capacity__gte=1), name="activity_has_a_seat"),
            models.CheckConstraint(
                condition=Q(joined__lte=F("capacity")), name="activity_never_overbooked"
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["campus", "starts_at"])]

    def __str__(self) -> str:
        return self.title


class Participation(models.Model):
    """One person's doing of an activity."""

    class State(models.TextChoices):
        JOINED = "JOINED", _("Joined")
        LEFT = "LEFT", _("Left")
        CONFIRMED = "CONFIRMED", _("Took part")
        ABSENT = "ABSENT", _("Did not come")

    uid = models.UUIDField(default=uuid7, unique=True, editable=False)
    activity = models.ForeignKey(Activity, on_delete=models.PROTECT, related_name="participations")
    holder = models.ForeignKey(Holder, on_delete=models.PROTECT, related_name="participations")
    state = models.CharField(max_length=9, choices=State.choices, default=State.JOINED)
    joined_at = models.DateTimeField()
    confirmed_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["activity", "holder"], name="joins_once")
        ]
        indexes: ClassVar = [models.Index(fields=["holder", "state"])]

    def __str__(self) -> str:
        return f"{self.activity_id} {self.holder_id} {self.state}"
