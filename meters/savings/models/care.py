"""People before points: days on which nobody should save, and rooms somebody should look after."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from uuid6 import uuid7

from campus.people.models import Occupancy, User
from campus.places.models import Campus


class WeatherWarning(models.Model):
    """Days [starts_on, ends_on) of a heat or cold warning: they count for nobody."""

    class Kind(models.TextChoices):
        HEAT = "HEAT", _("Heat")
        COLD = "COLD", _("Cold")

    uid = models.UUIDField(default=uuid7, unique=True, editable=False)
    campus = models.ForeignKey(Campus, on_delete=models.PROTECT, related_name="weather_warnings")
    kind = models.CharField(max_length=4, choices=Kind.choices)
    starts_on = models.DateField()
    ends_on = models.DateField()
    told_at = models.DateTimeField()
    told_by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+")

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(ends_on__gt=F("starts_on")), name="warning_lasts_a_day"
            ),
            models.UniqueConstraint(
                fields=["campus", "kind", "starts_on"], name="warning_told_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.campus_id} {self.kind} {self.starts_on}"


class WelfareNote(models.Model):
    """
    A room's use fell away and nothing explains it: somebody should knock.

    It says the room and the day, no figure. It goes when the use is back, and a month after it was
    seen to: nobody needs to remember who was ill.
    """

    uid = models.UUIDField(default=uuid7, unique=True, editable=False)
    occupancy = models.OneToOneField(
        Occupancy, on_delete=models.CASCADE, related_name="welfare_note"
    )
    since = models.DateField(help_text="first day of the low use")
    noted_on = models.DateField()
    seen_at = models.DateTimeField(null=True)
    seen_by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+")

    def __str__(self) -> str:
        return f"{self.occupancy_id} since {self.since}"
